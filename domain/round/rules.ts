import { dateOf, endOfDay } from '../calendar/dates.js'
import { planDue } from '../calendar/deadlines.js'
import type { Rules } from '../context.js'
import type { OwnEvent } from '../kinds/kind.js'
import { type Given, type LightMoment, lightKind } from '../kinds/light.js'
import { OFFICE, type Post } from '../parties.js'
import { never, type Refusal, refuse } from '../refusal.js'
import type { CaseId, Clause, Instant, UnitName } from '../words.js'
import { chaseAt, issueBy, nextPeriods, periodInWords } from './cadence.js'
import { circularOf, draftOf, unitsToSign, unsignedOf } from './draft.js'
import { returnsPassedOver } from './returns.js'
import {
  PERIODIC_TITLES,
  type Periodic,
  type PeriodState,
  type RoundCommand,
  type RoundEvent,
  type RoundOpening,
  type RoundState,
  type Version,
} from './types.js'

export const ROUND_TITLES: Readonly<Record<RoundOpening['type'] | RoundCommand['type'], string>> = {
  'open-round': '建立轮次',
  'adopt-plan': '收下整改方案',
  'pause-cadence': '暂停周期工作',
  'resume-cadence': '恢复周期工作',
  'catch-up': '补办',
  'settle-returns': '决定暂停期间的调度',
  'issue-period': '印发',
  'correct-period': '更正',
  'sign-account': '签字交账',
  'issue-circular': '点名通报',
  'end-round': '结束轮次',
}

type Own = OwnEvent<RoundEvent>
type Sent<T extends RoundCommand['type']> = Given<Extract<RoundCommand, { type: T }>>

/** The clause each periodic thing keeps. */
export const PERIODIC_CLAUSES: Readonly<Record<Periodic, Clause>> = {
  bulletin: 'HH-03',
  review: 'HY-02',
  account: 'HH-04',
}

const titleOf = ({ thing, period }: { readonly thing: Periodic; readonly period: string }): string =>
  `${periodInWords(period)}${PERIODIC_TITLES[thing]}`

const open = ({ calendar }: Rules, { command, at }: Given<RoundOpening>): readonly Own[] | Refusal => {
  const { type: _type, caseId: _caseId, plan, ...what } = command
  if (!plan && what.feedbackDate === undefined)
    return refuse('invalid', 'GN-12', '还没有整改方案的,须写明督察反馈日期,方案期限自反馈之日起算')
  if (what.feedbackDate !== undefined && what.feedbackDate > dateOf(at) && !plan)
    return refuse('invalid', 'GN-12', '反馈日期不能晚于今天')
  const planBy = what.feedbackDate === undefined ? undefined : planDue(calendar, what.feedbackDate).date
  return [
    { type: 'round-opened', ...what, ...(planBy !== undefined && { planBy }) },
    ...(plan ? [adopted(planBy, plan)] : []),
  ]
}

/** The plan's own day tells whether it came in time: cases may be opened from it years later. */
const adopted = (
  planBy: RoundState['planBy'],
  plan: NonNullable<RoundOpening['plan']>,
): Extract<Own, { type: 'plan-adopted' }> => ({
  type: 'plan-adopted',
  planDate: plan.planDate,
  entries: plan.entries,
  units: plan.units,
  timeliness: planBy !== undefined && plan.planDate > planBy ? 'late' : 'on-time',
})

const answer = (rules: Rules, state: RoundState, given: Given<RoundCommand>): readonly Own[] | Refusal => {
  if (state.phase === 'ended') return refuse('out-of-turn', 'GN-12', '本轮次已经结束')
  const { command } = given
  switch (command.type) {
    case 'adopt-plan':
      return adopt(state, { ...given, command })
    case 'pause-cadence':
      return pauseReturns(state, command) ?? pause(state, command)
    case 'resume-cadence':
      return resume(state, command)
    case 'catch-up':
      return catchUp(rules, state, { ...given, command })
    case 'settle-returns':
      return settle(rules, state, { ...given, command })
    case 'issue-period':
      return issue(rules, state, { ...given, command })
    case 'correct-period':
      return correct(state, command)
    case 'sign-account':
      return sign(state, { ...given, command })
    case 'issue-circular':
      return circular(state, { ...given, command })
    case 'end-round':
      return state.paused.includes('return')
        ? refuse('out-of-turn', 'CD-17', '调度还在暂停;先恢复调度,再结束轮次', {
            act: 'resume-cadence',
            title: ROUND_TITLES['resume-cadence'],
          })
        : [{ type: 'round-ended', reason: command.reason }]
    default:
      return never(command)
  }
}

