import { fileURLToPath } from 'node:url'
import { TestWorkflowEnvironment } from '@temporalio/testing'
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker'
import { beforeAll, describe, expect, inject, it } from 'vitest'
import '../support/provided.js'

describe('the server with skipped time', () => {
  beforeAll(() => Runtime.install({ logger: new DefaultLogger('WARN') }))

  it('lets a year pass while one waits', async () => {
    const environment = await TestWorkflowEnvironment.createTimeSkipping({
      server: { executable: { type: 'existing-path', path: inject('skippingServer') } },
    })
    try {
      const worker = await Worker.create({
        connection: environment.nativeConnection,
        taskQueue: 'year',
        workflowsPath: fileURLToPath(new URL('./programs/year.ts', import.meta.url)),
      })
      const before = await environment.currentTimeMs()
      const answer = await worker.runUntil(
        environment.client.workflow.execute('oneYear', { workflowId: 'one-year', taskQueue: 'year' }),
      )
      expect(answer).toBe('一年已过')
      expect((await environment.currentTimeMs()) - before).toBeGreaterThanOrEqual(365 * 86_400_000)
    } finally {
      await environment.teardown()
    }
  })
})
