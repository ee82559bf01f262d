import { createServer, type Http2Server } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { freePort } from '../../runtime/ports.js'
import { typescript } from '../../runtime/project.js'
import { createDatabase, type TestDatabase } from '../support/database.js'
import { type Started, startProcess } from '../support/program.js'
import { temporaryFolder } from '../support/temporary.js'

type Call = { readonly path: string; readonly authorization: string | undefined; readonly body: string }

/** One message: whether it is compressed, its length in four bytes, and itself. */
const messageIn = (frame: Buffer): string => {
  const message = frame.subarray(5)
  return (frame[0] === 1 ? gunzipSync(message) : message).toString('utf8')
}

/** Hears every call, answers each that it went well, and says nothing; whoever asks for work waits. */
const listening = async (heard: Call[]): Promise<Http2Server> => {
  const server = createServer()
  server.on('stream', (stream, headers) => {
    const path = String(headers[':path'])
    const chunks: Buffer[] = []
    stream.on('data', (chunk) => chunks.push(Buffer.from(chunk)))
    stream.on('error', () => undefined)
    stream.on('end', () => {
      heard.push({ path, authorization: headers.authorization, body: messageIn(Buffer.concat(chunks)) })
      if (path.includes('/Poll')) return
      stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true })
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }))
      stream.end(Buffer.alloc(5))
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return server
}

const home = temporaryFolder('access')
const heard: Call[] = []
const started: Started[] = []
let server: Http2Server
let database: TestDatabase

const start = (script: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): void => {
  const own = startProcess(process.execPath, [...typescript(script), ...args], {
    ...process.env,
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    TEMPORAL_NAMESPACE: 'huanbao',
    TEMPORAL_API_KEY: 'the-key',
    TEMPORAL_TLS: 'false',
    BIHUAN_HOME: home.path,
    SMTP_URL: '',
    ...env,
  })
  started.push(own)
}

const letIn = ({ authorization }: Call): boolean => authorization === 'Bearer the-key'

beforeAll(async () => {
  server = await listening(heard)
  database = await createDatabase()
})
afterAll(async () => {
  for (const { child } of started) child.kill('SIGKILL')
  await Promise.all(started.map(({ ended }) => ended))
  server.close()
  await database.drop()
  home.remove()
})

describe('a Temporal that wants a key and keeps our cases in a namespace of its own', () => {
  it('is shown the key by the worker, in that namespace', async () => {
    start('worker/main.ts', [])
    await vi.waitFor(
      () =>
        expect(
          heard.map(({ path, body }) => [path.split('/').at(-1), body.includes('huanbao')]),
        ).toContainEqual(['PollWorkflowTaskQueue', true]),
      { timeout: 60_000, interval: 100 },
    )
    expect(heard.filter((call) => !letIn(call))).toEqual([])
  })

  it('is shown the key by the door', async () => {
    for (const { child } of started) child.kill('SIGKILL')
    await Promise.all(started.map(({ ended }) => ended))
    heard.length = 0
    const port = await freePort()
    start('api/main.ts', [], { BIHUAN_PORT: String(port), BIHUAN_ISSUER_PORT: String(await freePort()) })
    await vi.waitFor(
      async () => expect((await fetch(`http://127.0.0.1:${port}/health/ready`)).status).toBe(200),
      { timeout: 60_000, interval: 100 },
    )
    expect(heard.length).toBeGreaterThan(0)
    expect(heard.filter((call) => !letIn(call))).toEqual([])
  })

  it('is shown the key by the commands', async () => {
    heard.length = 0
    start('cli/main.ts', ['ledger', 'restart-cases'])
    await started.at(-1)?.ended
    expect(heard.length).toBeGreaterThan(0)
    expect(heard.filter((call) => !letIn(call))).toEqual([])
  })
})
