import { TestWorkflowEnvironment } from '@temporalio/testing'
import { inject } from 'vitest'
import { SEARCH_ATTRIBUTES } from '../../contracts/case.js'
import { type Notebook, openNotebook } from './notebook.js'
import { quietRuntime, startWorker, type World } from './world.js'

/** Of Temporal's protocol: how the server is told what a search attribute holds. */
const KEYWORD = 2
const KEYWORD_LIST = 7

/** The test server: its clock is one for all its cases, and a year passes in a second. */
export const skippedWorld = async (notebook: Notebook = openNotebook()): Promise<World> => {
  quietRuntime()
  const environment = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path: inject('skippingServer') } },
  })
  await environment.connection.operatorService.addSearchAttributes({
    namespace: 'default',
    searchAttributes: {
      [SEARCH_ATTRIBUTES.round]: KEYWORD,
      [SEARCH_ATTRIBUTES.unit]: KEYWORD_LIST,
      [SEARCH_ATTRIBUTES.kind]: KEYWORD,
    },
  })
  const worker = await startWorker(environment.nativeConnection, notebook)
  return {
    client: environment.client,
    notebook,
    now: () => environment.currentTimeMs(),
    sleep: (_caseId, millis) => environment.sleep(millis),
    close: async () => {
      await worker.stop()
      await environment.teardown()
    },
  }
}
