import type { Db } from '../../db/connect.js'
import { deliver } from '../../db/notices.js'
import type { Reached } from '../../db/register.js'
import { dateOf } from '../../domain/calendar/dates.js'
import type { NoticeEffect } from '../../domain/effects/types.js'
import { concernedIn } from '../../domain/people/drill.js'
import { instant, later, type PlainDate } from '../../domain/words.js'
import type { Warn } from '../warn.js'
import { reached } from './audience.js'
import { type Delivery, type Mailer, type MailSession, ServerAway } from './mailer.js'
import { type Message, messageIdOf } from './message.js'
import { handOver, type InHand, type Letter, putOff, settle, takeInHand } from './outbox.js'
import { mailText, marked } from './words.js'

export type NotifyTools = { readonly db: Db; readonly mailer: Mailer | undefined; readonly warn: Warn }

/** Mails that wait for the server; trying again sends these and no others. */
export class MailsWaiting extends Error {
  override readonly name = 'MailsWaiting'
  constructor(
    readonly waiting: number,
    readonly why: string,
  ) {
    super(`邮件服务器暂不可用,${waiting} 封邮件待发:${why}`)
  }
}

/**
 * Tells everybody concerned: first all inboxes, then the mails, each once for its key and person.
 *
 * @throws MailsWaiting when mails could not be sent for now; the inboxes have their notices by then.
 */
export const notify = async (tools: NotifyTools, batch: readonly NoticeEffect[]): Promise<void> => {
  const told = await inTurn(batch.map(marked), async (notice) => {
    const people = concernedIn(
      notice.round,
      await reached(tools.db, notice.audience, dayOf(notice), notice.readers),
    )
    await deliver(
      tools.db,
      notice,
      people.map(({ person }) => person),
    )
    return people.flatMap((one) => letterTo(notice, one))
  })
  if (tools.mailer) await sendAll(tools, tools.mailer, told.flat())
}

/** A drill's day may lie years back or ahead: whoever holds the post on the later of both days is the one to tell. */
const dayOf = ({ at }: NoticeEffect): PlainDate => dateOf(later(at, instant(Date.now())))

type Addressed = { readonly letter: Letter; readonly name: string; readonly notice: NoticeEffect }

/** Without an address there is the inbox only. */
const letterTo = (notice: NoticeEffect, { person, name, email }: Reached): readonly Addressed[] =>
  email
    ? [
        {
          letter: { key: notice.key, person, address: email, messageId: messageIdOf(notice.key, person) },
          name,
          notice,
        },
      ]
    : []

/**
 * One connection for the batch, opened when the first mail needs it and again after one that spoilt it. A server that is
 * away ends the round at once; a mail it does not take for now lets the others pass.
 */
const sendAll = async (tools: NotifyTools, mailer: Mailer, letters: readonly Addressed[]): Promise<void> => {
  let session: MailSession | undefined
  let put: { readonly off: number; readonly why: string } = { off: 0, why: '' }
  try {
    for (const [index, addressed] of letters.entries()) {
      const letter = await takeInHand(tools.db, addressed.letter)
      if (!letter) continue
      const behind = letters.slice(index + 1).map(({ letter: one }) => one)
      session ??= await opened(tools, mailer, { letter, behind, waiting: put.off + letters.length - index })
      const { end, answer } = await sendOne(tools, session, letter, messageOf(mailer, addressed))
      if (end !== 'accepted') session = undefined
      if (end === 'later') put = { off: put.off + 1, why: answer }
    }
  } finally {
    session?.close()
  }
  if (put.off > 0) throw new MailsWaiting(put.off, put.why)
}

const opened = async (
  { db }: NotifyTools,
  mailer: Mailer,
  {
    letter,
    behind,
    waiting,
  }: { readonly letter: InHand; readonly behind: readonly Letter[]; readonly waiting: number },
): Promise<MailSession> => {
  try {
    return await mailer.open()
  } catch (error) {
    if (!(error instanceof ServerAway)) throw error
    await settle(db, letter, 'waiting', error.message)
    await putOff(db, behind, error.message)
    throw new MailsWaiting(waiting, error.message)
  }
}

const sendOne = async (
  { db, warn }: NotifyTools,
  session: MailSession,
  letter: InHand,
  message: Message,
): Promise<Delivery> => {
  const delivery = await session.send(message, () => handOver(db, letter))
  const { end, answer } = delivery
  switch (end) {
    case 'accepted':
      await settle(db, letter, 'sent', answer)
      break
    case 'refused':
      await settle(db, letter, 'refused', answer)
      warn(`邮件服务器拒收 ${letter.address} 的通知 ${letter.key}:${answer}`)
      break
    case 'later':
      await settle(db, letter, 'waiting', answer)
      break
    case 'unknown':
      warn(`寄给 ${letter.address} 的通知 ${letter.key} 未得邮件服务器答复,不再重发;系统内收件箱已有此通知。`)
      break
    case 'stopped':
      break
  }
  return delivery
}

const messageOf = ({ from }: Mailer, { letter, name, notice }: Addressed): Message => ({
  from,
  to: letter.address,
  name,
  subject: notice.subject,
  text: mailText(name, notice),
  messageId: letter.messageId,
})

/** One after another, in order. */
const inTurn = async <A, B>(items: readonly A[], work: (item: A) => Promise<B>): Promise<readonly B[]> => {
  const results: B[] = []
  for (const item of items) results.push(await work(item))
  return results
}
