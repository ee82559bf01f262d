import { randomUUID } from 'node:crypto'
import { Client, Connection } from '@temporalio/client'
import { msNumberToTs } from '@temporalio/common/lib/time.js'
import { NativeConnection } from '@temporalio/worker'
import { bringTemporal } from '../../runtime/temporal.js'
import { temporaryFolder } from '../support/temporary.js'
import { type Notebook, openNotebook } from './notebook.js'
import { quietRuntime, startWorker, type World } from './world.js'

/** The real server's own skipping of time, for each workflow by itself. */
const SKIPPING = [
  'frontend.WorkflowTimeSkippingEnabled=true',
  'history.timerProcessorMaxTimeShift="1ms"',
] as const

/** The real server: its histories are those of production, event by event. */
export const servedWorld = async (
  notebook: Notebook = openNotebook(),
  settings: readonly string[] = [],
): Promise<World> => {
  quietRuntime()
  const home = temporaryFolder('temporal')
  const temporal = await bringTemporal({
    home: home.path,
    durability: 'throwaway',
    dynamicConfig: [...SKIPPING, ...settings],
  })
  const { address, namespace } = temporal
  const connection = await Connection.connect({ address })
  const native = await NativeConnection.connect({ address })
  const worker = await startWorker(native, notebook)
  const service = connection.workflowService

  return {
    client: new Client({ connection, namespace }),
    notebook,
    now: async (workflowId) => {
      const described = await service
        .describeWorkflowExecution({ namespace, execution: { workflowId } })
        .catch(() => undefined)
      const seconds = described?.workflowExtendedInfo?.timeSkippingInfo?.currentTime?.seconds
      return seconds ? Number(seconds) * 1000 : Date.now()
    },
    sleep: async (workflowId, millis) => {
      const id = randomUUID()
      const workflowExecution = { workflowId }
      await service.updateWorkflowExecutionOptions({
        namespace,
        workflowExecution,
        workflowExecutionOptions: {
          timeSkippingConfig: {
            enabled: true,
            fastForwardConfig: { id, duration: msNumberToTs(millis) },
          },
        },
        updateMask: { paths: ['time_skipping_config'] },
      })
      await service.pollWorkflowExecutionTimeSkipping({ namespace, workflowExecution, fastForwardId: id })
    },
    close: async () => {
      await worker.stop()
      await native.close()
      await connection.close()
      await temporal.stop()
      home.remove()
    },
  }
}
