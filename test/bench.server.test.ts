import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { startScript } from './support/program.js'
import { temporaryFolder } from './support/temporary.js'

/** What the bench is asked for by name. */
const NAMED = [
  'eventsPerWeek',
  'eventsPerLife',
  'eventsPerLifeRecord',
  'actionsPerLife',
  'eventsPerRefusal',
  'cpuMsPerCommand',
  'cpuRatioToBareTemporal',
  'idleCores',
  'timersLagSeconds',
  'bytesPerOpenCase',
  'listP99Ms10k',
  'listP99Ms100k',
]

/** All but the console: its own test has a browser. */
const PARTS = 'life,cases,idle,commands,timers,ledger'

const folder = temporaryFolder('bench')
afterAll(folder.remove)

describe('npm run bench', () => {
  it('measures the whole of it in one run, as a page and as JSON; what needs no clock is as promised', async () => {
    const file = join(folder.path, 'bench.json')
    const { code, stdout, stderr } = await startScript(
      ...(['cli/main.ts', 'bench', '--only', PARTS, '--scale', '0.01', '--json', file] as const),
    ).ended
    expect(code, stderr).toBe(0)
    expect(stdout).toContain('目标')

    const figures = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
    for (const key of NAMED) expect(figures[key], key).toEqual(expect.any(Number))
    expect(figures.eventsPerRefusal).toBe(0)
    expect(figures.eventsPerWeek).toBeLessThanOrEqual(7)
    expect(figures.eventsPerLifeRecord).toBeLessThanOrEqual(175)
    expect(figures.eventsPerLife).toBeLessThanOrEqual(260)
  }, 300_000)

  it('knows what it can be asked for', async () => {
    const { code, stderr } = await startScript('cli/main.ts', 'bench', '--only', '速度').ended
    expect(code).toBe(2)
    expect(stderr).toContain('没有“速度”这一项')
  })
})
