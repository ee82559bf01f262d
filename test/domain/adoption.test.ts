import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { movedDates, reprojected } from '../../domain/adoption/moved.js'
import { addDays, endOfDay } from '../../domain/calendar/dates.js'
import { dueWithin } from '../../domain/calendar/deadlines.js'
import type { Policy, Step } from '../../domain/policy.js'
import { isRefusal } from '../../domain/refusal.js'
import { awaitedPeriod } from '../../domain/returns/period.js'
import { tell } from '../../domain/tell.js'
import { plainDate } from '../../domain/words.js'
import { national } from '../calendar/given.js'
import { adopt, onCalendar, withoutYear, withYear } from '../support/calendars.js'
import { until, 材料, 立行立改 } from '../support/entries.js'
import { 单位负责人, 整改办, 整改办主任, 经办人 } from '../support/people.js'
import { rulesOf, withPolicy } from '../support/policies.js'
import { at } from '../support/story.js'
import { aCaseThatIs, aNoticeUp } from './given.js'

const NEXT = withYear(national, '2027', {
  off: ['01-01', '02-08', '02-09', '02-10', '02-11', '02-12'],
  on: ['02-06', '02-20'],
})
const yongzhou = rulesOf('yongzhou')

describe('GN-02 a date counted over a year whose notice was not out', () => {
  it('moves by the same number of working days; one counted over published years stays', () => {
    const day = (date: string, countedFrom: string) => ({
      date: plainDate(date),
      countedFrom: plainDate(countedFrom),
    })
    expect(reprojected(national, NEXT, day('2027-01-04', '2026-12-21'))).toBe('2027-01-05')
    expect(reprojected(national, NEXT, day('2026-12-31', '2026-12-21'))).toBe('2026-12-31')
    expect(reprojected(national, NEXT, day('2027-02-08', '2027-02-01'))).toBe('2027-02-06')
  })

  it('is the day the new calendar would have given, whatever the day and the span', () => {
    const anyDay = fc.integer({ min: 0, max: 800 }).map((days) => addDays(plainDate('2025-06-01'), days))
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 60 }), (from, days) => {
        const span = { days, of: 'working' as const }
        const before = dueWithin(national, from, span)
        const { date } = dueWithin(NEXT, from, span)
        expect(reprojected(national, NEXT, { date: before.date, countedFrom: from })).toBe(date)
      }),
    )
  })

  it('never moves into the past, and a notice is never shortened', () => {
    const notice = {
      key: 'notice',
      title: '公示期满',
      date: plainDate('2027-02-08'),
      countedFrom: plainDate('2027-02-01'),
    }
    const early = at('2027-02-02')
    expect(movedDates(national, NEXT, [{ ...notice, moves: 'later-only' }], early)).toEqual([])
    expect(movedDates(national, NEXT, [{ ...notice, moves: 'either-way' }], early)).toMatchObject([
      { to: '2027-02-06' },
    ])
    expect(movedDates(national, NEXT, [{ ...notice, moves: 'either-way' }], at('2027-02-07'))).toMatchObject([
      { to: '2027-02-07' },
    ])
  })
})

