import { randomUUID } from 'node:crypto'
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { Client, Connection } from '@temporalio/client'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { checkLedger } from '../../chaos/checks/ledger.js'
import { checkPapers } from '../../chaos/checks/papers.js'
import { checkWorkflows } from '../../chaos/checks/workflows.js'
import { planOf } from '../../chaos/plan.js'
import { type Door, doorOf } from '../../cli/http.js'
import { signIn } from '../../cli/session.js'
import { converterWith } from '../../codec/converter.js'
import { homeKeys, keysIn } from '../../codec/keys.js'
import { connect, type Db } from '../../db/connect.js'
import { instant } from '../../domain/words.js'
import { typescript } from '../../runtime/project.js'
import { bringStack, parts, type Stack } from '../../runtime/stack.js'
import { everyCaseIsThere, evidenceFrom } from '../api/given.js'
import { type Ended, startProcess } from '../support/program.js'
import { type Smtp, startSmtp } from '../support/smtp.js'
import { temporaryFolder } from '../support/temporary.js'

const ROUND = 'rehearsed'
const CASES = 6
const MAILED = 'unit'

const plan = planOf(CASES, '市住房和城乡建设局')

const commands = (n: number): string => `/cases/${ROUND}/${String(n).padStart(3, '0')}/commands`

const bihuan = (...args: readonly string[]): Promise<Ended> => {
  const { DATABASE_URL: _database, TEMPORAL_ADDRESS: _temporal, BIHUAN_HOME: _home, ...env } = process.env
  return startProcess(process.execPath, [...typescript('cli/main.ts'), ...args], env).ended
}

const as = async ({ urls }: Stack, username: string): Promise<Door> =>
  doorOf(urls.api, await signIn({ issuer: urls.issuer, username, password: 'bihuan' }))

const checked = async (stack: Stack, db: Db) => {
  const connection = await Connection.connect({ address: stack.urls.temporalAddress })
  try {
    return [
      ...(await checkLedger(db)),
      ...(await checkPapers(db)),
      ...(await checkWorkflows({
        db,
        client: new Client({ connection, dataConverter: converterWith(keysIn(homeKeys(stack.home) ?? '')) }),
      })),
    ]
  } finally {
    await connection.close()
  }
}

/** Handed over, acknowledged, planned; the first one handed in, with the first of its signatures given. */
const underWay = async (stack: Stack): Promise<void> => {
  const [office, unit, head] = await Promise.all(['office', 'unit', 'unith'].map((name) => as(stack, name)))
  if (!office || !unit || !head) throw new Error('nobody signed in')
  await office.post('/rounds', { id: ROUND, policy: 'sample', plan: { text: plan } })
  await everyCaseIsThere(office, ROUND)
  for (let n = 1; n < CASES; n += 1) {
    await office.post(commands(n), { type: 'hand-over' })
    await unit.post(commands(n), { type: 'acknowledge' })
    await unit.post(commands(n), {
      type: 'submit-case-plan',
      plan: '分三步实施',
      team: ['专班'],
      evidence: [],
    })
  }
  const report = await evidenceFrom(unit, '完工报告')
  const checklist = ['整改任务全部完成', '佐证材料齐全真实', '现场已经恢复到位'].map((point) => ({
    point,
    met: 'met',
  }))
  await unit.post(commands(1), { type: 'submit-closing', statement: '已完成', checklist, evidence: [report] })
  await sign(head)
}

type Whole = { readonly closingStepId: string; readonly state: { readonly seal: string } }

const sign = async (door: Door, more: Readonly<Record<string, unknown>> = {}): Promise<void> => {
  const { closingStepId, state } = await door.get<Whole>(`/cases/${ROUND}/001`)
  await door.post(commands(1), {
    type: 'sign',
    step: closingStepId,
    saw: state.seal,
    opinion: '同意',
    findings: [],
    ...more,
  })
}

/** Message-IDs of the mails that were sent at the backup's moment; one under way just then may go out once more. */
const sentAccordingTo = (backup: string): readonly string[] => {
  const { tables } = JSON.parse(readFileSync(join(backup, 'manifest.json'), 'utf8')) as {
    tables: { name: string; columns: string[]; file: string }[]
  }
  const mails = tables.find(({ name }) => name === 'mails')
  if (!mails) throw new Error('no mails in the backup')
  return gunzipSync(readFileSync(join(backup, mails.file)))
    .toString('utf8')
    .split('\n')
    .map((line) => line.split('\t'))
    .filter((row) => row[mails.columns.indexOf('state')] === 'sent')
    .map((row) => row[mails.columns.indexOf('message_id')] ?? '')
}

