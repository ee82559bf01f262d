import { join } from 'node:path'
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker'
import { projectRoot } from '../../runtime/project.js'
import { BARE_QUEUE } from './queue.js'

/** A process of its own, as the product's worker is, with the same settings (`worker/work.ts`). */
const POLLERS = { type: 'simple-maximum', maximum: 10 } as const

Runtime.install({ logger: new DefaultLogger('WARN'), shutdownSignals: ['SIGTERM', 'SIGINT'] })
const connection = await NativeConnection.connect({ address: process.env.TEMPORAL_ADDRESS ?? '' })
const worker = await Worker.create({
  connection,
  namespace: process.env.TEMPORAL_NAMESPACE ?? 'default',
  taskQueue: BARE_QUEUE,
  workflowsPath: join(projectRoot, 'bench', 'bare', 'workflow.ts'),
  maxCachedWorkflows: 3_000,
  workflowTaskPollerBehavior: POLLERS,
})
await worker.run()
await connection.close()
