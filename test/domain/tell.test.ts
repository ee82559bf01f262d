import { describe, expect, it } from 'vitest'
import type { CaseEvent } from '../../domain/case/events.js'
import { isBookkeeping, tell, tellAuthor } from '../../domain/tell.js'
import { type CommandId, type PersonId, plainDate } from '../../domain/words.js'
import { unit, 书记, 县长, 整改办主任 } from '../support/people.js'
import { aCaseThatIs } from './given.js'

describe('domain rule 16: what the machine did is never shown as a person’s act', () => {
  it('the engine is the engine, the public is the public, a person has name and office', () => {
    expect(tellAuthor({ kind: 'engine', clause: 'GN-05', rule: '按阶梯逐级升级' })).toBe('系统')
    expect(tellAuthor({ kind: 'public', name: '热心市民' })).toBe('群众 热心市民')
    const person = 'x' as PersonId
    expect(
      tellAuthor({ kind: 'person', person, name: '小罗', role: 'unit-clerk', unit: unit('甲县政府') }),
    ).toBe('小罗(甲县政府经办人)')
  })

  it('GN-09 a deputy is shown with the principal', () => {
    expect(
      tellAuthor({
        kind: 'person',
        person: 'x' as PersonId,
        name: '老高',
        role: 'secretary',
        behalf: {
          principal: 书记.person,
          principalName: '老严',
          document: '12号',
          until: plainDate('2019-12-31'),
        },
      }),
    ).toBe('老高(受老严委托,书记)')
  })

  it('a step that ended by itself is told as the engine’s, the signature before it as the person’s', async () => {
    const told = await (await aCaseThatIs('on-notice')).told()
    const at = told.indexOf('县长老何(市(县、区)长) 县长签字 签署:同意')
    expect(told[at + 1]).toBe('系统 县长签字 办结')
  })
})

describe('a life told in Chinese', () => {
  it('reads as an official would write it', async () => {
    const story = await aCaseThatIs('closing')
    await story.signedUpTo('mayor')
    await story.refuses(县长, '排口仍有渗漏')
    await story.on('2019-10-26')
    await story.by(整改办主任, {
      type: 'decide-rung',
      rung: 'interview',
      decision: 'skip',
      reason: '先行督导',
    })
    expect((await story.told()).slice(-12)).toEqual([
      '县长老何(市(县、区)长) 县长签字 退回:排口仍有渗漏(第 1 轮销号)',
      '系统 催报 10月11日到期的调度',
      '系统 10月11日调度缺报',
      '系统 催报 10月18日到期的调度',
      '系统 10月18日调度缺报,连续 2 期',
      '系统 连续 2 期缺报调度,应采取“预警”',
      '系统 预警:连续 2 期缺报调度',
      '系统 催报 10月25日到期的调度',
      '系统 10月25日调度缺报,连续 3 期',
      '系统 连续 3 期缺报调度,应采取“约谈”',
      '系统 拟约谈,待整改办主任决定:连续 3 期缺报调度',
      '主任老何(整改办主任) 越过约谈:先行督导',
    ])
  })

  it.each<[CaseEvent, string]>([
    [
      { type: 'deadline-near', target: 'node:1', days: 7, due: plainDate('2020-03-31') },
      '第 2 个节点 2020年3月31日将到(提前 7 天提醒)',
    ],
    [
      { type: 'overdue', target: 'immediate', due: plainDate('2020-03-31') },
      '立行立改 2020年3月31日已到,未完成,逾期',
    ],
    [
      { type: 'overdue-further', target: 'case', days: 15, due: plainDate('2020-03-31') },
      '整改时限超期,本轮已 15 天',
    ],
    [{ type: 'rectification-started', round: 2 }, '开始第 2 轮整改'],
    [
      { type: 'notice-ended', closing: 1, step: 'notice', until: plainDate('2020-03-31'), objections: 2 },
      '公示期满,收到异议 2 条,均已答复',
    ],
    [{ type: 'delegation-ended', to: 'x' as PersonId, why: 'expired' }, '委托到期'],
    [
      { type: 'sign-offs-voided', closing: 1, lapsed: ['自查 小罗', '把关 小魏'] },
      '材料有变动,已有签署作废:自查 小罗、把关 小魏',
    ],
    [
      {
        type: 'signal-refused',
        command: 'hand-over',
        commandId: 'c' as CommandId,
        clause: 'CD-01',
        why: '缺责任单位',
      },
      '未予办理“交办”:缺责任单位',
    ],
  ])('%j', (event, sentence) => {
    expect(tell(event)).toBe(sentence)
  })

  it('bookkeeping may be left out of a timeline, acts may not', () => {
    expect(
      isBookkeeping({ type: 'step-completed', closing: 1, step: 'a', title: '自查', next: 'closing' }),
    ).toBe(true)
    expect(isBookkeeping({ type: 'closed', closing: 1 })).toBe(false)
  })
})
