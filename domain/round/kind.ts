import { monthDay } from '../calendar/chinese.js'
import { addDays, dateOf } from '../calendar/dates.js'
import type { RoundDecision } from '../case/commands.js'
import type { Rules } from '../context.js'
import type { LedgerRecord } from '../decider-types.js'
import type { Audience, OrderEffect, PaperEffect, SnapshotEffect } from '../effects/types.js'
import { effectKey, noticeOf } from '../kinds/effects.js'
import { type Kind, SAMPLE_WORDS, sayer, type Tellings, type Todo } from '../kinds/kind.js'
import type { Seat } from '../parties.js'
import { readingByParts } from '../permission/read.js'
import type { CaseId, UnitName } from '../words.js'
import { periodInWords, titleOf } from './cadence.js'
import { unitsToSign, unsignedOf } from './draft.js'
import { penaltyOrders } from './penalties.js'
import { returnsPassedOver } from './returns.js'
import { isOpen, ROUND_TITLES, roundLife } from './rules.js'
import {
  PAUSABLE_TITLES,
  PAUSABLES,
  type Pausable,
  PERIODICS,
  type PeriodOf,
  ROUND_PHASE_TITLES,
  type RoundCommand,
  type RoundEvent,
  type RoundOpening,
  type RoundState,
} from './types.js'

/** `jinan-2018/round`: one of each round. */
export const roundCaseId = (round: string): CaseId => `${round}/round` as CaseId

const things = (all: readonly Pausable[]): string => all.map((thing) => PAUSABLE_TITLES[thing]).join('、')

const tellings: Tellings<RoundEvent> = {
  'round-opened': ({ source, planBy }) =>
    `建立轮次:${source.name}${planBy ? `,整改方案应于 ${planBy} 前报送` : ''}`,
  'plan-adopted': ({ planDate, entries, timeliness }) =>
    `收下 ${planDate} 的整改方案,共 ${entries} 项${timeliness === 'late' ? '(逾期)' : ''}`,
  'plan-chased': ({ planBy }) => `催报整改方案,期限 ${planBy}`,
  'plan-missed': ({ planBy }) => `整改方案到期(${planBy})未报`,
  'period-cut': (event) =>
    `${titleOf(event)}截数,应于 ${event.issueBy} 前办成${event.how === 'caught-up' ? '(补办)' : ''}`,
  'period-skipped': (event) => `${titleOf(event)}因暂停未办`,
  'snapshot-taken': (event) =>
    `定格数据 ${event.snapshot.slice(0, 12)},拟出${titleOf(event)}第 ${event.version} 版`,
  'period-chased': (event) => `催办${titleOf(event)},期限 ${event.issueBy}`,
  'period-late': (event) =>
    `${titleOf(event)}逾期${event.unsigned.length > 0 ? `,未交账:${event.unsigned.join('、')}` : ''}`,
  'period-issued': (event) => `印发${titleOf(event)}第 ${event.version} 版`,
  'correction-begun': (event) => `更正${titleOf(event)},另出第 ${event.version} 版:${event.reason}`,
  'account-signed': ({ period, unit, lines, timeliness }) =>
    `${unit}${periodInWords(period)}签字交账 ${lines.length} 项${timeliness === 'late' ? '(逾期)' : ''}`,
  'circular-issued': ({ period, named: units }) =>
    `依据${periodInWords(period)}排名点名通报:${units.join('、')}`,
  'cadence-paused': ({ things: all, reason }) => `暂停${things(all)}:${reason}`,
  'cadence-resumed': ({ things: all, reason }) => `恢复${things(all)}:${reason}`,
  'returns-settled': (event) =>
    `暂停期间 ${event.periods.map(monthDay).join('、')}调度${event.how === 'waive' ? '免报' : `于 ${monthDay(event.by)}前补报`}:${event.reason}`,
  'round-ended': ({ reason }) => `结束轮次:${reason}`,
}

const sayOf = sayer(tellings)

const LEADING_GROUP: readonly Audience[] = [
  { seat: 'secretary' },
  { seat: 'mayor' },
  { seat: 'deputy-secretaries-general' },
  { seat: 'office-head' },
]

const headsOf = (units: readonly UnitName[]): readonly Audience[] =>
  units.map((unit) => ({ unit, who: 'head' as const }))

const snapshotOf = (
  record: LedgerRecord,
  state: RoundState,
  period: PeriodOf,
  version: number,
): SnapshotEffect => ({
  kind: 'snapshot',
  key: effectKey(record, 'snapshot'),
  round: state.round,
  thing: period.thing,
  period: period.period,
  version,
  from: period.from,
  to: period.to,
  cutOff: period.cutOff,
})

