import { describe, expect, it } from 'vitest'
import { plainDate } from '../../domain/words.js'
import { 长期坚持 } from '../support/entries.js'
import { 书记, 包案领导, 县长, 整改办, 经办人, 身兼两职 } from '../support/people.js'
import { withPolicy } from '../support/policies.js'
import { aCase } from '../support/story.js'
import { aCaseThatIs } from './given.js'

const ask = (until: string, change: { reason?: string; measures?: string } = {}) => ({
  type: 'request-extension' as const,
  until: plainDate(until),
  reason: '汛期不能施工',
  measures: '增加两个班组',
  ...change,
})
const decide = (decision: 'approve' | 'refuse', reason = '情况属实') =>
  ({ type: 'decide-extension', decision, reason }) as const

describe('GN-03 an extension', () => {
  it('approved before the deadline moves it; the original deadline is kept', async () => {
    const story = await aCaseThatIs('rectifying')
    await story.on('2020-06-01')
    await story.by(经办人, ask('2020-08-31'))
    await story.by(包案领导, decide('approve'))
    expect((await story.state()).deadline).toMatchObject({ original: '2020-06-30', due: '2020-08-31' })
    await story.on('2020-08-31', '23:00')
    expect(await story.events('overdue')).toEqual([])
    await story.on('2020-09-01')
    expect((await story.events('overdue')).map(({ due }) => due)).toEqual(['2020-08-31'])
  })

  it('arms the announcements again for the new day', async () => {
    const story = await aCaseThatIs('rectifying')
    await story.on('2020-06-24')
    await story.by(经办人, ask('2020-08-31'))
    await story.by(包案领导, decide('approve'))
    await story.on('2020-08-31')
    expect((await story.events('deadline-near')).map(({ days, due }) => `${due} ${days}`)).toEqual([
      '2020-06-30 30',
      '2020-06-30 15',
      '2020-06-30 7',
      '2020-08-31 30',
      '2020-08-31 15',
      '2020-08-31 7',
    ])
    // Each rung at most once a round: the second set of announcements raises no second warning.
    expect((await story.events('rung-raised')).filter(({ rung }) => rung === 'warning')).toHaveLength(1)
  })

  it('pending at expiry is overdue, and can then only be refused', async () => {
    const story = await aCaseThatIs('rectifying')
    await story.on('2020-06-29')
    await story.by(经办人, ask('2020-08-31'))
    await story.on('2020-07-01')
    expect(await story.events('overdue')).toHaveLength(1)
    await story.refused(包案领导, decide('approve'), 'GN-03', '按逾期办理')
    await story.by(包案领导, decide('refuse', '申请太迟'))
  })

  it('is asked for in time, with reason and measures, for a later day within the policy’s months', async () => {
    const story = await aCaseThatIs('rectifying')
    await story.refused(经办人, ask('2020-06-30'), 'GN-03', '应晚于')
    await story.refused(经办人, ask('2021-01-01'), 'GN-03', '最长 6 个月')
    await story.refused(经办人, ask('2020-08-31', { reason: ' ' }), 'GN-03', '理由和措施')
    await story.refused(经办人, ask('2020-08-31', { measures: '' }), 'GN-03', '理由和措施')
    await story.refused(整改办, ask('2020-08-31'), 'GN-08')
    await story.on('2020-07-01')
    await story.refused(经办人, ask('2020-08-31'), 'GN-03', '已过')
  })

  it('is decided at the level its span asks for', async () => {
    const short = await aCaseThatIs('rectifying')
    await short.by(经办人, ask('2020-09-30'))
    await short.refused(书记, decide('approve'), 'GN-08', '包案领导')
    await short.by(包案领导, decide('approve'))
    const long = await aCaseThatIs('rectifying')
    await long.by(经办人, ask('2020-10-01'))
    await long.refused(包案领导, decide('approve'), 'GN-08', '书记')
    await long.refused(县长, decide('approve'), 'GN-08', '书记')
    await long.by(书记, decide('approve'))
  })

  it('GN-08 is never decided by one who answers for the item, whatever other post that person holds', async () => {
    const story = await aCaseThatIs('rectifying', 'yongzhou', {
      entry: {
        leaders: {
          municipal: { person: 身兼两职.person, name: 身兼两职.name },
          county: { person: 县长.person, name: 县长.name },
          department: { person: 书记.person, name: 书记.name },
        },
      },
    })
    await story.by(经办人, ask('2020-08-31'))
    await story.refused(身兼两职, decide('approve'), 'GN-08', '不得审批本单位')
  })

  it('is granted once; refused, it may be asked for again', async () => {
    const story = await aCaseThatIs('rectifying')
    await story.by(经办人, ask('2020-08-31'))
    await story.refused(经办人, ask('2020-09-30'), 'GN-03', '待批')
    await story.refused(包案领导, decide('refuse', ' '), 'GN-07', '理由')
    await story.by(包案领导, decide('refuse', '理由不足'))
    expect((await story.state()).deadline?.due).toBe('2020-06-30')
    await story.by(经办人, ask('2020-08-31'))
    await story.by(包案领导, decide('approve'))
    await story.refused(经办人, ask('2020-09-30'), 'GN-03', '以 1 次为限')
    await story.refused(包案领导, decide('approve'), 'GN-03', '没有待批')
  })

  it('a second one, where the policy allows it, is still measured from the original deadline', async () => {
    const city = withPolicy('yongzhou', ({ extension }) => ({ extension: { ...extension, times: 2 } }))
    const story = await aCaseThatIs('rectifying', city)
    await story.by(经办人, ask('2020-09-30'))
    await story.by(包案领导, decide('approve'))
    await story.by(经办人, ask('2020-12-30'))
    await story.refused(包案领导, decide('approve'), 'GN-08', '书记')
    await story.by(书记, decide('approve'))
    expect((await story.events('extension-approved')).map(({ original }) => original)).toEqual([
      '2020-06-30',
      '2020-06-30',
    ])
  })

  it('is for a case that has a deadline and is being rectified', async () => {
    const forGood = await aCaseThatIs('rectifying', 'jinan', { entry: { deadline: 长期坚持 } })
    await forGood.refused(经办人, ask('2020-08-31'), 'GN-03', '没有可延')
    const registered = await aCase('yongzhou')
    await registered.refused(经办人, ask('2020-08-31'), 'GN-03')
    const closing = await aCaseThatIs('closing')
    await closing.refused(经办人, ask('2020-08-31'), 'GN-03', '只有整改中')
  })
})
