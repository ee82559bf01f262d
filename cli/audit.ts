import type { Command } from 'commander'
import { roundTime } from '../contracts/clock.js'
import { type Audited, audited } from '../db/queries/audits.js'
import { roundById } from '../db/rounds.js'
import { dateOf, endOfDay } from '../domain/calendar/dates.js'
import { AUDIT_TITLES, AUDITS, type Audit, VIOLATION_TITLES } from '../domain/figures/audits.js'
import { type Instant, instant, isPlainDate, type RoundId } from '../domain/words.js'
import { Trouble } from '../runtime/trouble.js'
import { databaseOf, placed, type WhereOptions } from './ledger/where.js'
import { withLedger } from './ledger/with-ledger.js'
import { WrongUse } from './wrong-use.js'

type Options = WhereOptions & { readonly round?: string; readonly at?: string }

const FOUND_WRONG = 1
const MOST_LISTED = 50

const momentOf = (at: string | undefined, now: Instant): Instant => {
  if (at === undefined) return now
  if (!isPlainDate(at)) throw new WrongUse('--at 应为日期,如 2026-06-30。')
  if (at > dateOf(now)) throw new WrongUse(`${at} 还没有到,只能查现在和以前。`)
  const end = endOfDay(at)
  return end < now ? end : now
}

const inWords = (audit: Audit, { checked, violating, violators }: Audited): readonly string[] => {
  const { title, rule } = AUDIT_TITLES[audit]
  const mark = violating === 0 ? '✓' : '✗'
  const rest = violating - violators.length
  return [
    `  ${mark} ${title}  查 ${checked} 件,${violating === 0 ? '都符合' : `${violating} 件不符`}(${rule})`,
    ...violators.map(
      ({ id, units, why }) =>
        `      ${id}  ${units.join('、')}  ${why.map((one) => VIOLATION_TITLES[one]).join('、')}`,
    ),
    ...(rest > 0 ? [`      ……另有 ${rest} 件`] : []),
  ]
}

const audit = async (options: Options): Promise<void> => {
  const round = options.round as RoundId | undefined
  const told = await withLedger(databaseOf(options), async (db) => {
    const found = round === undefined ? undefined : await roundById(db, round)
    if (round !== undefined && !found) throw new Trouble(`没有轮次 ${round}。`)
    const world = instant(Date.now())
    const at = momentOf(options.at, found ? roundTime(found.clock, world) : world)
    const filter = { at, ...(round !== undefined && { round }) }
    const results = await Promise.all(
      AUDITS.map(async (one) => ({ one, result: await audited(db, one, filter, MOST_LISTED) })),
    )
    return { at, results }
  })
  const lines = told.results.flatMap(({ one, result }) => inWords(one, result))
  process.stdout.write(
    `三项常设审计 · ${round ?? '全部轮次'} · 截至 ${dateOf(told.at)}\n${lines.join('\n')}\n`,
  )
  if (told.results.some(({ result }) => result.violating > 0)) process.exitCode = FOUND_WRONG
}

/** `bihuan audit [--round R] [--at DATE]`: exit 1 when one of the audits has something to say (HH-13). */
export function registerAudit(program: Command): void {
  placed(program.command('audit'))
    .description('三项常设审计:件件有着落、事事有回音、条条改到位;列出不符合的事项')
    .option('--round <id>', '只查这一轮次')
    .option('--at <date>', '截至以前的某一天,如 2026-06-30;不写为现在')
    .action(audit)
}
