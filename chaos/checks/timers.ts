import { type Instant, instant } from '../../domain/words.js'

/** A timer of a workflow that neither fired nor was cancelled: when the task that set it began, and for how long. */
export type OpenTimer = { readonly setAt: Instant; readonly millis: number }

type Time = { readonly seconds?: unknown; readonly nanos?: unknown } | null
type HistoryEvent = {
  readonly eventId?: unknown
  readonly eventTime?: Time
  readonly workflowTaskStartedEventAttributes?: unknown
  readonly workflowTaskCompletedEventAttributes?: { readonly startedEventId?: unknown } | null
  readonly timerStartedEventAttributes?: {
    readonly timerId?: string | null
    readonly startToFireTimeout?: Time
    readonly workflowTaskCompletedEventId?: unknown
  } | null
  readonly timerFiredEventAttributes?: { readonly timerId?: string | null } | null
  readonly timerCanceledEventAttributes?: { readonly timerId?: string | null } | null
}

const millisOf = (time: Time | undefined): number =>
  Number(time?.seconds ?? 0) * 1_000 + Math.floor(Number(time?.nanos ?? 0) / 1_000_000)

/** What a workflow's own `Date.now()` said in the task that set the timer is the time its start event bears. */
export const openTimersOf = ({
  events,
}: {
  readonly events?: readonly HistoryEvent[] | null
}): readonly OpenTimer[] => {
  const startedAt = new Map<string, number>()
  const startOf = new Map<string, string>()
  const open = new Map<string, OpenTimer>()
  for (const event of events ?? []) {
    const id = String(event.eventId)
    if (event.workflowTaskStartedEventAttributes) startedAt.set(id, millisOf(event.eventTime))
    if (event.workflowTaskCompletedEventAttributes)
      startOf.set(id, String(event.workflowTaskCompletedEventAttributes.startedEventId))
    const { timerStartedEventAttributes: started } = event
    if (started) {
      const task = startOf.get(String(started.workflowTaskCompletedEventId)) ?? ''
      open.set(started.timerId ?? '', {
        setAt: instant(startedAt.get(task) ?? 0),
        millis: millisOf(started.startToFireTimeout),
      })
    }
    const gone = event.timerFiredEventAttributes ?? event.timerCanceledEventAttributes
    if (gone) open.delete(gone.timerId ?? '')
  }
  return [...open.values()]
}
