import type { Clock } from '../contracts/clock.js'
import { caseById } from '../db/queries/cases.js'
import type { Round } from '../db/rounds.js'
import { addDays, atTime, dateOf } from '../domain/calendar/dates.js'
import type { CaseState } from '../domain/case/state.js'
import { type Instant, instant, millis, type PlainDate } from '../domain/words.js'
import {
  type Act,
  CASE_PLAN,
  clerkOf,
  closing,
  filingReceived,
  HAND_OVER,
  posting,
  SEND_FILING,
  turn,
  weeklyReturn,
} from './acts.js'
import { entryOf, UNIT } from './entry.js'
import { type Figure, median } from './figure.js'
import { bringGround, type Ground, mustBeDone } from './ground.js'
import { type Counted, countedIn, less, ownEvents } from './history.js'
import { SKIPPING, skippedCase } from './skipping.js'

const CITY = 'yongzhou'
const day = (text: string): PlainDate => text as PlainDate
const BEGINS = atTime(day('2020-06-30'), '09:00')
const FIRST_WEEK = day('2020-07-01')
const WEEKS = 12
const SUBMITTED = day('2020-09-21')
const DEADLINE = day('2021-06-30')
const REFUSALS = 20

/** Do the signers of a chain follow on each other's heels, or does each take a day? */
type Pace = 'same-day' | 'a-day-each'

type Lived = { readonly life: Counted; readonly weeks: readonly Counted[] }

const clerk = clerkOf(UNIT)

/** One case on the real stack, its own time skipped. */
const newcomer = async (ground: Ground, round: Round, n: number) => {
  const { caseId } = await ground.register(round, entryOf(n, DEADLINE), BEGINS)
  const time = skippedCase(ground.client, caseId)
  const handle = ground.client.workflow.getHandle(caseId)
  let at: Instant = BEGINS

  const state = async (): Promise<CaseState> => {
    const known = await caseById(ground.db, caseId)
    if (known?.state.kind !== 'problem') throw new Error(`${caseId} is no problem`)
    return known.state.state
  }
  return {
    state,
    at: () => at,
    counted: async (): Promise<Counted> => countedIn((await handle.fetchHistory()).events ?? []),
    tries: (act: Act) => ground.give(caseId, act, at),
    does: async (act: Act | undefined): Promise<void> => {
      if (!act) throw new Error(`${caseId}: not anybody's turn`)
      mustBeDone(await ground.give(caseId, act, at))
      await time.settled()
    },
    on: async (date: PlainDate, hour = '10:00'): Promise<void> => {
      at = atTime(date, hour)
      const ahead = millis(worldTime(round.clock, at)) - millis(await time.now())
      if (ahead > 0) await time.pass(ahead)
      await time.settled()
    },
  }
}

/** The world's time at which it is `moment` in a drill of the world's own speed. */
const worldTime = (clock: Clock, moment: Instant): Instant => {
  if (clock.kind === 'real') return moment
  return instant(millis(clock.worldStart) + (millis(moment) - millis(clock.roundStart)))
}

/** Start, twelve weekly returns, five sign-offs with one refusal, the public notice, the filing. */
const lived = async (ground: Ground, round: Round, n: number, pace: Pace): Promise<Lived> => {
  const { rules } = ground
  const one = await newcomer(ground, round, n)
  await one.does(HAND_OVER)
  await one.does({ by: clerk, command: { type: 'acknowledge' } })
  await one.does({ by: clerk, command: CASE_PLAN })

  const weeks: Counted[] = []
  let before = await one.counted()
  for (let week = 0; week < WEEKS; week += 1) {
    await one.on(addDays(FIRST_WEEK, 7 * week))
    await one.does({ by: clerk, command: weeklyReturn(8 * (week + 1)) })
    const now = await one.counted()
    weeks.push(less(now, before))
    before = now
  }

  await one.on(SUBMITTED, '09:00')
  await one.does({ by: clerk, command: closing(rules) })
  await one.does(turn(rules, await one.state(), 'refuse-step', one.at()))
  await one.on(SUBMITTED, '11:00')
  await one.does({ by: clerk, command: closing(rules) })
  let today = SUBMITTED
  for (;;) {
    const next = turn(rules, await one.state(), 'sign', one.at())
    if (!next) break
    await one.does(next)
    if (pace === 'a-day-each') {
      today = addDays(today, 1)
      await one.on(today)
    }
  }
  await one.does(posting(rules, await one.state(), today))
  const until = (await one.state()).closing?.notice?.until
  if (!until) throw new Error('no notice is posted')
  await one.on(addDays(until, 1))
  await one.does(SEND_FILING)
  await one.does(filingReceived(dateOf(one.at())))
  const { phase } = await one.state()
  if (phase !== 'closed') throw new Error(`not closed, but ${phase}`)
  return { life: await one.counted(), weeks }
}

