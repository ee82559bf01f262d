import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker'
import type { TestProject } from 'vitest/node'
import { projectRoot } from '../../runtime/project.js'
import { skippingServer } from '../../runtime/testserver.js'
import './provided.js'
import { temporaryFolder } from './temporary.js'

/** The skipping server's executable and the workflows' bundle, both made once for all files of the project. */
export default async (project: TestProject): Promise<() => void> => {
  const { path } = await skippingServer({ say: (line) => console.error(line) })
  project.provide('skippingServer', path)

  const folder = temporaryFolder('bundle')
  const workflowsPath = join(projectRoot, 'workflows', 'index.ts')
  if (existsSync(workflowsPath)) {
    const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') })
    const file = join(folder.path, 'workflows.js')
    writeFileSync(file, code)
    project.provide('workflowBundle', file)
  }
  return folder.remove
}
