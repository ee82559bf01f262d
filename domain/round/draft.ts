import { fullDay } from '../calendar/chinese.js'
import type { Rules } from '../context.js'
import { type Movement, movementsBetween } from '../figures/movements.js'
import { RUNG_TITLES, type RungId } from '../policy.js'
import { never } from '../refusal.js'
import type { UnitName } from '../words.js'
import { periodInWords } from './cadence.js'
import type { Digest, PeriodState, RankedAt, RoundState } from './types.js'

export type Draft = {
  readonly subject: string
  readonly body: readonly string[]
  /** Units named at the bottom (HH-08). */
  readonly named: readonly UnitName[]
}

const joined = (names: readonly string[]): string => (names.length === 0 ? '无' : names.join('、'))
const score = (points: number): string => (points / 100).toFixed(2)

/** Lists on a paper are long enough to act on, and no book: the whole stands in the snapshot. */
const listed = <T>(all: readonly T[], most: number, say: (one: T) => string): string =>
  all.length === 0
    ? '无'
    : `${all.slice(0, most).map(say).join(';')}${all.length > most ? `;另有 ${all.length - most} 件` : ''}`

const MOST = 20

const rungTitle = (rung: string): string => RUNG_TITLES[rung as RungId] ?? rung

const total = ({ totals }: Digest): string =>
  `共 ${totals.received} 件,在办 ${totals.open} 件,已销号 ${totals.closed} 件,并案 ${totals.merged} 件,逾期 ${totals.overdue} 件。`

const rankingLine = (ranking: readonly RankedAt[]): string =>
  ranking.length === 0
    ? '本期没有可以排名的单位。'
    : `${ranking.map(({ unit, rank, score: points }) => `第 ${rank} 名 ${unit}(${score(points)} 分)`).join(';')}。`

const overdueLine = ({ overdue }: Digest): string =>
  `${listed(overdue, MOST, (one) => `${one.case}(${joined(one.units)},逾期 ${one.days} 天)`)}。`

const corrected = ({ versions }: PeriodState): readonly string[] => {
  const last = versions.at(-1)
  return last?.reason === undefined
    ? []
    : [`本期为第 ${last.version} 版,更正第 ${last.version - 1} 版。更正理由:${last.reason}。原版存档备查。`]
}

/** 月通报 (HH-03): totals, ranking, overdue, missing returns, rungs raised and released, best and worst. */
const bulletin = (most: number, period: PeriodState, digest: Digest): Draft => {
  const { best, worst } = standing(digest, most)
  return {
    subject: `关于${periodInWords(period.period)}督察整改工作情况的通报`,
    named: digest.bottom,
    body: [
      `数据截至 ${fullDay(period.to)}。${total(digest)}`,
      `一、各单位情况。${listed(digest.byUnit, MOST, (one) => `${one.unit ?? '未定责任单位'} ${one.received} 件、销号 ${one.closed} 件、逾期 ${one.overdue} 件`)}。`,
      `二、排名。${rankingLine(digest.ranking)}`,
      `三、逾期事项。${overdueLine(digest)}`,
      `四、调度报送。按期 ${digest.returns.onTime} 期,迟报 ${digest.returns.late} 期,缺报 ${digest.returns.missing} 期。缺报单位:${listed(digest.missing, MOST, ({ unit, count }) => `${unit} ${count} 期`)}。`,
      `五、督办升级与解除。升级:${listed(digest.raised, MOST, (one) => `${one.case} ${rungTitle(one.rung)}`)}。解除:${listed(digest.released, MOST, (one) => `${one.case} ${rungTitle(one.rung)}`)}。`,
      `六、好与差。较好:${joined(best)}。较差:${joined(worst)}。`,
      ...corrected(period),
    ],
  }
}

const standing = (digest: Digest, most: number) => moved([], digest.ranking, most)

/** Where few are ranked, half of them at most are best, and half worst. */
const moved = (before: readonly RankedAt[], after: readonly RankedAt[], most: number) =>
  movementsBetween(
    { ranking: { rows: before } },
    { ranking: { rows: after } },
    Math.min(most, Math.max(1, Math.floor(after.length / 2))),
  )

const way = ({ unit, from, to }: Movement): string =>
  `${unit}由第 ${from.rank} 名(${score(from.score)} 分)到第 ${to.rank} 名(${score(to.score)} 分)`

