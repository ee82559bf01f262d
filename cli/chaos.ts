import type { Command } from 'commander'
import { chaos } from '../chaos/run.js'
import { stopRequest } from '../runtime/stop-request.js'
import { WrongUse } from './wrong-use.js'

type Options = { readonly minutes: string; readonly seed?: string; readonly kills?: string }

const above = (option: string, text: string, most: number): number => {
  const value = Number(text)
  if (!(value > 0 && value <= most)) throw new WrongUse(`--${option} 应为 0 至 ${most} 之间的数。`)
  return value
}

/** `bihuan chaos`: real servers under load, killed at random moments. Exit 1 when anything was lost, doubled or broken. */
export const registerChaos = (program: Command): void => {
  program
    .command('chaos')
    .description('混沌:边办边 kill -9,最后逐项核对,一件不丢、一件不重')
    .option('--minutes <分钟>', '持续多久', '5')
    .option('--kills <次数>', '最多几次')
    .option('--seed <种子>', '重做某一场;不写则随机取一个')
    .action(async ({ minutes, seed, kills }: Options) => {
      const well = await chaos(
        {
          minutes: above('minutes', minutes, 1_440),
          kills: kills === undefined ? undefined : Math.ceil(above('kills', kills, 100_000)),
          seed,
          signal: stopRequest(),
        },
        (line) => void process.stdout.write(`${line}\n`),
      )
      process.exitCode = well ? 0 : 1
    })
}
