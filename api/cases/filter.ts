import type { LedgerFilter } from '../../db/queries/ledger.js'
import { dateOf, endOfDay } from '../../domain/calendar/dates.js'
import type { Actor } from '../../domain/parties.js'
import { type Instant, isPlainDate, type PlainDate } from '../../domain/words.js'
import { mustSeeWhole, scopeOf, within } from '../permission.js'
import { problem, problemOfIssues } from '../problems/problem.js'
import type { FilterQuery } from './params.js'

/** The moment asked for: a day to its end, but never later than now. @throws Problem 422 for what has not come yet. */
export const momentAsked = (at: PlainDate | Instant | undefined, now: Instant): Instant => {
  if (at === undefined) return now
  const end = isPlainDate(at) ? endOfDay(at) : at
  const begins = isPlainDate(at) ? at <= dateOf(now) : at <= now
  if (!begins) throw problem('invalid', `${at} 还没有到,只能查现在和以前`, { clause: 'CD-18' })
  return end < now ? end : now
}

const filterOf = (
  {
    round,
    phase,
    class: wanted,
    unit,
    principal,
    standing,
    supervised,
    overdue,
    pace,
    kind,
    source,
    level,
    q,
    at,
    audit,
    happened,
    period,
    'closed-to': closedTo,
    leader,
    origin,
    due,
  }: FilterQuery,
  now: Instant,
): LedgerFilter => {
  const then = momentAsked(at, now)
  return {
    ...(round !== undefined && { round }),
    ...(phase !== undefined && { phases: phase }),
    ...(wanted !== undefined && { class: wanted }),
    ...(unit !== undefined && { unit: unit as never }),
    ...(principal !== undefined && { principal: principal as never }),
    ...(standing !== undefined && { standing }),
    ...(supervised !== undefined && { supervised: 'supervised' as const }),
    ...(overdue !== undefined && { overdue: overdue === 'true' ? 'overdue' : 'not-overdue' }),
    ...(pace !== undefined && { pace: { buckets: pace, on: dateOf(then) } }),
    ...(kind !== undefined && { kind }),
    ...(source !== undefined && { source }),
    ...(level !== undefined && { level }),
    ...(q !== undefined && { text: q }),
    // What the audits look at, and who leads, is only kept with the versions: the present is the last of them.
    ...((at !== undefined || audit !== undefined || leader !== undefined) && { at: then }),
    ...(audit !== undefined && { audit }),
    ...(happened !== undefined && period !== undefined && { happened: { what: happened, ...period } }),
    ...(closedTo !== undefined && { closedTo }),
    ...(leader !== undefined && { leader }),
    ...(origin !== undefined && { origin }),
    ...(due !== undefined && { due }),
  }
}

/** What somebody asks of the ledger, within what they may see. */
export const filterFor = (actor: Actor, query: FilterQuery, now: Instant): LedgerFilter => {
  if (query.happened !== undefined && query.period === undefined)
    throw problemOfIssues([{ path: ['period'], message: '写了 happened 时应一并写明 period' }])
  const filter = within(scopeOf(actor), filterOf(query, now))
  const { at, audit, happened } = filter
  if (at !== undefined || audit !== undefined || happened !== undefined) mustSeeWhole(actor)
  return filter
}

/** The same question again, as an address asks it. */
export const asAsked = (query: FilterQuery): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) => {
      if (value === undefined) return []
      return typeof value === 'object' && 'from' in value
        ? [[name, `${value.from}~${value.to}`]]
        : [[name, String(value)]]
    }),
  )
