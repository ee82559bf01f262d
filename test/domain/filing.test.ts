import { describe, expect, it } from 'vitest'
import type { Step } from '../../domain/policy.js'
import { plainDate } from '../../domain/words.js'
import { 整改办, 监管单位, 经办人 } from '../support/people.js'
import { withPolicy } from '../support/policies.js'
import { aCaseThatIs } from './given.js'

const send = { type: 'send-filing', to: '省整改办', noticeResult: '无异议' } as const
const receipt = (receivedOn: string, number = '湘督改备〔2019〕7号') =>
  ({ type: 'record-filing-receipt', receipt: number, receivedOn: plainDate(receivedOn) }) as const

describe('CD-10 备案', () => {
  it('the report is sent, its receipt recorded, and only then is the case closed', async () => {
    const story = await aCaseThatIs('filing')
    await story.by(整改办, send)
    await story.phase('filing')
    await story.on('2019-10-22')
    await story.by(整改办, receipt('2019-10-21'))
    await story.phase('closed')
    expect((await story.state()).closedAt).toBe('2019-10-22T02:00:00.000Z')
  })

  it('in a city that asks for no receipt, sending closes the case', async () => {
    const city = withPolicy('yongzhou', ({ closing }) => ({
      closing: {
        ...closing,
        chain: closing.chain.map(
          (step): Step => (step.kind === 'filing' ? { ...step, receipt: 'not-required' } : step),
        ),
      },
    }))
    const story = await aCaseThatIs('filing', city)
    await story.by(整改办, send)
    await story.phase('closed')
  })

  it('comes after the notice, once, by office or supervising unit', async () => {
    const story = await aCaseThatIs('on-notice')
    await story.refused(整改办, send, 'CD-09', '还没有轮到备案')
    await story.posts()
    await story.noticeOver()
    await story.refused(经办人, send, 'GN-08')
    await story.by(监管单位, send)
    await story.refused(整改办, send, 'CD-10', '已经报出')
    const rectifying = await aCaseThatIs('rectifying')
    await rectifying.refused(整改办, send, 'CD-10', '没有待备案')
  })

  it('the receipt has a number and a day between the sending and today', async () => {
    const story = await aCaseThatIs('filing')
    await story.refused(整改办, receipt('2019-10-19'), 'CD-10', '尚未报出')
    await story.by(整改办, send)
    await story.on('2019-10-22')
    await story.refused(整改办, receipt('2019-10-22', ' '), 'CD-10', '回执文号')
    await story.refused(整改办, receipt('2019-10-23'), 'CD-10', '回执日期')
    await story.refused(整改办, receipt('2019-10-18'), 'CD-10', '回执日期')
    await story.by(监管单位, receipt('2019-10-19'))
  })

  it('is late after its days, until the receipt is in', async () => {
    const story = await aCaseThatIs('filing')
    await story.by(整改办, send)
    await story.on('2019-10-30')
    // The notice ran out on Friday the 18th: five working days from there.
    expect(await story.moments('step-late')).toEqual(['2019-10-25T15:59:59.999Z'])
  })

  it('CD-05 what the higher office sends back returns the case, with its reasons, by who handles the filing', async () => {
    const story = await aCaseThatIs('filing')
    await story.by(整改办, send)
    const { seal } = await story.state()
    const back = (reasons: string) => ({ type: 'refuse-step', step: 'filing', saw: seal, reasons }) as const
    await story.refused(整改办, back(' '), 'YZ-08', '理由')
    await story.refused(经办人, back('数据不符'), 'GN-08')
    await story.by(监管单位, back('省办要求补充监测数据'))
    await story.phase('rectifying')
    expect((await story.events('step-refused'))[0]?.lapsed).toHaveLength(6)
  })
})
