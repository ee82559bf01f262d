import { describe, expect, it } from 'vitest'
import { unlike } from '../../domain/figures/compare.js'
import { movementsBetween } from '../../domain/figures/movements.js'
import { type Measure, type RankedUnit, rankingOf } from '../../domain/figures/ranking.js'
import { loadPolicy } from '../../policies/load.js'
import { unit } from '../support/people.js'

const { ranking: rules, office } = loadPolicy('jinan').policy
if (!rules) throw new Error('no ranking in the defaults')

const measure = (name: string, changed: Partial<Measure> = {}): Measure => ({
  ...{ unit: unit(name), cases: 4, completed: 400, onPace: 4, returnsDue: 8, returnsOnTime: 8, setBack: 0 },
  ...changed,
})
const ranked = (...measures: readonly Measure[]) => rankingOf(rules, office, measures)
const ranks = ({ rows }: { readonly rows: readonly RankedUnit[] }) =>
  rows.map(({ rank, unit: name, score }) => [rank, name, score])

describe('JN-21 ranking', () => {
  it('weighs completion 50, pace 30, returns 10, refusals and rebounds against 10, in whole numbers', () => {
    expect(
      ranks(
        ranked(
          measure('甲'),
          measure('乙', { completed: 200 }),
          measure('丙', { onPace: 2 }),
          measure('丁', { returnsOnTime: 4 }),
          measure('戊', { setBack: 2 }),
          measure('己', { cases: 3, completed: 100, onPace: 1, setBack: 1, returnsDue: 3, returnsOnTime: 1 }),
        ),
      ),
    ).toEqual([
      [1, '甲', 10_000],
      [2, '丁', 9_500],
      [2, '戊', 9_500],
      [4, '丙', 8_500],
      [5, '乙', 7_500],
      [6, '己', 3_666],
    ])
  })

  it('what a unit was never asked for weighs nothing', () => {
    const [row] = ranked(measure('甲', { returnsDue: 0, returnsOnTime: 0 })).rows
    expect(row).toMatchObject({ score: 10_000, scores: { returns: null } })
  })

  it('nobody ranks themselves: the office and its other names are left out', () => {
    const { rows, leftOut } = ranked(
      measure('甲'),
      measure(office.unit, { completed: 0 }),
      ...office.aliases.map((alias) => measure(alias)),
    )
    expect(rows.map((row) => row.unit)).toEqual(['甲'])
    expect(leftOut).toEqual([office.unit, ...office.aliases].toSorted())
  })

  it('HH-08 names the last as many as the policy says, and whoever ties with them, never the first', () => {
    const five = ['甲', '乙', '丙', '丁', '戊'].map((name, index) =>
      measure(name, { completed: 400 - 50 * index }),
    )
    expect(ranked(...five).bottom).toEqual(['丙', '丁', '戊'])
    expect(ranked(...five, measure('己', { completed: 300 })).bottom).toEqual(['丙', '己', '丁', '戊'])
    expect(ranked(measure('甲'), measure('乙')).bottom).toEqual([])
    expect(ranked(measure('甲'), measure('乙', { completed: 0 })).bottom).toEqual(['乙'])
    expect(ranked().bottom).toEqual([])
  })
})

describe('movements between two rankings', () => {
  it('tell who rose, who fell, who came and who went, best and worst', () => {
    const before = {
      ranking: ranked(
        measure('甲'),
        measure('乙', { completed: 0 }),
        measure('丙', { completed: 100 }),
        measure('去'),
      ),
    }
    const after = {
      ranking: ranked(
        measure('甲', { completed: 300 }),
        measure('乙', { completed: 400 }),
        measure('丙', { completed: 0 }),
        measure('来', { completed: 200 }),
      ),
    }
    const { rose, fell, ...rest } = movementsBetween(before, after, 1)
    expect(rose.map((one) => [one.unit, one.from.rank, one.to.rank])).toEqual([['乙', 4, 1]])
    expect(fell.map((one) => [one.unit, one.from.score, one.to.score])).toEqual([
      ['丙', 6_250, 5_000],
      ['甲', 10_000, 8_750],
    ])
    expect(rest).toEqual({ best: ['乙'], worst: ['丙'], came: ['来'], went: ['去'] })
    expect(movementsBetween({}, {}, 3)).toEqual({
      rose: [],
      fell: [],
      best: [],
      worst: [],
      came: [],
      went: [],
    })
  })
})

describe('two figures compared', () => {
  it('name each place at which they differ, rows by what they are about', () => {
    const frozen = {
      totals: { open: 3 },
      overdue: [
        { case: 'a/1', days: 2 },
        { case: 'a/2', days: 1 },
      ],
    }
    expect(unlike(frozen, structuredClone(frozen))).toEqual([])
    expect(unlike(frozen, { totals: { open: 4 }, overdue: [{ case: 'a/2', days: 1 }] })).toEqual([
      { at: 'totals › open', frozen: '3', now: '4' },
      { at: 'overdue › a/1', frozen: '{"case":"a/1","days":2}' },
    ])
  })
})