const adopt = (state: RoundState, { command, at }: Sent<'adopt-plan'>): readonly Own[] | Refusal => {
  if (state.plan) return refuse('conflict', 'GN-12', '整改方案已经收下,不必重复')
  const late = state.planMissedAt !== undefined || (state.planBy !== undefined && dateOf(at) > state.planBy)
  return [{ ...adopted(state.planBy, command), ...(late && { timeliness: 'late' }) }]
}

const pause = (
  { paused }: RoundState,
  { things, reason }: Extract<RoundCommand, { type: 'pause-cadence' }>,
): readonly Own[] | Refusal => {
  const fresh = things.filter((thing) => !paused.includes(thing))
  return fresh.length === 0
    ? refuse('conflict', 'CD-17', '已经暂停,不必重复', {
        act: 'resume-cadence',
        title: ROUND_TITLES['resume-cadence'],
      })
    : [{ type: 'cadence-paused', things: fresh, reason }]
}

const resume = (
  { paused }: RoundState,
  { things, reason }: Extract<RoundCommand, { type: 'resume-cadence' }>,
): readonly Own[] | Refusal => {
  const stopped = things.filter((thing) => paused.includes(thing))
  return stopped.length === 0
    ? refuse('conflict', 'CD-17', '没有暂停,不必恢复')
    : [{ type: 'cadence-resumed', things: stopped, reason }]
}

/** Before there is a plan there is no case whose returns could be paused. */
const pauseReturns = (
  { plan }: RoundState,
  { things }: Extract<RoundCommand, { type: 'pause-cadence' }>,
): Refusal | undefined =>
  things.includes('return') && !plan
    ? refuse('out-of-turn', 'CD-17', '整改方案还没有收下,还没有事项要报调度', {
        act: 'adopt-plan',
        title: ROUND_TITLES['adopt-plan'],
      })
    : undefined

/** What fell due in a pause is decided after it: waived, or made up for by a day (CD-17). */
const settle = (
  rules: Rules,
  state: RoundState,
  { command, at }: Sent<'settle-returns'>,
): readonly Own[] | Refusal => {
  const open = new Map(returnsPassedOver(rules, state, at).map((one) => [one.period, one.pause]))
  const unknown = command.periods.filter((period) => !open.has(period))
  if (unknown.length > 0)
    return refuse('not-found', 'CD-17', `${unknown.join('、')}没有因暂停未报、尚待决定的调度`)
  if (command.periods.some((period) => open.get(period) === 'on'))
    return refuse('out-of-turn', 'CD-17', '调度还在暂停,恢复之后再决定免报或补报', {
      act: 'resume-cadence',
      title: ROUND_TITLES['resume-cadence'],
    })
  return command.how === 'make-up' && command.by <= dateOf(at)
    ? refuse('invalid', 'CD-17', '补报的期限应在今天之后')
    : [{ ...command, type: 'returns-settled' }]
}

type Which = { readonly thing: Periodic; readonly period: string }

export const periodIn = ({ periods }: RoundState, { thing, period }: Which): PeriodState | undefined =>
  periods.find((one) => one.thing === thing && one.period === period)

const found = (state: RoundState, which: Which): PeriodState | Refusal =>
  periodIn(state, which) ??
  refuse('not-found', PERIODIC_CLAUSES[which.thing], `还没有${titleOf(which)}:未到截数之日,或没有这一期`)

const isRefused = (one: PeriodState | Refusal): one is Refusal => 'why' in one

