import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { ensureHomeKeys } from '../codec/keys.js'
import { Aborted, unlessAborted } from '../runtime/abort.js'
import { ensureConsole } from '../runtime/console.js'
import { homePath, makeFolder } from '../runtime/home.js'
import { projectRoot } from '../runtime/project.js'
import { bringStack, type Part, type Progress } from '../runtime/stack.js'
import { stopRequest } from '../runtime/stop-request.js'
import { supervise } from '../runtime/supervise.js'
import { fillLedger } from './start/fill.js'
import { progressLine } from './start/progress.js'
import { startTable } from './start/table.js'
import { planWish } from './start/wish.js'
import { WrongUse } from './wrong-use.js'

type Options = {
  readonly plan?: string
  readonly policy?: string
  readonly home?: string
  readonly port?: number
}

const titles: Readonly<Record<Part, string>> = {
  postgres: 'PostgreSQL',
  temporal: 'Temporal',
  worker: '办理进程',
  api: '接口',
}

const INTERRUPTED = 130

const say = (line: string): void => void process.stdout.write(`${line}\n`)

const version = (): string =>
  (JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { version: string }).version

const portFrom = (text: string): number => {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new WrongUse('--port 应为 1 至 65535 的整数。')
  return port
}

const wordsFor = (progress: Progress): string => {
  switch (progress.kind) {
    case 'note':
      return progress.text
    case 'up':
      return `${titles[progress.part]} 已就绪`
    case 'migrated':
      return `数据库结构已是最新(共 ${progress.total} 项迁移)`
    case 'stopping':
      return `停止 ${titles[progress.part]}`
  }
}

/** The keys a person gives, else this home's own: what is said in a case does not lie in the clear in Temporal. */
const keysFor = (home: string): NodeJS.ProcessEnv => {
  makeFolder(home)
  return { BIHUAN_CODEC_KEYS: process.env.BIHUAN_CODEC_KEYS || ensureHomeKeys(home) }
}

const start = async (options: Options): Promise<void> => {
  const wish = await planWish(options.plan, options.policy)
  const stop = stopRequest()
  const line = progressLine()
  const tell = (progress: Progress): void => {
    if (progress.kind === 'stopping') say(`  ${wordsFor(progress)}`)
    else line.show(wordsFor(progress))
  }

  say(`闭环 Bihuan ${version()}\n`)
  try {
    const home = homePath(options.home)
    await unlessAborted(stop, ensureConsole(line.show))
    const stack = await bringStack({
      home,
      env: keysFor(home),
      ports: { kind: 'usual', ...(options.port === undefined ? {} : { api: options.port }) },
      durability: 'durable',
      onProgress: tell,
      signal: stop,
    })
    try {
      const ledger = await unlessAborted(stop, fillLedger(stack, wish, line.show))
      line.clear()
      say(startTable(stack, ledger))
      await untilStopped(stop, stack)
    } finally {
      line.clear()
      await stack.stop()
    }
    say('  已停止,数据都在。')
  } catch (error) {
    line.clear()
    if (!(error instanceof Aborted)) throw error
    say('  启动已中断。')
    process.exitCode = INTERRUPTED
  }
}

/** Resolves when a stop is asked for; a part that cannot be kept up asks for it as well, with exit code 1. */
const untilStopped = (stop: AbortSignal, stack: Parameters<typeof supervise>[0]): Promise<void> =>
  new Promise((done) => {
    const finish = new AbortController()
    const end = (): void => {
      finish.abort()
      done()
    }
    if (stop.aborted) return end()
    stop.addEventListener('abort', () => {
      say('\n  正在停止……')
      end()
    })
    supervise(stack, finish.signal, {
      fell: ({ part, exit }) => say(`  ! ${titles[part]} 意外退出(${exit.signal ?? exit.code}),正在重新启动`),
      gaveUp: ({ part, log }) => {
        say(`  ✗ ${titles[part]} 无法继续运行,详见 ${log}`)
        process.exitCode = 1
        end()
      },
    })
  })

/** `bihuan start`: everything on one machine, until Ctrl-C. */
export function registerStart(program: Command): void {
  program
    .command('start')
    .description('启动全部服务;台账为空时载入示例方案')
    .option('--plan <FILE>', '台账为空时载入这份整改方案,而不是示例')
    .option('--policy <NAME>', '按哪个城市的规则办理')
    .option('--home <DIR>', '数据目录(默认 .bihuan,或 BIHUAN_HOME)')
    .option('--port <N>', '控制台与接口的端口(默认 8600)', portFrom)
    .action(start)
}
