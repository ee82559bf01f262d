import { describe, expect, it } from 'vitest'
import { listedAmong, progressPage, stagesOf, totalOf } from '../../api/public/page.js'
import type { PublicRound } from '../../db/queries/publicity.js'
import type { RoundId } from '../../domain/words.js'

const aRound = (id: string, phases: PublicRound['phases']): PublicRound => ({
  ...{ id: id as RoundId, city: '某市', title: `${id} 整改方案`, phases },
})
const newest = aRound('2026', { rectifying: 2, closing: 1, closed: 1 })
const large = aRound('2024', { rectifying: 40, archived: 60 })
const oldest = aRound('2018', { closed: 3 })

describe('JN-18 the public page', () => {
  it('counts every case of a round in one stage', () => {
    expect(stagesOf(newest)).toEqual([
      { stage: '整改中', count: 2 },
      { stage: '销号办理中', count: 1 },
      { stage: '公示中', count: 0 },
      { stage: '已销号', count: 1 },
    ])
    expect(totalOf(large)).toBe(100)
  })

  it('lists whole rounds, the newest first, as far as a page goes', () => {
    expect(listedAmong([newest, large, oldest], 200)).toEqual([newest, large, oldest])
    expect(listedAmong([newest, large, oldest], 50)).toEqual([newest])
    expect(listedAmong([large, newest, oldest], 50)).toEqual([])
  })

  it('tells a round that is too large in numbers, with a page of its own', () => {
    const page = progressPage([newest, large], new Map([[newest.id, []]]), [])
    expect(page).toContain('共 100 件:整改中 40 件,销号办理中 0 件,公示中 0 件,已销号 60 件。')
    expect(page).toContain('<a href="/public/progress/page?round=2024">逐件查看</a>')
    expect(page).not.toContain('round=2026')
  })
})