/** Made up for afterwards, on the figures of its own cut-off; the days to issue it run from now. */
const catchUp = (
  rules: Rules,
  state: RoundState,
  { command, at }: Sent<'catch-up'>,
): readonly Own[] | Refusal => {
  const period = found(state, command)
  if (isRefused(period)) return period
  const rule = rules.policy.cadence?.[command.thing]
  if (period.state !== 'skipped' || !rule)
    return refuse('conflict', PERIODIC_CLAUSES[command.thing], `${titleOf(command)}已按时截数,无须补办`)
  return [cut(period, issueBy(rules, rule, dateOf(at)), 'caught-up')]
}

const cut = (
  { thing, period, from, to, cutOff }: Pick<PeriodState, 'thing' | 'period' | 'from' | 'to' | 'cutOff'>,
  by: NonNullable<PeriodState['issueBy']>,
  how: Extract<Own, { type: 'period-cut' }>['how'],
): Own => ({ type: 'period-cut', thing, period, from, to, cutOff, issueBy: by, how })

/** Nobody issues what ranks or names a unit of theirs, nor accounts they signed themselves (GN-08). */
const judgesItself = (period: PeriodState, posts: readonly Post[]): UnitName | undefined => {
  const own = posts.flatMap(({ role, unit }) => (role === 'unit-head' && unit !== undefined ? [unit] : []))
  const judged = new Set([
    ...(period.versions.at(-1)?.digest?.ranking ?? period.ranking ?? []).map(({ unit }) => unit),
    ...unitsToSign(period),
  ])
  return own.find((unit) => judged.has(unit))
}

const issue = (
  rules: Rules,
  state: RoundState,
  { command, by, posts, at }: Sent<'issue-period'>,
): readonly Own[] | Refusal => {
  const { thing } = command
  const clause = PERIODIC_CLAUSES[thing]
  const period = found(state, command)
  if (isRefused(period)) return period
  const version = period.versions.at(-1)
  if (period.state === 'skipped')
    return refuse('out-of-turn', clause, `${titleOf(command)}截数时暂停,尚未补办`, {
      act: 'catch-up',
      title: ROUND_TITLES['catch-up'],
    })
  if (version?.issuedAt !== undefined)
    return refuse(
      'conflict',
      clause,
      `${titleOf(command)}第 ${version.version} 版已经印发,不得改动;有误的请更正,另出新版`,
      {
        act: 'correct-period',
        title: ROUND_TITLES['correct-period'],
      },
    )
  const draft = draftOf(rules, state, period)
  if (!draft || version?.snapshot === undefined)
    return refuse('out-of-turn', clause, `${titleOf(command)}的数据还没有定格,请稍候`)
  const own = judgesItself(period, posts)
  if (own !== undefined)
    return refuse('forbidden', 'GN-08', `${own}在本期排名或交账之列,您兼任其负责人,不得印发`)
  if (
    thing === 'account' &&
    unsignedOf(period).length > 0 &&
    period.issueBy !== undefined &&
    dateOf(at) <= period.issueBy
  )
    return refuse('out-of-turn', clause, `还有 ${unsignedOf(period).length} 个单位没有签字交账,期限未到`)
  if (by.kind === 'person' && period.signed.some(({ person }) => person === by.person))
    return refuse('forbidden', 'GN-08', '自己签字交的账,不得由自己汇总印发')
  if (thing === 'review' && command.speaker === undefined)
    return refuse('invalid', clause, '讲评须写明由谁主讲')
  return [
    {
      type: 'period-issued',
      thing,
      period: command.period,
      version: version.version,
      snapshot: version.snapshot,
      subject: draft.subject,
      body: command.speaker === undefined ? draft.body : [...draft.body, `主讲人:${command.speaker}。`],
      named: draft.named,
    },
  ]
}

