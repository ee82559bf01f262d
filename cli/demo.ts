import type { Command } from 'commander'
import { drill } from '../demo/run.js'
import { stopRequest } from '../runtime/stop-request.js'
import { planWish } from './start/wish.js'
import { WrongUse } from './wrong-use.js'

type Options = { readonly plan?: string; readonly policy?: string; readonly speed?: string }

/** `bihuan demo`: its own servers in a fresh home, a drill round, scripted officers over HTTP. Exit 1 when anything unexpected happened. */
export const registerDemo = (program: Command): void => {
  program
    .command('demo')
    .description('演练:一分钟看完一轮整改')
    .option('--plan <文件>', '整改方案(.txt、.md、.docx)')
    .option('--policy <名称>', '按哪个城市的规则')
    .option('--speed <天>', '一秒过几天')
    .action(async ({ plan, policy, speed }: Options) => {
      const daysPerSecond = speed === undefined ? undefined : Number(speed)
      if (daysPerSecond !== undefined && !(daysPerSecond > 0 && daysPerSecond <= 400))
        throw new WrongUse('--speed 应为 0 至 400 之间的数。')
      const wish = await planWish(plan, policy)
      const went = await drill(
        { ...wish, ...(daysPerSecond !== undefined && { daysPerSecond }), signal: stopRequest() },
        (line) => void process.stdout.write(`${line}\n`),
      )
      process.exitCode = went ? 0 : 1
    })
}
