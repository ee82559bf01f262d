import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { endOfDay } from '../../domain/calendar/dates.js'
import { isRefusal } from '../../domain/refusal.js'
import { play } from '../../simulation/play.js'
import { readScenario } from '../../simulation/scenario.js'
import { rulesOf } from '../support/policies.js'
import { skippedWorld } from './skipped.js'
import { workflowStage } from './stage.js'
import type { World } from './world.js'

let world: World
beforeAll(async () => {
  world = await skippedWorld()
})
afterAll(() => world.close())

/** To the second: on the real engine a paper is written meanwhile, and what follows within its milliseconds stands after it. */
const told = ({ at, by, event }: { readonly at: string; readonly by: unknown; readonly event: unknown }) => ({
  at: at.slice(0, 19),
  by,
  event,
})

describe('a scenario on the real engine', () => {
  it.each(['勤勉', '拖延', '沉默', '弄虚作假'])(
    'gives the same events as in the pure domain: %s',
    async (habit) => {
      const scenario = readScenario(
        `scenario: 对照\npolicy: yongzhou\nround: same-${['勤勉', '拖延', '沉默', '弄虚作假'].indexOf(habit)}\nstart: 2019-10-08\nuntil: 2020-12-31\ncases:\n  - { text: 甲, units: [甲县政府], deadline: 2020-03-31, habit: ${habit} }`,
      )
      const rules = rulesOf('yongzhou')
      const { events, commands } = play(rules, scenario)
      const [first] = commands
      if (!first) throw new Error('nothing was done')
      const stage = await workflowStage(world, rules, first.case, first.asked.at)
      try {
        for (const { asked } of commands) {
          if (asked.id !== first.asked.id) await stage.passTo(asked.at)
          const answer = await stage.give(asked.command, asked.by as never, asked.id)
          if (isRefusal(answer)) continue
        }
        await stage.passTo(endOfDay(scenario.until))
        const record = (await stage.record()).filter(({ event }) => event.type !== 'paper-issued')
        expect(record.map(told)).toEqual(events.map(told))
      } finally {
        await stage.end()
      }
    },
    60_000,
  )
})
