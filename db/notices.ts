import { sql } from 'kysely'
import type { NoticeEffect } from '../domain/effects/types.js'
import { storable } from '../domain/text.js'
import type { Instant, PersonId } from '../domain/words.js'
import type { Executor } from './connect.js'

/** Puts a notice into the inboxes, once for each key and person. Returns those who had not got it before. */
export const deliver = async (
  db: Executor,
  notice: NoticeEffect,
  people: readonly PersonId[],
): Promise<readonly PersonId[]> => {
  if (people.length === 0) return []
  const { key, caseId, round, seq, at } = notice
  const subject = storable(notice.subject)
  const text = storable(notice.text)
  const drill = notice.drill === 'drill'
  const written = await db
    .insertInto('notices')
    .values(
      [...new Set(people)].map((person) => ({
        ...{ key, person, caseId, round, seq, drill, subject, text, at },
        readAt: null,
      })),
    )
    .onConflict((conflict) => conflict.columns(['key', 'person']).doNothing())
    .returning('person')
    .execute()
  return written.map(({ person }) => person)
}

/** What was told of a case is told no more to whom it has been closed since (GN-08). */
const openTo = (readers: readonly string[]) =>
  sql<boolean>`not exists (
    select from cases where cases.id = notices.case_id and readers is not null and not readers && ${readers}::text[])`

/**
 * A person's notices, newest first, below `before` (a notice's id) when given. `readers`: by what the person reads closed cases
 * (`readsAs`); absent: not asked.
 */
export const inbox = (
  db: Executor,
  person: PersonId,
  {
    before,
    limit = 50,
    unread = 'all',
    readers,
  }: { before?: number; limit?: number; unread?: 'all' | 'only'; readers?: readonly string[] } = {},
) =>
  db
    .selectFrom('notices')
    .select(['id', 'key', 'caseId', 'round', 'seq', 'drill', 'subject', 'text', 'at', 'readAt'])
    .where('person', '=', person)
    .$if(before !== undefined, (query) => query.where('id', '<', before as number))
    .$if(unread === 'only', (query) => query.where('readAt', 'is', null))
    .$if(readers !== undefined, (query) => query.where(openTo(readers ?? [])))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

export const unreadCount = async (
  db: Executor,
  person: PersonId,
  readers?: readonly string[],
): Promise<number> => {
  const { count } = await db
    .selectFrom('notices')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('person', '=', person)
    .where('readAt', 'is', null)
    .$if(readers !== undefined, (query) => query.where(openTo(readers ?? [])))
    .executeTakeFirstOrThrow()
  return count
}

/** Marks those of one's own notices as read; returns how many it changed. */
export const markRead = async (
  db: Executor,
  person: PersonId,
  ids: readonly number[],
  at: Instant,
): Promise<number> => {
  if (ids.length === 0) return 0
  const { numUpdatedRows } = await db
    .updateTable('notices')
    .set({ readAt: at })
    .where('person', '=', person)
    .where('readAt', 'is', null)
    .where('id', 'in', ids)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}
