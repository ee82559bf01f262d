import { sql } from 'kysely'

/** Merged into another, closed, or open: each case is exactly one of them (CD-18). */
export const STANDING = sql<string>`case
  when cases.phase = 'merged' then 'merged'
  when cases.closed_at is not null or not cases.open then 'closed'
  else 'open' end`
