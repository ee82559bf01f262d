import { statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Client, Connection } from '@temporalio/client'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { TemporalCalls } from '../../api/cases/calls.js'
import { Commander } from '../../api/cases/commander.js'
import { type LedgerState, STATE_QUERY } from '../../contracts/case.js'
import { type Clock, roundTime } from '../../contracts/clock.js'
import { append } from '../../db/append.js'
import { inbox } from '../../db/notices.js'
import { caseById, eventsOf } from '../../db/queries/cases.js'
import { papersOfCase } from '../../db/queries/papers.js'
import { appoint, saveOfficers, saveUnits } from '../../db/register.js'
import { openRound } from '../../db/rounds.js'
import { verify } from '../../db/verify.js'
import { due, evolve, nextMoment } from '../../domain/decider.js'
import type { LedgerRecord } from '../../domain/decider-types.js'
import {
  type CaseId,
  type CommandId,
  type Instant,
  instant,
  plainDate,
  type RoundId,
} from '../../domain/words.js'
import { loadPolicy } from '../../policies/load.js'
import { typescript } from '../../runtime/project.js'
import { announce, retract } from '../../runtime/run-file.js'
import { entryFor, 材料, 省督察 } from '../support/entries.js'
import { unit, 经办人 } from '../support/people.js'
import { type Ended, type Started, startProcess } from '../support/program.js'
import { aCase, at } from '../support/story.js'
import { temporaryFolder } from '../support/temporary.js'
import { aLedger, aYoungCase, doctor, type Ledger, recordsOf, theCalendar } from './given.js'

/** `bihuan ledger …`, as it is typed. */
const bihuan = (...args: readonly string[]): Promise<Ended> => {
  const { DATABASE_URL: _database, TEMPORAL_ADDRESS: _temporal, BIHUAN_HOME: _home, ...env } = process.env
  return startProcess(process.execPath, [...typescript('cli/main.ts'), 'ledger', ...args], env).ended
}

describe('bihuan ledger verify', () => {
  let ledger: Ledger
  beforeAll(async () => {
    ledger = await aLedger()
    await append(ledger.db, await aYoungCase('verified/001'))
    await append(ledger.db, await aYoungCase('verified/002'))
  })
  afterAll(() => ledger.close())

  it('says in one sentence that the record holds', async () => {
    const { code, stdout } = await bihuan('verify', '--database', ledger.url)
    expect(stdout).toBe('台账完好:2 件,12 条事件,逐条核验,编号与哈希均相符。\n')
    expect(code).toBe(0)
  })

  it('names the case, the number and what is wrong, and ends with 1', async () => {
    await doctor(
      ledger.db,
      'update events set event = \'{"type":"closed","closing":1}\', type = \'closed\' where case_id = \'verified/002\' and seq = 4',
    )
    const { code, stdout } = await bihuan('verify', '--database', ledger.url)
    expect(stdout).toContain('verified/002  第 4 号事件的内容被改动过,与其哈希不符')
    expect(code).toBe(1)
    expect((await bihuan('verify', '--database', ledger.url, '--case', 'verified/001')).code).toBe(0)
    expect((await bihuan('verify', '--database', ledger.url, '--case', 'verified/002')).code).toBe(1)
  })

  it('finds the ledger of what runs on a home, and no longer when that has ended', async () => {
    const { path, remove } = temporaryFolder('home')
    const places = { temporalAddress: '', temporalNamespace: '', temporalOrigin: 'own', apiUrl: '' } as const
    announce(path, { databaseUrl: ledger.url, ...places })
    expect(statSync(join(path, 'run.json')).mode & 0o077).toBe(0)
    const running = await bihuan('verify', '--home', path, '--case', 'verified/001')
    expect(running).toMatchObject({ code: 0, stderr: '' })
    retract(path)
    expect((await bihuan('verify', '--home', path)).stderr).toContain('没有正在运行的闭环')
    remove()
  })

  it.each([
    ['a home where nothing runs', ['--home', '/tmp/bihuan-nothing-here'], '没有正在运行的闭环'],
    [
      'a server that is not there',
      ['--database', 'postgres://nobody@127.0.0.1:9/none'],
      '无法使用数据库 127.0.0.1:9/none',
    ],
    ['an address that is none', ['--database', 'here'], '数据库地址写法有误'],
  ])('tells plainly of %s', async (_what, args, sentence) => {
    const { code, stdout, stderr } = await bihuan('verify', ...args)
    expect(stderr).toContain(sentence)
    expect(stderr).not.toMatch(/\bat .*\.ts/)
    expect(stdout).toBe('')
    expect(code).toBe(1)
  })

  it('tells plainly of a case that is not there and of a database that is no ledger', async () => {
    const unknown = await bihuan('verify', '--database', ledger.url, '--case', 'verified/999')
    expect(unknown).toMatchObject({ code: 1, stderr: '台账上没有 verified/999 这件事项。\n' })
    const other = await bihuan('verify', '--database', inject('databaseUrl'))
    expect(other.stderr).toContain('不是闭环的台账')
    expect(other.code).toBe(1)
  })
})

