import { type Part, parts } from '../runtime/stack.js'
import type { Ending } from './storm.js'
import type { Struck } from './striker.js'

const PARTS: Readonly<Record<Part, string>> = {
  postgres: 'PostgreSQL',
  temporal: 'Temporal',
  worker: '办理进程',
  api: '接口',
}

const MOST_LISTED = 20

const seconds = (millis: number): string => `${(millis / 1_000).toFixed(1)} 秒`

const blowsOn = (part: Part, struck: readonly Struck[]): string => {
  const own = struck.filter((one) => one.part === part)
  const frozen = own.filter(({ kind }) => kind === 'freeze').length
  return `${PARTS[part]} ${own.length - frozen} 次${frozen > 0 ? `(另冻结 ${frozen} 次)` : ''}`
}

/** Kills, without freezes. */
export const killsOf = ({ struck }: Ending): number => struck.filter(({ kind }) => kind === 'kill').length

/** What a storm did and what was found after it, for the terminal. */
export const endingInWords = (ending: Ending): readonly string[] => {
  const { seed, struck, register, counted, violations } = ending
  const fate = (kind: string): number => register.asked.filter((one) => one.fate.kind === kind).length
  const slowest = Math.max(
    0,
    ...struck.filter(({ kind }) => kind === 'kill').map((one) => one.recoveredMillis),
  )
  const again = register.asked.filter(({ times }) => times > 1).length
  return [
    `  种子          ${seed}`,
    `  kill -9       共 ${killsOf(ending)} 次:${parts.map((part) => blowsOn(part, struck)).join(' · ')}`,
    `  恢复          每次都重新就绪,最慢 ${seconds(slowest)}`,
    `  请求          受理 ${fate('accepted')} · 拒绝 ${fate('refused')} · 未等到答复 ${fate('given-up')};其中 ${again} 次问过不止一遍`,
    `  台账          ${counted.cases} 件 · ${counted.events} 条事件 · 公文 ${counted.papers} 件 · 通知 ${counted.notices} 条`,
    `  邮件          送达 ${counted.mails} 封 · 不知是否送达 ${counted.unknownMails} 封(不重发,系统内收件箱都有)`,
    violations.length === 0 ? '  违例          0' : `  违例          ${violations.length}`,
    ...violations.slice(0, MOST_LISTED).map(({ rule, where, seen }) => `    ✗ ${rule}:${where} ${seen}`),
    ...(violations.length > MOST_LISTED ? [`    ……另有 ${violations.length - MOST_LISTED} 处`] : []),
    ...(violations.length > 0
      ? [`  重做          npm run chaos -- --seed ${seed} --kills ${killsOf(ending)}`]
      : []),
  ]
}
