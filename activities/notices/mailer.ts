import { hostname } from 'node:os'
import { Readable } from 'node:stream'
import { parseConnectionUrl } from 'nodemailer/lib/shared'
import SMTPConnection, { type SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection'
import { type Message, wireForm } from './message.js'

/** Where mails go: one SMTP server. */
export type Mailer = {
  /** The address mails come from. */
  readonly from: string
  /** @throws ServerAway when the server cannot be reached or does not let us in. */
  readonly open: () => Promise<MailSession>
}

export type MailSession = {
  /** `handOver` is asked when the server is ready for the text; `false` stops the mail there, and nothing has left. */
  readonly send: (message: Message, handOver: () => Promise<boolean>) => Promise<Delivery>
  readonly close: () => void
}

/**
 * accepted: the server has it. refused: it will never take it for this address. later: it does not have it, and may take
 * it another time. unknown: the text was under way and no answer came. stopped: `handOver` said no.
 * After all but accepted the session is of no more use.
 */
export type Delivery = {
  readonly end: 'accepted' | 'refused' | 'later' | 'unknown' | 'stopped'
  readonly answer: string
}

/** No mail can be sent for now. */
export class ServerAway extends Error {
  override readonly name = 'ServerAway'
}

type SmtpError = Error & {
  readonly responseCode?: number | undefined
  readonly command?: string | undefined
}

const PATIENCE_MILLIS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 60_000 }

/**
 * @param url `smtp://user:password@host:port`, or `smtps://…`.
 * @param from the sender's address; by default the user of the URL, or `bihuan@` this machine.
 */
export const mailerAt = (url: string, from?: string): Mailer => {
  const { auth, ...server } = parseConnectionUrl(url) as SMTPConnectionOptions & { auth?: Credentials }
  return {
    from: from ?? (auth?.user.includes('@') ? auth.user : `bihuan@${hostname()}`),
    open: async () => session(await connected({ ...PATIENCE_MILLIS, ...server }, auth)),
  }
}

type Credentials = { readonly user: string; readonly pass: string }

const connected = (options: SMTPConnectionOptions, auth: Credentials | undefined): Promise<SMTPConnection> =>
  new Promise((resolve, reject) => {
    const connection = new SMTPConnection(options)
    const fail = (error: Error): void => {
      connection.close()
      reject(new ServerAway(error.message, { cause: error }))
    }
    // Stays for the connection's life: a server that goes away between two mails must not end the process.
    connection.on('error', fail)
    connection.connect((refused) => {
      if (refused) return fail(refused)
      if (!auth) return resolve(connection)
      connection.login({ user: auth.user, pass: auth.pass }, (error) =>
        error ? fail(error) : resolve(connection),
      )
    })
  })

class Stopped extends Error {}

const session = (connection: SMTPConnection): MailSession => ({
  close: () => {
    if (!connection.destroyed) connection.quit()
  },
  send: async (message, handOver) => {
    const wire = await wireForm(message)
    let progress: 'before-text' | 'text-under-way' = 'before-text'
    const text = Readable.from(
      (async function* () {
        if (!(await handOver())) throw new Stopped('taken by another attempt')
        progress = 'text-under-way'
        yield wire
      })(),
    )
    return new Promise((resolve) => {
      connection.send({ from: message.from, to: message.to }, text, (error, info) => {
        if (!error) return resolve({ end: 'accepted', answer: info?.response ?? '' })
        connection.close()
        text.destroy()
        resolve({ end: endOf(error, progress), answer: error.message })
      })
    })
  },
})

/** 5xx to a recipient or to the text is for good; to the sender or the session it is a matter of settings. */
const endOf = (
  error: SmtpError,
  progress: 'before-text' | 'text-under-way',
): Exclude<Delivery['end'], 'accepted'> => {
  if (error instanceof Stopped) return 'stopped'
  const { responseCode: code, command } = error
  if (code !== undefined)
    return code >= 500 && (command === 'RCPT TO' || command === 'DATA') ? 'refused' : 'later'
  return progress === 'text-under-way' ? 'unknown' : 'later'
}
