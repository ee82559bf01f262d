import { WithStartWorkflowOperation } from '@temporalio/client'
import { defineSearchAttributeKey, type SearchAttributePair } from '@temporalio/common'
import {
  CASE_WORKFLOW,
  type CaseStart,
  SEARCH_ATTRIBUTES,
  TASK_QUEUE,
  unitsInTheClear,
} from '../../contracts/case.js'
import type { Round } from '../../db/rounds.js'
import type { Rules } from '../../domain/context.js'
import { caseIdOf, type Entry } from '../../domain/entry.js'
import { storable } from '../../domain/text.js'

const SUMMARY = 60
const DETAILS = 2_000

const cut = (text: string, most: number): string => {
  const letters = [...text.replace(/\s+/g, ' ').trim()]
  return letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : letters.join('')
}

/** One line for Temporal's UI. */
export const summaryOf = ({ clock }: Pick<Round, 'clock'>, text: string): string =>
  cut(`${clock.kind === 'drill' ? '【演练】' : ''}${text}`, SUMMARY)

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

const ROUND = defineSearchAttributeKey(SEARCH_ATTRIBUTES.round, 'KEYWORD')
const UNITS = defineSearchAttributeKey(SEARCH_ATTRIBUTES.unit, 'KEYWORD_LIST')
const KIND = defineSearchAttributeKey(SEARCH_ATTRIBUTES.kind, 'KEYWORD')

const attributesOf = ({ round, units, kind }: CaseStart): SearchAttributePair[] => [
  { key: ROUND, value: round },
  { key: UNITS, value: unitsInTheClear({ kind, units }).map(storable) },
  { key: KIND, value: kind },
]

/** Starts the case unless it runs already; `details` are for an operator who opens it in Temporal's UI. */
export const starting = (start: CaseStart, details: string) =>
  new WithStartWorkflowOperation(CASE_WORKFLOW, {
    workflowId: start.caseId,
    taskQueue: TASK_QUEUE,
    args: [start],
    workflowIdConflictPolicy: 'USE_EXISTING',
    typedSearchAttributes: attributesOf(start),
    staticSummary: start.summary,
    staticDetails: cut(details, DETAILS),
  })
