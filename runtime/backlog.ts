import { type Client, WorkflowUpdateFailedError } from '@temporalio/client'
import { ApplicationFailure } from '@temporalio/common'
import { BACKLOG, BACKLOG_PAGE, BACKLOG_UPDATE, type LedgerRecord } from '../contracts/case.js'

type CaseId = LedgerRecord['case']

/**
 * What a case has and the ledger has not. Asked by an Update that is always refused, and with its answer in the refusal: it leaves no
 * event, as a Query does, but Temporal gives it a task of its own. A Query may reach a worker that does not know the case beside a
 * timer that rang meanwhile; the SDK then lets the timer ring before its task, at another time than every later replay, and such
 * a case cannot be replayed any more (docs/adr/0019).
 *
 * @throws WorkflowNotFoundError when no case runs; WorkflowUpdateRPCTimeoutOrCancelledError when it does not answer in time.
 */
export const backlogOf = async (client: Client, caseId: CaseId): Promise<readonly LedgerRecord[]> => {
  const all: LedgerRecord[] = []
  for (;;) {
    const page = await pageAfter(client, caseId, all.at(-1)?.seq ?? 0)
    all.push(...page)
    if (page.length < BACKLOG_PAGE) return all
  }
}

const pageAfter = async (client: Client, caseId: CaseId, seq: number): Promise<readonly LedgerRecord[]> => {
  try {
    return await client.workflow.getHandle(caseId).executeUpdate(BACKLOG_UPDATE, { args: [seq] })
  } catch (error) {
    const page = pageIn(error)
    if (!page) throw error
    return page
  }
}

const pageIn = (error: unknown): readonly LedgerRecord[] | undefined => {
  if (!(error instanceof WorkflowUpdateFailedError)) return undefined
  const { cause } = error
  if (!(cause instanceof ApplicationFailure) || cause.type !== BACKLOG) return undefined
  const [page] = (cause.details ?? []) as readonly (readonly LedgerRecord[])[]
  return page
}
