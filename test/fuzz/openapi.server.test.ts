import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { projectRoot } from '../../runtime/project.js'
import { matrix } from '../permissions/given.js'
import { type OpenDoor, openDoor } from '../support/door.js'
import { temporaryFolder } from '../support/temporary.js'
import { tokenMade } from '../support/tokens.js'
import { canFuzz, fuzzer } from './schemathesis.js'

/** In CI it runs, come what may; elsewhere somebody without Python is told that it did not. */
const wanted = process.env.BIHUAN_FUZZ !== undefined
const MINUTES = Number(process.env.BIHUAN_FUZZ_MINUTES ?? 0)
const SEED = process.env.BIHUAN_FUZZ_SEED ?? '20261126'

if (!wanted && !canFuzz()) console.log('没有 python3(须带 venv),接口的模糊测试跳过')

/** Everybody who fuzzes, and how much in the short run. */
const FUZZERS = [
  { who: 'a stranger', as: undefined, phases: 'fuzzing', examples: 3 },
  { who: 'the office', as: 'office', phases: 'coverage,fuzzing', examples: 6 },
  { who: 'the head of the office', as: 'officehead', phases: 'fuzzing', examples: 3 },
  { who: 'a unit', as: 'unith', phases: 'fuzzing', examples: 3 },
  { who: 'an observer', as: 'observer', phases: 'fuzzing', examples: 2 },
] as const

describe.runIf(wanted || canFuzz())('the interface, fuzzed from its own document', () => {
  let door: OpenDoor
  let executable: string
  beforeAll(async () => {
    executable = await fuzzer()
    door = await openDoor()
    await matrix(door)
  }, 600_000)
  afterAll(() => door.close())

  it.each(FUZZERS)(
    'by $who: no error of ours, nothing hangs, and every answer is as the document says',
    async ({ as, phases, examples }) => {
      const token = as === undefined ? undefined : await tokenMade(door, { subject: as, expires: '12h' })
      const { code, said } = await fuzz(executable, door.serving().url, token, { phases, examples })
      expect(code === 0 ? '' : said).toBe('')
    },
    Math.max(MINUTES * 60_000 * 2, 300_000),
  )

  it('has not hurt it: it is there, and what it knew it knows', async () => {
    expect((await door.ask('GET', '/health/ready')).status).toBe(200)
    const { body } = await door.ask('GET', '/cases/matrix/001', { as: 'office' })
    expect(body.id).toBe('matrix/001')
  })
})

const fuzz = async (
  executable: string,
  url: string,
  token: string | undefined,
  { phases, examples }: { readonly phases: string; readonly examples: number },
): Promise<{ readonly code: number | null; readonly said: string }> => {
  const folder = temporaryFolder('fuzz')
  const args = [
    ...['--config-file', join(projectRoot, 'test', 'fuzz', 'schemathesis.toml')],
    ...[
      'run',
      `${url}/docs/openapi.json`,
      '--url',
      url,
      '--seed',
      SEED,
      '--workers',
      '2',
      '--continue-on-failure',
    ],
    // An answer that does not end is read by test/api/stream.test.ts.
    ...['--exclude-path', '/stream'],
    ...(MINUTES > 0
      ? ['--phases', 'examples,coverage,fuzzing,stateful', '--max-time', String(MINUTES * 60)]
      : ['--phases', phases, '--max-examples', String(examples), '--generation-deterministic']),
    ...(token === undefined ? [] : ['-H', `Authorization: Bearer ${token}`]),
  ]
  const child = spawn(executable, args, { cwd: folder.path, stdio: ['ignore', 'pipe', 'pipe'] })
  const heard: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => heard.push(String(chunk)))
  const code = await new Promise<number | null>((done) => child.once('close', done))
  folder.remove()
  return { code, said: heard.join('') }
}
