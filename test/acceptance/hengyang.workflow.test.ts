import { expect } from 'vitest'
import { until, 材料 } from '../support/entries.js'
import { unit, 整改办, 整改办主任, 牵头单位, 经办人 } from '../support/people.js'
import { at, type Story } from '../support/story.js'
import { climbed, hourOf, looksBack, timeline } from './acts.js'
import { acceptance, type GivenCase } from './clause.js'

const { clause } = acceptance()

const aMatter = (given: GivenCase, on = '2019-05-15'): Promise<Story> =>
  given('hengyang', { on, entry: { deadline: until('2019-12-31') } })

clause(
  'HY-01',
  'a return each month on its last working day, chased before; the first not sooner than ten working days',
  async (given) => {
    const story = await aMatter(given)
    await story.handedOver()
    await story.on('2019-07-29')
    await story.reports(60)
    await story.on('2019-10-08')
    expect(await timeline(story, 'return-chased', 'return-missed')).toEqual([
      `return-chased ${hourOf('2019-05-28', 9)}`,
      `return-missed ${hourOf('2019-05-31', 17)}`,
      `return-chased ${hourOf('2019-06-25', 9)}`,
      `return-missed ${hourOf('2019-06-28', 17)}`, // June ends on a Sunday
      `return-chased ${hourOf('2019-07-26', 9)}`,
      `return-chased ${hourOf('2019-08-27', 9)}`,
      `return-missed ${hourOf('2019-08-30', 17)}`, // August on a Saturday
      `return-chased ${hourOf('2019-09-26', 9)}`, // the 29th, a Sunday, is a day of work
      `return-missed ${hourOf('2019-09-30', 17)}`,
    ])
    expect((await story.events('return-submitted')).map(({ period }) => period)).toEqual(['2019-07-31'])

    const late = await aMatter(given, '2019-05-22')
    await late.handedOver()
    await late.on('2019-07-01')
    expect(await timeline(late, 'return-missed')).toEqual([`return-missed ${hourOf('2019-06-28', 17)}`])
  },
)

clause(
  'HY-08',
  'falsehood found drafts a clue; a rebound reopens the case and begins the ladder anew',
  async (given) => {
    const story = await aMatter(given)
    await story.rectifying()
    await story.submits()
    await story.signedUpTo('verification')
    await story.refuses(牵头单位, '治污设施只为检查而开', 'feigned')
    expect((await story.state()).clues).toEqual([
      { cause: '假装整改:治污设施只为检查而开', clause: 'CD-16', state: 'drafted' },
    ])
    await story.submits()
    await story.signedUpTo()
    await story.posts()
    await story.noticeOver()
    await story.files()
    const before = await story.stage.record()
    await story.on('2019-09-03')
    await looksBack(story, 'rebound', 整改办, 'superficial')
    await story.phase('rectifying')
    expect((await story.state()).rectification.round).toBe(2)
    expect((await story.stage.record()).slice(0, before.length)).toEqual(before)
    expect((await story.state()).clues.map(({ cause }) => cause)).toContain('表面整改:排口又见黑水')
    expect((await climbed(story)).slice(-2)).toEqual(['warning raised', 'circular drafted'])
    expect((await story.state()).ladder.cause).toBe('查实表面整改')
  },
)

clause('HY-09', 'verification is a check on site, with place, time and photos', async (given) => {
  const story = await aMatter(given)
  await story.rectifying()
  await story.submits()
  await story.signedUpTo('verification')
  const check = await story.signing()
  if (check.type !== 'sign' || !check.site) throw new TypeError(check.type)
  const { site, ...nowhere } = check
  await story.refused(牵头单位, nowhere, 'YZ-09', '须到现场')
  await story.refused(牵头单位, { ...check, site: { ...site, photos: [] } }, 'YZ-09', '照片')
  await story.refused(牵头单位, { ...check, site: { ...site, place: '' } }, 'YZ-09', '地点')
  await story.turn('verification')
  await story.by(牵头单位, check)
  expect((await story.events('signed')).at(-1)).toMatchObject({ step: 'verification', site })
})

clause(
  'HY-12',
  'a matter of public opinion has hours, not days, on holidays too; it ends answered in public',
  async (_given, { opened, toldOf }) => {
    const story = await opened(
      'hengyang',
      整改办,
      {
        type: 'report-opinion',
        text: '甲县河道发黑,视频转发过万',
        channel: '短视频平台',
        where: '某账号',
        seenAt: at('2019-10-05', '08:00'),
      },
      { on: '2019-10-05', time: '08:30' },
    )
    await story.refused(经办人, { type: 'end-opinion', conclusion: '算了' }, 'HY-12')
    await story.by(整改办, { type: 'assign-opinion', units: [unit('甲县政府')], words: '立即核查' })
    await story.on('2019-10-06', '12:00')
    expect(await timeline(story, 'opinion-late')).toEqual([
      `opinion-late ${hourOf('2019-10-05', 20).replace('20:00', '20:30').replace('12:00', '12:30')}`,
      `opinion-late ${hourOf('2019-10-06', 8)}`,
    ])
    expect(await toldOf(story, 'opinion-late')).toEqual([
      [{ seat: 'office-head' }, { unit: '甲县政府', who: 'head' }],
      [{ seat: 'office-head' }, { unit: '甲县政府', who: 'head' }],
    ])
    await story.by(经办人, {
      type: 'verify-opinion',
      findings: '雨污混流',
      truth: 'true',
      measures: '封堵排口',
      evidence: [材料('照片')],
    })
    await story.refused(整改办主任, { type: 'end-opinion', conclusion: '办结' }, 'HY-12', '回应舆情')
    await story.by(整改办, { type: 'respond-opinion', response: '已封堵', channels: ['官微'] })
    await story.by(整改办主任, { type: 'end-opinion', conclusion: '已封堵' })
    expect((await story.stateOf('opinion')).phase).toBe('ended')
  },
)
