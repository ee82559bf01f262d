import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { doorOf } from '../../cli/http.js'
import { type Session, signIn } from '../../cli/session.js'
import { connect, type Db } from '../../db/connect.js'
import { verify } from '../../db/verify.js'
import { bringStack, type Part, type Stack } from '../../runtime/stack.js'
import { temporaryFolder } from '../support/temporary.js'
import { untilAnswered } from './persistent.js'

const CASES = 50
const COMMANDS = 500
const CALLERS = 12
const ROUND = 'killed-2026'

/** A plan of so many matters, all of which can be handed over. */
const planOf = (cases: number): string =>
  [
    '栖澜市贯彻落实省生态环境保护督察反馈意见整改方案',
    '发布日期:2026-06-18',
    '二、整改任务',
    ...Array.from({ length: cases }, (_, index) =>
      [
        `${index + 1}.第${index + 1}号排口雨天有污水溢流进入栖水河。`,
        '责任单位:市城市管理局',
        '责任人:市城市管理局主要负责人',
        '牵头验收单位:市水务局',
        '配合验收单位:市生态环境局',
        '包案领导:沈知远',
        '整改目标:雨天无污水直排栖水河。',
        '整改措施:改造混接管网,封堵混接排口。',
        '整改时限:2099年9月底',
      ].join('\n'),
    ),
  ].join('\n\n')

const caseOf = (n: number): string => `${ROUND}/${String((n % CASES) + 1).padStart(3, '0')}`

/** kill -9, in this order, while the commands go on; each comes back before the next dies. */
const DEATHS: readonly Part[] = ['worker', 'temporal', 'postgres', 'api', 'worker', 'postgres', 'temporal']

describe('kill -9 in the middle of 500 commands', () => {
  const home = temporaryFolder('crash')
  let stack: Stack
  let db: Db
  let office: Session
  const accepted: { readonly key: string; readonly caseId: string; readonly type: string }[] = []
  const refused: unknown[] = []

  beforeAll(async () => {
    stack = await bringStack({ home: home.path })
    db = connect(stack.urls.database, 4)
    office = await signIn({ issuer: stack.urls.issuer, username: 'office', password: 'bihuan' })
    const door = doorOf(stack.urls.api, office)
    await door.post('/rounds', { id: ROUND, policy: 'sample', plan: { text: planOf(CASES) } })
    await vi.waitFor(
      async () => expect((await door.get<{ opening: boolean }>(`/rounds/${ROUND}`)).opening).toBe(false),
      { timeout: 60_000, interval: 200 },
    )
  }, 180_000)
  afterAll(async () => {
    await db?.destroy()
    await stack?.stop()
    home.remove()
  })

  it('accepts them all sooner or later, whatever dies', async () => {
    let sent = 0
    const caller = async (): Promise<void> => {
      for (let n = sent++; n < COMMANDS; n = sent++) {
        const caseId = caseOf(n)
        const command =
          n < CASES
            ? { type: 'hand-over' }
            : { type: 'chase', whom: 'responsible-unit', words: `第 ${n} 次催办` }
        const key = randomUUID()
        const answer = await untilAnswered(stack.urls.api, office, `/cases/${caseId}/commands`, command, key)
        if (answer.kind === 'accepted') accepted.push({ key, caseId, type: command.type })
        else refused.push({ n, ...answer.problem })
      }
    }
    const killer = async (): Promise<void> => {
      for (const part of DEATHS) {
        await pause(900)
        await stack.kill(part)
        await stack.restart(part)
      }
    }
    await Promise.all([killer(), ...Array.from({ length: CALLERS }, caller)])
    // A chase may overtake its case's handing over while things are dying; that is an answer, too.
    expect(refused.filter((problem) => (problem as { status: number }).status !== 409)).toEqual([])
    expect(accepted.length + refused.length).toBe(COMMANDS)
    expect(accepted.length).toBeGreaterThan(COMMANDS * 0.8)
  }, 300_000)

  it('has every accepted command in the ledger exactly once, and no other', async () => {
    const { rows } = await sql<{ commandId: string; own: number }>`
      select command_id, count(*) filter (where type in ('handed-over', 'chased'))::int as own
      from events where case_id like ${`${ROUND}/%`} and type in ('handed-over', 'chased')
      group by command_id`.execute(db)
    const inLedger = new Map(rows.map(({ commandId, own }) => [commandId, own]))
    const missing = accepted.filter(({ key }) => !inLedger.has(`office/${key}`))
    expect(missing).toEqual([])
    expect([...inLedger.values()].filter((times) => times !== 1)).toEqual([])
    expect(inLedger.size).toBe(accepted.length)
  })

  it('has no chain broken, and nothing left waiting', async () => {
    await vi.waitFor(
      async () => {
        const { rows } = await sql<{ many: number }>`select count(*)::int as many from intents`.execute(db)
        expect(rows[0]?.many).toBe(0)
      },
      { timeout: 60_000, interval: 500 },
    )
    const { broken, events } = await verify(db)
    expect(broken).toEqual([])
    expect(events).toBeGreaterThan(accepted.length)
  })

  it('has given one number to each 交办单, none lost, none doubled', async () => {
    const handedOver = accepted.filter(({ type }) => type === 'hand-over').length
    await vi.waitFor(
      async () => {
        const { rows } = await sql<{ many: number }>`
          select count(*)::int as many from papers where paper = 'handover-slip'`.execute(db)
        expect(rows[0]?.many).toBe(handedOver)
      },
      { timeout: 90_000, interval: 500 },
    )
    const { rows } = await sql<{ ordinal: number; key: string }>`
      select ordinal, key from papers order by ordinal`.execute(db)
    expect(rows.map(({ ordinal }) => ordinal)).toEqual(rows.map((_, index) => index + 1))
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length)
  }, 120_000)

  it('has told everybody of each chase once', async () => {
    const chases = accepted.filter(({ type }) => type === 'chase').length
    await vi.waitFor(
      async () => {
        const { rows } = await sql<{ many: number; most: number }>`
          select count(distinct key)::int as many, coalesce(max(times), 0)::int as most
          from (select key, person, count(*) as times from notices
            where case_id like ${`${ROUND}/%`} and subject like '%次催办%' group by key, person) as told`.execute(
          db,
        )
        expect(rows[0]).toEqual({ many: chases, most: 1 })
      },
      { timeout: 90_000, interval: 500 },
    )
  }, 120_000)
})
