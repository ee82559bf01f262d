import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, type Db } from '../db/connect.js'
import { appraised } from '../db/queries/appraisals.js'
import { audited } from '../db/queries/audits.js'
import { countsByUnit } from '../db/queries/counts.js'
import { ledgerPage } from '../db/queries/ledger-page.js'
import { paceBuckets } from '../db/queries/pace.js'
import { reckoned, unreconciled } from '../db/queries/reconcile.js'
import { openRound } from '../db/rounds.js'
import { calendarHash, saveRules } from '../db/rules.js'
import { takeSnapshot } from '../db/snapshots.js'
import { atTime, endOfDay } from '../domain/calendar/dates.js'
import { AUDITS } from '../domain/figures/audits.js'
import { BEGINNINGS } from '../domain/kinds/registry.js'
import type { PlainDate, RoundId } from '../domain/words.js'
import { loadCalendar } from '../policies/calendars/load.js'
import { loadPolicy } from '../policies/load.js'
import { bringStack } from '../runtime/stack.js'
import type { Figure } from './figure.js'
import { COUNTED, growingRound } from './filled.js'
import { SOURCE } from './ground.js'
import { END } from './lives.js'
import { measureReads } from './reads.js'

const ROUND = 'bench-month' as RoundId
const BEGIN = '2026-03-02' as PlainDate
const MONTH = { from: '2026-06-01' as PlainDate, to: END }
const CASES = 100_000
const LARGE_PLAN = 'bench-plan' as RoundId
const CASES_OF_A_LARGE_PLAN = 5_000
const UNLIMITED = '1000000'

/**
 * A month's figures over many cases: the snapshot with all that a bulletin tells, the standing audits, the pace, the
 * reconciliation, a page of the ledger as it was, each as of the month's end; then what is read through the door. On a
 * throwaway stack of its own.
 */
export const measureMonth = async (scale: number): Promise<readonly Figure[]> => {
  const home = mkdtempSync(join(tmpdir(), 'bihuan-bench-'))
  chmodSync(home, 0o755)
  const stack = await bringStack({
    home,
    durability: 'throwaway',
    env: { BIHUAN_LOG_LEVEL: 'warn', BIHUAN_RATE_PERSON: UNLIMITED, BIHUAN_RATE_ADDRESS: UNLIMITED },
  })
  const db = connect(stack.urls.database)
  try {
    const cases = await filled(db, ROUND, CASES, scale)
    const month = await measured(db, cases)
    await filled(db, LARGE_PLAN, CASES_OF_A_LARGE_PLAN, scale)
    return [...month, ...(await measureReads(stack, LARGE_PLAN, END))]
  } finally {
    await db.destroy()
    await stack.stop()
    rmSync(home, { recursive: true, force: true })
  }
}

const filled = async (db: Db, id: RoundId, cases: number, scale: number): Promise<number> => {
  const loaded = loadPolicy('jinan')
  const { policy, hash } = loaded
  const calendar = loadCalendar()
  await saveRules(db, loaded, calendar)
  await openRound(
    db,
    {
      ...{
        id,
        city: '某市',
        title: '某市整改方案',
        policyHash: hash,
        plan: '',
        reading: {},
        source: SOURCE,
      },
      ...{
        calendarHash: calendarHash(calendar),
        feedbackDate: null,
        planDate: BEGIN,
        clock: { kind: 'real' },
      },
      openedAt: atTime(BEGIN, '08:00'),
    },
    [],
  )
  const round = growingRound(db, { policy, calendar, hash }, id, scale)
  await round.begin()
  return round.growTo(cases * scale, COUNTED)
}

const measured = async (db: Db, cases: number): Promise<readonly Figure[]> => {
  const at = endOfDay(END)
  const filter = { round: ROUND, at }
  const timed = async (
    key: string,
    title: string,
    work: () => Promise<unknown>,
    more: Pick<Figure, 'most' | 'note'> = {},
  ): Promise<Figure> => {
    const began = performance.now()
    await work()
    return { key, title, value: (performance.now() - began) / 1_000, unit: '秒', ...more }
  }
  const snapshot = (key: string) => takeSnapshot(db, { key, round: ROUND, cutOff: at, ...MONTH })
  const figures = [
    await timed('monthSnapshotSeconds', '一个月的定格数据', () => snapshot('first'), {
      ...{ most: 10, note: `${cases} 件` },
    }),
    await timed('monthSnapshotAgainSeconds', '  再取一次', () => snapshot('again'), { most: 10 }),
  ]
  for (const audit of AUDITS)
    figures.push(
      await timed(`audit${audit}Seconds`, `  审计 ${audit}`, () => audited(db, audit, filter, 200)),
    )
  return [
    ...figures,
    await timed('monthPaceSeconds', '  序时进度', () => paceBuckets(db, at, filter)),
    await timed('monthReconciliationSeconds', '  对账', () =>
      Promise.all([reckoned(db, BEGINNINGS, filter), unreconciled(db, BEGINNINGS, filter)]),
    ),
    await timed('monthByLeaderSeconds', '  分领导', () => appraised(db, filter, MONTH)),
    await timed('monthByUnitSeconds', '  分单位', () => countsByUnit(db, filter)),
    await timed('monthPageThenSeconds', '  当日的台账一页', () => ledgerPage(db, filter)),
  ]
}
