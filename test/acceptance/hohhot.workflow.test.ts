import { expect } from 'vitest'
import type { Command } from '../../domain/case/commands.js'
import type { Entry } from '../../domain/entry.js'
import { todos } from '../../domain/todo.js'
import { plainDate } from '../../domain/words.js'
import { returned, until } from '../support/entries.js'
import { unit, 整改办, 旁人, 监管单位, 监管单位负责人, 经办人 } from '../support/people.js'
import type { Story } from '../support/story.js'
import { amend, climbed, hourOf, timeline } from './acts.js'
import { acceptance, type GivenCase } from './clause.js'

const { clause } = acceptance()

const aMatter = (given: GivenCase, entry: Partial<Entry> = {}): Promise<Story> =>
  given('hohhot', {
    on: '2020-06-22',
    entry: { deadline: until('2020-12-31'), leadUnits: [], cooperatingUnits: [], ...entry },
  })

clause(
  'HH-02',
  'a return each week, before the Dragon Boat holidays on the Wednesday; what is missing stays on the record',
  async (given) => {
    const story = await aMatter(given)
    await story.handedOver()
    await story.on('2020-07-06')
    expect(await timeline(story, 'return-missed', 'rung-raised')).toEqual([
      `return-missed ${hourOf('2020-06-24', 17)}`,
      `return-missed ${hourOf('2020-07-03', 17)}`,
      `rung-raised ${hourOf('2020-07-03', 17)}`,
    ])
    await story.by(经办人, { type: 'submit-return', period: plainDate('2020-07-03'), content: returned(10) })
    await story.reports(15)
    await story.on('2020-07-13')
    expect((await story.state()).returns).toMatchObject({ missed: 2, late: 1, submitted: 2, missedInARow: 0 })
    expect(await climbed(story)).toEqual(['warning raised'])
  },
)

clause('HH-05', 'the 责任单位 itself applies, to its 监管单位', async (given, { toldOf }) => {
  const story = await aMatter(given)
  await story.rectifying()
  const apply: Command = { type: 'submit-closing', statement: '已完成', checklist: [], evidence: [] }
  await story.refused(监管单位, apply, 'GN-08')
  await story.refused(旁人, apply, 'GN-08')
  await story.refused(监管单位, await story.signing('verification'), 'HH-06', '现在没有待签的销号申请')
  await story.submits()
  await story.turn('verification')
  const supervisor = { seat: 'supervising-unit', unit: '市住建局' }
  expect(todos(story.rules, await story.stage.state()).filter(({ act }) => act === 'sign')).toMatchObject([
    { title: '核查验收', chair: supervisor },
  ])
  expect(await toldOf(story, 'step-completed')).toEqual([[{ unit: '市住建局', who: 'everybody' }]])
})

clause(
  'HH-06',
  'the 监管单位 verifies on site, closes and files; it is never the 责任单位',
  async (given) => {
    const story = await aMatter(given, { supervisingUnit: unit('甲县政府') })
    await story.refused(整改办, { type: 'hand-over' }, 'HH-06', '甲县政府是责任单位,不能同时作监管单位')
    await story.by(整改办, amend({ supervisingUnit: unit('市住建局') }))
    await story.rectifying()
    await story.submits()
    await story.refused(经办人, await story.signing('verification'), 'YZ-07')
    await story.refused(整改办, await story.signing('verification'), 'HH-06', '您不在其列')
    await story.signs(监管单位)
    await story.refused(监管单位, await story.signing('closure'), 'YZ-07', '只签一次')
    await story.signs(监管单位负责人)
    await story.posts()
    await story.noticeOver()
    await story.refused(经办人, { type: 'send-filing', to: '自治区整改办', noticeResult: '无异议' }, 'GN-08')
    await story.by(监管单位, { type: 'send-filing', to: '自治区整改办', noticeResult: '无异议' })
    await story.phase('filing')
    await story.by(监管单位, {
      type: 'record-filing-receipt',
      receipt: '内督改备〔2020〕12号',
      receivedOn: plainDate('2020-07-07'),
    })
    await story.phase('closed')
  },
)
