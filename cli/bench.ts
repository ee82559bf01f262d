import { writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import type { Figure } from '../bench/figure.js'
import { thisMachine } from '../bench/machine.js'
import { footOf, headOf, partOf } from '../bench/page.js'
import { measure, PARTS, type Part, USUAL } from '../bench/run.js'
import { progressLine } from './start/progress.js'
import { WrongUse } from './wrong-use.js'

type Options = { readonly json?: string; readonly only?: string; readonly scale: number }

const say = (text: string): void => void process.stdout.write(`${text}\n`)

const isPart = (name: string): name is Part => Object.hasOwn(PARTS, name)

const partsIn = (only: string | undefined): readonly Part[] => {
  if (only === undefined) return USUAL
  const names = only.split(',').map((name) => name.trim())
  const unknown = names.filter((name) => !isPart(name))
  if (unknown.length > 0)
    throw new WrongUse(`没有“${unknown.join('、')}”这一项。可选的有:${Object.keys(PARTS).join('、')}。`)
  return names.filter(isPart)
}

const scaleFrom = (text: string): number => {
  const scale = Number(text)
  if (!(scale > 0 && scale <= 1)) throw new WrongUse('--scale 应为 0 至 1 之间的数。')
  return scale
}

/** `bihuan bench`: one run, every figure of this machine; docs/bench.md says how to read them. */
export const registerBench = (program: Command): void => {
  program
    .command('bench')
    .description('量一量处理能力:起一套自己的服务,逐项测量,用完即删')
    .option('--json <文件>', '另存为 JSON')
    .option('--only <项目>', `只测其中几项,用逗号隔开:${Object.keys(PARTS).join('、')}`)
    .option('--scale <比例>', '按比例缩小案件数,用于试跑', scaleFrom, 1)
    .action(async ({ json, only, scale }: Options) => {
      const machine = thisMachine()
      const line = progressLine()
      const figures: Figure[] = []
      const loads: Record<string, number> = {}
      const parts = partsIn(only)
      say(headOf(machine, scale))
      for await (const measured of measure({
        parts,
        scale,
        begun: (part) => line.show(`正在测:${PARTS[part]}`),
      })) {
        line.clear()
        say(partOf(measured))
        figures.push(...measured.figures)
        loads[measured.part] = measured.load
      }
      say(footOf(figures))
      if (json !== undefined) writeFileSync(json, jsonOf({ machine, loads, scale }, figures))
    })
}

/** Each figure under its key; what could not be measured is null. */
const jsonOf = (circumstances: object, figures: readonly Figure[]): string => {
  const values = Object.fromEntries(figures.map(({ key, value }) => [key, value]))
  const goals = Object.fromEntries(
    figures.flatMap(({ key, most }) => (most === undefined ? [] : [[key, most]])),
  )
  return `${JSON.stringify({ ...values, goals, ...circumstances }, null, 2)}\n`
}
