import { expect } from 'vitest'
import { entryFor } from '../support/entries.js'
import { 书记, 包案领导, 县长, 整改办, 牵头单位, 经办人 } from '../support/people.js'
import { acceptance } from './clause.js'

const { clause } = acceptance()

clause(
  'YZ-06 YZ-10',
  'the chain runs in this order, and three signatures do not close a case',
  async (given) => {
    const story = await given('yongzhou')
    await story.rectifying()
    await story.submits()
    await story.refused(书记, await story.signing('secretary'), 'YZ-06', '现在轮到“把关”')
    await story.signs(牵头单位)
    await story.signs(包案领导)
    await story.signs(书记)
    await story.signs(县长)
    await story.phase('closing')
    await story.turn('office-check')
    await story.signs(整改办)
    await story.phase('on-notice')
  },
)

clause(
  'YZ-08',
  'a refusal sends the case back with reasons; the sign-offs lapse and stay on the record',
  async (given) => {
    const story = await given('yongzhou')
    await story.rectifying()
    await story.submits()
    await story.signedUpTo('mayor')
    await story.refuses(县长, '排口仍有渗漏')
    await story.phase('rectifying')
    expect((await story.state()).closing).toBeUndefined()
    expect(await story.told()).toEqual(
      expect.arrayContaining([
        expect.stringContaining('书记签字 签署'),
        expect.stringContaining('县长签字 退回:排口仍有渗漏'),
      ]),
    )
    await story.submits()
    await story.turn('gatekeeping')
  },
)

clause('YZ-03', 'three named officers for each case', async (given) => {
  const { leaders } = entryFor()
  const { department: _department, ...two } = leaders
  const story = await given('yongzhou', { entry: { leaders: two } })
  await story.refused(整改办, { type: 'hand-over' }, 'YZ-03', '部门负责领导')
  await story.by(整改办, { type: 'amend-entry', patch: { leaders }, reason: '明确三级领导' })
  await story.handedOver()
  await story.refused(经办人, { type: 'hand-over' }, 'GN-08')
})
