import { fileURLToPath } from 'node:url'
import { Context } from '@temporalio/activity'
import { defaultPayloadConverter } from '@temporalio/common'
import type { ActivityInterceptorsFactory, InjectedSinks } from '@temporalio/worker'
import type { Mailer } from '../activities/index.js'
import { readTraceparent, TRACEPARENT } from '../contracts/trace.js'
import type { Tracer } from '../runtime/tracing/tracer.js'
import type { TraceSinks } from '../workflows/tracing.js'

/** Joined to the workflows' bundle where traces are kept. */
export const tracingModule = fileURLToPath(new URL('../workflows/tracing.ts', import.meta.url))

/** Each attempt at an errand, below the decision it follows from; for what nobody asked for (a moment that came) a trace of its own. */
export const tracedActivities =
  (tracer: Tracer): ActivityInterceptorsFactory =>
  () => ({
    inbound: {
      execute: (input, next) => {
        const payload = input.headers[TRACEPARENT]
        const parent = payload && readTraceparent(defaultPayloadConverter.fromPayload(payload))
        const { activityType, workflowExecution } = Context.current().info
        return tracer.around(`activity ${activityType}`, 'internal', parent, () => next(input), {
          ...(workflowExecution && { 'bihuan.case': workflowExecution.workflowId }),
        })
      },
    },
  })

/** Each decision of a case, once: a replay decides nothing. */
export const traceSinks = (tracer: Tracer): InjectedSinks<TraceSinks> => ({
  tracing: {
    decided: {
      fn: ({ workflowId }, { name, parent, trace }) =>
        tracer.happened(`workflow ${name}`, parent, trace, { 'bihuan.case': workflowId }),
    },
  },
})

/** Each mail as a span; to whom and what about stays out. */
export const tracedMailer = (tracer: Tracer, mailer: Mailer): Mailer => ({
  ...mailer,
  open: async () => {
    const session = await mailer.open()
    return {
      ...session,
      send: async (message, handOver) => {
        const start = performance.now()
        const delivery = await session.send(message, handOver)
        const outcome = delivery.end === 'accepted' ? 'ok' : 'failed'
        tracer.took('mail send', performance.now() - start, outcome, { 'bihuan.delivery': delivery.end })
        return delivery
      },
    }
  },
})
