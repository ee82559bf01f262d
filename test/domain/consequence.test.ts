import { describe, expect, it } from 'vitest'
import { hasEnded } from '../../domain/decider.js'
import { todos } from '../../domain/todo.js'
import { plainDate } from '../../domain/words.js'
import { unit, 书记, 单位负责人, 县长, 整改办, 纪检监察 } from '../support/people.js'
import { anOpened, type Story } from '../support/story.js'

const cause = '月度排名末位'
const machine = { machine: 'HH-08', rule: '排名靠后,按标准建议处罚' } as const
const onARanking = () =>
  anOpened(
    'hohhot',
    machine,
    {
      type: 'propose-consequence',
      sort: 'penalty',
      unit: unit('甲县政府'),
      cause,
      facts: '2020年6月通报排名靠后',
      evidence: [],
      ground: { period: '2020-06', version: 1 },
    },
    { on: '2020-07-06' },
  )
const gone = {
  type: 'mark-ground-gone',
  unit: unit('甲县政府'),
  cause,
  period: '2020-06',
  version: 2,
  reason: '漏列一件',
} as const
const corrected = { machine: 'HH-08', rule: '排名已更正,不再点名的,处罚的理由不存在' } as const

const imposed = async (): Promise<Story> => {
  const story = await onARanking()
  await story.by(纪检监察, { type: 'review-excuse', result: 'not', reasons: '未尽责', evidence: [] })
  return story.by(县长, { type: 'decide-consequence', decision: 'impose', reason: '末位' })
}
const pays = {
  type: 'record-payment',
  fen: 5_000_000,
  receipt: '票1',
  paidOn: plainDate('2020-07-06'),
} as const
const owed = async (story: Story) =>
  todos(story.rules, await story.stage.state()).map(({ act, chair }) => `${chair.seat} ${act}`)

describe('HH-08 a penalty whose ranking is corrected', () => {
  it('is marked by the machine alone, once, and only for the ranking it rests on', async () => {
    const story = await onARanking()
    await story.refused(整改办, gone, 'GN-08', '由系统办理')
    await story.refused(corrected, { ...gone, period: '2020-07' }, 'HH-08')
    await story.refused(corrected, { ...gone, version: 1 }, 'HH-08')
    await story.by(corrected, gone)
    await story.refused(corrected, { ...gone, version: 3 }, 'HH-08', '已经标明')
    expect(await owed(story)).toEqual(['mayor decide-consequence'])
  })

  it('imposed: nothing more is paid or chased, an appeal can only cancel it, and it waits for whoever cancels it', async () => {
    const story = await imposed()
    await story.by(单位负责人, { type: 'appeal-consequence', grounds: '数据有误', evidence: [] })
    await story.by(corrected, gone)
    await story.on('2020-09-01')
    expect(await story.events('payment-chased')).toEqual([])
    expect(await story.events('payment-late')).toEqual([])
    await story.refused(整改办, pays, 'HH-08', '不再收缴')
    const uphold = { type: 'decide-appeal', decision: 'uphold', reason: '属实' } as const
    await story.refused(书记, uphold, 'HH-08', '在申诉中撤销')
    await story.by(书记, { ...uphold, decision: 'cancel' })
    expect(await story.stateOf('consequence')).toMatchObject({ phase: 'cancelled' })
  })

  it('paid: it is open again until somebody cancels it, and what was paid goes back', async () => {
    const story = await imposed()
    await story.by(整改办, pays)
    expect(hasEnded(await story.stage.state())).toBe(true)
    await story.refused(书记, { type: 'cancel-consequence', reason: '-', document: '-' }, 'HH-09')
    await story.by(corrected, gone)
    expect(hasEnded(await story.stage.state())).toBe(false)
    expect(await owed(story)).toEqual(['mayor cancel-consequence'])
    await story.by(书记, { type: 'cancel-consequence', reason: '排名更正', document: '呼督改〔2020〕9号' })
    await story.by(整改办, { type: 'record-refund', receipt: '退1', refundedOn: plainDate('2020-07-06') })
    expect(hasEnded(await story.stage.state())).toBe(true)
    expect(await story.events('refund-recorded')).toMatchObject([{ amount: { fen: 5_000_000 } }])
  })
})
