import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { atTime, endOfDay } from '../../domain/calendar/dates.js'
import { isRefusal } from '../../domain/refusal.js'
import type { CaseId, CommandId, Instant } from '../../domain/words.js'
import { play } from '../../simulation/play.js'
import { readScenario } from '../../simulation/scenario.js'
import { rulesOf } from '../support/policies.js'
import { skippedWorld } from './skipped.js'
import { clockFor, type WorkflowStage, workflowStage } from './stage.js'
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

  it('gives the same events where one case asks another: three referrals published, petitions merged', async () => {
    const petition = (...acts: readonly string[]): readonly string[] => [
      '  - open: { type: receive-petition, channel: "12345", petitioner: { name: 来信人, contact: 略 }, place: 甲县, subject: 噪声, text: 夜间施工, receivedOn: 2024-03-05 }',
      '    on: 2024-03-05',
      '    by: 整改办',
      ...acts,
    ]
    const scenario = readScenario(
      [
        'scenario: 三件移交\npolicy: changde\nround: three-referred\nstart: 2024-03-04\nuntil: 2024-05-31\ncases:',
        ...['甲县政府', '乙县政府', '丙县政府'].map(
          (unit) =>
            `  - { text: ${unit}的一家, units: [${unit}], deadline: 2024-09-30, habit: 弄虚作假, clue: 移交 }`,
        ),
        ...petition(),
        ...petition(
          '    habit: none',
          '    acts: [{ on: 2024-03-06, at: "09:00", by: 整改办, do: { type: merge-petition, into: three-referred/xf-0004, reason: 同一工地 } }]',
        ),
      ].join('\n'),
    )
    const rules = rulesOf('changde')
    const { events, commands, states } = play(rules, scenario)
    expect(
      states.filter(({ kind, state }) => kind === 'referral' && state.phase === 'published'),
    ).toHaveLength(3)
    expect(states.filter(({ state }) => state.phase === 'merged-closed')).toHaveLength(1)

    const start = atTime(scenario.start, '09:00')
    const clock = await clockFor(world, 'three-referred/001' as CaseId, start)
    const stages = new Map<CaseId, WorkflowStage>()
    /** The server's clock is one for all: the first case takes it along, a new one begins when it is there. */
    const stageAt = async (caseId: CaseId, now: Instant): Promise<WorkflowStage> => {
      const [pacer] = stages.values()
      await pacer?.passTo(now)
      const known = stages.get(caseId)
      await known?.passTo(now)
      const stage = known ?? (await workflowStage(world, rules, caseId, now, clock))
      stages.set(caseId, stage)
      return stage
    }
    const given = new Set<string>()
    const giveOrders = async (now: Instant): Promise<void> => {
      for (const { key, round, by, order } of world.notebook.orders.values()) {
        if (round !== scenario.round || given.has(key) || order.kind !== 'command') continue
        given.add(key)
        const stage = await stageAt(order.to, now)
        await stage.give(order.command, by, key as string as CommandId)
        await giveOrders(now)
      }
    }
    try {
      for (const { case: caseId, asked } of commands.toSorted((a, b) => (a.asked.at < b.asked.at ? -1 : 1))) {
        const stage = await stageAt(caseId, asked.at)
        if (caseId.includes('-R'))
          await vi.waitUntil(() => world.notebook.ledger(caseId).length > 0, {
            timeout: 10_000,
            interval: 10,
          })
        await stage.give(asked.command, asked.by, asked.id)
        await giveOrders(asked.at)
      }
      for (const [caseId, stage] of stages) {
        await stage.passTo(endOfDay(scenario.until))
        const record = (await stage.record()).filter(({ event }) => event.type !== 'paper-issued')
        expect([caseId, record.map(told)]).toEqual([
          caseId,
          events.filter((one) => one.case === caseId).map(told),
        ])
      }
    } finally {
      for (const stage of stages.values()) await stage.end()
    }
  }, 120_000)
})
