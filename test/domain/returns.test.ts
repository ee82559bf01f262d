import { describe, expect, it } from 'vitest'
import { addDays, dateOf, weekday } from '../../domain/calendar/dates.js'
import { isWorkingDay } from '../../domain/calendar/working-days.js'
import type { LedgerState } from '../../domain/decider-types.js'
import { dueDayAfter } from '../../domain/returns/period.js'
import { todos } from '../../domain/todo.js'
import { type PlainDate, plainDate } from '../../domain/words.js'
import { returned, until, 材料 } from '../support/entries.js'
import { 单位负责人, 县长, 整改办, 经办人 } from '../support/people.js'
import { rulesOf, withPolicy } from '../support/policies.js'
import { aCase, type Story } from '../support/story.js'
import { aCaseThatIs, aNoticeUp } from './given.js'

const submit = (progress: number, change: Parameters<typeof returned>[1] = {}, period?: string) => ({
  type: 'submit-return' as const,
  content: returned(progress, change),
  ...(period !== undefined && { period: plainDate(period) }),
})

describe('JN-07 the weekly return', () => {
  it('is chased the working day before, and recorded as missing when its hour has come', async () => {
    const story = await aCaseThatIs('rectifying')
    await story.on('2019-10-18', '16:59')
    expect(await story.moments('return-chased')).toEqual([
      '2019-10-10T01:00:00.000Z',
      '2019-10-17T01:00:00.000Z',
    ])
    expect(await story.moments('return-missed')).toEqual(['2019-10-11T09:00:00.000Z'])
    await story.on('2019-10-18', '17:00')
    expect(await story.moments('return-missed')).toHaveLength(2)
  })

  it('on time is not missing; the next period opens the day after', async () => {
    const story = await aCaseThatIs('rectifying')
    await story.on('2019-10-10')
    await story.reports(20)
    expect((await story.events('return-submitted'))[0]).toMatchObject({
      period: '2019-10-11',
      timeliness: 'on-time',
    })
    await story.refused(经办人, submit(25), 'JN-07', '已经报送')
    await story.on('2019-10-12')
    expect(await story.events('return-missed')).toEqual([])
    await story.by(单位负责人, submit(25))
    expect((await story.state()).returns).toMatchObject({ submitted: 2, settled: '2019-10-18' })
  })

  it('two in a row raise the warning; a return in between starts the count afresh', async () => {
    const broken = await aCaseThatIs('rectifying')
    await broken.on('2019-10-14')
    await broken.reports(10)
    await broken.on('2019-10-26')
    expect((await broken.state()).returns.missedInARow).toBe(1)
    expect(await broken.rung('warning')).toBeUndefined()
    const silent = await aCaseThatIs('rectifying')
    await silent.on('2019-10-19')
    expect(await silent.rung('warning')).toBe('raised')
    expect((await silent.events('rung-raised'))[0]?.cause).toBe('连续 2 期缺报调度')
  })

  it('made up for late is taken, and never erases that it was missing', async () => {
    const story = await aCaseThatIs('rectifying')
    await story.on('2019-10-11', '18:00')
    await story.refused(经办人, submit(30), 'JN-07', '请注明补报这一期')
    await story.by(经办人, submit(30, {}, '2019-10-11'))
    const { returns } = await story.state()
    expect(returns).toMatchObject({ submitted: 1, late: 1, missed: 1, missedInARow: 1 })
    expect(returns).not.toHaveProperty('lastMissed')
    await story.refused(经办人, submit(30, {}, '2019-10-11'), 'JN-07', '没有缺报')
    await story.on('2019-10-19')
    expect(await story.rung('warning')).toBe('raised')
  })

  it('made up for after a newer one says nothing newer', async () => {
    const story = await aCaseThatIs('rectifying')
    await story.on('2019-10-14')
    await story.reports(60)
    await story.by(经办人, submit(20, {}, '2019-10-11'))
    expect((await story.state()).returns.last).toMatchObject({ period: '2019-10-18', progress: 60 })
  })

  it('refuses what is not a return', async () => {
    const story = await aCaseThatIs('rectifying', 'jinan', {
      entry: { nodes: [{ text: '主体完工', date: plainDate('2020-03-31') }] },
    })
    await story.refused(经办人, submit(101), 'JN-07', '0 至 100')
    await story.refused(经办人, submit(33.3), 'JN-07', '整数')
    await story.refused(经办人, submit(30, { done: ' ' }), 'JN-07', '做了什么')
    await story.refused(经办人, submit(30, { nodes: [{ node: 1, state: 'done' }] }), 'JN-05')
    await story.refused(经办人, submit(30, { duties: [{ duty: 0, state: '已研究' }] }), 'JN-06')
    await story.refused(经办人, submit(30, {}, '2019-09-27'), 'JN-07', '没有缺报')
    await story.refused(整改办, submit(30), 'GN-08')
    await story.by(经办人, submit(30, { nodes: [{ node: 0, state: 'under-way' }], evidence: [材料('照片')] }))
    const { nodes, evidence } = await story.state()
    expect(nodes[0]?.reported).toBe('under-way')
    expect(evidence).toHaveLength(2)
  })

  it('is not owed before handing over, nor while others verify, nor after closure', async () => {
    const registered = await aCase('yongzhou')
    await registered.refused(经办人, submit(10), 'JN-07', '尚未交办')
    const closing = await aCaseThatIs('closing')
    await closing.refused(经办人, submit(10), 'JN-07', '销号办理中')
    const posted = await aNoticeUp()
    await posted.on('2019-10-17')
    expect(await posted.events('return-missed')).toEqual([])
    const closed = await aCaseThatIs('closed')
    await closed.on('2019-12-31')
    expect(await closed.events('return-missed')).toEqual([])
  })

  it('GN-10 is owed again, and chased again, once a refusal has sent the case back', async () => {
    const story = await aCaseThatIs('closing')
    await story.signedUpTo('mayor')
    await story.on('2019-10-23')
    await story.refuses(县长, '仍有渗漏')
    await story.on('2019-11-02')
    // Friday the 25th came within the two working days of grace after the return to rectifying … and was still asked for.
    expect((await story.events('return-chased')).map(({ period }) => period)).toEqual([
      '2019-10-25',
      '2019-11-01',
    ])
    expect((await story.events('return-missed')).map(({ period }) => period)).toEqual([
      '2019-10-25',
      '2019-11-01',
    ])
  })

  it('a period that ends sooner than the grace after handing over is not asked for', async () => {
    const story = await aCase('yongzhou', { on: '2019-10-17' })
    await story.handedOver()
    await story.on('2019-10-26')
    expect((await story.events('return-missed')).map(({ period }) => period)).toEqual(['2019-10-25'])
  })
})

