import { describe, expect, it } from 'vitest'
import { checked } from '../acceptance/acts.js'
import { onSite } from '../support/entries.js'
import { 县长, 整改办, 整改办主任, 经办人 } from '../support/people.js'
import { aCase } from '../support/story.js'

describe('a life, from handing over to the archive', () => {
  it('goes through every step of 三审三签字 and is looked back at three times', async () => {
    const story = await aCase('yongzhou')
    await story.closed()
    for (const date of ['2020-01-20', '2020-04-20', '2020-10-19']) {
      await story.on(date)
      await story.by(整改办, {
        type: 'look-back',
        result: 'holds',
        findings: '运行正常',
        site: onSite(story.stage.now()),
      })
    }
    await story.phase('archived')
    expect((await story.told()).filter((line) => !line.endsWith('办结'))).toEqual([
      '办小宁(整改办) 登记台账:省生态环境保护督察',
      '办小宁(整改办) 交办,10月10日前签收,2020年6月30日前完成',
      '经办小罗(甲县政府经办人) 甲县政府签收',
      '经办小罗(甲县政府经办人) 报送整改方案',
      '系统 开始整改',
      '经办小罗(甲县政府经办人) 提请销号',
      '经办小罗(甲县政府经办人) 自查 签署:已全部完成',
      '牵头小魏(市生态环境局经办人) 把关 签署:同意',
      '副市长老唐(包案领导) 现场核查、签字认可 签署:同意',
      '书记老严(书记) 书记签字 签署:同意',
      '县长老何(市(县、区)长) 县长签字 签署:同意',
      '办小宁(整改办) 市办现场核实 签署:同意',
      '办小宁(整改办) 公示,10月8日至 10月18日',
      '系统 公示期满,无异议',
      '办小宁(整改办) 向省整改办报送备案',
      '办小宁(整改办) 备案回执 湘督改备〔2020〕7号',
      '系统 销号',
      '系统 销号满 3 个月,应开展回头看',
      '办小宁(整改办) 3 个月回头看:未反弹,运行正常',
      '系统 销号满 6 个月,应开展回头看',
      '办小宁(整改办) 6 个月回头看:未反弹,运行正常',
      '系统 销号满 12 个月,应开展回头看',
      '办小宁(整改办) 12 个月回头看:未反弹,运行正常',
      '系统 归档',
    ])
  })

  it('falls behind, is pressed, refused, closed late, rebounds, and is closed again', async () => {
    const story = await aCase('jinan', { on: '2019-10-08' })
    await story.rectifying()
    await story.reportsWeeklyUntil('2020-07-02')
    await story.by(整改办主任, { type: 'decide-rung', rung: 'circular', decision: 'issue', reason: '逾期' })
    await story.submits()
    await story.signedUpTo('office-check')
    await story.refuses(整改办, '在线监测未联网')
    await story.submits()
    await story.signedUpTo()
    await story.posts()
    await story.noticeOver()
    await story.files()
    await story.phase('closed')
    await story.on('2020-10-20')
    await story.by(整改办, {
      type: 'look-back',
      result: 'rebound',
      findings: '设施停运',
      site: onSite(story.stage.now()),
      ...(await checked(story, 'not-met')),
    })
    await story.phase('rectifying')
    for (const rung of ['circular', 'listed-supervision', 'interview'] as const) {
      await story.by(整改办主任, { type: 'decide-rung', rung, decision: 'issue', reason: '反弹' })
    }
    await story.submits()
    await story.signedUpTo()
    await story.posts()
    await story.noticeOver()
    await story.files()
    await story.phase('closed')
    const { rectification, closings } = await story.state()
    expect(rectification.round).toBe(2)
    expect(closings).toEqual({ begun: 3, refusals: 0 })
    expect((await story.events('closed')).map(({ closing }) => closing)).toEqual([2, 3])
  })

  it('is refused by the last signature and starts its round over', async () => {
    const story = await aCase('yongzhou')
    await story.rectifying()
    await story.submits()
    await story.signedUpTo('mayor')
    await story.refuses(县长, '排口仍有渗漏')
    await story.phase('rectifying')
    await story.refused(经办人, await story.signing('self-check'), 'YZ-06', '没有待签')
  })
})
