import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Client, Connection } from '@temporalio/client'
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { connect } from '../../db/connect.js'
import { workflowBundle } from '../../worker/bundle.js'
import { tracingModule } from '../../worker/tracing.js'
import { newKey, type OpenDoor, openDoor } from '../support/door.js'
import { type Smtp, startSmtp } from '../support/smtp.js'
import { openedRound } from './given.js'
import { openBody } from './plans.js'

type Span = {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  readonly startTimeUnixNano: string
  readonly endTimeUnixNano: string
  readonly attributes: readonly { readonly key: string; readonly value: unknown }[]
}
type Export = { readonly resourceSpans: readonly { scopeSpans: readonly { spans: readonly Span[] }[] }[] }

const CLICK = '00f067aa0ba902b7'
const KEPT = '4bf92f3577b34da6a3ce929d0e0e4736'
const NOT_KEPT = 'aaf92f3577b34da6a3ce929d0e0e4736'

const spans: Span[] = []
let collector: Server
let mail: Smtp
let door: OpenDoor

beforeAll(async () => {
  collector = createServer((request, reply) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const { resourceSpans } = JSON.parse(Buffer.concat(parts).toString()) as Export
      if (request.url === '/v1/traces')
        spans.push(...resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)))
      reply.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  })
  await new Promise<void>((done) => void collector.listen(0, '127.0.0.1', done))
  const traces = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`
  mail = await startSmtp()
  door = await openDoor({ traces }, { OTEL_EXPORTER_OTLP_ENDPOINT: traces, SMTP_URL: mail.url })
  const db = connect(door.database.url, 1)
  await sql`update officers set email = person || '@example.cn'`.execute(db)
  await db.destroy()
  const office = await door.as('office')
  for (const round of ROUNDS) await openedRound(office, round)
})
afterAll(async () => {
  await door.close()
  await mail.stop()
  collector.close()
})

/** One matter of the plan can be handed over at once: each story has its own round. */
const ROUNDS = ['clicked', 'begun-here', 'not-kept'] as const

const handOver = async (
  round: (typeof ROUNDS)[number],
  headers: Readonly<Record<string, string>>,
): Promise<number> =>
  (
    await door.ask('POST', `/cases/${round}/001/commands`, {
      as: 'office',
      body: { type: 'hand-over' },
      key: newKey(),
      headers,
    })
  ).status

const of = (traceId: string): readonly Span[] => spans.filter((span) => span.traceId === traceId)

/** From a span up to where its trace began for us: the names, and last the span that was begun elsewhere. */
const wayUp = (from: Span): readonly string[] => {
  const above = of(from.traceId).find(({ spanId }) => spanId === from.parentSpanId)
  return [from.name, ...(above ? wayUp(above) : [from.parentSpanId ?? 'nobody'])]
}

const wayUpFrom = (traceId: string, name: string): readonly (readonly string[])[] =>
  of(traceId)
    .filter((span) => span.name === name)
    .map(wayUp)

const caseIn = ({ attributes }: Span): string =>
  attributes.flatMap(({ key, value }) =>
    key === 'bihuan.case' ? [(value as { readonly stringValue: string }).stringValue] : [],
  )[0] ?? ''

const REQUEST = 'POST /cases/:round/:n/commands'
describe('the trace of a click', () => {
  it('goes on to the case’s decision, the paper, the mails and the database', async () => {
    expect(await handOver('clicked', { traceparent: `00-${KEPT}-${CLICK}-01` })).toBe(200)
    const decided = ['workflow command', 'update command', REQUEST, CLICK]
    // A span is sent when it ends: those within before those around them.
    await vi.waitFor(
      () => {
        expect(wayUpFrom(KEPT, 'activity writePaper')).toEqual([['activity writePaper', ...decided]])
        const queries = wayUpFrom(KEPT, 'postgresql')
        expect(queries).toContainEqual(['postgresql', REQUEST, CLICK])
        expect(queries).toContainEqual(['postgresql', 'activity writePaper', ...decided])
        expect(wayUpFrom(KEPT, 'mail send')).toContainEqual(['mail send', 'activity notify', ...decided])
      },
      { timeout: 60_000, interval: 200 },
    )
  })

  it('has spans that end after they begin, and names nobody', () => {
    for (const span of of(KEPT))
      expect(BigInt(span.endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(span.startTimeUnixNano))
    expect(JSON.stringify(of(KEPT))).not.toMatch(/沈知远|@/)
  })

  it('leaves a history that replays with traces and without', async () => {
    Runtime.install({ logger: new DefaultLogger('ERROR') })
    const connection = await Connection.connect({ address: door.temporal.address })
    const handle = new Client({ connection }).workflow.getHandle('clicked/001')
    const history = await handle.fetchHistory()
    await connection.close()
    const headers = (history.events ?? []).map(
      (event) => event.activityTaskScheduledEventAttributes?.header?.fields ?? {},
    )
    expect(headers.some((fields) => 'traceparent' in fields)).toBe(true)
    const sinks = { tracing: { decided: { fn: () => undefined } } }
    for (const bundle of [await workflowBundle(), await workflowBundle([tracingModule])])
      await Worker.runReplayHistory({ workflowBundle: bundle, sinks }, history, 'clicked/001')
  })

  it('begins at the door where the browser began none', async () => {
    expect(await handOver('begun-here', { traceparent: 'nonsense' })).toBe(200)
    await vi.waitFor(
      () => {
        const ways = spans.filter(({ name }) => name === 'activity writePaper').map(wayUp)
        expect(ways).toContainEqual([
          'activity writePaper',
          'workflow command',
          'update command',
          REQUEST,
          'nobody',
        ])
      },
      { timeout: 60_000, interval: 200 },
    )
  })

  it('begins with an opening where a round’s cases open by themselves, each of its own', async () => {
    const openings = () => spans.filter(({ name }) => name === 'opening')
    await vi.waitFor(() => expect(openings().length).toBeGreaterThan(3), { timeout: 60_000, interval: 200 })
    expect(openings().every(({ parentSpanId }) => parentSpanId === undefined)).toBe(true)
    expect(new Set(openings().map(({ traceId }) => traceId)).size).toBe(openings().length)
    const one = openings().find((span) => caseIn(span) === 'clicked/001')
    expect(wayUpFrom(one?.traceId ?? '', 'workflow command')).toEqual([
      ['workflow command', 'update command', 'opening', 'nobody'],
    ])
  })

  it('begins with the errand where a moment came by itself, and says of which case', async () => {
    const office = await door.as('office')
    // Nobody acts in this drill: the first moments of its round come within seconds.
    await office.post('/rounds', openBody('moments', { drill: { daysPerSecond: 30, start: '2026-07-01' } }))
    await vi.waitFor(
      () => {
        const own = spans.filter(
          (span) =>
            span.parentSpanId === undefined &&
            caseIn(span).startsWith('moments/') &&
            /^activity carry/.test(span.name),
        )
        expect(own.length).toBeGreaterThan(0)
        const [first] = own
        expect(wayUpFrom(first?.traceId ?? '', 'postgresql')).toContainEqual([
          'postgresql',
          first?.name,
          'nobody',
        ])
      },
      { timeout: 90_000, interval: 300 },
    )
  })

  it('is kept nowhere when whoever began it does not want it kept', async () => {
    expect(await handOver('not-kept', { traceparent: `00-${NOT_KEPT}-${CLICK}-00` })).toBe(200)
    // Spans come in their order, so those of a later request come after.
    const later = KEPT.replace('4', '5')
    await handOver('not-kept', { traceparent: `00-${later}-${CLICK}-01` })
    await vi.waitFor(() => expect(of(later)).not.toEqual([]), { timeout: 60_000, interval: 200 })
    expect(of(NOT_KEPT)).toEqual([])
  })
})
