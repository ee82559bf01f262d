import type { TestProject } from 'vitest/node'
import { skippingServer } from '../../runtime/testserver.js'
import { workflowBundle } from '../../worker/bundle.js'
import './provided.js'

/** The skipping server's executable and the workflows' bundle, both made once for all files of the project. */
export default async (project: TestProject): Promise<void> => {
  const { path } = await skippingServer({ say: (line) => console.error(line) })
  project.provide('skippingServer', path)

  const { codePath } = await workflowBundle()
  project.provide('workflowBundle', codePath)
}
