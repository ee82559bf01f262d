import { WithStartWorkflowOperation } from '@temporalio/client'
import { CASE_WORKFLOW, type CaseStart, TASK_QUEUE } from '../../contracts/case.js'
import { cut, searchAttributesOf, summaryOf } from '../../contracts/engine.js'
import type { Round } from '../../db/rounds.js'
import type { Rules } from '../../domain/context.js'
import { caseIdOf, type Entry } from '../../domain/entry.js'

const DETAILS = 2_000

/** What the workflow of a plan's entry starts with. */
export const startOfEntry = (round: Pick<Round, 'id' | 'clock'>, entry: Entry, rules: Rules): CaseStart => ({
  caseId: caseIdOf(round.id, entry.n),
  kind: 'problem',
  round: round.id,
  units: entry.units,
  summary: summaryOf(round, entry.text),
  rules,
  clock: round.clock,
})

/** Starts the case unless it runs already; `details` are for an operator who opens it in Temporal's UI. */
export const starting = (start: CaseStart, details: string) =>
  new WithStartWorkflowOperation(CASE_WORKFLOW, {
    workflowId: start.caseId,
    taskQueue: TASK_QUEUE,
    args: [start],
    workflowIdConflictPolicy: 'USE_EXISTING',
    typedSearchAttributes: searchAttributesOf(start),
    staticSummary: start.summary,
    staticDetails: cut(details, DETAILS),
  })
