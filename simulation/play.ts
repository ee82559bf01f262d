import { atTime, endOfDay } from '../domain/calendar/dates.js'
import type { MarkGroundGone } from '../domain/consequence/types.js'
import type { AnyCommand } from '../domain/decider-types.js'
import type { OrderEffect, ReferralEffect } from '../domain/effects/types.js'
import { caseIdOf } from '../domain/entry.js'
import { kindOf, kindOfCommand } from '../domain/kinds/registry.js'
import { never } from '../domain/refusal.js'
import type { CaseId, CommandId, RoundId, Sha256 } from '../domain/words.js'
import { sitting } from './habits.js'
import type { Part } from './life.js'
import type { Played, PlayRules } from './played.js'
import type { Scenario, ScenarioCase } from './scenario.js'
import { makeWorld, type Turn } from './world.js'

/**
 * Plays a whole scenario in the pure domain: nothing but the rules, the people's habits and the calendar. What one case asks of
 * another reaches it at once.
 */
export const play = (rules: PlayRules, scenario: Scenario): Played => {
  const world = makeWorld(rules, endOfDay(scenario.until))

  const deliver = (effect: OrderEffect | ReferralEffect, turn: Turn): void => {
    if (effect.kind === 'referral') {
      const { referral, first } = effect
      world.open({ caseId: referral, persona: 'diligent', clue: 'dismiss', acts: [], opening: first })
      return
    }
    const { key, at, by, order } = effect
    const id = key as string as CommandId
    switch (order.kind) {
      case 'command':
        world.reach(order.to, turn)?.({ id, at, by, command: order.command } as AnyCommand)
        return
      case 'opening': {
        const caseId = openedId(scenario, order.opening.type, world.size() + 1)
        const command = { ...order.opening, ...pinsOf(rules, scenario, caseId) }
        const opening = { id, at, by, command } as AnyCommand
        world.open({ caseId, persona: 'none', clue: 'dismiss', acts: [], opening })
        return
      }
      case 'to-a-proposal': {
        const { command } = order
        const caseId = world.find(isProposalOf(command))
        if (caseId !== undefined) world.reach(caseId, turn)?.({ id, at, by, command })
        return
      }
      case 'to-the-round':
        for (const [place, caseId] of world.problems(turn)) {
          const given = { id: `${id}-${place}` as CommandId, at, by, command: order.command }
          world.reach(caseId, turn)?.(given)
        }
        return
      default:
        never(order)
    }
  }

  for (const one of scenario.cases) {
    const caseId =
      one.kind === 'problem'
        ? caseIdOf(scenario.round, one.entry.n)
        : openedId(scenario, one.opening.type, world.size() + 1)
    world.enter(partOf(rules, scenario, one, caseId))
  }
  world.run(deliver)
  return world.told()
}

const isProposalOf =
  ({ unit, cause, period }: MarkGroundGone) =>
  ({ command }: Part['opening']): boolean =>
    command.type === 'propose-consequence' &&
    command.sort === 'penalty' &&
    command.unit === unit &&
    command.cause === cause &&
    command.ground?.period === period

const openedId = (scenario: Scenario, opening: string, n: number): CaseId => {
  const kind = kindOfCommand(opening)
  return `${scenario.round}/${kind ? kindOf(kind).prefix : 'x'}-${String(n).padStart(4, '0')}` as CaseId
}

const pinsOf = (rules: PlayRules, scenario: Scenario, caseId: CaseId) => ({
  caseId,
  round: scenario.round as RoundId,
  policy: rules.hash,
  calendar: rules.calendar.version as Sha256,
})

const partOf = (
  rules: PlayRules,
  scenario: Scenario,
  one: ScenarioCase,
  caseId: CaseId,
): Omit<Part, 'place'> => {
  const { persona, acts } = one
  const pins = pinsOf(rules, scenario, caseId)
  if (one.kind === 'problem')
    return {
      ...{ caseId, persona, acts, clue: one.clue },
      opening: {
        by: sitting({ seat: 'office' }),
        at: atTime(one.handedOver ?? scenario.start, '09:00'),
        command: {
          ...{ type: 'register', ...pins, entry: one.entry, source: one.source },
          planDate: scenario.start,
        },
      },
    }
  return {
    ...{ caseId, persona, acts, clue: 'dismiss' },
    opening: {
      by: sitting({ seat: one.by }),
      at: atTime(one.on, one.at),
      command: { ...one.opening, ...pins } as AnyCommand['command'],
    },
  }
}
