import { atTime, endOfDay } from '../domain/calendar/dates.js'
import type { AnyCommand } from '../domain/decider-types.js'
import type { OrderEffect, ReferralEffect } from '../domain/effects/types.js'
import { caseIdOf } from '../domain/entry.js'
import { kindOf, kindOfCommand } from '../domain/kinds/registry.js'
import { never } from '../domain/refusal.js'
import type { CaseId, CommandId, RoundId, Sha256 } from '../domain/words.js'
import { makeAgenda } from './agenda.js'
import { sitting } from './habits.js'
import { type Heard, type Life, makeLife, type Part } from './life.js'
import type { Played, PlayRules } from './played.js'
import type { Scenario, ScenarioCase } from './scenario.js'

/**
 * Plays a whole scenario in the pure domain: nothing but the rules, the people's habits and the calendar. All cases live side by
 * side, and what one asks of another reaches it at once.
 */
export const play = (rules: PlayRules, scenario: Scenario): Played => {
  const heard: Heard = { events: [], refusals: [], commands: [], orders: [] }
  const end = endOfDay(scenario.until)
  const lives = new Map<CaseId, Life>()
  const agenda = makeAgenda<{ readonly life: Life; readonly turn: number }>()
  /** Only the last time a life was put down counts. */
  const turns = new Map<Life, number>()

  const putDown = (life: Life): void => {
    const turn = (turns.get(life) ?? 0) + 1
    turns.set(life, turn)
    const at = life.next()
    if (at !== undefined) agenda.add(at, life.place, { life, turn })
  }

  const enter = (part: Omit<Part, 'place'>): Life => {
    const life = makeLife(rules, end, { ...part, place: lives.size }, heard)
    lives.set(part.caseId, life)
    return life
  }

  const deliver = (effect: OrderEffect | ReferralEffect): void => {
    for (const { life, asked } of reached(effect)) {
      life.take(asked)
      putDown(life)
    }
  }

  type Reached = { readonly life: Life; readonly asked: AnyCommand }

  const reached = (effect: OrderEffect | ReferralEffect): readonly Reached[] => {
    if (effect.kind === 'referral') {
      const { referral, first } = effect
      const life = enter({
        ...{ caseId: referral, persona: 'diligent', clue: 'dismiss', acts: [] },
        opening: first,
      })
      return [{ life, asked: first }]
    }
    const { key, at, by, order } = effect
    const id = key as string as CommandId
    switch (order.kind) {
      case 'command': {
        const life = lives.get(order.to)
        return life ? [{ life, asked: { id, at, by, command: order.command } as AnyCommand }] : []
      }
      case 'opening': {
        const command = { ...order.opening, ...pinsOf(rules, scenario, nextId(order.opening.type)) }
        const asked = { id, at, by, command } as AnyCommand
        const part = {
          caseId: nextId(order.opening.type),
          persona: 'none',
          clue: 'dismiss',
          acts: [],
        } as const
        return [{ life: enter({ ...part, opening: asked }), asked }]
      }
      case 'to-the-round':
        return [...lives.values()].flatMap((life) =>
          life.state()?.kind === 'problem'
            ? [{ life, asked: { id: `${id}-${life.place}` as CommandId, at, by, command: order.command } }]
            : [],
        )
      default:
        return never(order)
    }
  }

  const nextId = (opening: string): CaseId => openedId(scenario, opening, lives.size + 1)

  for (const one of scenario.cases) {
    const caseId =
      one.kind === 'problem'
        ? caseIdOf(scenario.round, one.entry.n)
        : openedId(scenario, one.opening.type, lives.size + 1)
    putDown(enter(partOf(rules, scenario, one, caseId)))
  }
  for (let turn = agenda.take(); turn; turn = agenda.take()) {
    if (turns.get(turn.life) !== turn.turn) continue
    turn.life.step()
    putDown(turn.life)
    for (let order = heard.orders.shift(); order; order = heard.orders.shift()) deliver(order)
  }

  return {
    ...heard,
    events: inOrder(heard.events),
    refusals: inOrder(heard.refusals),
    states: [...lives.values()].flatMap((life) => life.state() ?? []),
  }
}

const inOrder = <T extends { readonly at: string; readonly case: CaseId }>(all: readonly T[]): readonly T[] =>
  all.toSorted((a, b) =>
    a.at < b.at ? -1 : a.at > b.at ? 1 : a.case < b.case ? -1 : a.case > b.case ? 1 : 0,
  )

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
