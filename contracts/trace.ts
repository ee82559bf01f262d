/** One span as its children know it, by the words of W3C Trace Context: ids in lower-case hexadecimal. */
export type Trace = {
  /** 32 digits, the same from click to paper. */
  readonly traceId: string
  /** 16 digits. */
  readonly spanId: string
  /** Whether whoever began the trace wants it kept. */
  readonly kept: boolean
}

/** Under this name a trace travels: in HTTP, and in Temporal's headers. */
export const TRACEPARENT = 'traceparent'

const FORM = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(?:-|$)/

/** Undefined for what is no traceparent; a trace is then begun anew. */
export const readTraceparent = (said: unknown): Trace | undefined => {
  const [, traceId, spanId, flags] = typeof said === 'string' ? (FORM.exec(said) ?? []) : []
  return traceId && spanId && flags
    ? { traceId, spanId, kept: Number.parseInt(flags, 16) % 2 === 1 }
    : undefined
}

export const traceparentOf = ({ traceId, spanId, kept }: Trace): string =>
  `00-${traceId}-${spanId}-${kept ? '01' : '00'}`

/** What a case did with an update, told by the workflow to its worker. */
export type Decided = { readonly parent: Trace; readonly trace: Trace; readonly name: string }
