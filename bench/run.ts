import { loadavg } from 'node:os'
import { measureIdle, type OpenCases, openCases } from './cases.js'
import { measureCityYear } from './city-year.js'
import { measureCommands } from './commands.js'
import { measureConsole } from './console.js'
import type { Figure } from './figure.js'
import { bringGround, type Ground } from './ground.js'
import { beginLedger } from './ledger.js'
import { measureLife } from './life.js'
import { measureMonth } from './month.js'
import { measureTimers } from './timers.js'

/** What can be asked for, in the order in which it is measured. */
export const PARTS = {
  life: '一件的一生',
  cases: '立案、交办、接口、空间',
  idle: '空闲',
  commands: '命令',
  timers: '时点',
  ledger: '台账',
  console: '控制台',
  simulation: '推演',
  month: '一个月的数据',
} as const
export type Part = keyof typeof PARTS

/** Measured unless others are asked for; the month's figures take minutes to fill. */
export const USUAL: readonly Part[] = [
  'life',
  'cases',
  'idle',
  'commands',
  'timers',
  'ledger',
  'console',
  'simulation',
]

/** Of one part; `load`: the machine's load average over a minute when it ended, this bench's own work included. */
export type Measured = {
  readonly part: Part
  readonly figures: readonly Figure[]
  readonly seconds: number
  readonly load: number
}

export type Wish = {
  readonly parts: readonly Part[]
  /** 1: as many cases as the goals speak of. */
  readonly scale: number
  readonly begun: (part: Part) => void
}

const CITY = 'yongzhou'
const OPEN = 1_000
const ON_THE_GROUND: readonly Part[] = ['cases', 'idle', 'commands', 'timers', 'ledger', 'console']

/** Measures part after part, each told as it is done. */
export async function* measure({ parts, scale, begun }: Wish): AsyncGenerator<Measured> {
  const wanted = (part: Part): boolean => parts.includes(part)
  const done = async (part: Part, work: () => Promise<readonly Figure[]>): Promise<Measured> => {
    begun(part)
    const began = performance.now()
    const figures = await work()
    return { part, figures, seconds: (performance.now() - began) / 1_000, load: loadavg()[0] ?? 0 }
  }
  if (wanted('life')) yield await done('life', measureLife)
  if (ON_THE_GROUND.some(wanted)) {
    const ground = await bringGround({ policy: CITY })
    try {
      yield* onGround(ground, scale, wanted, done)
    } finally {
      await ground.stop()
    }
  }
  if (wanted('simulation')) yield await done('simulation', async () => measureCityYear(scale))
  if (wanted('month')) yield await done('month', () => measureMonth(scale))
}

async function* onGround(
  ground: Ground,
  scale: number,
  wanted: (part: Part) => boolean,
  done: (part: Part, work: () => Promise<readonly Figure[]>) => Promise<Measured>,
): AsyncGenerator<Measured> {
  const count = Math.max(10, Math.round(OPEN * scale))
  let startsPerSecond: number | undefined
  if ((['cases', 'idle', 'commands'] as const).some(wanted)) {
    let open: OpenCases | undefined
    const cases = await done('cases', async () => {
      const opened = await openCases(ground, count)
      open = opened.open
      return opened.figures
    })
    startsPerSecond = cases.figures.find(({ key }) => key === 'startsPerSecond')?.value ?? undefined
    yield cases
    if (wanted('idle')) yield await done('idle', () => measureIdle(ground, count, scale))
    const ready: OpenCases | undefined = open
    if (wanted('commands') && ready) yield await done('commands', () => measureCommands(ground, ready))
  }
  if (wanted('timers')) yield await done('timers', () => measureTimers(ground, count, startsPerSecond))
  if (!wanted('ledger') && !wanted('console')) return
  const ledger = await beginLedger(ground, scale)
  if (wanted('ledger')) yield await done('ledger', () => ledger.measure('10k'))
  if (wanted('console')) {
    await ledger.growTo('10k')
    yield await done('console', () => measureConsole(ground))
  }
  if (wanted('ledger')) yield await done('ledger', () => ledger.measure('100k'))
}
