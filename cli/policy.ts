import type { Command } from 'commander'
import { policyJsonSchema } from '../policies/json-schema.js'
import {
  type LoadedPolicy,
  loadPolicy,
  PolicyProblems,
  readDefaults,
  UnreadablePolicy,
} from '../policies/load.js'
import { writePolicy } from '../policies/write.js'
import { renderPolicy } from './policy/show.js'
import { chainLine, ladderLine } from './policy/words.js'

const MAY_NOT_BE_USED = 1
const UNREADABLE = 2
const WRONG_USE = 2

const tell = (text: string): void => void process.stdout.write(`${text}\n`)
const remark = (text: string): void => void process.stderr.write(`${text}\n`)

const summary = (named: string, { policy, hash }: LoadedPolicy): string =>
  [
    `${named}: 可以使用`,
    `  ${policy.city}  ${policy.title}`,
    `  销号  ${chainLine(policy)}`,
    `  督办  ${ladderLine(policy)}`,
    `  版本  ${hash}`,
  ].join('\n')

const tellProblems = (named: string, { problems }: PolicyProblems): void => {
  for (const { line, reason } of problems) tell(`${named}:${line}: ${reason}`)
}

/** Problems are the answer of a check, so they go to stdout; a file nobody can read goes to stderr. */
const withPolicy = (named: string, use: (loaded: LoadedPolicy) => void): void => {
  try {
    use(loadPolicy(named))
  } catch (error) {
    if (error instanceof PolicyProblems) {
      tellProblems(named, error)
      process.exitCode = MAY_NOT_BE_USED
    } else if (error instanceof UnreadablePolicy) {
      remark(error.message)
      process.exitCode = UNREADABLE
    } else throw error
  }
}

type ShowOptions = { readonly yaml?: true }

/** `bihuan policy check|schema|show`: a city's rules as data (GN-13). */
export function registerPolicy(program: Command): void {
  const policy = program
    .command('policy')
    .description('城市整改规则:检查、查看')
    .action(() => {
      remark('请写明要做什么:policy check <文件>、policy schema 或 policy show <规则>。')
      process.exitCode = WRONG_USE
    })

  policy
    .command('check')
    .description('检查规则文件,逐条列出行号、原因和改法')
    .argument('<文件>', '规则文件,或随程序提供的规则名,如 jinan')
    .action((named: string) => withPolicy(named, (loaded) => tell(summary(named, loaded))))

  policy
    .command('schema')
    .description('输出规则文件的 JSON Schema,供编辑器提示和补全')
    .action(() => tell(JSON.stringify(policyJsonSchema(readDefaults()), undefined, 2)))

  policy
    .command('show')
    .description('用中文列出规则全文,包括来自通用规则的各条')
    .argument('<规则>', '规则名或文件,如 yongzhou')
    .option('--yaml', '按规则文件的写法输出全文')
    .action((named: string, options: ShowOptions) =>
      withPolicy(named, (loaded) =>
        tell(options.yaml ? writePolicy(loaded.policy).trimEnd() : renderPolicy(loaded)),
      ),
    )
}
