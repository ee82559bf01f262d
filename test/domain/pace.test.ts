import { describe, expect, it } from 'vitest'
import { PACE_TITLES, type PaceBucket, pace } from '../../domain/pace.js'
import { plainDate } from '../../domain/words.js'
import { returned, 材料, 长期坚持 } from '../support/entries.js'
import { 包案领导, 整改办, 牵头单位, 经办人 } from '../support/people.js'
import type { Story } from '../support/story.js'
import { aCaseThatIs } from './given.js'

const paceOf = async (story: Story) => pace(await story.state(), story.stage.now())
const reports = (story: Story, progress: number) =>
  story.by(经办人, { type: 'submit-return', content: returned(progress) })
const closes = async (story: Story) => {
  await story.submits()
  await story.signedUpTo()
  await story.posts()
  await story.noticeOver()
  return story.files()
}

describe('YZ-13 提前完成、达到序时进度、加紧整改', () => {
  it('GN-06 is on pace while progress keeps up with the time gone', async () => {
    const story = await aCaseThatIs('rectifying')
    // 266 days from 8 October to 30 June; 133 of them are gone on 18 February.
    await story.on('2020-02-18')
    await reports(story, 50)
    expect(await paceOf(story)).toEqual({ bucket: 'on-pace', overdue: false, progress: 50, expected: 50 })
    await story.on('2020-02-22')
    expect((await paceOf(story)).bucket).toBe('pressed')
  })

  it('a self-claim is not a completion', async () => {
    const story = await aCaseThatIs('rectifying')
    await reports(story, 100)
    expect(await paceOf(story)).toMatchObject({ bucket: 'on-pace', progress: 99 })
    await story.submits()
    // The unit's own review verifies nothing, either.
    expect((await paceOf(story)).progress).toBe(99)
    await story.signedUpTo()
    expect((await paceOf(story)).progress).toBe(100)
  })

  it('提前 is closed by the original deadline, also after an extension', async () => {
    const early = await closes(await aCaseThatIs('rectifying'))
    expect((await paceOf(early)).bucket).toBe('early')
    const extended = await aCaseThatIs('rectifying')
    await extended.on('2020-06-22')
    await extended.by(经办人, {
      type: 'request-extension',
      until: plainDate('2020-09-30'),
      reason: '汛期',
      measures: '加班',
    })
    await extended.by(包案领导, { type: 'decide-extension', decision: 'approve', reason: '属实' })
    await extended.on('2020-07-06')
    await closes(extended)
    expect((await paceOf(extended)).bucket).toBe('on-pace')
  })

  it('what never had a deadline cannot be early', async () => {
    const story = await aCaseThatIs('rectifying', 'jinan', { entry: { deadline: 长期坚持 } })
    expect((await paceOf(await closes(story))).bucket).toBe('on-pace')
  })

  it('domain rule 9: an overdue case is pressed and flagged, however much it claims', async () => {
    const story = await aCaseThatIs('rectifying')
    await story.on('2020-07-02')
    await reports(story, 100)
    expect(await paceOf(story)).toMatchObject({ bucket: 'pressed', overdue: true })
  })

  it('goes through the nodes where there are nodes', async () => {
    const story = await aCaseThatIs('rectifying', 'yongzhou', {
      entry: {
        nodes: ['2019-11-30', '2020-01-31', '2020-03-31', '2020-05-31'].map((date, index) => ({
          text: `节点 ${index}`,
          date: plainDate(date),
        })),
      },
    })
    await story.by(经办人, { type: 'complete-node', node: 0, evidence: [材料('一')] })
    await reports(story, 90)
    await story.on('2020-01-31')
    expect(await paceOf(story)).toEqual({ bucket: 'on-pace', overdue: false, progress: 25, expected: 25 })
    await story.on('2020-02-02')
    expect(await paceOf(story)).toEqual({ bucket: 'pressed', overdue: true, progress: 25, expected: 50 })
  })

  it('is not yet in any of the three before handing over', async () => {
    const story = await aCaseThatIs('registered')
    expect((await paceOf(story)).bucket).toBe('not-yet')
  })

  it('JN-12 a claim from before the rebound counts for nothing after it', async () => {
    const story = await aCaseThatIs('rectifying')
    await reports(story, 100)
    await closes(story)
    await story.by(整改办, { type: 'report-rebound', findings: '又见直排' })
    expect((await paceOf(story)).progress).toBe(0)
    await story.on('2019-10-21')
    await reports(story, 40)
    expect((await paceOf(story)).progress).toBe(40)
  })

  it('a refusal takes back what the first review had verified', async () => {
    const story = await aCaseThatIs('closing')
    await story.refuses(牵头单位, '数据不实')
    expect((await paceOf(story)).progress).toBe(0)
  })

  it('CD-18 the buckets are disjoint and sum to the total', async () => {
    const cases = [
      await aCaseThatIs('registered'),
      await aCaseThatIs('rectifying'),
      await aCaseThatIs('closed'),
      await (await aCaseThatIs('rectifying')).on('2020-07-02'),
    ]
    const buckets = await Promise.all(cases.map(async (story) => (await paceOf(story)).bucket))
    const counted = (Object.keys(PACE_TITLES) as PaceBucket[]).map(
      (bucket) => buckets.filter((one) => one === bucket).length,
    )
    expect(counted).toEqual([1, 1, 1, 1])
  })
})
