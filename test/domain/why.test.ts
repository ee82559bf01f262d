import { describe, expect, it } from 'vitest'
import { evolve } from '../../domain/decider.js'
import type { LedgerState } from '../../domain/decider-types.js'
import { nextOf } from '../../domain/why/next.js'
import { whyOf } from '../../domain/why/why.js'
import { until } from '../support/entries.js'
import { aCase, type Story } from '../support/story.js'

const whysOf = async (story: Story) => {
  let state: LedgerState | undefined
  return (await story.stage.record()).flatMap((record) => {
    const why = whyOf(story.rules, state, record)
    state = evolve(state, record)
    return why ?? []
  })
}

describe('why the machine did what it did', () => {
  it('is told with its rule, its source, what it saw, and the moment it was computed for', async () => {
    const story = await aCase('jinan', { on: '2018-07-02', entry: { deadline: until('2018-08-31') } })
    await story.rectifying()
    await story.on('2018-09-03')
    const whys = await whysOf(story)
    const second = whys.filter(({ told }) => told.includes('调度缺报'))[1]
    expect(second).toMatchObject({
      at: '2018-07-13T09:00:00.000Z',
      clause: 'JN-07',
      source: 'JN-07(parameter:几点由整改办拟定)',
    })
    expect(second?.facts).toEqual(
      expect.arrayContaining([
        '按 2018年7月13日 17:00 的情况',
        '当时“整改中”',
        '现行期限 2018年8月31日',
        '已报调度 0 期,缺报 1 期(连续 1 期)',
        '这一期应报 2018年7月13日',
      ]),
    )
    // What a person did needs no machine's reason.
    expect(whys.some(({ told }) => told === '报送整改方案')).toBe(false)
    expect(whys.every(({ rule, clause, facts }) => rule && clause && facts.length > 0)).toBe(true)
  })
})

describe('what comes next', () => {
  it('is what each owes, by when, and what happens by itself if nobody does it', async () => {
    const story = await aCase('yongzhou', { on: '2019-10-08', entry: { deadline: until('2019-12-31') } })
    await story.handedOver()
    const { owed } = nextOf(story.rules, await story.stage.state(), story.stage.now())
    const receipt = owed.find(({ act }) => act === 'acknowledge')
    expect(receipt).toMatchObject({ due: '2019-10-10', chair: { unit: '甲县政府' } })
    expect(receipt?.otherwise).toMatchObject([{ told: '到期未签收', at: '2019-10-10T15:59:59.999Z' }])
    // Each names what belongs to it, whatever else comes before: returns go missing all the while.
    const plan = owed.find(({ act }) => act === 'submit-return')
    expect(plan?.otherwise.map(({ type }) => type)).toContain('return-missed')
    await story.acknowledged()
    const then = nextOf(story.rules, await story.stage.state(), story.stage.now())
    expect(then.owed.find(({ act }) => act === 'submit-case-plan')?.otherwise).toMatchObject([
      { type: 'case-plan-missed' },
    ])
    expect(then.coming.map(({ type }) => type)).toContain('overdue')
    await story.on('2020-03-31')
    const happened = (await whysOf(story)).map(({ at, told }) => `${at} ${told}`)
    // Played forward it is what then happens when indeed nobody does anything.
    expect(happened.slice(0, then.coming.length)).toEqual(
      then.coming.slice(0, happened.length).map(({ at, told }) => `${at} ${told}`),
    )
  })
})