/** The ranking a quarter set out from: the last frozen before it, else the first frozen in it. */
export const setOutFrom = (
  { periods }: RoundState,
  { period, thing, from, to }: PeriodState,
): PeriodState | undefined => {
  const frozen = periods
    .filter(
      (one) => one.ranking !== undefined && !(one.thing === thing && one.period === period) && one.to <= to,
    )
    .toSorted((a, b) => (a.to < b.to ? -1 : a.to > b.to ? 1 : 0))
  return frozen.findLast((one) => one.to < from) ?? frozen[0]
}

/** 季讲评 (HY-02): best, worst, who rose and fell, whom to praise and to press, and the speaker's agenda. */
const review = (most: number, state: RoundState, period: PeriodState, digest: Digest): Draft => {
  const from = setOutFrom(state, period)
  const { rose, fell, best, worst } = moved(from?.ranking ?? [], digest.ranking, most)
  const praised = [...new Set([...rose.map(({ unit }) => unit), ...best])]
    .filter((unit) => !worst.includes(unit))
    .slice(0, most)
  const pressed = digest.overdue.toSorted((a, b) => b.days - a.days).slice(0, most)
  return {
    subject: `关于${periodInWords(period.period)}督察整改工作讲评的通报`,
    named: worst,
    body: [
      `数据截至 ${fullDay(period.to)}。${total(digest)}`,
      `一、好与差。较好:${joined(best)}。较差:${joined(worst)}。`,
      `二、升与降(对照${from ? `${periodInWords(from.period)}` : '本季度首次'}排名)。上升:${listed(rose, MOST, way)}。下降:${listed(fell, MOST, way)}。`,
      `三、表扬。${joined(praised)}。`,
      `四、督促。${listed(pressed, most, (one) => `${one.case}(${joined(one.units)},逾期 ${one.days} 天)`)}。`,
      `五、讲评议程。(一)整改办通报本季度情况;(二)${joined(praised)}交流做法;(三)${joined(worst)}作表态发言;(四)主讲人讲评并提出要求。`,
      ...corrected(period),
    ],
  }
}

export const unitsToSign = ({ commitments = [] }: PeriodState): readonly UnitName[] =>
  [...new Set(commitments.flatMap(({ units }) => units.slice(0, 1)))].toSorted((a, b) => (a < b ? -1 : 1))

export const unsignedOf = (period: PeriodState): readonly UnitName[] =>
  unitsToSign(period).filter((unit) => !period.signed.some((one) => one.unit === unit))

/** 半年交账 (HH-04): who has signed, and who has not. */
const account = (period: PeriodState, digest: Digest): Draft => {
  const unsigned = unsignedOf(period)
  return {
    subject: `关于${periodInWords(period.period)}督察整改交账情况的通报`,
    named: unsigned,
    body: [
      `数据截至 ${fullDay(period.to)}。${total(digest)}`,
      `一、已由主要负责人签字交账的单位:${joined(period.signed.map(({ unit }) => unit))}。`,
      `二、未交账的单位:${joined(unsigned)}。`,
      ...corrected(period),
    ],
  }
}

/** The draft of the version now in hand; undefined while its snapshot is awaited, or once it is issued. */
export const draftOf = ({ policy }: Rules, state: RoundState, period: PeriodState): Draft | undefined => {
  const digest = period.versions.at(-1)?.digest
  const most = policy.cadence?.named
  if (!digest || most === undefined) return undefined
  switch (period.thing) {
    case 'bulletin':
      return bulletin(most, period, digest)
    case 'review':
      return review(most, state, period, digest)
    case 'account':
      return account(period, digest)
    default:
      return never(period.thing)
  }
}

/** 点名通报 (HH-08): the bottom of a frozen ranking, named, by a unit's rank and score. */
export const circularOf = (period: PeriodState, demand: string): Draft => {
  const named = period.bottom ?? []
  const rows = (period.ranking ?? []).filter(({ unit }) => named.includes(unit))
  return {
    subject: `关于${periodInWords(period.period)}督察整改排名靠后单位的通报`,
    named,
    body: [`依据 ${fullDay(period.to)}定格的排名,下列单位排名靠后,现予通报:${rankingLine(rows)}`, demand],
  }
}
