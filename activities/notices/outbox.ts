import type { Executor } from '../../db/connect.js'
import type { EffectKey } from '../../domain/effects/types.js'
import { storable } from '../../domain/text.js'
import type { PersonId } from '../../domain/words.js'

export type Letter = {
  readonly key: EffectKey
  readonly person: PersonId
  readonly address: string
  readonly messageId: string
}

/** A letter in one attempt's hands; a later attempt takes it out of them. */
export type InHand = Letter & { readonly attempt: number }

/**
 * Stands in `answer` from the moment the text may have left for the server until its answer is known. After a crash it
 * says that nobody here knows whether the server has the mail: it is not sent again (docs/adr, mails once).
 */
export const HANDED_OVER = '已交邮件服务器,未得答复'

/**
 * Writes `sending` and takes the letter in hand, before anything is sent. Undefined when there is nothing left to do
 * here: it was sent, was refused, or was handed over to the server by an attempt that never told the end.
 */
export const takeInHand = async (db: Executor, letter: Letter): Promise<InHand | undefined> => {
  const taken = await db
    .insertInto('mails')
    .values({ ...letter, state: 'sending', attempts: 1, answer: null })
    .onConflict((conflict) =>
      conflict
        .columns(['key', 'person'])
        .doUpdateSet((row) => ({
          state: 'sending',
          address: row.ref('excluded.address'),
          attempts: row('mails.attempts', '+', 1),
          answer: null,
        }))
        .where((row) =>
          row.or([
            row('mails.state', '=', 'waiting'),
            row.and([
              row('mails.state', '=', 'sending'),
              row('mails.answer', 'is distinct from', HANDED_OVER),
            ]),
          ]),
        ),
    )
    .returning('attempts')
    .executeTakeFirst()
  return taken && { ...letter, attempt: taken.attempts }
}

const inHand = (db: Executor, { key, person, attempt }: InHand) =>
  db
    .updateTable('mails')
    .where('key', '=', key)
    .where('person', '=', person)
    .where('state', '=', 'sending')
    .where('attempts', '=', attempt)

/** Written just before the text goes to the server. False when another attempt has the letter by now. */
export const handOver = async (db: Executor, letter: InHand): Promise<boolean> => {
  const { numUpdatedRows } = await inHand(db, letter)
    .where('answer', 'is', null)
    .set({ answer: HANDED_OVER })
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Letters that nobody has come to yet wait with those that were tried: whoever looks sees them all. */
export const putOff = async (db: Executor, letters: readonly Letter[], why: string): Promise<void> => {
  if (letters.length === 0) return
  await db
    .insertInto('mails')
    .values(
      letters.map((letter) => ({
        ...letter,
        state: 'waiting' as const,
        attempts: 0,
        answer: storable(why),
      })),
    )
    .onConflict((conflict) => conflict.columns(['key', 'person']).doNothing())
    .execute()
}

/** How the attempt ended, with the server's answer. `waiting`: to be tried again. */
export const settle = async (
  db: Executor,
  letter: InHand,
  state: 'sent' | 'refused' | 'waiting',
  answer: string,
): Promise<void> => {
  await inHand(db, letter)
    .set({ state, answer: storable(answer) })
    .execute()
}
