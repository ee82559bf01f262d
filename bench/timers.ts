import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { CASE_WORKFLOW, type CaseStart, TASK_QUEUE } from '../contracts/case.js'
import type { Clock } from '../contracts/clock.js'
import { append } from '../db/append.js'
import { atTime } from '../domain/calendar/dates.js'
import { nextMoment } from '../domain/decider.js'
import { headOf } from '../domain/record/chain.js'
import { type CaseId, type Instant, instant, millis, type PlainDate } from '../domain/words.js'
import { CASE_PLAN, clerkOf, HAND_OVER } from './acts.js'
import { callersDo } from './callers.js'
import { partsOf, untilQuiet } from './cases.js'
import { cpuDuring, total } from './cpu.js'
import { entryOf, UNIT } from './entry.js'
import type { Figure } from './figure.js'
import type { Ground } from './ground.js'
import { type BenchRules, Life } from './lives.js'

const BEGINS = atTime('2026-03-02' as PlainDate, '09:00')
const DEADLINE = '2026-12-31' as PlainDate
const STARTERS = 50
const LOOK_EVERY_MILLIS = 250
const LONGEST_SECONDS = 300
/** Before the moment comes everything has been still for a while. */
const STILL_SECONDS = 5
/** Cases brought a second on a machine that is busy with other things. */
const SLOWLY = 16

/** A case that waits for the first return of its life: its next moment is the same for all of them. */
const waiting = (rules: BenchRules, caseId: CaseId, n: number): Life => {
  const life = new Life(rules, caseId, BEGINS)
  const clerk = clerkOf(UNIT)
  life.register(entryOf(n, DEADLINE))
  life.give(HAND_OVER)
  life.give({ by: clerk, command: { type: 'acknowledge' } })
  life.give({ by: clerk, command: CASE_PLAN })
  return life
}

const momentOf = (rules: BenchRules, life: Life): Instant => {
  const moment = nextMoment(rules, life.ledger())
  if (moment === undefined) throw new Error('a case that waits for nothing')
  return moment
}

/** So many timers ring in the same instant: how long until the last case has told it, and the ledger has it. */
export const measureTimers = async (
  ground: Ground,
  count: number,
  perSecond: number = SLOWLY,
): Promise<readonly Figure[]> => {
  const { db, client, rules } = ground
  const round = 'bench-timers'
  const lives = Array.from({ length: count }, (_, index) => {
    const caseId = `${round}/${String(index + 1).padStart(3, '0')}` as CaseId
    return { caseId, n: index + 1, life: waiting(rules, caseId, index + 1) }
  })
  const [first] = lives
  if (!first) return []
  const moment = momentOf(rules, first.life)
  const lead = (STILL_SECONDS + (2 * count) / Math.min(perSecond, SLOWLY * 2)) * 1_000
  const rings = Date.now() + lead
  const clock: Clock = {
    ...{ kind: 'drill', speed: 1, worldStart: instant(Date.now()) },
    roundStart: instant(millis(moment) - lead),
  }
  await ground.openRound(round, clock)
  await callersDo(STARTERS, lives, async ({ caseId, n, life }) => {
    await append(db, life.records)
    const start: CaseStart = {
      ...{ caseId, kind: 'problem', round: life.problem().round, units: [UNIT], rules, clock },
      summary: entryOf(n, DEADLINE).text,
      resumed: { state: life.ledger(), head: headOf(life.records), waiting: [], effects: [] },
    }
    await client.workflow.start(CASE_WORKFLOW, { workflowId: caseId, taskQueue: TASK_QUEUE, args: [start] })
  })
  const late = Date.now() > rings - 1_000
  if (late)
    return [
      {
        ...{ key: 'timersLagSeconds', title: TITLE(count), value: null, unit: '秒', most: 15 },
        note: '机器太忙,时点之前没能备齐案件',
      },
    ]
  await pause(rings - Date.now())
  const told = await cpuDuring(partsOf(ground), () => untilTold(ground, round, moment, count))
  const lag = (told.result - rings) / 1_000
  await untilQuiet(partsOf(ground))
  return [
    {
      ...{ key: 'timersLagSeconds', title: TITLE(count), value: lag, unit: '秒', most: 15 },
      note: '直到最后一件的事件入账',
    },
    {
      key: 'cpuMsPerTimer',
      title: '  每件,连同入账和通知',
      value: total(told.cpu) / count,
      unit: 'CPU 毫秒',
    },
  ]
}

const TITLE = (count: number): string => `${count} 个时点同一秒到`

/** @returns when the ledger had what fell due in every case, the world's time in milliseconds. */
const untilTold = async ({ db }: Ground, round: string, moment: Instant, count: number): Promise<number> => {
  const until = Date.now() + LONGEST_SECONDS * 1_000
  while (Date.now() < until) {
    const { rows } = await sql<{ told: number }>`
      select count(distinct case_id)::integer as told from events
      where case_id like ${`${round}/%`} and at >= ${moment}::timestamptz`.execute(db)
    if ((rows[0]?.told ?? 0) >= count) return Date.now()
    await pause(LOOK_EVERY_MILLIS)
  }
  throw new Error('timers are not handled')
}