describe('a running case goes over to another calendar', () => {
  it('GN-02 by the office’s head, with its dates on the record; what was missed stays missed', async () => {
    const story = await aCaseThatIs('handed-over', 'yongzhou', {
      on: '2026-12-21',
      entry: { deadline: 立行立改 },
    })
    await story.on('2026-12-28')
    expect(await story.events('acknowledgement-missed')).toHaveLength(1)
    const next = onCalendar(yongzhou, NEXT)
    await story.refused(整改办, adopt(next), 'GN-08', '整改办主任')
    await story.refused(经办人, adopt(next), 'GN-08')
    const before = await story.stage.record()
    await story.by(整改办主任, adopt(next))
    const [event] = await story.events('rules-adopted')
    expect(event?.moved.map(({ key, from, to }) => `${key} ${from} ${to}`)).toEqual([
      'planBy 2027-01-04 2027-01-05',
      'original 2027-01-04 2027-01-05',
      'due 2027-01-04 2027-01-05',
    ])
    expect((await story.stage.record()).slice(0, before.length)).toEqual(before)
    expect((await story.state()).calendar).toBe(NEXT.version)
    await story.refused(整改办主任, adopt(next), 'GN-02', '已是这一版')
    await story.on('2027-01-07')
    expect(await story.moments('case-plan-missed')).toEqual([endOfDay(plainDate('2027-01-05'))])
    expect(await story.moments('overdue')).toEqual([endOfDay(plainDate('2027-01-05'))])
  })

  it('GN-08 alone, apart from its round, never by those who answer for it', async () => {
    const story = await aCaseThatIs('rectifying', 'yongzhou', {
      on: '2026-12-21',
      entry: { deadline: until('2027-06-30') },
    })
    const alone = { ...adopt(onCalendar(yongzhou, NEXT)), scope: 'case' as const }
    const both = { ...整改办主任, posts: [...整改办主任.posts, ...单位负责人.posts] }
    await story.refused(both, alone, 'GN-08', '不得单独')
    await story.by(整改办主任, alone)
    const [event] = await story.events('rules-adopted')
    expect(event && tell(event)).toContain('本件单独改用新的日历')
  })

  it('a round’s decision treats all alike: its head may also answer for one of them', async () => {
    const story = await aCaseThatIs('rectifying', 'yongzhou', {
      on: '2026-12-21',
      entry: { deadline: until('2027-06-30') },
    })
    const both = { ...整改办主任, posts: [...整改办主任.posts, ...单位负责人.posts] }
    await story.by(both, adopt(onCalendar(yongzhou, NEXT)))
    expect((await story.state()).calendar).toBe(NEXT.version)
  })

  it('refuses a calendar that lost a year, contents that are not what their hash says, another city, no reason', async () => {
    const story = await aCaseThatIs('rectifying', 'yongzhou', {
      on: '2026-12-21',
      entry: { deadline: until('2027-06-30') },
    })
    await story.refused(
      整改办主任,
      adopt(onCalendar(yongzhou, withoutYear(national, '2026'))),
      'GN-02',
      '2026',
    )
    const forged = adopt(onCalendar(yongzhou, { ...NEXT, years: national.years }))
    await story.refused(整改办主任, forged, 'GN-07', '不符')
    await story.refused(整改办主任, adopt(rulesOf('jinan')), 'GN-13')
    await story.refused(整改办主任, adopt(onCalendar(yongzhou, NEXT), ' '), 'GN-07', '理由')
  })

  it('GN-04 a running notice keeps its day or gets a later one, and an objection its new day', async () => {
    const story = await aNoticeUp('yongzhou', { on: '2026-12-24', entry: { deadline: until('2027-06-30') } })
    await story.by({ stranger: '市民' }, { type: 'object', text: '仍有异味', contact: '12345' })
    const notice = (await story.state()).closing?.notice
    expect(notice).toMatchObject({ until: '2027-01-06', objections: [{ answerBy: '2026-12-31' }] })
    await story.by(整改办主任, adopt(onCalendar(yongzhou, NEXT)))
    expect((await story.state()).closing?.notice).toMatchObject({
      until: '2027-01-07',
      objections: [{ answerBy: '2026-12-31' }],
    })
  })
})

const inserted = (policy: Policy, before: string): Partial<Policy> => ({
  closing: {
    ...policy.closing,
    chain: policy.closing.chain.flatMap((step): readonly Step[] =>
      step.id === before ? [{ ...step, id: 'extra', title: '新增一关' } as Step, step] : [step],
    ),
  },
})