describe('GN-02 returns over days off', () => {
  it('a Friday off moves to the last working day before it', async () => {
    const story = await aCase('yongzhou', { on: '2019-12-20', entry: { deadline: until('2021-12-31') } })
    await story.handedOver()
    await story.on('2020-02-08')
    // Spring Festival, prolonged in 2020 to 2 February: Thursday the 23rd for the 24th, nothing for the week after.
    expect((await story.events('return-missed')).map(({ period }) => period)).toEqual([
      '2019-12-27',
      '2020-01-03',
      '2020-01-10',
      '2020-01-17',
      '2020-01-23',
      '2020-02-07',
    ])
  })

  it('nobody is chased on a day off (domain rule 14)', async () => {
    const story = await aCaseThatIs('handed-over')
    await story.on('2022-10-08')
    for (const moment of await story.moments('return-chased')) {
      expect(isWorkingDay(story.rules.calendar, dateOf(moment))).toBe(true)
    }
  })

  it('three silent years miss exactly the weeks that have a working day', async () => {
    const story = await aCaseThatIs('handed-over')
    await story.on('2022-10-08')
    const { calendar } = story.rules
    const expected: PlainDate[] = []
    for (let day = plainDate('2019-10-11'); day < '2022-10-08'; day = addDays(day, 7)) {
      expect(weekday(day)).toBe(5)
      const week = [0, 1, 2, 3, 4, 5, 6].map((back) => addDays(day, -back))
      const last = week.find((one) => isWorkingDay(calendar, one))
      if (last !== undefined) expected.push(last)
    }
    expect((await story.events('return-missed')).map(({ period }) => period)).toEqual(expected)
  })
})

