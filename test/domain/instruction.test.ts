import { describe, expect, it } from 'vitest'
import { todoRows } from '../../db/projections/todos.js'
import { kindOf } from '../../domain/kinds/registry.js'
import { plainDate } from '../../domain/words.js'
import { 材料 } from '../support/entries.js'
import { unit, 书记, 副秘书长, 包案领导, 单位负责人, 整改办, 经办人 } from '../support/people.js'
import { anOpened, type Story } from '../support/story.js'

const AUTHORITY = '永委办授〔2020〕3号'
const delegates = {
  type: 'delegate-instruction',
  to: 副秘书长.person,
  toName: 副秘书长.name,
  until: plainDate('2020-07-31'),
  document: AUTHORITY,
} as const
const confirms = { type: 'confirm-instruction-result', words: '阅' } as const

const registered = (): Promise<Story> =>
  anOpened(
    'yongzhou',
    整改办,
    {
      type: 'register-instruction',
      leader: { name: 包案领导.name, level: 'municipal', person: 包案领导.person },
      text: '限期查清',
      about: '某厂偷排',
      given: plainDate('2020-07-01'),
      units: [unit('甲县政府')],
      due: plainDate('2020-12-31'),
    },
    { on: '2020-07-06' },
  )

const delivered = async (): Promise<Story> => {
  const story = await registered()
  await story.by(经办人, { type: 'receipt-instruction' })
  await story.by(经办人, { type: 'feed-back-instruction', progress: '已查', evidence: [] })
  await story.by(单位负责人, { type: 'report-instruction-result', result: '已办', evidence: [材料('结果')] })
  return story.by(整改办, {
    type: 'deliver-instruction-result',
    how: '书面呈报',
    deliveredOn: plainDate('2020-07-06'),
  })
}

const deputiesTold = async (story: Story) =>
  todoRows(story.stage.caseId, story.rules, await story.stage.state()).map(({ act, deputies }) => [
    act,
    ...deputies,
  ])

describe('HY-04 GN-09 a leader’s deputy', () => {
  it('takes note of the result for the leader, under both names, within the authority', async () => {
    const story = await delivered()
    await story.refused(副秘书长, confirms, 'HY-04')
    await story.by(包案领导, delegates)
    await story.refused(包案领导, { ...delegates, to: 书记.person }, 'GN-09', '请先终止')
    expect(await deputiesTold(story)).toEqual([['confirm-instruction-result', 副秘书长.person]])
    await story.by(副秘书长, confirms)
    expect(await story.stateOf('instruction')).toMatchObject({ phase: 'ended' })
    expect((await story.stage.record()).at(-1)?.by).toMatchObject({
      person: 副秘书长.person,
      behalf: { principal: 包案领导.person, document: AUTHORITY },
    })
  })

  it('is no deputy any more when the day has ended, by itself, or when the leader ends it', async () => {
    const story = await delivered()
    await story.by(包案领导, delegates)
    await story.on('2020-08-01')
    expect(await story.events('instruction-delegation-ended')).toMatchObject([{ why: 'expired' }])
    await story.refused(副秘书长, confirms, 'HY-04')
    expect(await deputiesTold(story)).toEqual([['confirm-instruction-result']])
    await story.by(包案领导, { ...delegates, until: plainDate('2020-12-31') })
    await story.by(包案领导, { type: 'end-instruction-delegation' })
    await story.refused(副秘书长, confirms, 'HY-04')
    await story.by(包案领导, confirms)
  })

  it('is named by the leader alone, in writing, and reads the instruction from then on', async () => {
    const story = await registered()
    await story.refused(书记, delegates, 'GN-09', '本人委托')
    await story.refused(包案领导, { ...delegates, document: ' ' }, 'GN-09', '授权文书')
    await story.refused(包案领导, { ...delegates, until: plainDate('2020-07-01') }, 'GN-09', '已过')
    const { reading } = kindOf('instruction')
    const seen = async () => reading(副秘书长, (await story.stage.state()).state)
    expect(await seen()).toBe('none')
    await story.by(包案领导, delegates)
    expect(await seen()).toBe('whole')
  })
})