describe('a running case goes over to a new version of its policy', () => {
  it('steps completed stay completed; a chain may change behind the step whose turn it is, never before it', async () => {
    const story = await aCaseThatIs('closing')
    await story.signedUpTo('secretary')
    const earlier = withPolicy('yongzhou', (policy) => inserted(policy, 'gatekeeping'))
    const here = withPolicy('yongzhou', (policy) => inserted(policy, 'secretary'))
    const behind = withPolicy('yongzhou', (policy) => inserted(policy, 'office-check'))
    for (const rules of [earlier, here]) {
      const answer = await story.tries(整改办主任, adopt(rules, '修订规则'))
      expect(isRefusal(answer) && answer).toMatchObject({
        clause: 'CD-05',
        kind: 'conflict',
        instead: [{ act: 'withdraw-closing' }],
      })
    }
    const before = (await story.state()).closing
    await story.by(整改办主任, adopt(behind, '修订规则'))
    expect((await story.state()).closing).toEqual(before)
    await story.turn('secretary')
    await story.signs()
    await story.signs()
    await story.turn('extra')
  })

  it('dates already given stay as they were given; the rhythm begins anew, and nobody is late by the change alone', async () => {
    const story = await aCaseThatIs('acknowledged')
    const given = (await story.state()).handover
    await story.on('2019-10-16')
    const monthly = withPolicy('yongzhou', ({ returns, handover }) => ({
      returns: { ...returns, rhythm: { every: 'ten-days', days: [5, 15, 25], time: '17:00' } },
      handover: { ...handover, casePlan: { ...handover.casePlan, days: 3 } },
    }))
    await story.by(整改办主任, adopt(monthly, '改为旬报'))
    expect((await story.state()).handover).toEqual(given)
    expect(awaitedPeriod(story.rules, await story.state())).toBe('2019-10-25')
    await story.on('2019-10-26')
    const missed = (await story.events('return-missed')).map(({ period }) => period)
    expect(missed).toEqual(['2019-10-11', '2019-10-25'])
  })

  it('GN-05 a rung inserted below one already raised is passed over by the same decision, and raised never', async () => {
    const story = await aCaseThatIs('rectifying', 'yongzhou', { entry: { deadline: until('2019-11-15') } })
    await story.on('2019-11-18')
    expect(await story.rung('interview')).toBe('drafted')
    const noInterview = withPolicy('yongzhou', ({ ladder }) => ({
      ladder: ladder.filter(({ id }) => id !== 'interview'),
    }))
    await story.refused(整改办主任, adopt(noInterview, '修订'), 'CD-11', '先作出决定')
    await story.by(整改办主任, { type: 'decide-rung', rung: 'interview', decision: 'issue', reason: '' })
    await story.refused(整改办主任, adopt(noInterview, '修订'), 'GN-05', '先解除')
    const circular = rulesOf('jinan').policy.ladder.filter(({ id }) => id === 'circular')
    const more = withPolicy('yongzhou', ({ ladder }) => ({
      ladder: [...ladder.slice(0, 1), ...circular, ...ladder.slice(1)],
    }))
    await story.by(整改办主任, adopt(more, '增加通报'))
    expect(await story.rung('circular')).toBe('skipped')
    await story.on('2020-02-20')
    expect((await story.events('rung-drafted')).map(({ rung }) => rung)).not.toContain('circular')
    expect((await story.events('rung-drafted')).map(({ rung }) => rung)).toContain('referral-draft')
  })

  it('is refused once the case is archived', async () => {
    const story = await aCaseThatIs('closed')
    for (const date of ['2020-03-01', '2020-06-01', '2020-12-01']) {
      await story.on(date)
      if ((await story.state()).phase === 'archived') break
      await story.by(整改办, {
        type: 'look-back',
        result: 'holds',
        findings: '未见反弹',
        site: { place: '厂区', at: story.stage.now(), photos: [材料('照片')], observers: [] },
      })
    }
    await story.phase('archived')
    await story.refused(整改办主任, adopt(onCalendar(yongzhou, NEXT)), 'GN-07', '已经办结')
  })
})
