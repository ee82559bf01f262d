import proto, { type temporal } from '@temporalio/proto'

type Event = temporal.api.history.v1.IHistoryEvent

export type Counted = {
  readonly events: number
  readonly activities: number
  /** As they are stored, encoded. */
  readonly bytes: number
  /** Billable operations that the history shows. */
  readonly actions: number
}

/** An activity: scheduled, started, completed, and the workflow task that hears of it. */
const EVENTS_OF_AN_ACTIVITY = 6

/** Events without those of papers and notices: what commands and moments make by themselves. */
export const ownEvents = ({ events, activities }: Counted): number =>
  events - EVENTS_OF_AN_ACTIVITY * activities

/** What of a history is the case's own: what the server's skipping of time writes is no part of its life. */
export const countedIn = (events: readonly Event[]): Counted => {
  const own = events.filter(
    (event) =>
      !event.workflowExecutionOptionsUpdatedEventAttributes &&
      !event.workflowExecutionTimeSkippingTransitionedEventAttributes,
  )
  return {
    events: own.length,
    activities: own.filter((event) => event.activityTaskScheduledEventAttributes).length,
    bytes: own.reduce((sum, event) => sum + encoded(event), 0),
    actions: own.reduce((sum, event) => sum + actionsOf(event), 0),
  }
}

export const less = (after: Counted, before: Counted): Counted => ({
  events: after.events - before.events,
  activities: after.activities - before.activities,
  bytes: after.bytes - before.bytes,
  actions: after.actions - before.actions,
})

const encoded = (event: Event): number =>
  proto.temporal.api.history.v1.HistoryEvent.encode(event).finish().length

/**
 * Temporal's published definition of an Action (docs.temporal.io/cloud/actions, November 2026): workflow starts, also by a child
 * or by continuing as new; timers started; search attributes upserted, not those given at the start; signals; updates
 * received, the rejected ones too; activities started, each retry again. Queries and rejected updates leave no event, and there is
 * none of them in the life that is counted here.
 */
const actionsOf = (event: Event): number => {
  if (event.activityTaskStartedEventAttributes) return event.activityTaskStartedEventAttributes.attempt ?? 1
  const billed =
    event.workflowExecutionStartedEventAttributes ??
    event.timerStartedEventAttributes ??
    event.upsertWorkflowSearchAttributesEventAttributes ??
    event.workflowExecutionSignaledEventAttributes ??
    event.signalExternalWorkflowExecutionInitiatedEventAttributes ??
    event.workflowExecutionUpdateAcceptedEventAttributes
  return billed ? 1 : 0
}
