import { readFileSync } from 'node:fs'
import { type Command, InvalidArgumentError } from 'commander'
import { draw, populationHash } from '../domain/draw/draw.js'
import { WrongUse } from './wrong-use.js'

const whole = (text: string): number => {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('应为整数')
  return Number(text)
}

/** `bihuan draw`: anybody draws a recorded sample again, from its seed and its list, and gets the same (JN-11, HH-12). */
export const registerDraw = (program: Command): void => {
  program
    .command('draw')
    .description('按公开的种子重抽随机样本:清单每行一个编号,先后不论')
    .requiredOption('--seed <种子>', '记录上的种子')
    .requiredOption('--take <件数>', '抽多少件', whole)
    .argument('<清单>', '编号清单文件,- 为标准输入')
    .option('--json', '以 JSON 输出')
    .action((file: string, { seed, take, json }: { seed: string; take: number; json?: true }) => {
      const population = readFileSync(file === '-' ? 0 : file, 'utf8')
        .split(/\r?\n/)
        .map((line) => line.trim())
        .filter((line) => line !== '')
      if (take > new Set(population).size)
        throw new WrongUse(`清单只有 ${new Set(population).size} 个编号,抽不出 ${take} 个`)
      const selected = draw(population, seed, take)
      if (json) console.log(JSON.stringify({ population: populationHash(population), selected }))
      else {
        console.log(`清单 ${populationHash(population)}`)
        for (const id of selected) console.log(id)
      }
    })
}
