import { defineConfig } from 'vitest/config'

/** Tests that need no server: the file says so by its place. Anything not named below is one of them. */
const skipped = ['test/workflows/**/*.test.ts', 'test/**/*.workflow.test.ts']
const served = [
  'test/runtime/**/*.test.ts',
  'test/db/**/*.test.ts',
  'test/activities/**/*.test.ts',
  'test/api/**/*.test.ts',
  'test/worker/**/*.test.ts',
  'test/crash/**/*.test.ts',
  'test/demo/**/*.test.ts',
  'test/acceptance/**/*.test.ts',
  'test/**/*.server.test.ts',
]

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'domain',
          include: ['test/**/*.test.ts'],
          exclude: [...skipped, ...served],
          pool: 'threads',
          testTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'workflow',
          include: skipped,
          globalSetup: ['test/support/workflow-setup.ts'],
          pool: 'forks',
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'server',
          include: served,
          exclude: skipped,
          globalSetup: ['test/support/server-setup.ts'],
          pool: 'forks',
          // One file after another: they share one PostgreSQL and one Temporal, and two cores.
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