type Decided = Extract<RoundEvent, { type: 'cadence-paused' | 'cadence-resumed' | 'returns-settled' }>

const isDecision = (event: RoundEvent): event is Decided =>
  event.type === 'cadence-paused' || event.type === 'cadence-resumed' || event.type === 'returns-settled'

/** What was decided about returns, as each case is told it; undefined where it was about something else. */
const decisionOf = (event: Decided, decidedBy: string): RoundDecision | undefined => {
  const { reason } = event
  if (event.type === 'returns-settled') {
    const { periods } = event
    return event.how === 'waive'
      ? { type: 'waive-returns', periods, reason, decidedBy }
      : { type: 'call-in-returns', periods, by: event.by, reason, decidedBy }
  }
  if (!event.things.includes('return')) return undefined
  return { type: event.type === 'cadence-paused' ? 'pause-returns' : 'resume-returns', reason, decidedBy }
}

/** Returns are moments of each case: a decision about them reaches every case of the round, also those that others may not read. */
const toItsCases = (state: RoundState, record: LedgerRecord): readonly OrderEffect[] => {
  const { by } = record
  const event = record.event as RoundEvent
  if (!isDecision(event)) return []
  const command = decisionOf(event, by.kind === 'person' ? by.name : '')
  return command
    ? [
        {
          kind: 'order',
          key: effectKey(record, 'order'),
          round: state.round,
          at: record.at,
          by: { machine: 'CD-17', rule: '轮次对调度所作的决定,逐件照办' },
          order: { kind: 'to-the-round', command },
        },
      ]
    : []
}

type Issued = Extract<RoundEvent, { type: 'period-issued' | 'circular-issued' }>

const paperOf = (
  { policy }: Rules,
  state: RoundState,
  record: LedgerRecord,
  drill: 'drill' | 'real',
  { subject, body, period, named: units }: Issued,
): PaperEffect => ({
  kind: 'paper',
  key: effectKey(record, 'paper'),
  order: {
    paper: 'circular',
    caseId: state.id,
    round: state.round,
    seq: record.seq,
    at: record.at,
    drill,
    letterhead: policy.office.letterhead,
    documentCode: policy.office.documentCode,
    to: state.plan?.units ?? [],
    copies: [],
    subject,
    facts: [
      { label: '轮次', value: state.title },
      { label: '期次', value: periodInWords(period) },
      ...(units.length > 0 ? [{ label: '点名单位', value: units.join('、') }] : []),
    ],
    body,
  },
})

const todos = (rules: Rules, state: RoundState): readonly Todo[] => {
  const owe = (
    act: RoundCommand['type'],
    title: string,
    seat: Seat,
    due?: Todo['due'],
    unit?: UnitName,
  ): Todo => ({
    act,
    title,
    chair: { seat, ...(unit !== undefined && { unit }) },
    ...(due !== undefined && { due }),
  })
  if (state.phase === 'ended') return []
  return [
    ...(state.phase === 'awaiting-plan' ? [owe('adopt-plan', '报送整改方案', 'office', state.planBy)] : []),
    ...(returnsPassedOver(rules, state, state.at).some(({ pause }) => pause === 'over')
      ? [owe('settle-returns', ROUND_TITLES['settle-returns'], 'office-head')]
      : []),
    ...state.periods.flatMap((period) => {
      const drafted = period.versions.at(-1)?.digest !== undefined
      return [
        ...(period.thing === 'account' && period.state === 'cut'
          ? unsignedOf(period).map((unit) =>
              owe('sign-account', `${titleOf(period)}签字`, 'responsible-head', period.issueBy, unit),
            )
          : []),
        ...(drafted &&
        (period.thing !== 'account' || unsignedOf(period).length === 0 || period.lateSince !== undefined)
          ? [owe('issue-period', `印发${titleOf(period)}`, 'office-head', period.issueBy)]
          : []),
      ]
    }),
  ]
}

