import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common'
import { startChild } from '@temporalio/workflow'
import { CASE_WORKFLOW, type CaseStart } from '../contracts/case.js'
import { searchAttributesOf } from '../contracts/engine.js'
import type { ReferralEffect } from '../domain/effects/types.js'

/** A referral lives on its own and outlives the case it came from (CD-14); started twice it is one. */
export const startReferral = async (
  origin: CaseStart,
  { referral, first }: ReferralEffect,
): Promise<void> => {
  const start: CaseStart = {
    caseId: referral,
    kind: 'referral',
    round: origin.round,
    units: origin.units,
    summary: `责任追究 · ${origin.units.join('、')}`,
    rules: origin.rules,
    clock: origin.clock,
    first,
  }
  try {
    await startChild(CASE_WORKFLOW, {
      workflowId: referral,
      args: [start],
      parentClosePolicy: 'ABANDON',
      typedSearchAttributes: searchAttributesOf(start),
      staticSummary: start.summary,
      staticDetails: `由 ${origin.caseId} 移交的责任追究案件。`,
    })
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
  }
}
