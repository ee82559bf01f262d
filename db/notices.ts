import type { EffectKey, NoticeEffect } from '../domain/effects/types.js'
import type { Instant, PersonId } from '../domain/words.js'
import type { Executor } from './connect.js'
import { storable } from './json.js'
import type { MailState } from './tables.js'

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

export type Mail = {
  readonly key: EffectKey
  readonly person: PersonId
  readonly address: string
  readonly messageId: string
}

/** What was known of a mail when it was taken in hand; `new`: nothing. */
export type Taken = { readonly before: MailState | 'new'; readonly attempts: number }

/**
 * Takes a mail in hand: writes `sending` before anything is sent, unless it was `sent` or `refused` already.
 * `before: 'sending'` means that somebody began and never told the end: whether the server took it is not known here.
 */
export const takeMail = async (db: Executor, mail: Mail): Promise<Taken> => {
  const fresh = await db
    .insertInto('mails')
    .values({ ...mail, state: 'sending', attempts: 1, answer: null })
    .onConflict((conflict) => conflict.columns(['key', 'person']).doNothing())
    .returning('attempts')
    .executeTakeFirst()
  if (fresh) return { before: 'new', attempts: 1 }
  const { state, attempts } = await db
    .selectFrom('mails')
    .select(['state', 'attempts'])
    .where('key', '=', mail.key)
    .where('person', '=', mail.person)
    .executeTakeFirstOrThrow()
  if (state === 'sent' || state === 'refused') return { before: state, attempts }
  await db
    .updateTable('mails')
    .set((column) => ({
      state: 'sending',
      address: mail.address,
      attempts: column('attempts', '+', 1),
    }))
    .where('key', '=', mail.key)
    .where('person', '=', mail.person)
    .where('state', 'in', ['waiting', 'sending'])
    .execute()
  return { before: state, attempts: attempts + 1 }
}

/** How the attempt ended; `answer` is the mail server's. `waiting`: to be tried again. */
export const settleMail = async (
  db: Executor,
  { key, person }: Pick<Mail, 'key' | 'person'>,
  state: Exclude<MailState, 'sending'>,
  answer: string,
): Promise<void> => {
  await db
    .updateTable('mails')
    .set({ state, answer: storable(answer) })
    .where('key', '=', key)
    .where('person', '=', person)
    .execute()
}

/** A person's notices, newest first, below `before` (a notice's id) when given. */
export const inbox = (
  db: Executor,
  person: PersonId,
  { before, limit = 50, unread = 'all' }: { before?: number; limit?: number; unread?: 'all' | 'only' } = {},
) =>
  db
    .selectFrom('notices')
    .select(['id', 'key', 'caseId', 'round', 'seq', 'drill', 'subject', 'text', 'at', 'readAt'])
    .where('person', '=', person)
    .$if(before !== undefined, (query) => query.where('id', '<', before as number))
    .$if(unread === 'only', (query) => query.where('readAt', 'is', null))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

export const unreadCount = async (db: Executor, person: PersonId): Promise<number> => {
  const { count } = await db
    .selectFrom('notices')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('person', '=', person)
    .where('readAt', 'is', null)
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
