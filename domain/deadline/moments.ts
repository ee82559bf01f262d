import { addDays, endOfDay } from '../calendar/dates.js'
import { type Moment, morningOf, workingDayAfter, workingDayBefore } from '../case/moment.js'
import type { CaseState, DeadlineState } from '../case/state.js'
import type { Rules } from '../context.js'
import { isFor } from '../ladder/rungs.js'
import type { Policy, Rung, SlipColour } from '../policy.js'
import { remembered } from '../remembered.js'
import type { Instant, PlainDate } from '../words.js'
import { countedFrom, type OpenTarget, openTargets } from './targets.js'

/** Days before a deadline at which the ladder wants it announced, largest first. */
const daysBefore = remembered((policy: Policy) => daysOf(policy, 'before-deadline').toSorted((a, b) => b - a))

/** Days after a deadline at which the ladder wants it noted, smallest first. */
const daysAfter = remembered((policy: Policy) => daysOf(policy, 'after-deadline').toSorted((a, b) => a - b))

const daysOf = ({ ladder }: Policy, on: 'before-deadline' | 'after-deadline'): readonly number[] => [
  ...new Set(
    ladder.flatMap(({ triggers }) =>
      triggers.flatMap((trigger) => (trigger.on === on ? [trigger.days] : [])),
    ),
  ),
]

/** Announced before, overdue at its end in Asia/Shanghai (GN-01), noted further as the ladder asks (GN-05). */
export const deadlineMoments = (rules: Rules, state: CaseState): readonly Moment[] => {
  const { deadline } = state
  if (!deadline) return []
  return openTargets(state).flatMap((target) => [
    ...near(rules, state, deadline, target),
    ...gone(rules, state, deadline, target),
  ])
}

/**
 * Only the nearest of several announcements that would come at once: the others would say nothing new; and none
 * of a deadline that is over, or that was as near when the item was handed over: the slip has said it.
 */
const near = (
  rules: Rules,
  state: CaseState,
  { announced, overdue }: DeadlineState,
  { target, due, title }: OpenTarget,
): readonly Moment[] => {
  if (overdue.some((late) => late.target === target) || endOfDay(due) <= state.at) return []
  const done = Math.min(
    ...announced
      .filter((mark) => mark.startsWith(`${target}-`))
      .map((mark) => Number(mark.slice(target.length + 1))),
  )
  const open = announcementsOf(rules, due).filter(({ days }) => days < done)
  return open
    .filter(({ at }, index) => saysMore(state, at, open[index + 1]?.at))
    .filter(({ at }) => state.handover === undefined || at > state.handover.at)
    .map(({ days, at }) => ({
      at,
      clause: 'GN-05',
      rule: `${title}前 ${days} 天预先提醒`,
      events: [{ type: 'deadline-near', target, days, due, ...slipAt(rules.policy, state, days) }],
    }))
}

type Announcement = { readonly days: number; readonly at: Instant }

/** When a deadline of this day is announced, the earliest first: of the few days a round's cases are due on, asked again and again. */
const announcementsOf = (rules: Rules, due: PlainDate): readonly Announcement[] => {
  const known = announcedUnder(rules)
  const told = known.get(due) ?? announcements(rules, due)
  known.set(due, told)
  return told
}
const announcedUnder = remembered((_: Rules) => new Map<PlainDate, readonly Announcement[]>())

const announcements = ({ policy, calendar }: Rules, due: PlainDate): readonly Announcement[] =>
  daysBefore(policy).map((days) => ({ days, at: morningOf(workingDayBefore(calendar, addDays(due, -days))) }))

const saysMore = (state: CaseState, at: Instant, next: Instant | undefined): boolean =>
  next === undefined || (next > at && next > state.at)

/** The slip of the rung that wants it announced at so many days, for this case's level of source. */
const slipAt = (policy: Policy, state: CaseState, days: number): { readonly slip?: SlipColour } => {
  const found = slipsOf(policy).find((one) => one.days === days && isFor(one.rung, state))
  return found ? { slip: found.slip } : {}
}

type Slip = { readonly rung: Rung; readonly days: number; readonly slip: SlipColour }

/** Every slip the ladder gives before a deadline, the lowest rung's first. */
const slipsOf = remembered((policy: Policy): readonly Slip[] =>
  policy.ladder.flatMap((rung) =>
    rung.triggers.flatMap((trigger) =>
      trigger.on === 'before-deadline' && trigger.slip
        ? [{ rung, days: trigger.days, slip: trigger.slip }]
        : [],
    ),
  ),
)

const gone = (
  { policy, calendar }: Rules,
  state: CaseState,
  { overdue, overdueNoted }: DeadlineState,
  { target, due, title }: OpenTarget,
): readonly Moment[] => {
  const fell = overdue.some((late) => late.target === target)
  if (!fell) {
    return [
      {
        at: endOfDay(due),
        clause: 'GN-01',
        rule: `${title}到期`,
        events: [{ type: 'overdue', target, due }],
      },
    ]
  }
  const from = countedFrom(state, due)
  return daysAfter(policy)
    .filter((days) => !overdueNoted.includes(`${target}+${days}`))
    .map((days) => ({
      at: morningOf(workingDayAfter(calendar, addDays(from, days))),
      clause: 'GN-05',
      rule: `${title}超期 ${days} 天`,
      events: [{ type: 'overdue-further', target, days, due }],
    }))
}
