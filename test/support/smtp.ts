import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

/** A mail as the server took it. */
export type ReceivedMail = {
  readonly from: string
  readonly to: readonly string[]
  readonly messageId: string
  readonly subject: string
  readonly text: string
  readonly headers: string
}

/** How far a mail has come when the server is asked to go on. */
export type Stage = 'connect' | 'sender' | 'recipient' | 'text'
export type Refusal = { readonly code: number; readonly message: string }
type Answer = 'go on' | Refusal

export type Smtp = {
  readonly url: string
  readonly port: number
  /** Accepted mails, in order: the server said 250 to them, or died saying so. */
  readonly mails: readonly ReceivedMail[]
  readonly stop: () => Promise<void>
}

/**
 * A real SMTP server on a port of this machine. `at` is asked before each answer, with the address concerned; at `text` the mail
 * is whole and counts as accepted when the answer is to go on.
 */
export const startSmtp = async ({
  port = 0,
  at = async () => 'go on' as const,
  options = {},
}: {
  readonly port?: number
  readonly at?: (stage: Stage, address: string) => Promise<Answer>
  readonly options?: SMTPServerOptions
} = {}): Promise<Smtp> => {
  const mails: ReceivedMail[] = []
  const answer = (stage: Stage, address: string, callback: (error?: Error | null) => void): void => {
    at(stage, address).then(
      (said) =>
        callback(
          said === 'go on' ? null : Object.assign(new Error(said.message), { responseCode: said.code }),
        ),
      callback,
    )
  }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    ...options,
    onConnect: (_session, callback) => answer('connect', '', callback),
    onMailFrom: ({ address }, _session, callback) => answer('sender', address, callback),
    onRcptTo: ({ address }, _session, callback) => answer('recipient', address, callback),
    onData: (stream, { envelope }, callback) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const from = envelope.mailFrom ? envelope.mailFrom.address : ''
        const to = envelope.rcptTo.map(({ address }) => address)
        const mail = { from, to, ...parsed(Buffer.concat(chunks).toString('utf8')) }
        at('text', to[0] ?? '').then((said) => {
          if (said === 'go on') mails.push(mail)
          callback(
            said === 'go on' ? null : Object.assign(new Error(said.message), { responseCode: said.code }),
          )
        }, callback)
      })
    },
  })
  // A client killed in mid-conversation resets its connection: that is what some tests are about.
  server.on('error', () => undefined)
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done))
  const { port: bound } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${bound}`,
    port: bound,
    mails,
    stop: () => new Promise((done) => server.close(() => done())),
  }
}

const parsed = (mail: string): Pick<ReceivedMail, 'messageId' | 'subject' | 'text' | 'headers'> => {
  const [head = '', ...body] = mail.split('\r\n\r\n')
  const headers = head.replaceAll(/\r\n[ \t]+/gu, ' ')
  const header = (name: string): string => new RegExp(`^${name}: (.*)$`, 'imu').exec(headers)?.[1] ?? ''
  return {
    messageId: header('Message-ID'),
    subject: decodedWords(header('Subject')),
    text: decodedBody(body.join('\r\n\r\n'), header('Content-Transfer-Encoding')),
    headers,
  }
}

/** RFC 2047; the bytes of neighbouring words are joined before they are read as UTF-8. */
const decodedWords = (text: string): string =>
  text.replaceAll(/(?:=\?utf-8\?[bq]\?[^?]*\?=\s*)+/giu, (words) =>
    Buffer.concat(
      [...words.matchAll(/=\?utf-8\?([bq])\?([^?]*)\?=/giu)].map(([, encoding, word = '']) =>
        encoding?.toLowerCase() === 'b' ? Buffer.from(word, 'base64') : quoted(word.replaceAll('_', ' ')),
      ),
    ).toString('utf8'),
  )

const decodedBody = (body: string, encoding: string): string => {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8').replaceAll('\r\n', '\n')
  if (encoding === 'quoted-printable')
    return quoted(body.replaceAll('=\r\n', '')).toString('utf8').replaceAll('\r\n', '\n')
  return body.replaceAll('\r\n', '\n')
}

const quoted = (text: string): Buffer =>
  Buffer.from(
    text.replaceAll(/=([0-9A-F]{2})/giu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )
