import { mkdtempSync } from 'node:fs'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { doorOf } from '../cli/http.js'
import { loadPlan } from '../cli/load-plan.js'
import { signIn } from '../cli/session.js'
import type { PlanWish } from '../cli/start/wish.js'
import type { Clock } from '../contracts/clock.js'
import type { LedgerRecord } from '../domain/decider-types.js'
import type { CaseClass } from '../domain/entry.js'
import { instant, type PlainDate } from '../domain/words.js'
import { readPlanFile } from '../intake/index.js'
import { loadPolicy } from '../policies/load.js'
import { bringStack, type Part, type Stack } from '../runtime/stack.js'
import { cast } from '../simulation/personas.js'
import { direct } from './director.js'
import { ledgerTable, missing } from './ending.js'
import { fillGaps } from './gaps.js'
import { drillOfficers } from './officers.js'
import { byDay, tellDay } from './timeline.js'

export type DrillWish = PlanWish & { readonly daysPerSecond?: number; readonly signal: AbortSignal }

/**
 * Days a second: more cases, or a machine that is busy with other things, slow the days down; a drill too fast for its machine
 * would show officers late who are not.
 */
const paceFor = (cases: number): number => {
  const busy = Math.max(1, (loadavg()[0] ?? 0) / availableParallelism())
  const days = cases <= 20 ? 3 : cases <= 80 ? 2 : 1
  return Math.max(1, Math.round((10 * days) / busy) / 10)
}

const PARTS: Readonly<Record<Part, string>> = {
  postgres: 'PostgreSQL',
  temporal: 'Temporal',
  worker: '办理进程',
  api: '接口',
}

/** Whatever has not been seen after so many days of the drill will not be. */
const LONGEST_DAYS = 300
/** The last look-back and its new round need a few days more. */
const TAIL_MILLIS = 3_000

const OFFICE = { username: 'office', password: 'bihuan' } as const

/** A life in about a minute; true when everything that was to be seen was seen and nothing unexpected happened. */
export const drill = async (wish: DrillWish, say: (line: string) => void): Promise<boolean> => {
  const home = mkdtempSync(join(tmpdir(), 'bihuan-drill-'))
  const reading = await readPlanFile(wish.planFile)
  const { policy } = loadPolicy(wish.policy)
  say(`闭环 Bihuan 【演练】${policy.city},以下都不是真的`)
  say('')
  const stack = await bringStack({
    home,
    durability: 'throwaway',
    signal: wish.signal,
    onProgress: (progress) => {
      if (progress.kind === 'up') say(`  ✓ ${PARTS[progress.part]}`)
    },
  })
  try {
    return await play(
      stack,
      wish,
      reading.entries.length,
      startOf(reading.source.published ?? reading.facts.documentDate),
      say,
    )
  } finally {
    await stack.stop()
    say(`  数据、公文、日志都在 ${home}`)
  }
}

/** Seconds until the drill's clock runs: opening the cases and signing everybody in takes so long on two cores. */
const leadIn = (cases: number): number => Math.ceil(6 + cases * 0.25)

/** The drill begins when the plan was published; a plan without a date begins today, Asia/Shanghai. */
const startOf = (published: string | null | undefined): PlainDate =>
  (published ?? instant(Date.now() + 8 * 3_600_000).slice(0, 10)) as PlainDate

const play = async (
  { urls, home }: Stack,
  wish: DrillWish,
  cases: number,
  start: PlainDate,
  say: (line: string) => void,
): Promise<boolean> => {
  const { policy } = loadPolicy(wish.policy)
  const daysPerSecond = wish.daysPerSecond ?? paceFor(cases)
  const loader = await signIn({ issuer: urls.issuer, ...OFFICE })
  const loaded = await loadPlan({
    apiUrl: urls.api,
    issuer: urls.issuer,
    planFile: wish.planFile,
    policy: wish.policy,
    session: loader,
    drill: { daysPerSecond, start, beginsInSeconds: leadIn(cases) },
  })
  if (!loaded.drill) throw new Error('演练没有建立起来')
  const clock: Clock = { kind: 'drill', ...loaded.drill.clock }
  const officers = drillOfficers(urls.issuer, loaded.drill, (session) => doorOf(urls.api, session))
  const office = await officers.doorOf(`office@${loaded.round}`)
  const filled = await fillGaps(office, loaded.round, loaded.drill.officers, start)
  const { cases: lines } = await office.get<{
    cases: readonly { id: string; class: CaseClass | null; units: readonly string[] }[]
  }>(`/cases?round=${loaded.round}&limit=500`)
  await officers.signInAll()
  const unitOf = new Map(lines.map(({ id, units }) => [id, units[0] ?? '']))
  const personas = cast(lines.flatMap(({ id, class: kind }) => (kind ? [{ id, class: kind }] : [])))

  say('')
  say(
    `【演练】${policy.city} · ${loaded.cases} 项 · 1 秒 = ${daysPerSecond} 天 · 演练人员 ${officers.count} 名`,
  )
  say(
    `  整改办补齐 ${filled.amended} 处空缺,交办 ${loaded.handedOver + filled.handedOver} 项${filled.left.length > 0 ? `,${filled.left.length} 项仍不能交办` : ''}`,
  )
  for (const line of filled.left) say(`     ${line}`)

  const all: LedgerRecord[] = []
  const unexpected: string[] = []
  const told = new Set<string>()
  const begun = Date.now()
  let complete: number | undefined
  const asked = {
    rungs: policy.ladder.map(({ id }) => id),
    extension: lines.some(({ class: kind }) => kind === 'by-date')
      ? ('possible' as const)
      : ('impossible' as const),
  }
  const tell = (until: string): void => {
    for (const [date, records] of byDay(all)) {
      if (date >= until || told.has(date)) continue
      told.add(date)
      for (const line of tellDay(date, records, (id) => unitOf.get(id) ?? '')) say(line)
    }
  }
  await direct({
    round: loaded.round,
    office,
    officers,
    personas,
    policy,
    clock,
    heard: (records) => {
      all.push(...records)
      const latest = all.at(-1)?.at.slice(0, 10) ?? ''
      tell(latest)
      if (missing(all, asked).length === 0) complete ??= Date.now()
    },
    unexpected: (what) => {
      if (unexpected.length < 20) say(`  ! ${what}`)
      unexpected.push(what)
    },
    isOver: () =>
      wish.signal.aborted ||
      Date.now() - begun > (LONGEST_DAYS / daysPerSecond) * 1_000 + leadIn(cases) * 1_000 ||
      (complete !== undefined && Date.now() - complete > TAIL_MILLIS),
  })
  tell('9999-12-31')

  say('')
  say('【演练】结束')
  for (const line of ledgerTable(await office.get(`/summary?round=${loaded.round}`))) say(line)
  const { papers } = await office.get<{ papers: readonly { title: string }[] }>(
    `/rounds/${loaded.round}/papers`,
  )
  const kinds = [...new Set(papers.map(({ title }) => title))]
  const many = (kind: string) => papers.filter(({ title }) => title === kind).length
  say(`  公文          ${papers.length} 件:${kinds.map((kind) => `${kind} ${many(kind)}`).join('、')}`)
  say(`  公文存于      ${join(home, 'papers')}`)
  const lacking = missing(all, asked)
  say('')
  if (lacking.length > 0) say(`  没有看到:${lacking.join('、')}`)
  if (unexpected.length > 0) say(`  意外 ${unexpected.length} 起,首例:${unexpected[0]}`)
  return lacking.length === 0 && unexpected.length === 0 && !wish.signal.aborted
}
