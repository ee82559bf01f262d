import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { readPolicy } from '../../policies/load.js'
import { until, 中央督察 } from '../support/entries.js'
import { unit, 包案领导, 另一配合单位, 牵头单位, 配合单位 } from '../support/people.js'
import { rulesOf } from '../support/policies.js'
import { decides, endOf, hourOf, timeline } from './acts.js'
import { acceptance } from './clause.js'

const { clause } = acceptance()

const FILE = 'test/policies/sixth-city.yaml'
const { policy, hash } = readPolicy(readFileSync(FILE, 'utf8'), FILE)
const linjiang = { policy, hash, calendar: rulesOf('yongzhou').calendar }

const 三家 = {
  cooperatingUnits: [unit('市水利局'), unit('市城管局'), unit('市住建局')],
  supervisingUnit: unit('市农业农村局'),
}

clause(
  'GN-13',
  'a sixth city, written as data alone: daily dispatch, coloured slips, a ratio of opinions, applications collected on the 5th and the 20th, seven calendar days of notice from the next day',
  async (given, { papersOf }) => {
    const story = await given(linjiang, {
      on: '2019-10-08',
      entry: { deadline: until('2019-12-31'), ...三家 },
    })
    await story.rectifying()
    await story.on('2019-10-14', '09:30')
    // Every working day, the make-up Saturday among them, not on the Sunday; the first two days are spared.
    expect(await timeline(story, 'return-missed')).toEqual(
      ['2019-10-10', '2019-10-11', '2019-10-12'].map((day) => `return-missed ${hourOf(day, 17)}`),
    )
    await story.reports(30)
    expect((await story.state()).returns).toMatchObject({ submitted: 1, missed: 3 })
    await story.submits()
    const [submitted] = await story.events('closing-submitted')
    // The 20th is a Sunday: taken up on Monday.
    expect(submitted?.collectedOn).toBe('2019-10-21')
    await story.turn('opinions')
    await story.refused(配合单位, await story.signing('opinions'), 'CD-05', '10月21日受理')
    await story.on('2019-10-20')
    expect(await story.moments('step-chased')).toEqual([])
    await story.on('2019-10-21')
    await story.signs(配合单位)
    await story.turn('opinions')
    await story.signs(另一配合单位)
    await story.turn('verification')
    await story.signs(牵头单位)
    await story.signs(包案领导)
    await story.posts()
    expect((await story.state()).closing?.notice).toMatchObject({
      postedOn: '2019-10-21',
      until: '2019-10-28',
    })
    await story.on('2019-10-29')
    expect(await story.moments('notice-ended')).toEqual([endOf('2019-10-28')])
    await story.files()
    await story.phase('closed')
    expect(papersOf(story, 'reminder-slip')).toEqual([])
  },
)

clause(
  'GN-13',
  'its slips come in three colours, each once; what is withdrawn is collected again; a rung for the central inspection is no other’s',
  async (given, { papersOf }) => {
    const [provincial, central] = [
      await given(linjiang, { on: '2019-10-08', entry: { deadline: until('2019-11-29'), ...三家 } }),
      await given(linjiang, {
        on: '2019-10-08',
        entry: { deadline: until('2019-11-29'), ...三家 },
        source: 中央督察,
      }),
    ]
    for (const story of [provincial, central]) {
      await story.on('2019-10-08')
      await story.rectifying()
    }
    await provincial.on('2019-12-02', '12:00')
    const near = await provincial.events('deadline-near')
    expect(near.map(({ days, slip }) => [days, slip])).toEqual([
      [30, 'yellow'],
      [15, 'orange'],
      [7, 'red'],
    ])
    expect(papersOf(provincial, 'reminder-slip').map(({ facts }) => facts[0]?.value)).toEqual([
      '黄色提醒单',
      '橙色提醒单',
      '红色提醒单',
    ])
    expect((await provincial.told()).some((line) => line.includes('提前 7 天提醒,红色提醒单'))).toBe(true)
    await central.on('2019-12-02', '12:00')
    for (const story of [provincial, central]) await decides(story, 'circular')
    await provincial.on('2019-12-31')
    await central.on('2019-12-31')
    // The provincial case goes from the circular to the interview; the central one by way of the listed supervision.
    expect([await provincial.rung('listed-supervision'), await provincial.rung('interview')]).toEqual([
      undefined,
      'drafted',
    ])
    expect(await central.rung('listed-supervision')).toBe('drafted')

    await provincial.submits()
    const first = (await provincial.state()).closing?.collectedOn
    expect(first).toBe('2020-01-06')
    await provincial.by(
      { person: 'unit' as never, name: '经办小罗', posts: [{ role: 'unit-clerk', unit: unit('甲县政府') }] },
      { type: 'withdraw-closing', reason: '补充材料' },
    )
    await provincial.on('2020-01-08')
    await provincial.submits()
    expect((await provincial.state()).closing?.collectedOn).toBe('2020-01-20')
  },
)
