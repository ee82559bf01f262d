import { scopeOf, within } from '../api/permission.js'
import { doorOf } from '../cli/http.js'
import { signIn } from '../cli/session.js'
import { countsByPhaseAndClass } from '../db/queries/counts.js'
import type { LedgerFilter } from '../db/queries/ledger.js'
import { ledgerPage } from '../db/queries/ledger-page.js'
import { saveRules } from '../db/rules.js'
import type { Phase } from '../domain/case/state.js'
import type { UnitName } from '../domain/words.js'
import { loadCalendar } from '../policies/calendars/load.js'
import { loadPolicy } from '../policies/load.js'
import { clerkOf, office } from './acts.js'
import { type Figure, percentile } from './figure.js'
import { COUNTED, growingRound, LISTED } from './filled.js'
import type { Ground } from './ground.js'
import { unitOf } from './lives.js'

const ROUND = 'bench-ledger'
const CITY = 'jinan'
const WARM = 500
const ASKED = 1_000
const ASKED_BY_HTTP = 200
const PAGE = 50
const OFFICE = { username: 'office', password: 'bihuan' }
const PHASES: readonly Phase[] = ['rectifying', 'closing']

const SIZES = [
  { key: '10k', title: '1 万', cases: 10_000, tables: COUNTED },
  { key: '100k', title: '10 万', cases: 100_000, tables: LISTED },
] as const
type Size = (typeof SIZES)[number]

/** A unit's cases in one state, the most urgent first, as a coordinator asks for them. */
const filterOf = (n: number): LedgerFilter => {
  const phase = PHASES[n % PHASES.length] ?? 'rectifying'
  return within(scopeOf(office), { unit: unitOf(n * 7) as UnitName, phases: [phase] })
}

/** What a unit's clerk sees when they ask for nothing in particular: all their own. */
const ownOf = (n: number): LedgerFilter => scopeOf(clerkOf(unitOf(n * 7)))

/** One caller asks again and again, each time for another unit. @returns milliseconds of each, after warming up. */
const asked = async (times: number, ask: (n: number) => Promise<unknown>): Promise<readonly number[]> => {
  const millis: number[] = []
  for (let n = 0; n < WARM + times; n += 1) {
    const began = performance.now()
    await ask(n)
    if (n >= WARM) millis.push(performance.now() - began)
  }
  return millis
}

const measured = async ({ db, stack }: Ground, { key, title }: Size): Promise<readonly Figure[]> => {
  const door = doorOf(stack.urls.api, await signIn({ issuer: stack.urls.issuer, ...OFFICE }))
  const list = await asked(ASKED, (n) => ledgerPage(db, filterOf(n), { limit: PAGE }))
  const count = await asked(ASKED, (n) => countsByPhaseAndClass(db, filterOf(n)))
  const own = await asked(ASKED, (n) => ledgerPage(db, ownOf(n), { limit: PAGE }))
  const countOwn = await asked(ASKED, (n) => countsByPhaseAndClass(db, ownOf(n)))
  const byHttp = await asked(ASKED_BY_HTTP, (n) => {
    const { unit = '', phases = [] } = filterOf(n)
    const query = new URLSearchParams({ unit, limit: String(PAGE) })
    for (const phase of phases) query.append('phase', phase)
    return door.get(`/cases?${query}`)
  })
  const figures = (name: string, words: string, millis: readonly number[], most?: number): Figure[] => [
    { key: `${name}P50Ms${key}`, title: words, value: percentile(millis, 0.5), unit: '毫秒' },
    {
      ...{ key: `${name}P99Ms${key}`, value: percentile(millis, 0.99), unit: '毫秒' },
      ...(most === undefined ? { title: '  p99' } : { title: words.replace('p50', 'p99'), most }),
    },
  ]
  return [
    ...figures('list', `${title}件的台账:按单位和状态列一页 p50`, list, 5),
    ...figures('count', '  同样条件的计数 p50', count),
    ...figures('listOwn', '  经办人自己的台账一页 p50', own, 5),
    ...figures('countOwn', '  经办人自己的计数 p50', countOwn),
    ...figures('listHttp', '  经接口(HTTP)列一页 p50', byHttp),
  ]
}

/** A ledger that grows from one size to the next, measured at each as the API asks it. */
export type GrowingLedger = {
  readonly growTo: (size: Size['key']) => Promise<void>
  readonly measure: (size: Size['key']) => Promise<readonly Figure[]>
}

export const beginLedger = async (ground: Ground, scale: number): Promise<GrowingLedger> => {
  const loaded = loadPolicy(CITY)
  const calendar = loadCalendar()
  await saveRules(ground.db, loaded, calendar)
  const rules = { policy: loaded.policy, calendar, hash: loaded.hash }
  await ground.openRound(ROUND, { kind: 'real' })
  const round = growingRound(ground.db, rules, ROUND, scale)
  await round.begin()
  const grown = async (key: Size['key']): Promise<Size> => {
    const size = SIZES.find((one) => one.key === key) ?? SIZES[0]
    await round.growTo(size.cases * scale, size.tables)
    return size
  }
  return {
    growTo: async (key) => void (await grown(key)),
    measure: async (key) => measured(ground, await grown(key)),
  }
}
