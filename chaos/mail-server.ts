import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

/** Takes every mail and remembers by its Message-ID that it did. */
export type MailServer = {
  readonly url: string
  /** How often each was taken: the server had said 250, or was about to. */
  readonly taken: ReadonlyMap<string, number>
  readonly stop: () => Promise<void>
}

export const startMailServer = async (): Promise<MailServer> => {
  const taken = new Map<string, number>()
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData: (stream, _session, callback) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const [, id = ''] = /^Message-ID: (\S+)/im.exec(Buffer.concat(chunks).toString('utf8')) ?? []
        taken.set(id, (taken.get(id) ?? 0) + 1)
        callback()
      })
    },
  })
  // A worker killed in mid-conversation resets its connection: that is what this is for.
  server.on('error', () => undefined)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    taken,
    stop: () => new Promise((done) => server.close(() => done())),
  }
}