describe('bihuan ledger rebuild', () => {
  it('builds the same again; where it was not the same it says so, once', async () => {
    const ledger = await aLedger()
    await append(ledger.db, await aYoungCase('rebuilt/001'))
    const same = await bihuan('rebuild', '--database', ledger.url)
    expect(same.stdout).toMatch(/^已从 1 件、6 条事件重建投影 \d+ 行,与原来完全一致。\n$/)
    expect(same.code).toBe(0)
    await ledger.db.updateTable('cases').set({ text: '被改的' }).execute()
    const other = await bihuan('rebuild', '--database', ledger.url)
    expect(other.stdout).toContain('rebuilt/001  台账  原多:')
    expect(other.code).toBe(1)
    expect((await bihuan('rebuild', '--database', ledger.url)).code).toBe(0)
    await ledger.close()
  })
})

describe('bihuan ledger restart-cases', () => {
  const ROUND = `lost-${process.pid}` as RoundId
  const idOf = (n: number) => `${ROUND}/00${n}` as CaseId
  /** The round stood here when Temporal lost everything; its clock goes a day in two seconds. */
  const STOOD = at('2019-11-12')
  const SPEED = 43_200

  let ledger: Ledger
  let client: Client
  let connection: Connection
  let worker: Started
  let clock: Clock
  const before = new Map<CaseId, readonly LedgerRecord[]>()

  beforeAll(async () => {
    ledger = await aLedger()
    const { db } = ledger
    connection = await Connection.connect({ address: inject('temporalAddress') })
    client = new Client({ connection })
    await saveUnits(db, [{ name: unit('甲县政府') }])
    await saveOfficers(db, [{ person: 经办人.person, name: 经办人.name }])
    await appoint(db, [
      {
        person: 经办人.person,
        post: { role: 'unit-clerk', unit: unit('甲县政府') },
        from: plainDate('2019-01-01'),
      },
    ])
    for (const n of [1, 2, 3]) {
      const story = await aCase('yongzhou', { id: idOf(n), entry: { n } })
      if (n < 3) await story.rectifying()
      if (n === 2) await story.on('2019-11-12')
      before.set(idOf(n), await recordsOf(story))
    }
    const closed = await aCase('yongzhou', { id: idOf(4), entry: { n: 4 } })
    await closed.closed()
    before.set(idOf(4), await recordsOf(closed))

    clock = { kind: 'drill', worldStart: instant(Date.now()), roundStart: STOOD, speed: SPEED }
    await openRound(
      db,
      {
        id: ROUND,
        city: '某市',
        title: '某市整改方案',
        policyHash: loadPolicy('yongzhou').hash,
        calendarHash: theCalendar(),
        source: 省督察,
        feedbackDate: null,
        planDate: plainDate('2019-10-08'),
        clock,
        plan: '方案',
        reading: {},
        openedAt: at('2019-10-08'),
      },
      [1, 2, 3, 4].map((n) => entryFor({ n })),
    )
    for (const records of before.values()) await append(db, records)
  })
  afterAll(async () => {
    worker?.child.kill('SIGTERM')
    await worker?.ended
    for (const id of before.keys())
      await client.workflow
        .getHandle(id)
        .terminate()
        .catch(() => undefined)
    await connection.close()
    await ledger.close()
  })

  const restart = () =>
    bihuan('restart-cases', '--database', ledger.url, '--temporal', inject('temporalAddress'))

  const stateOf = (id: CaseId) => client.workflow.getHandle(id).query<LedgerState>(STATE_QUERY)

  it('starts every open case that Temporal does not know, from two places at once each of them once', async () => {
    const [one, other] = await Promise.all([restart(), restart()])
    const numbers = [one, other].map(({ stdout }) =>
      /Temporal 已知 (\d+) 件,重新启动 (\d+) 件,未能启动 0 件/.exec(stdout)?.slice(1).map(Number),
    )
    expect(one.stderr + other.stderr).not.toContain('Error')
    expect(numbers.map((pair) => (pair?.[0] ?? 0) + (pair?.[1] ?? 0))).toEqual([4, 4])
    expect(numbers.reduce((sum, pair) => sum + (pair?.[1] ?? 0), 0)).toBe(4)
    expect((await restart()).stdout).toBe('未结 4 件:Temporal 已知 4 件,重新启动 0 件,未能启动 0 件。\n')
  })

  it('starts a case again that was ended behind its back, and no other', async () => {
    await client.workflow.getHandle(idOf(3)).terminate('by an operator')
    expect((await restart()).stdout).toContain('Temporal 已知 3 件,重新启动 1 件')
  })

  it('they go on where their events end, in their round’s time: what falls due comes at its own instant', async () => {
    worker = startProcess(process.execPath, typescript('worker/main.ts'), {
      ...process.env,
      DATABASE_URL: ledger.url,
      TEMPORAL_ADDRESS: inject('temporalAddress'),
      TEMPORAL_NAMESPACE: 'default',
    })
    const records = before.get(idOf(2)) ?? []
    const folded = records.reduce<LedgerState | undefined>(evolve, undefined)
    if (!folded) throw new Error('no state')
    const rules = await aCase('yongzhou').then((story) => story.rules)
    const first = nextMoment(rules, folded)
    if (!first) throw new Error('nothing is due')

    const added = (await untilThereAre(idOf(2), records.length + 3)).slice(records.length)
    // Up to the first paper: from there on the case's own time is that of its paper.
    const paper = added.findIndex(({ event }) => event.type === 'paper-issued')
    const told = paper < 0 ? added : added.slice(0, paper)
    const expected = due(rules, folded, told.at(-1)?.at ?? first)
    expect(told.map(({ at: moment, event }) => [moment, event])).toEqual(
      expected.map(({ at: moment, event }) => [moment, JSON.parse(JSON.stringify(event))]),
    )
    expect(told[0]?.at).toBe(first)
    expect(first <= roundTime(clock, instant(Date.now()))).toBe(true)
    expect((await verify(ledger.db)).broken).toEqual([])
  })

  it('they take commands, and the chain goes on unbroken', async () => {
    const commander = new Commander({
      db: ledger.db,
      client,
      calls: new TemporalCalls(connection),
      patienceMillis: 20_000,
    })
    const moment: Instant = roundTime(clock, instant(Date.now()))
    const lost = await caseById(ledger.db, idOf(1))
    if (!lost) throw new Error('the case is gone')
    const command = {
      id: 'after-the-loss' as CommandId,
      at: moment,
      by: 经办人,
      command: { type: 'add-evidence', evidence: [材料('失而复得')] },
    } as const
    const outcome = await commander.give(lost, command, 'new')
    expect(outcome).toMatchObject({ kind: 'done' })
    const found = await caseById(ledger.db, idOf(1))
    expect(JSON.stringify(found?.state)).toContain(材料('失而复得').sha256)
    expect((await verify(ledger.db, idOf(1))).broken).toEqual([])
    const running = await stateOf(idOf(1))
    expect(running.state.id).toBe(idOf(1))
  })

  it('what followed from their events and was not done yet is done: papers written, people told', async () => {
    const records = before.get(idOf(1)) ?? []
    const ordered = records.filter(({ event }) => event.type === 'handed-over').map(({ seq }) => seq)
    await untilPaperOf(idOf(1))
    const papers = await papersOfCase(ledger.db, idOf(1))
    expect(papers.filter(({ paper }) => paper === 'handover-slip').map(({ seq }) => seq)).toEqual(ordered)
    const events = await eventsOf(ledger.db, idOf(1), { limit: 1_000 })
    expect(events.filter(({ event }) => event.type === 'paper-issued').length).toBeGreaterThan(0)
    const told = await inbox(ledger.db, 经办人.person, { limit: 500 })
    expect(told.some(({ caseId, seq }) => caseId === idOf(1) && seq === ordered[0])).toBe(true)
    expect(new Set(told.map(({ key }) => key)).size).toBe(told.length)
  })

  const untilThereAre = async (id: CaseId, count: number): Promise<readonly LedgerRecord[]> => {
    for (;;) {
      const events = await eventsOf(ledger.db, id, { limit: 1_000 })
      if (events.length >= count) return events
      await pause(200)
    }
  }
  const untilPaperOf = async (id: CaseId): Promise<void> => {
    for (;;) {
      const events = await eventsOf(ledger.db, id, { limit: 1_000 })
      if (events.some(({ event }) => event.type === 'paper-issued' && event.paper === 'handover-slip')) return
      await pause(200)
    }
  }
})
