import type { Log } from '../log.js'

/** A span that has ended. Times in milliseconds since 1970, UTC. */
export type Span = {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string | undefined
  readonly name: string
  readonly kind: SpanKind
  readonly start: number
  readonly end: number
  readonly outcome: 'ok' | 'failed'
  readonly attributes: Readonly<Record<string, string | number>>
}

export type SpanKind = 'internal' | 'server' | 'client'

/** The numbers of `opentelemetry/proto/trace/v1/trace.proto`. */
const KINDS = { internal: 1, server: 2, client: 3 } satisfies Record<SpanKind, number>
const FAILED = 2

/** What waits to be sent at most: a collector that is away costs spans, never memory. */
const MOST_WAITING = 4_096
const EVERY_MILLIS = 1_000
const PATIENCE_MILLIS = 5_000

export type Exporter = { readonly add: (span: Span) => void; readonly close: () => Promise<void> }

/** Sends spans to `endpoint` + `/v1/traces` as OTLP/HTTP in JSON, once a second; what cannot be sent is dropped and said. */
export const makeExporter = (endpoint: string, service: string, log: Log): Exporter => {
  const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`
  let waiting: Span[] = []
  let away = false
  const send = async (): Promise<void> => {
    if (waiting.length === 0) return
    const spans = waiting
    waiting = []
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(message(service, spans)),
        signal: AbortSignal.timeout(PATIENCE_MILLIS),
      })
      await answer.arrayBuffer()
      if (!answer.ok) throw new Error(`HTTP ${answer.status}`)
      away = false
    } catch (error) {
      if (!away) log.warn({ err: error, spans: spans.length }, '链路记录送不出去,已丢弃')
      away = true
    }
  }
  let sending = Promise.resolve()
  const flush = (): Promise<void> => {
    sending = sending.then(send)
    return sending
  }
  const timer = setInterval(() => void flush(), EVERY_MILLIS).unref()
  return {
    add: (span) => {
      if (waiting.length < MOST_WAITING) waiting.push(span)
    },
    close: () => {
      clearInterval(timer)
      return flush()
    },
  }
}

const nanos = (millis: number): string => `${BigInt(Math.round(millis * 1_000))}000`

const attribute = ([key, value]: readonly [string, string | number]) => ({
  key,
  value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value },
})

const message = (service: string, spans: readonly Span[]) => ({
  resourceSpans: [
    {
      resource: { attributes: [attribute(['service.name', service])] },
      scopeSpans: [
        {
          scope: { name: 'bihuan' },
          spans: spans.map(({ kind, start, end, outcome, attributes, ...span }) => ({
            ...span,
            kind: KINDS[kind],
            startTimeUnixNano: nanos(start),
            endTimeUnixNano: nanos(end),
            attributes: Object.entries(attributes).map(attribute),
            ...(outcome === 'failed' && { status: { code: FAILED } }),
          })),
        },
      ],
    },
  ],
})