describe('HY-01 other rhythms', () => {
  const { calendar } = rulesOf('yongzhou')
  const days = (rhythm: Parameters<typeof dueDayAfter>[0], from: string, count: number) => {
    const found: string[] = []
    for (let day = plainDate(from); found.length < count; ) {
      day = dueDayAfter(rhythm, calendar, day)
      found.push(day)
    }
    return found
  }

  it('monthly, on a day; the month’s last where it has none such; before a weekend', () => {
    expect(days({ every: 'month', day: 31, time: '17:00' }, '2019-12-31', 4)).toEqual([
      '2020-01-23',
      '2020-02-28',
      '2020-03-31',
      '2020-04-30',
    ])
  })

  it('monthly, on the last working day', () => {
    expect(days({ every: 'month', day: 'last-working-day', time: '17:00' }, '2020-03-01', 3)).toEqual([
      '2020-03-31',
      '2020-04-30',
      '2020-05-29',
    ])
  })

  it('every ten days; the third in February, too', () => {
    expect(days({ every: 'ten-days', days: [10, 20, 31], time: '17:00' }, '2021-01-31', 4)).toEqual([
      '2021-02-10',
      '2021-02-20',
      '2021-02-26',
      '2021-03-10',
    ])
  })

  it('a case of such a city misses a month, not a week', async () => {
    const city = withPolicy('yongzhou', ({ returns }) => ({
      returns: { ...returns, rhythm: { every: 'month', day: 25, time: '12:00' } },
    }))
    const story = await aCaseThatIs('rectifying', city)
    await story.on('2019-12-01')
    expect(await story.moments('return-missed')).toEqual([
      '2019-10-25T04:00:00.000Z',
      '2019-11-25T04:00:00.000Z',
    ])
  })
})

describe('CD-17 a pause of the round', () => {
  const round = { machine: 'CD-17', rule: '轮次对调度所作的决定,逐件照办' } as const
  const decided = { reason: '汛期抢险', decidedBy: '主任' } as const
  const paused = async () => {
    const story = await aCaseThatIs('rectifying')
    await story.on('2019-10-14')
    await story.by(round, { type: 'pause-returns', ...decided })
    return story
  }

  it('nothing falls due, nobody is chased and no rung is climbed; what fell due in it is passed over', async () => {
    const story = await paused()
    const before = await story.moments('return-chased')
    expect(todosOf(await story.stage.state(), story)).not.toContain('submit-return')
    await story.on('2019-11-04')
    expect(await story.moments('return-chased')).toEqual(before)
    expect((await story.events('return-missed')).map(({ period }) => period)).toEqual(['2019-10-11'])
    expect(await story.rung('warning')).toBeUndefined()
    expect((await story.state()).returns).toMatchObject({
      missed: 1,
      passedOver: ['2019-10-18', '2019-10-25', '2019-11-01'],
    })
    await story.refused(经办人, submit(20, {}, '2019-10-18'), 'CD-17', '由整改办主任决定')
    await story.by(round, { type: 'resume-returns', ...decided })
    await story.on('2019-11-09')
    expect((await story.events('return-missed')).map(({ period }) => period)).toEqual([
      '2019-10-11',
      '2019-11-08',
    ])
  })

  it('afterwards a period is waived, or called in and made up for on time, or missing after all', async () => {
    const story = await paused()
    await story.on('2019-11-04')
    await story.by(round, { type: 'resume-returns', ...decided })
    await story.by(round, { type: 'waive-returns', periods: [plainDate('2019-10-18')], ...decided })
    const callIn = {
      type: 'call-in-returns',
      periods: [plainDate('2019-10-25'), plainDate('2019-11-01')],
      by: plainDate('2019-11-13'),
      ...decided,
    } as const
    await story.by(round, callIn)
    await story.refused(round, callIn, 'CD-17', '没有因暂停未报')
    await story.reports(30)
    await story.by(经办人, submit(25, {}, '2019-10-25'))
    const { returns } = await story.state()
    expect(returns).toMatchObject({ submitted: 2, late: 0, settled: '2019-11-08', last: { progress: 30 } })
    expect(returns).not.toHaveProperty('passedOver')
    await story.on('2019-11-14')
    expect((await story.events('return-missed')).map(({ period }) => period)).toEqual([
      '2019-10-11',
      '2019-11-01',
    ])
    expect((await story.state()).returns).toMatchObject({ settled: '2019-11-08', lastMissed: '2019-11-01' })
    await story.by(经办人, submit(30, {}, '2019-11-01'))
    expect((await story.state()).returns).toMatchObject({ late: 1, settled: '2019-11-08' })
  })

  it('nobody pauses one case, and the machine does nothing else in it', async () => {
    const story = await paused()
    await story.refused(整改办, { type: 'resume-returns', ...decided }, 'CD-17', '对整个轮次决定')
    await story.refused(round, { type: 'acknowledge' }, 'GN-08', '系统不代为办理')
  })
})

const todosOf = (ledger: LedgerState, { rules }: Story): readonly string[] =>
  todos(rules, ledger).map(({ act }) => act)