/** What a command that is refused leaves in the history. */
const refused = async (ground: Ground, round: Round, n: number): Promise<number> => {
  const one = await newcomer(ground, round, n)
  const before = await one.counted()
  for (let times = 0; times < REFUSALS; times += 1) {
    const given = await one.tries({ by: clerk, command: { type: 'acknowledge' } })
    if (given.kind !== 'refused') throw new Error(`not refused, but ${given.kind}`)
  }
  return (await one.counted()).events - before.events
}

const most = (counts: readonly Counted[], of: (one: Counted) => number): number => Math.max(...counts.map(of))

/** Events, bytes and billable actions of a life, a week and a refusal, counted on the real server. */
export const measureLife = async (): Promise<readonly Figure[]> => {
  const ground = await bringGround({ policy: CITY, dynamicConfig: SKIPPING })
  try {
    const worldStart = instant(Date.now())
    const round = await ground.openRound('bench-life', {
      ...{ kind: 'drill', worldStart, roundStart: BEGINS, speed: 1 },
    })
    const quick = await lived(ground, round, 1, 'same-day')
    const slow = await lived(ground, round, 2, 'a-day-each')
    const left = await refused(ground, round, 3)
    const weeks = [...quick.weeks, ...slow.weeks]
    return [
      { key: 'eventsPerRefusal', title: '被拒的命令留下的历史事件', value: left, unit: '个', most: 0 },
      {
        ...{ key: 'eventsPerWeek', title: '按时报送的一周', unit: '个事件', most: 7 },
        ...{ value: most(weeks, ({ events }) => events), note: `${weeks.length} 周中最多的一周` },
      },
      {
        key: 'bytesPerWeek',
        title: '  历史字节',
        value: median(weeks.map(({ bytes }) => bytes)),
        unit: '字节',
      },
      {
        key: 'actionsPerWeek',
        title: '  计费操作',
        value: most(weeks, ({ actions }) => actions),
        unit: '次',
      },
      {
        ...{ key: 'eventsPerLifeRecord', title: '一件的一生:命令和时点', unit: '个事件', most: 175 },
        ...{ value: ownEvents(quick.life), note: '五关在同一天签完' },
      },
      {
        ...{ key: 'eventsPerLife', title: '一件的一生,连同公文和通知', unit: '个事件', most: 260 },
        ...{ value: quick.life.events, note: `其中活动 ${quick.life.activities} 个` },
      },
      { key: 'bytesPerLife', title: '  历史字节', value: quick.life.bytes, unit: '字节' },
      { key: 'actionsPerLife', title: '  计费操作', value: quick.life.actions, unit: '次' },
      {
        ...{
          key: 'eventsPerSlowLifeRecord',
          title: '五关各签一天的一生:命令和时点',
          unit: '个事件',
          most: 175,
        },
        value: ownEvents(slow.life),
      },
      {
        ...{
          key: 'eventsPerSlowLife',
          title: '五关各签一天的一生,连同公文和通知',
          unit: '个事件',
          most: 260,
        },
        ...{ value: slow.life.events, note: `其中活动 ${slow.life.activities} 个` },
      },
      { key: 'actionsPerSlowLife', title: '  计费操作', value: slow.life.actions, unit: '次' },
    ]
  } finally {
    await ground.stop()
  }
}