const correct = (
  state: RoundState,
  command: Extract<RoundCommand, { type: 'correct-period' }>,
): readonly Own[] | Refusal => {
  const period = found(state, command)
  if (isRefused(period)) return period
  const last = period.versions.at(-1)
  if (last?.issuedAt === undefined)
    return refuse(
      'out-of-turn',
      PERIODIC_CLAUSES[command.thing],
      `${titleOf(command)}还没有印发,印发之后才谈得上更正`,
    )
  const { thing, period: name, from, to, cutOff } = period
  const { reason } = command
  return [
    { type: 'correction-begun', thing, period: name, from, to, cutOff, version: last.version + 1, reason },
  ]
}

/** HH-04: the head answers for each promise; what is not verified closed is not called done (YZ-13). */
const sign = (
  state: RoundState,
  { command, by, posts, at }: Sent<'sign-account'>,
): readonly Own[] | Refusal => {
  const period = found(state, { thing: 'account', period: command.period })
  if (isRefused(period)) return period
  const { unit, lines } = command
  if (by.kind !== 'person') return refuse('forbidden', 'HH-04', '交账须由单位主要负责人本人签字')
  if (!posts.some((post) => post.role === 'unit-head' && post.unit === unit))
    return refuse('forbidden', 'HH-04', `${unit}的账由该单位主要负责人签字,不由您签`)
  const owed = (period.commitments ?? []).filter(({ units }) => units[0] === unit)
  if (owed.length === 0)
    return refuse(
      'not-found',
      'HH-04',
      `${titleOf({ thing: 'account', period: command.period })}里没有${unit}的承诺`,
    )
  if (period.signed.some((one) => one.unit === unit))
    return refuse('conflict', 'HH-04', `${unit}已经签字交账`)
  if (period.signed.some(({ person }) => person === by.person))
    return refuse('forbidden', 'GN-08', '一人只为一个单位签字交账')
  const missing = owed.filter((one) => !lines.some((line) => line.case === one.case))
  const [first] = missing
  if (first)
    return refuse('invalid', 'HH-04', `每项承诺都要对照结果,还缺 ${missing.length} 项,如 ${first.case}`)
  const foreign = lines.find((line) => !owed.some((one) => one.case === line.case))
  if (foreign) return refuse('invalid', 'HH-04', `${foreign.case} 不是${unit}本期的承诺`)
  const claimed = lines.find(
    (line) =>
      line.outcome === 'done' && owed.some((one) => one.case === line.case && one.standing === 'open'),
  )
  if (claimed) return refuse('invalid', 'YZ-13', `${claimed.case} 截至截数之日没有核实销号,不能写作已完成`)
  const late = period.issueBy !== undefined && dateOf(at) > period.issueBy
  return [
    {
      type: 'account-signed',
      period: command.period,
      unit,
      person: by.person,
      lines,
      timeliness: late ? 'late' : 'on-time',
    },
  ]
}

/** HH-08: upon an issued ranking only, and once. */
const circular = (
  state: RoundState,
  { command, posts }: Sent<'issue-circular'>,
): readonly Own[] | Refusal => {
  const period = found(state, { thing: 'bulletin', period: command.period })
  if (isRefused(period)) return period
  const issued = period.versions.findLast(({ issuedAt }) => issuedAt !== undefined)
  if (issued?.snapshot === undefined)
    return refuse('out-of-turn', 'HH-08', `${titleOf(period)}还没有印发,点名要以印发的排名为据`, {
      act: 'issue-period',
      title: ROUND_TITLES['issue-period'],
    })
  if (period.circularAt !== undefined) return refuse('conflict', 'HH-08', '本期已经点名通报,不重复通报')
  const own = judgesItself(period, posts)
  if (own !== undefined) return refuse('forbidden', 'GN-08', `${own}在排名之列,您兼任其负责人,不得印发`)
  const { subject, body, named } = circularOf(period, command.demand)
  return named.length === 0
    ? refuse('conflict', 'HH-08', '这期排名没有靠后的单位,无须点名')
    : [{ type: 'circular-issued', period: command.period, snapshot: issued.snapshot, named, subject, body }]
}