/** 督察轮次 */
export const roundKind: Kind<RoundState, RoundOpening | RoundCommand, RoundEvent> = {
  ...roundLife,
  title: '督察轮次',
  prefix: '',
  phases: ROUND_PHASE_TITLES,
  begins: 'round-opened',
  hasEnded: ({ phase }) => phase === 'ended',
  effects: (rules, state, record, drill) => {
    const event = record.event as RoundEvent
    const told = (...audience: readonly Audience[]) =>
      noticeOf(state, record, drill, audience, { about: state.title, said: sayOf(event) })
    switch (event.type) {
      case 'plan-chased':
        return told({ seat: 'office' }, { seat: 'office-head' })
      case 'plan-missed':
        return told(...LEADING_GROUP)
      case 'plan-adopted':
        return event.timeliness === 'late' ? told(...LEADING_GROUP) : []
      case 'period-cut':
        return [snapshotOf(record, state, event, 1)]
      case 'correction-begun':
        return [snapshotOf(record, state, event, event.version), ...told({ seat: 'office-head' })]
      case 'snapshot-taken': {
        const period = state.periods.find((one) => one.thing === event.thing && one.period === event.period)
        return told(
          { seat: 'office' },
          { seat: 'office-head' },
          ...(period && event.thing === 'account' ? headsOf(unitsToSign(period)) : []),
        )
      }
      case 'period-chased':
      case 'period-late': {
        const period = state.periods.find((one) => one.thing === event.thing && one.period === event.period)
        return told({ seat: 'office-head' }, ...(period ? headsOf(unsignedOf(period)) : []))
      }
      case 'period-issued':
        return [
          paperOf(rules, state, record, drill, event),
          ...told(...LEADING_GROUP, ...headsOf(state.plan?.units ?? [])),
        ]
      case 'circular-issued':
        return [
          paperOf(rules, state, record, drill, event),
          ...told(...LEADING_GROUP, ...headsOf(event.named)),
        ]
      case 'cadence-paused':
      case 'cadence-resumed':
      case 'returns-settled':
        return told({ seat: 'office' }, { seat: 'deputy-secretaries-general' })
      case 'round-opened':
      case 'period-skipped':
      case 'account-signed':
      case 'round-ended':
      case 'signal-refused':
      case 'paper-issued':
        return []
    }
  },
  orders: (rules, state, record) => [...toItsCases(state, record), ...penaltyOrders(rules, state, record)],
  todos,
  tellings,
  reading: (viewer, { plan }) => readingByParts(viewer, plan?.units ?? []),
  line: (rules, state) => {
    const dues = todos(rules, state).flatMap(({ due }) => (due === undefined ? [] : [due]))
    const late = state.periods.find((one) => isOpen(one) && one.lateSince !== undefined)?.lateSince
    const overdue = state.phase === 'awaiting-plan' ? (state.planMissedAt ?? late) : late
    const [due] = dues.toSorted()
    return {
      n: 0,
      text: state.title,
      words: [state.source.name],
      units: [],
      parties: state.plan?.units ?? [],
      source: state.source,
      ...(due !== undefined && { due }),
      ...(overdue !== undefined && state.phase !== 'ended' && { overdueSince: overdue }),
      openedAt: state.openedAt,
      ...(state.endedAt !== undefined && { closedAt: state.endedAt }),
    }
  },
  samples: (rules, state) => samples(rules, state),
}

const samples = (rules: Rules, state: RoundState): readonly RoundCommand[] => {
  const passedOver = returnsPassedOver(rules, state, state.at).map(({ period }) => period)
  const all = state.plan ? PAUSABLES : PERIODICS
  const day = dateOf(state.at)
  const circular = state.periods.findLast(
    ({ thing, circularAt }) => thing === 'bulletin' && circularAt === undefined,
  )
  return [
    { type: 'adopt-plan', planDate: day, entries: 1, units: [] },
    { type: 'pause-cadence', things: all, reason: SAMPLE_WORDS },
    { type: 'resume-cadence', things: all, reason: SAMPLE_WORDS },
    ...(passedOver.length > 0
      ? [
          {
            type: 'settle-returns',
            periods: passedOver,
            how: 'make-up',
            by: addDays(day, 7),
            reason: SAMPLE_WORDS,
          } as const,
        ]
      : []),
    ...state.periods.flatMap(({ thing, period, state: how }): readonly RoundCommand[] =>
      how === 'skipped'
        ? [{ type: 'catch-up', thing, period }]
        : [
            { type: 'issue-period', thing, period, speaker: SAMPLE_WORDS },
            { type: 'correct-period', thing, period, reason: SAMPLE_WORDS },
          ],
    ),
    ...state.periods
      .filter(({ thing }) => thing === 'account')
      .flatMap((period): readonly RoundCommand[] =>
        unsignedOf(period).map((unit) => ({
          type: 'sign-account',
          period: period.period,
          unit,
          lines: (period.commitments ?? [])
            .filter(({ units }) => units[0] === unit)
            .map((one) => ({ case: one.case, outcome: 'under-way', result: SAMPLE_WORDS })),
        })),
      ),
    ...(circular ? [{ type: 'issue-circular', period: circular.period, demand: SAMPLE_WORDS } as const] : []),
    { type: 'end-round', reason: SAMPLE_WORDS },
  ]
}