describe('everything is lost but the backup', () => {
  const folder = temporaryFolder('rehearsal')
  const [lost, fresh, backup] = ['lost', 'fresh', 'backup'].map((name) => join(folder.path, name)) as [
    string,
    string,
    string,
  ]
  const chased: string[] = []
  let smtp: Smtp
  let stack: Stack
  let db: Db

  const start = async (home: string): Promise<void> => {
    stack = await bringStack({
      home,
      durability: 'throwaway',
      env: { SMTP_URL: smtp.url, BIHUAN_CODEC_KEYS: homeKeys(home) ?? '' },
    })
    db = connect(stack.urls.database, 3)
  }

  beforeAll(async () => {
    smtp = await startSmtp()
    await start(lost)
    await db
      .updateTable('officers')
      .set({ email: 'unit@qilan.example' })
      .where('person', '=', MAILED as never)
      .execute()
    await underWay(stack)
  }, 240_000)
  afterAll(async () => {
    await db?.destroy()
    await stack?.stop()
    await smtp?.stop()
    folder.remove()
  })

  it('is backed up while people work', async () => {
    const office = await as(stack, 'office')
    const over = new AbortController()
    const working = (async () => {
      while (!over.signal.aborted) {
        const key = randomUUID()
        await office.post(commands(2), { type: 'chase', whom: 'responsible-unit', words: '请抓紧' }, key)
        chased.push(key)
      }
    })()
    await vi.waitFor(() => expect(chased.length).toBeGreaterThan(3), { timeout: 60_000 })
    const { code, stdout, stderr } = await bihuan('backup', '--home', lost, '--to', backup)
    over.abort()
    await working
    expect(`${code} ${stdout}`, stderr).toMatch(/^0 备份完成/)
    expect(existsSync(`${backup}.part`)).toBe(false)
  })

  it('a backup that was changed, or is not whole, is refused', async () => {
    const changed = `${backup}-changed`
    cpSync(backup, changed, { recursive: true })
    appendFileSync(join(changed, 'events.copy.gz'), 'x')
    const one = await bihuan('restore', changed, '--home', fresh)
    expect(one.code).toBe(1)
    expect(one.stderr).toContain('events.copy.gz 与备份时不符')
    rmSync(join(changed, 'manifest.json'))
    expect((await bihuan('restore', changed, '--home', fresh)).stderr).toContain('不是一份完整的备份')
    expect(existsSync(fresh) ? readdirSync(fresh) : []).toEqual([])
  })

  it('is never restored over anything', async () => {
    const used = join(folder.path, 'used')
    mkdirSync(used)
    writeFileSync(join(used, 'mine'), '')
    expect((await bihuan('restore', backup, '--home', used)).stderr).toContain('不是空的')
    const onto = await bihuan('restore', backup, '--database', stack.urls.database)
    expect(onto.stderr).toContain('数据库里已有数据表')
  })

  it('comes back into a fresh home after everything was destroyed', async () => {
    await db.destroy()
    for (const part of parts) await stack.kill(part)
    await stack.stop()
    rmSync(lost, { recursive: true, force: true })

    const { code, stdout, stderr } = await bihuan('restore', backup, '--home', fresh)
    expect(`${code} ${stdout}`, stderr).toMatch(/^0 已恢复到/)
    expect(stderr).toMatch(/编号与哈希均相符/)
    expect(stderr).toMatch(/重新启动 \d+ 件,未能启动 0 件/)
    expect(readdirSync(join(fresh, 'papers')).length).toBeGreaterThanOrEqual(CASES - 1)
    await start(fresh)
  }, 240_000)

  it('every chain is whole, every number there once, every case waits for its next moment', async () => {
    await vi.waitFor(async () => expect(await checked(stack, db)).toEqual([]), {
      timeout: 90_000,
      interval: 1_000,
    })
  })

  it('work goes on where it was: the chain of signatures, new papers under the next numbers', async () => {
    const [office, lead, site] = await Promise.all(
      ['office', 'shengtai', 'shuiwu'].map((name) => as(stack, name)),
    )
    if (!office || !lead || !site) throw new Error('nobody signed in')
    await sign(lead)
    const photo = await evidenceFrom(site, '现场照片')
    await sign(site, {
      findings: ['污染消除', '生态恢复', '群众满意'].map((title) => ({
        title,
        met: 'met',
        note: '',
        evidence: [photo.sha256],
      })),
      site: { place: '东栖区老城片区', at: instant(Date.now()), photos: [photo], observers: [] },
    })
    await office.post(commands(CASES), { type: 'hand-over' })
    await vi.waitFor(
      async () => {
        const slips = await db
          .selectFrom('papers')
          .select('ordinal')
          .where('paper', '=', 'handover-slip')
          .execute()
        expect(slips).toHaveLength(CASES)
      },
      { timeout: 60_000 },
    )
    await vi.waitFor(async () => expect(await checked(stack, db)).toEqual([]), {
      timeout: 90_000,
      interval: 1_000,
    })
  })

  it('a reader of the feed with a place of the lost server gets everything again, not nothing', async () => {
    const office = await as(stack, 'office')
    const page = await office.get<{ events: readonly unknown[] }>(
      `/rounds/${ROUND}/feed?after=999999999999.1`,
    )
    expect(page.events.length).toBeGreaterThan(CASES)
  })

  it('an accepted command that is asked again is not done twice', async () => {
    const office = await as(stack, 'office')
    const [first = ''] = chased
    await office.post(commands(2), { type: 'chase', whom: 'responsible-unit', words: '请抓紧' }, first)
    const events = await db
      .selectFrom('events')
      .select('seq')
      .where('commandId', '=', `office/${first}` as never)
      .execute()
    expect(events).toHaveLength(1)
  })

  it('no mail that the backup knows as sent is sent again', async () => {
    const sent = sentAccordingTo(backup)
    const times = sent.map((messageId) => smtp.mails.filter((mail) => mail.messageId === messageId).length)
    expect(times.length).toBeGreaterThan(3)
    expect(new Set(times)).toEqual(new Set([1]))
  })
})
