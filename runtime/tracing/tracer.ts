import { AsyncLocalStorage } from 'node:async_hooks'
import { randomBytes } from 'node:crypto'
import type { Trace } from '../../contracts/trace.js'
import type { Log } from '../log.js'
import { makeExporter, type Span, type SpanKind } from './otlp.js'

/** A span under way. */
export type OpenSpan = {
  readonly trace: Trace
  readonly end: (outcome: Span['outcome'], attributes?: Span['attributes'], name?: string) => void
}

/** Spans of this process. What people wrote is never in one. */
export type Tracer = {
  /** The span this code runs in, if any. */
  readonly current: () => Trace | undefined
  /** Below `parent`, or the first of a trace. */
  readonly open: (name: string, kind: SpanKind, parent: Trace | undefined) => OpenSpan
  /** What `work` does, and whatever it begins, is within `trace`. */
  readonly within: <T>(trace: Trace, work: () => T) => T
  /** `work` as one span below `parent`, or as the first of a trace. */
  readonly around: <T>(
    name: string,
    kind: SpanKind,
    parent: Trace | undefined,
    work: (trace: Trace) => Promise<T>,
    attributes?: Span['attributes'],
  ) => Promise<T>
  /** A span that is over already, below the current one; none where there is none. Milliseconds. */
  readonly took: (
    name: string,
    millis: number,
    outcome: Span['outcome'],
    attributes: Span['attributes'],
  ) => void
  /** An instant of the trace whose ids were chosen elsewhere. */
  readonly happened: (name: string, parent: Trace, trace: Trace, attributes: Span['attributes']) => void
  /** Sends what waits. */
  readonly close: () => Promise<void>
}

const hex = (bytes: number): string => randomBytes(bytes).toString('hex')

const now = (): number => performance.timeOrigin + performance.now()

/** `endpoint`: where OTLP/HTTP is taken. */
export const makeTracer = (endpoint: string, service: string, log: Log): Tracer => {
  const exporter = makeExporter(endpoint, service, log)
  const running = new AsyncLocalStorage<Trace>()
  const keep = ({ traceId, spanId, kept }: Trace, parent: Trace | undefined, told: Told): void => {
    if (kept) exporter.add({ traceId, spanId, ...(parent && { parentSpanId: parent.spanId }), ...told })
  }
  const child = (parent: Trace | undefined): Trace => ({
    traceId: parent?.traceId ?? hex(16),
    spanId: hex(8),
    kept: parent?.kept ?? true,
  })
  const open: Tracer['open'] = (name, kind, parent) => {
    const trace = child(parent)
    const start = now()
    return {
      trace,
      end: (outcome, attributes = {}, renamed = name) =>
        keep(trace, parent, { name: renamed, kind, start, end: now(), outcome, attributes }),
    }
  }
  return {
    open,
    current: () => running.getStore(),
    within: (trace, work) => running.run(trace, work),
    around: async (name, kind, parent, work, attributes = {}) => {
      const span = open(name, kind, parent)
      try {
        const answer = await running.run(span.trace, () => work(span.trace))
        span.end('ok', attributes)
        return answer
      } catch (error) {
        span.end('failed', attributes)
        throw error
      }
    },
    took: (name, millis, outcome, attributes) => {
      const parent = running.getStore()
      const end = now()
      if (parent)
        keep(child(parent), parent, { name, kind: 'client', start: end - millis, end, outcome, attributes })
    },
    happened: (name, parent, trace, attributes) => {
      const at = now()
      keep(trace, parent, { name, kind: 'internal', start: at, end: at, outcome: 'ok', attributes })
    },
    close: exporter.close,
  }
}

type Told = Omit<Span, 'traceId' | 'spanId' | 'parentSpanId'>
