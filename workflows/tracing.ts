import { defaultPayloadConverter } from '@temporalio/common'
import {
  type ActivityInput,
  proxySinks,
  type Sink,
  type Sinks,
  type WorkflowInterceptors,
} from '@temporalio/workflow'
import type { CommandAnswer } from '../contracts/case.js'
import { type Decided, readTraceparent, TRACEPARENT, type Trace, traceparentOf } from '../contracts/trace.js'
import { sha256Of } from '../domain/record/chain.js'

/** What the worker hears of a case's decisions, besides its history. */
export type TraceSinks = Sinks & { readonly tracing: Sink & { decided(decided: Decided): void } }

/** The decisions of a run that may still have papers to write; a replay finds them again in the history's headers. */
const REMEMBERED = 50

type Remembered = Pick<CommandAnswer, 'from' | 'to'> & { readonly trace: Trace }

/**
 * Joined to the workflows only where traces are kept. It adds headers and nothing else: no command, no timer, no random number, so
 * that histories with and without it are one another's replays.
 */
export const interceptors = (): WorkflowInterceptors => {
  const { tracing } = proxySinks<TraceSinks>()
  let known: readonly Remembered[] = []
  return {
    inbound: [
      {
        handleUpdate: (input, next) => {
          const answer = next(input)
          const parent = traceIn(input.headers)
          if (!parent) return answer
          const trace = { ...parent, spanId: spanIdOf(`${parent.spanId}/${input.updateId}`) }
          void answer.then(
            (said) => {
              const { from, to } = said as CommandAnswer
              known = [...known, { from, to, trace }].slice(-REMEMBERED)
            },
            () => undefined,
          )
          tracing.decided({ parent, trace, name: input.name })
          return answer
        },
      },
    ],
    outbound: [
      {
        scheduleActivity: (input, next) => {
          const seq = firstSeq(input)
          const cause = known.find(({ from, to }) => seq !== undefined && from <= seq && seq <= to)
          if (!cause) return next(input)
          const headers = {
            ...input.headers,
            [TRACEPARENT]: defaultPayloadConverter.toPayload(traceparentOf(cause.trace)),
          }
          return next({ ...input, headers })
        },
      },
    ],
  }
}

const traceIn = ({ [TRACEPARENT]: payload }: ActivityInput['headers']): Trace | undefined =>
  payload && readTraceparent(defaultPayloadConverter.fromPayload(payload))

/** Drawn lots would shift every later draw of the case: the id follows from what caused it. */
const spanIdOf = (cause: string): string => sha256Of(cause).slice(0, 16)

type Named = { readonly seq?: number; readonly key?: string }

/** The number of the first event an errand is for: its own, or the one in its key (`case#number/what`). */
const firstSeq = ({ args: [given] }: ActivityInput): number | undefined => {
  const { order, events } = (given ?? {}) as { readonly order?: Named; readonly events?: readonly Named[] }
  const list = Array.isArray(given) ? (given as readonly Named[]) : events
  const first = list?.[0] ?? (given as Named | undefined)
  const said = first?.seq ?? order?.seq ?? /#(\d+)\//.exec(first?.key ?? '')?.[1]
  return said === undefined ? undefined : Number(said)
}
