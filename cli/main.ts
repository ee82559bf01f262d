import { existsSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { Trouble } from '../runtime/trouble.js'
import { complaintAbout } from './calendar/usage.js'
import { WrongUse } from './wrong-use.js'

/** A command's file, `cli/<name>.ts`, exports `register<Name>`; it is loaded only when its command is called. */
const commands: Readonly<Record<string, string>> = {
  start: '启动全部服务(npm start)',
  demo: '演练:一分钟看完一轮整改(npm run demo)',
  intake: '读整改方案,列出清单与疑问',
  calendar: '按国务院放假安排推算工作日',
  policy: '检查城市规则文件',
  ledger: '核验、重建台账',
  backup: '备份整个台账,办理照常进行',
  restore: '由备份恢复,并接着办理未结事项',
  simulate: '推演:按规则和各方习惯预演若干年',
  dossier: '案卷:整卷导出,离线核对',
  why: '为什么:自动办理和不予办理的依据',
  next: '下一步:谁欠什么,否则会怎样',
  draw: '按公开的种子重抽随机样本',
  audit: '三项常设审计:件件有着落、事事有回音、条条改到位',
  snapshot: '列出、核验定格的数据',
  conformance: '逐条核对条款目录',
  permissions: '权限总表:谁可以做什么',
  migrate: '把数据库结构更新到本版',
  rollout: '换版:由哪一版办理进程接手',
  bench: '量一量处理能力',
  chaos: '混沌:边办边 kill -9,最后逐项核对(npm run chaos)',
}

const WRONG_USE = 2

const say = (line: string): void => void process.stderr.write(`${line}\n`)

const overview = (): string =>
  [
    '闭环 Bihuan:督察整改,一件一件办到底',
    '',
    '用法:npm run -s bihuan -- <命令> [选项]',
    '',
    ...Object.entries(commands).map(([name, about]) => `  ${name.padEnd(13)}${about}`),
    '',
    '各命令的选项:npm run -s bihuan -- <命令> --help',
  ].join('\n')

/** @throws Trouble when this version has no such command yet. */
const register = async (name: string, program: Command): Promise<void> => {
  if (!existsSync(new URL(`./${name}.ts`, import.meta.url)))
    throw new Trouble(`命令“${name}”在本版中尚未提供。`)
  const loaded = await import(`./${name}.js`)
  loaded[`register${name.charAt(0).toUpperCase()}${name.slice(1)}`](program)
}

const main = async (args: readonly string[]): Promise<void> => {
  const [name] = args
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(`${overview()}\n`)
    return
  }
  if (!Object.hasOwn(commands, name)) {
    throw new WrongUse(`没有“${name}”这个命令。可用的有:${Object.keys(commands).join('、')}。`)
  }
  // Commander speaks English: its complaints are caught and put in our own words.
  const program = new Command('bihuan').exitOverride().configureOutput({ outputError: () => undefined })
  await register(name, program)
  await program.parseAsync([...args], { from: 'user' })
}

// Whoever reads us may have enough before we are done: `bihuan … | head` is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

main(process.argv.slice(2)).catch((error: unknown) => {
  if (error instanceof CommanderError) {
    const complaint = complaintAbout(error)
    if (complaint) say(complaint)
    process.exitCode = complaint ? WRONG_USE : error.exitCode
  } else if (error instanceof WrongUse) {
    say(error.message)
    process.exitCode = WRONG_USE
  } else if (error instanceof Trouble) {
    say(error.message)
    process.exitCode = 1
  } else {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error))
    process.exitCode = 1
  }
})
