import { createHash } from 'node:crypto'
import MailComposer from 'nodemailer/lib/mail-composer'
import type { EffectKey } from '../../domain/effects/types.js'
import type { PersonId } from '../../domain/words.js'

/** A mail as it goes out. */
export type Message = {
  readonly from: string
  readonly to: string
  readonly name: string
  readonly subject: string
  readonly text: string
  readonly messageId: string
}

/**
 * The same for the same notice and person, in every attempt and after every crash: a channel that sees a mail twice can
 * tell it by this.
 */
export const messageIdOf = (key: EffectKey, person: PersonId): string => {
  const hash = createHash('sha256')
    .update(JSON.stringify([key, person]))
    .digest('hex')
  return `<${hash.slice(0, 40)}@notices.bihuan>`
}

/** The message in the form that goes over the wire (RFC 5322, MIME). */
export const wireForm = (message: Message): Promise<Buffer> =>
  new MailComposer({
    from: message.from,
    to: { name: message.name, address: message.to },
    subject: message.subject,
    text: message.text,
    messageId: message.messageId,
    // RFC 3834: nobody's holiday answer comes back to it.
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build()
