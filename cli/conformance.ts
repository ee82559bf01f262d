import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { z } from 'zod'
import { projectRoot } from '../runtime/project.js'
import { type Acceptance, strangers, verdictsOn } from './conformance/verdicts.js'

const report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(z.object({ title: z.string(), status: z.string() })),
    }),
  ),
})

type Run = {
  readonly tests: readonly Acceptance[]
  /** Files that could not be read or set up: what they would have shown nobody knows. */
  readonly unread: readonly string[]
}

/** `bihuan conformance`: runs the acceptance tests and says of each clause whether it is kept. */
export const registerConformance = (program: Command): void => {
  program
    .command('conformance')
    .description('逐条核对 100 条条款:运行验收测试,每条一行,最后合计')
    .option('--json', '以 JSON 输出')
    .action(async ({ json }: { json?: true }) => {
      const { tests, unread } = await runAcceptance()
      const verdicts = verdictsOn(tests)
      const unknown = strangers(tests)
      const kept = verdicts.filter(({ state }) => state === 'kept').length
      if (json) console.log(JSON.stringify({ kept, of: verdicts.length, verdicts }, null, 2))
      else {
        for (const { clause, state } of verdicts) console.log(`${clause} ${state}`)
        console.log(`${kept} of ${verdicts.length} kept`)
      }
      if (unknown.length > 0) console.error(`目录里没有这些条款:${unknown.join('、')}`)
      for (const file of unread) console.error(`验收测试没有跑起来:${file}`)
      if (unread.length > 0 || unknown.length > 0 || verdicts.some(({ state }) => state === 'broken'))
        process.exitCode = 1
    })
}

const runAcceptance = async (): Promise<Run> => {
  const folder = mkdtempSync(join(tmpdir(), 'bihuan-conformance-'))
  const file = join(folder, 'report.json')
  try {
    await new Promise<void>((done, fail) => {
      const child = spawn(
        process.execPath,
        [
          join(projectRoot, 'node_modules/vitest/vitest.mjs'),
          'run',
          'test/acceptance',
          '--reporter=json',
          `--outputFile=${file}`,
        ],
        { cwd: projectRoot, stdio: ['ignore', 'ignore', 'inherit'] },
      )
      child.on('error', fail)
      child.on('exit', () => done())
    })
    const { testResults } = report.parse(JSON.parse(readFileSync(file, 'utf8')))
    return {
      // A test left out, for what it reads is not on this machine, shows nothing either way.
      tests: testResults.flatMap(({ assertionResults }) =>
        assertionResults
          .filter(({ status }) => status === 'passed' || status === 'failed')
          .map(({ title, status }) => ({ title, passed: status === 'passed' })),
      ),
      unread: testResults
        .filter(
          ({ status, assertionResults }) =>
            status === 'failed' && !assertionResults.some((one) => one.status === 'failed'),
        )
        .map(({ name, message }) => [name, message].join(' ')),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
