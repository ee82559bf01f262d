import { dateOf, laterDate } from '../calendar/dates.js'
import { addWorkingDays, type Calendar, workingDaysBetween } from '../calendar/working-days.js'
import type { Waiting } from '../kinds/kind.js'
import type { Instant, PlainDate } from '../words.js'
import type { GivenDate, MovedDate, MovedMoment } from './types.js'

/**
 * The day a provisional date becomes under another calendar: as many working days from the day it was counted from (GN-02). A
 * date counted over published years only stays what it is, whatever the new calendar says of them.
 */
export const reprojected = (
  from: Calendar,
  to: Calendar,
  { date, countedFrom }: Pick<GivenDate, 'date' | 'countedFrom'>,
): PlainDate => {
  const days = workingDaysBetween(from, countedFrom, date)
  const counted =
    days > 0 ? addWorkingDays(from, countedFrom, days, 'from-next-day') : { date, provisional: false }
  return counted.provisional && counted.date === date
    ? addWorkingDays(to, countedFrom, days, 'from-next-day').date
    : date
}

/** Dates still to come that move; nobody is made late by the decision itself: a day moved into the past is today. */
export const movedDates = (
  from: Calendar,
  to: Calendar,
  given: readonly GivenDate[],
  at: Instant,
): readonly MovedDate[] => {
  const today = dateOf(at)
  return given
    .filter(({ date }) => date >= today)
    .flatMap((one) => {
      const moved = laterDate(reprojected(from, to, one), today)
      const day = one.moves === 'later-only' ? laterDate(moved, one.date) : moved
      const { key, title, date } = one
      return day === date ? [] : [{ key, title, from: date, to: day }]
    })
}

/** Moments of one rule in their order: the n-th before is compared with the n-th after. */
const byRule = (moments: readonly Waiting[]): ReadonlyMap<string, Waiting> => {
  const seen = new Map<string, number>()
  return new Map(
    moments.map((moment) => {
      const count = seen.get(moment.rule) ?? 0
      seen.set(moment.rule, count + 1)
      return [`${moment.rule}#${count}`, moment] as const
    }),
  )
}

/** What a case waits for, before and after; what stays is left out. */
export const movedMoments = (
  before: readonly Waiting[],
  after: readonly Waiting[],
): readonly MovedMoment[] => {
  const old = byRule(before)
  const now = byRule(after)
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key) => {
    const was = old.get(key)
    const is = now.get(key)
    const one = was ?? is
    return one === undefined || was?.at === is?.at
      ? []
      : [
          {
            clause: one.clause,
            rule: one.rule,
            ...(was && { from: was.at }),
            ...(is && { to: is.at }),
          },
        ]
  })
}