const begin = (id: CaseId, { at, event }: { readonly at: Instant; readonly event: Own }): RoundState => {
  if (event.type !== 'round-opened') throw new TypeError(`${id}: ${event.type} before it was opened`)
  const { type: _type, ...what } = event
  return { ...what, id, at, openedAt: at, phase: 'awaiting-plan', recent: [], periods: [], paused: [] }
}

const withPeriod = (
  state: RoundState,
  which: Which,
  change: (period: PeriodState) => PeriodState,
): RoundState => ({
  ...state,
  periods: state.periods.map((one) =>
    one.thing === which.thing && one.period === which.period ? change(one) : one,
  ),
})

const withLast = (period: PeriodState, change: (version: Version) => Version): PeriodState => ({
  ...period,
  versions: period.versions.map((version, index, all) =>
    index === all.length - 1 ? change(version) : version,
  ),
})

const apply = (
  state: RoundState,
  { at, event }: { readonly at: Instant; readonly event: Own },
): RoundState => {
  switch (event.type) {
    case 'round-opened':
      throw new TypeError(`${state.id}: opened twice`)
    case 'plan-adopted': {
      const { planDate, entries, units } = event
      return { ...state, phase: 'carrying-out', plan: { planDate, entries, units, adoptedAt: at } }
    }
    case 'plan-chased':
      return { ...state, planChasedAt: at }
    case 'plan-missed':
      return { ...state, planMissedAt: at }
    case 'period-skipped': {
      const { type: _type, ...what } = event
      return {
        ...state,
        periods: [...state.periods, { ...what, state: 'skipped', versions: [], signed: [] }],
      }
    }
    case 'period-cut': {
      const { type: _type, how: _how, ...what } = event
      const period: PeriodState = { ...what, state: 'cut', versions: [{ version: 1 }], signed: [] }
      return periodIn(state, event)
        ? withPeriod(state, event, () => period)
        : { ...state, periods: [...state.periods, period] }
    }
    case 'snapshot-taken': {
      const { snapshot, digest } = event
      const { commitments, ...figures } = digest
      return withPeriod(state, event, (period) => ({
        ...withLast(period, (version) => ({ ...version, snapshot, digest: { ...figures, commitments: [] } })),
        totals: digest.totals,
        ranking: digest.ranking,
        bottom: digest.bottom,
        ...(period.thing === 'account' && { commitments: period.commitments ?? commitments }),
      }))
    }
    case 'period-chased':
      return withPeriod(state, event, (period) => ({ ...period, chasedAt: at }))
    case 'period-late':
      return withPeriod(state, event, (period) => ({ ...period, lateSince: at }))
    case 'period-issued':
      return withPeriod(state, event, (period) =>
        withLast(period, ({ digest: _digest, ...version }) => ({
          ...version,
          issuedAt: at,
          named: event.named,
        })),
      )
    case 'correction-begun':
      return withPeriod(state, event, (period) => ({
        ...period,
        versions: [...period.versions, { version: event.version, reason: event.reason }],
      }))
    case 'account-signed':
      return withPeriod(state, { thing: 'account', period: event.period }, (period) => ({
        ...period,
        signed: [...period.signed, { unit: event.unit, person: event.person, at }],
      }))
    case 'circular-issued':
      return withPeriod(state, { thing: 'bulletin', period: event.period }, (period) => ({
        ...period,
        circularAt: at,
      }))
    case 'cadence-paused':
      return {
        ...state,
        paused: [...state.paused, ...event.things],
        ...(event.things.includes('return') && {
          returnPauses: [...(state.returnPauses ?? []), { since: at }],
        }),
      }
    case 'cadence-resumed':
      return {
        ...state,
        paused: state.paused.filter((thing) => !event.things.includes(thing)),
        ...(event.things.includes('return') && {
          returnPauses: (state.returnPauses ?? []).map((pause) => ({ until: at, ...pause })),
        }),
      }
    case 'returns-settled':
      return { ...state, settledReturns: [...(state.settledReturns ?? []), ...event.periods] }
    case 'round-ended':
      return { ...state, phase: 'ended', endedAt: at }
    default:
      return never(event)
  }
}

