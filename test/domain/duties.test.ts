import { describe, expect, it } from 'vitest'
import { 材料, 立行立改长期坚持, 长期坚持 } from '../support/entries.js'
import { unit, 整改办, 旁人, 经办人 } from '../support/people.js'
import { aCaseThatIs, personOf } from './given.js'

const 研究 = { text: '每半年各自至少研究1次', period: 'P6M', bodies: ['市委常委会', '市政府常务会议'] }
const 巡查 = { text: '每月巡查', period: 'P1M', bodies: [] }

const discharge = (body: string, duty = 0) => ({
  type: 'discharge-duty' as const,
  duty,
  body,
  what: '专题研究',
  evidence: [材料(`${body}纪要`)],
})

describe('JN-06 a recurring duty', () => {
  const given = { entry: { deadline: 长期坚持, duties: [研究] } }

  it('is owed by each body in each half-year of the calendar, and missed by each on its own', async () => {
    const story = await aCaseThatIs('rectifying', 'jinan', given)
    await story.by(整改办, discharge('市委常委会'))
    await story.on('2020-01-02')
    expect((await story.events('duty-missed')).map(({ body, period }) => [body, period])).toEqual([
      ['市政府常务会议', '2019-12-31'],
    ])
    await story.on('2020-07-02')
    expect((await story.events('duty-missed')).map(({ body, period }) => [body, period]).slice(1)).toEqual([
      ['市委常委会', '2020-06-30'],
      ['市政府常务会议', '2020-06-30'],
    ])
  })

  it('begins a new period clean, however many went by unseen', async () => {
    const story = await aCaseThatIs('rectifying', 'jinan', given)
    await story.on('2022-08-01')
    expect((await story.state()).duties).toMatchObject([
      { current: '2022-12-31', discharged: [], missed: 12 },
    ])
    expect((await story.events('duty-rolled')).map(({ next }) => next)).toEqual([
      '2020-06-30',
      '2020-12-31',
      '2021-06-30',
      '2021-12-31',
      '2022-06-30',
      '2022-12-31',
    ])
  })

  it('of a period that ends as the case is handed over is not asked for', async () => {
    const story = await aCaseThatIs('handed-over', 'jinan', { ...given, on: '2019-12-31' })
    await story.on('2020-06-29')
    expect(await story.events('duty-missed')).toEqual([])
    expect((await story.state()).duties).toMatchObject([{ current: '2020-06-30' }])
    await story.on('2020-07-01')
    expect(await story.events('duty-missed')).toHaveLength(2)
  })

  it('is discharged once a period, by a body that owes it, on the record of unit or office', async () => {
    const story = await aCaseThatIs('rectifying', 'jinan', given)
    await story.refused(经办人, discharge('市人大常委会'), 'JN-06', '不在其列')
    await story.refused(经办人, discharge('市委常委会', 1), 'JN-06', '没有这项定期义务')
    await story.refused(旁人, discharge('市委常委会'), 'GN-08')
    await story.by(经办人, discharge('市委常委会'))
    await story.refused(整改办, discharge('市委常委会'), 'JN-06', '已经履行')
  })

  it('of no named body is the responsible units’, each its own', async () => {
    const story = await aCaseThatIs('rectifying', 'jinan', {
      entry: { units: [unit('甲县政府'), unit('丙县政府')], deadline: 长期坚持, duties: [巡查] },
    })
    await story.refused(经办人, discharge('丙县政府'), 'JN-06', '自己履行')
    await story.by(经办人, discharge('甲县政府'))
    await story.by(personOf('小丙', 'unit-clerk', '丙县政府'), discharge('丙县政府'))
    await story.on('2019-11-02')
    expect(await story.events('duty-missed')).toEqual([])
  })

  it('of the units passes on with 转办, what is discharged stays discharged', async () => {
    const story = await aCaseThatIs('rectifying', 'jinan', {
      entry: { deadline: 长期坚持, duties: [巡查, 研究] },
    })
    await story.by(经办人, discharge('甲县政府'))
    await story.by(整改办, {
      type: 'transfer',
      from: unit('甲县政府'),
      to: unit('丙县政府'),
      reason: '职责调整',
    })
    await story.on('2019-12-02')
    expect((await story.events('duty-missed')).map(({ body, period }) => [body, period])).toEqual([
      ['丙县政府', '2019-11-30'],
    ])
    expect((await story.state()).duties[1]?.bodies).toEqual(研究.bodies)
  })

  it('goes on while the case is verified, without touching what is being signed (YZ-09)', async () => {
    const story = await aCaseThatIs('closing', 'jinan', { entry: { deadline: 长期坚持, duties: [研究] } })
    await story.signedUpTo('leader-check')
    const { seal } = await story.state()
    await story.by(整改办, discharge('市委常委会'))
    expect((await story.state()).seal).toBe(seal)
    await story.signedUpTo()
    await story.phase('on-notice')
    expect((await story.events('duty-discharged'))[0]?.evidence).toHaveLength(1)
  })

  it('ends with closure, and a rebound takes it up with the period it is then', async () => {
    const story = await aCaseThatIs('closed', 'jinan', { entry: { deadline: 长期坚持, duties: [研究] } })
    await story.refused(整改办, discharge('市委常委会'), 'JN-06')
    await story.on('2021-02-01')
    expect(await story.events('duty-missed')).toEqual([])
    await story.by(整改办, { type: 'report-rebound', findings: '又见直排' })
    expect((await story.state()).duties).toMatchObject([{ current: '2021-06-30', missed: 0 }])
    await story.on('2021-07-01')
    expect(await story.events('duty-missed')).toHaveLength(2)
  })

  it('JN-04 goes on after the action at once has been confirmed', async () => {
    const story = await aCaseThatIs('rectifying', 'jinan', {
      entry: { deadline: 立行立改长期坚持, duties: [研究] },
    })
    await story.by(经办人, { type: 'confirm-immediate', done: '已拆除', evidence: [] })
    await story.on('2021-01-02')
    expect(await story.events('duty-missed')).toHaveLength(6)
    expect((await story.events('overdue')).length).toBe(0)
  })
})
