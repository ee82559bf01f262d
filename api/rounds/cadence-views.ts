import { z } from 'zod'
import type { Rules } from '../../domain/context.js'
import { lastPeriod, nextPeriod, periodInWords } from '../../domain/round/cadence.js'
import { draftOf, unitsToSign, unsignedOf } from '../../domain/round/draft.js'
import {
  PERIODIC_TITLES,
  PERIODICS,
  type Periodic,
  type PeriodState,
  ROUND_PHASE_TITLES,
  type RoundState,
} from '../../domain/round/types.js'
import { hrefOf } from '../cases/views.js'
import { returnsOf, returnsView } from './returns-views.js'

const periodView = z
  .object({
    period: z.string(),
    title: z.string(),
    from: z.string(),
    to: z.string(),
    cutOff: z.string(),
    issueBy: z.string().nullable(),
    state: z.enum(['skipped', 'freezing', 'drafted', 'issued', 'correcting']),
    lateSince: z.string().nullable(),
    versions: z.array(
      z.object({
        version: z.int(),
        reason: z.string().nullable(),
        snapshot: z.object({ hash: z.string(), href: z.string() }).nullable(),
        issuedAt: z.string().nullable(),
      }),
    ),
    draft: z
      .object({ subject: z.string(), body: z.array(z.string()), named: z.array(z.string()) })
      .nullable()
      .meta({ description: '拟好待印发的' }),
    unsigned: z.array(z.string()).meta({ description: '应交账而未签字的单位' }),
    signed: z.array(z.object({ unit: z.string(), at: z.string() })),
    commitments: z.array(
      z.object({
        case: z.string(),
        href: z.string(),
        unit: z.string(),
        due: z.string().nullable(),
        standing: z.enum(['open', 'closed']),
        overdue: z.enum(['overdue', 'not-overdue']),
      }),
    ),
  })
  .meta({ id: 'CadencePeriod' })

const thingView = z
  .object({
    thing: z.enum(PERIODICS as readonly [Periodic, ...Periodic[]]),
    title: z.string(),
    state: z.enum(['running', 'paused', 'not-in-rules']),
    source: z.string().nullable(),
    next: z.object({ period: z.string(), title: z.string(), cutOff: z.string() }).nullable(),
    last: periodView.nullable(),
    skipped: z.array(z.string()),
    periods: z.array(periodView),
  })
  .meta({ id: 'CadenceThing' })

export const cadenceView = z
  .object({
    case: z.object({ id: z.string(), href: z.string() }),
    phase: z.string(),
    phaseTitle: z.string(),
    feedbackDate: z.string().nullable(),
    planBy: z.string().nullable(),
    planMissedAt: z.string().nullable(),
    planDate: z.string().nullable(),
    things: z.array(thingView),
    returns: returnsView,
  })
  .meta({ id: 'Cadence' })

const stateOf = ({ state, versions }: PeriodState): z.infer<typeof periodView>['state'] => {
  const last = versions.at(-1)
  if (state === 'skipped') return 'skipped'
  if (last?.issuedAt !== undefined) return 'issued'
  if (versions.length > 1) return 'correcting'
  return last?.snapshot === undefined ? 'freezing' : 'drafted'
}

const periodOf = (rules: Rules, state: RoundState, period: PeriodState): z.infer<typeof periodView> => {
  const draft = draftOf(rules, state, period)
  return {
    period: period.period,
    title: `${periodInWords(period.period)}${PERIODIC_TITLES[period.thing]}`,
    from: period.from,
    to: period.to,
    cutOff: period.cutOff,
    issueBy: period.issueBy ?? null,
    state: stateOf(period),
    lateSince: period.lateSince ?? null,
    versions: period.versions.map(({ version, reason, snapshot, issuedAt }) => ({
      version,
      reason: reason ?? null,
      snapshot: snapshot === undefined ? null : { hash: snapshot, href: `/snapshots/${snapshot}` },
      issuedAt: issuedAt ?? null,
    })),
    draft: draft ? { subject: draft.subject, body: [...draft.body], named: [...draft.named] } : null,
    unsigned: unitsToSign(period).length > 0 ? [...unsignedOf(period)] : [],
    signed: period.signed.map(({ unit, at }) => ({ unit, at })),
    commitments: (period.commitments ?? []).map(({ case: id, units, due, standing, overdue }) => ({
      ...{ case: id, href: hrefOf(id), unit: units[0] ?? '', due, standing, overdue },
    })),
  }
}

const thingOf = (rules: Rules, state: RoundState, thing: Periodic): z.infer<typeof thingView> => {
  const next = nextPeriod(rules, state, thing)
  const last = lastPeriod(state, thing)
  const rule = rules.policy.cadence?.[thing]
  const periods = state.periods.filter((one) => one.thing === thing)
  return {
    thing,
    title: PERIODIC_TITLES[thing],
    state: !rule ? 'not-in-rules' : state.paused.includes(thing) ? 'paused' : 'running',
    source: rule?.source ?? null,
    next: next
      ? {
          period: next.period,
          title: `${periodInWords(next.period)}${PERIODIC_TITLES[thing]}`,
          cutOff: next.cutOff,
        }
      : null,
    last: last ? periodOf(rules, state, last) : null,
    skipped: periods.flatMap(({ state: how, period }) => (how === 'skipped' ? [period] : [])),
    periods: periods.map((one) => periodOf(rules, state, one)),
  }
}

/**
 * Everything periodic in a round, from its state: what is seen here is what its timers wait for (CD-17). The returns are moments of
 * its cases: they are `counted` over them.
 */
export const cadenceOf = (
  rules: Rules,
  state: RoundState,
  counted: Parameters<typeof returnsOf>[2],
): z.infer<typeof cadenceView> => ({
  case: { id: state.id, href: hrefOf(state.id) },
  phase: state.phase,
  phaseTitle: ROUND_PHASE_TITLES[state.phase],
  feedbackDate: state.feedbackDate ?? null,
  planBy: state.planBy ?? null,
  planMissedAt: state.planMissedAt ?? null,
  planDate: state.plan?.planDate ?? null,
  things: PERIODICS.map((thing) => thingOf(rules, state, thing)),
  returns: returnsOf(rules, state, counted),
})
