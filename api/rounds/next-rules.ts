import { z } from 'zod'
import type { AdoptRulesBody } from '../../contracts/rounds.js'
import type { Db } from '../../db/connect.js'
import type { CaseInLedger } from '../../db/queries/cases.js'
import { calendarHash, rulesOf, type SavedPolicy } from '../../db/rules.js'
import type { AdoptRules } from '../../domain/adoption/types.js'
import { dateMovedInWords, momentMovedInWords } from '../../domain/adoption/words.js'
import { calendarVersion } from '../../domain/calendar/version.js'
import type { Calendar } from '../../domain/calendar/working-days.js'
import { decide } from '../../domain/decider.js'
import { isRefusal } from '../../domain/refusal.js'
import type { CommandId, Instant, Sha256 } from '../../domain/words.js'
import { calendarFaults, loadCalendar } from '../../policies/calendars/load.js'
import { hrefOf } from '../cases/views.js'
import { problem } from '../problems/problem.js'
import { policyOf } from './plan.js'

export const movedView = z
  .object({
    case: z.string(),
    href: z.string(),
    /** What stands in the way; the case then stays with its rules. */
    obstacle: z.object({ clause: z.string(), why: z.string() }).nullable(),
    dates: z.array(z.object({ title: z.string(), from: z.string(), to: z.string(), words: z.string() })),
    moments: z.array(
      z.object({
        rule: z.string(),
        clause: z.string(),
        from: z.string().nullable(),
        to: z.string().nullable(),
        words: z.string().meta({ example: '“调度未报”由2027年1月8日 17:00改为2027年1月10日 17:00' }),
      }),
    ),
  })
  .meta({ id: 'MovedByRules' })

/** The rules something is pinned to: those of a round, or of one case that has its own. */
export type PinnedTo = { readonly policy: Sha256; readonly calendar: Sha256 }

export type NextRules = { readonly loaded: SavedPolicy; readonly calendar: Calendar }

/** Does the case have these rules already? */
export const hasRules = ({ row }: CaseInLedger, { loaded, calendar }: NextRules): boolean =>
  row.policy === loaded.hash && row.calendar === calendarHash(calendar)

const lostYears = (known: Calendar, next: Calendar): readonly string[] =>
  Object.keys(known.years).filter((year) => !(year in next.years))

/**
 * What these rules become when so much of them is asked to change: a policy not named stays the one in force, a calendar not
 * given is the newest there is.
 * @throws Problem 422 for rules of another city, a calendar typed wrongly or one that loses a year.
 */
export const nextRules = async (
  db: Db,
  pinned: PinnedTo,
  { policy, calendar }: AdoptRulesBody,
): Promise<NextRules> => {
  const today = await rulesOf(db, pinned.policy, pinned.calendar)
  const loaded =
    policy === undefined
      ? { policy: today.policy, hash: pinned.policy, text: '' }
      : policyOf({ policy } as Parameters<typeof policyOf>[0])
  if (loaded.policy.id !== today.policy.id)
    throw problem('invalid', `现行适用${today.policy.title},不能改用${loaded.policy.title}`, {
      clause: 'GN-13',
    })
  if (!calendar) {
    // A year adopted as data may be newer than the programme: a change of rules alone must not lose it.
    const shipped = loadCalendar()
    return { loaded, calendar: lostYears(today.calendar, shipped).length > 0 ? today.calendar : shipped }
  }
  const faults = calendarFaults(calendar.years).map(({ message }) => message)
  if (faults.length > 0) throw problem('invalid', `放假安排有误:${faults.join(';')}`, { clause: 'GN-02' })
  const given = { version: calendarVersion(calendar.years), years: calendar.years }
  const lost = lostYears(today.calendar, given)
  if (lost.length > 0)
    throw problem('invalid', `现行日历已有 ${lost.join('、')} 年,新日历不得缺少;请补上再报`, {
      clause: 'GN-02',
    })
  return { loaded, calendar: given }
}

/**
 * The same for one case of a round that goes over: what it has by a decision of its own it keeps, where the round's says nothing
 * of it (ADR 0016).
 */
export const nextOfCase = async (
  db: Db,
  { row }: CaseInLedger,
  next: NextRules,
  { policy, calendar }: AdoptRulesBody,
): Promise<NextRules> => {
  const own = await rulesOf(db, row.policy, row.calendar)
  const newer = calendar === undefined && lostYears(own.calendar, next.calendar).length > 0
  return {
    loaded: policy === undefined ? { policy: own.policy, hash: row.policy, text: '' } : next.loaded,
    calendar: newer ? own.calendar : next.calendar,
  }
}

/** The decision as a case is given it. */
export const adoptionOf = (
  { loaded, calendar }: NextRules,
  reason: string,
  scope?: AdoptRules['scope'],
): AdoptRules => ({
  type: 'adopt-rules',
  rules: { policy: loaded.policy, calendar },
  policy: loaded.hash,
  reason,
  ...(scope && { scope }),
})

/** What would move in a case, by the domain's own answer, with nothing done. */
export const movedBy = async (
  db: Db,
  found: CaseInLedger,
  next: NextRules,
  at: Instant,
): Promise<z.output<typeof movedView>> => {
  const { row, state } = found
  const line = { case: row.id, href: hrefOf(row.id), obstacle: null, dates: [], moments: [] }
  if (hasRules(found, next)) return line
  const answer = decide(await rulesOf(db, row.policy, row.calendar), state, {
    id: 'preview' as CommandId,
    at,
    by: { person: 'preview' as never, name: '', posts: [{ role: 'office-head' }] },
    command: adoptionOf(next, '预览'),
  })
  if (isRefusal(answer)) return { ...line, obstacle: { clause: answer.clause, why: answer.why } }
  const event = answer.at(-1)?.event
  if (event?.type !== 'rules-adopted') throw new TypeError(`${row.id}: adopted without a word`)
  const { moved, moments } = event
  return {
    ...line,
    dates: moved.map((one) => ({
      ...{ title: one.title, from: one.from, to: one.to },
      words: dateMovedInWords(one),
    })),
    moments: moments.map((one) => ({
      ...{ rule: one.rule, clause: one.clause, from: one.from ?? null, to: one.to ?? null },
      words: momentMovedInWords(one),
    })),
  }
}