/** Not issued yet: of an account also the units that have not signed. */
export const isOpen = ({ state, versions }: PeriodState): boolean =>
  state === 'cut' && versions.every(({ issuedAt }) => issuedAt === undefined)

const planMoments = ({ policy, calendar }: Rules, state: RoundState): readonly LightMoment<Own>[] => {
  const { planBy, phase, planChasedAt, planMissedAt } = state
  if (phase !== 'awaiting-plan' || planBy === undefined) return []
  const chase = policy.cadence && chaseAt({ policy, calendar }, policy.cadence, planBy)
  return [
    ...(chase !== undefined && planChasedAt === undefined && planMissedAt === undefined
      ? [
          {
            at: chase,
            clause: 'GN-12',
            rule: '整改方案将到期,催办',
            events: [{ type: 'plan-chased', planBy }],
          } as const,
        ]
      : []),
    ...(planMissedAt === undefined
      ? [
          {
            at: endOfDay(planBy),
            clause: 'GN-12',
            rule: '反馈后 30 个工作日内未报整改方案,报领导小组',
            events: [{ type: 'plan-missed', planBy }],
          } as const,
        ]
      : []),
  ]
}

const cutMoments = (rules: Rules, state: RoundState): readonly LightMoment<Own>[] =>
  nextPeriods(rules, state).flatMap((next): readonly LightMoment<Own>[] => {
    const rule = rules.policy.cadence?.[next.thing]
    if (!rule) return []
    const clause = PERIODIC_CLAUSES[next.thing]
    return [
      state.paused.includes(next.thing)
        ? {
            at: next.cutOff,
            clause,
            rule: '周期工作暂停中,本期记为未办,可以补办',
            events: [{ type: 'period-skipped', ...next }],
          }
        : {
            at: next.cutOff,
            clause,
            rule: `${titleOf(next)}截数`,
            events: [cut(next, issueBy(rules, rule, next.to), 'in-turn')],
          },
    ]
  })

const issueMoments = (rules: Rules, { periods }: RoundState): readonly LightMoment<Own>[] =>
  periods.filter(isOpen).flatMap((one): readonly LightMoment<Own>[] => {
    const { thing, period, issueBy: by } = one
    const { cadence } = rules.policy
    if (by === undefined || !cadence || one.lateSince !== undefined) return []
    const clause = PERIODIC_CLAUSES[thing]
    return [
      ...(one.chasedAt === undefined
        ? [
            {
              at: chaseAt(rules, cadence, by),
              clause,
              rule: `${titleOf(one)}将到期,催办`,
              events: [{ type: 'period-chased', thing, period, issueBy: by } as const],
            },
          ]
        : []),
      {
        at: endOfDay(by),
        clause,
        rule: `${titleOf(one)}到期未${thing === 'account' ? '交齐' : '印发'},记录在案`,
        events: [{ type: 'period-late', thing, period, unsigned: unsignedOf(one) }],
      },
    ]
  })

const moments = (rules: Rules, state: RoundState): readonly LightMoment<Own>[] =>
  state.phase === 'ended'
    ? []
    : [...planMoments(rules, state), ...cutMoments(rules, state), ...issueMoments(rules, state)]

/** 督察轮次 (GN-12, HH-03, HY-02, HH-04) */
export const roundLife = lightKind<RoundState, RoundOpening, RoundCommand, Own>({
  clause: 'GN-12',
  titles: ROUND_TITLES,
  permissions: {
    'open-round': OFFICE,
    'adopt-plan': OFFICE,
    'pause-cadence': ['office-head'],
    'resume-cadence': ['office-head'],
    'catch-up': OFFICE,
    'settle-returns': ['office-head'],
    'issue-period': ['office-head'],
    'correct-period': OFFICE,
    'sign-account': ['unit-head'],
    'issue-circular': ['office-head'],
    'end-round': ['office-head'],
  },
  units: ({ plan, periods }) => [...(plan?.units ?? []), ...periods.flatMap(unitsToSign)],
  opening: 'open-round',
  open,
  answer,
  begin,
  apply,
  moments,
})
