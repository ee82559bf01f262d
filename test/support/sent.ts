import { type Client, WithStartWorkflowOperation } from '@temporalio/client'
import {
  CASE_WORKFLOW,
  type CaseStart,
  COMMAND_UPDATE,
  type CommandAnswer,
  type CommandMessage,
  TASK_QUEUE,
} from '../../contracts/case.js'
import { searchAttributesOf } from '../../contracts/engine.js'
import type { Command } from '../../domain/case/commands.js'
import { type CommandId, instant } from '../../domain/words.js'
import * as people from './people.js'

/** The office's command, straight to the case's workflow, which is started unless it runs; nobody carries what came of it. */
export const sent = (
  client: Client,
  start: CaseStart,
  command: Command,
  id: CommandId,
): Promise<CommandAnswer> => {
  const message: CommandMessage = {
    command: { id, at: instant(Date.now()), by: people.整改办, command },
    ledger: 0,
  }
  return client.workflow.executeUpdateWithStart<
    (start: CaseStart) => Promise<void>,
    CommandAnswer,
    [CommandMessage]
  >(COMMAND_UPDATE, {
    args: [message],
    updateId: id,
    startWorkflowOperation: new WithStartWorkflowOperation(CASE_WORKFLOW, {
      workflowId: start.caseId,
      taskQueue: TASK_QUEUE,
      args: [start],
      workflowIdConflictPolicy: 'USE_EXISTING',
      typedSearchAttributes: searchAttributesOf(start),
    }),
  })
}
