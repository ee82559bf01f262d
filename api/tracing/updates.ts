import type { WorkflowClientInterceptor } from '@temporalio/client'
import { defaultPayloadConverter } from '@temporalio/common'
import { TRACEPARENT, type Trace, traceparentOf } from '../../contracts/trace.js'
import type { Tracer } from '../../runtime/tracing/tracer.js'

/** Each update as a span of the request it serves; the case is told of it in a header. */
export const tracedUpdates = (tracer: Tracer): WorkflowClientInterceptor => {
  const around = <T>(name: string, work: (trace: Trace | undefined) => Promise<T>): Promise<T> => {
    const parent = tracer.current()
    return parent ? tracer.around(`update ${name}`, 'client', parent, work) : work(undefined)
  }
  return {
    startUpdate: (input, next) =>
      around(input.updateName, (trace) =>
        next({ ...input, headers: { ...input.headers, ...carrying(trace) } }),
      ),
    startUpdateWithStart: (input, next) =>
      around(input.updateName, (trace) =>
        next({ ...input, updateHeaders: { ...input.updateHeaders, ...carrying(trace) } }),
      ),
  }
}

const carrying = (trace: Trace | undefined) =>
  trace ? { [TRACEPARENT]: defaultPayloadConverter.toPayload(traceparentOf(trace)) } : {}
