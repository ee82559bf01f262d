import type { AnyCommand } from '../domain/decider-types.js'
import type { OrderEffect, ReferralEffect } from '../domain/effects/types.js'
import { type CaseId, type Instant, later } from '../domain/words.js'
import { makeAgenda } from './agenda.js'
import { type Life, makeLife, type Part } from './life.js'
import type { Played, PlayedCommand, PlayRules } from './played.js'

/** Whose turn it is when: of one instant, the case entered first goes first. */
export type Turn = { readonly at: Instant; readonly place: number }

type Order = OrderEffect | ReferralEffect
type Said = { readonly at: Instant; readonly orders: readonly Order[] }

/**
 * A case goes ahead alone to its end, as long as nothing has reached it: nobody else changes what it does. What it asked of others on
 * the way waits for its instant. Once something reaches it, it is played anew up to that instant, and from then on in step with all.
 */
type Being = {
  readonly part: Part
  /** Opened by another case's order, or by its own first step. */
  readonly begun: 'by-order' | 'by-itself'
  life: Life
  pace: 'ahead' | 'in-step'
  said: Said[]
  /** Only the last turn it was put down for counts. */
  turn: number
}

export type World = {
  readonly size: () => number
  readonly enter: (part: Omit<Part, 'place'>) => void
  /** A case opened by an order is there at once. */
  readonly open: (part: Omit<Part, 'place' | 'opening'> & { readonly opening: AnyCommand }) => void
  /** Hands something to a case as it is at that turn; undefined when there is no such case. */
  readonly reach: (caseId: CaseId, turn: Turn) => ((asked: AnyCommand) => void) | undefined
  /** The first case that was opened so. */
  readonly find: (wanted: (opening: Part['opening']) => boolean) => CaseId | undefined
  /** Place and number of every problem registered by that turn. */
  readonly problems: (turn: Turn) => readonly (readonly [number, CaseId])[]
  readonly run: (deliver: (order: Order, turn: Turn) => void) => void
  readonly told: () => Played
}

export const makeWorld = (rules: PlayRules, end: Instant): World => {
  const beings = new Map<CaseId, Being>()
  const agenda = makeAgenda<{ readonly being: Being; readonly at: Instant; readonly turn: number }>()
  const orders: Order[] = []

  const putDown = (being: Being): void => {
    being.turn += 1
    const at = being.pace === 'ahead' ? being.said[0]?.at : being.life.next()
    if (at !== undefined) agenda.add(at, being.part.place, { being, at, turn: being.turn })
  }

  const enter = (part: Part, begun: Being['begun']): Being => {
    const life = makeLife(rules, end, part)
    const being: Being = { part, begun, life, pace: 'ahead', said: [], turn: 0 }
    beings.set(part.caseId, being)
    return being
  }

  const begin = ({ life, begun, part }: Being): void => {
    if (begun === 'by-order') life.take(part.opening as AnyCommand)
  }

  const goOn = (being: Being): void => {
    being.said = ahead(being.life)
    putDown(being)
  }

  /** Plays it anew, up to this turn: until then nothing had reached it, so it asks for the same, and that was done. */
  const fallIntoStep = (being: Being, turn: Turn): void => {
    const { place } = being.part
    being.life = makeLife(rules, end, being.part)
    being.pace = 'in-step'
    being.said = []
    begin(being)
    for (
      let at = being.life.next();
      at !== undefined && comesFirst({ at, place }, turn);
      at = being.life.next()
    )
      being.life.step()
    taken(being.life)
  }

  return {
    size: () => beings.size,
    enter: (part) => goOn(enter({ ...part, place: beings.size }, 'by-itself')),
    open: (part) => {
      const being = enter({ ...part, place: beings.size }, 'by-order')
      begin(being)
      orders.push(...taken(being.life))
      goOn(being)
    },
    reach: (caseId, turn) => {
      const being = beings.get(caseId)
      if (!being) return undefined
      if (being.pace === 'ahead') fallIntoStep(being, turn)
      return (asked) => {
        being.life.take(asked)
        orders.push(...taken(being.life))
        putDown(being)
      }
    },
    find: (wanted) => [...beings.values()].find(({ part }) => wanted(part.opening))?.part.caseId,
    problems: (turn) =>
      [...beings.values()].flatMap(({ life, pace, part: { caseId, place, opening } }) =>
        life.state()?.kind === 'problem' &&
        (pace === 'in-step' || comesFirst({ at: opening.at, place }, turn))
          ? [[place, caseId] as const]
          : [],
      ),
    run: (deliver) => {
      let now = '' as Instant
      for (let next = agenda.take(); next; next = agenda.take()) {
        const { being, at, turn } = next
        if (being.turn !== turn) continue
        now = later(now, at)
        orders.push(...spoken(being))
        putDown(being)
        for (let order = orders.shift(); order; order = orders.shift())
          deliver(order, { at: now, place: being.part.place })
      }
    },
    told: () => {
      const lives = [...beings.values()].map(({ life }) => life)
      return {
        events: inOrder(lives.flatMap(({ told }) => told.events)),
        refusals: inOrder(lives.flatMap(({ told }) => told.refusals)),
        commands: asGiven(lives),
        states: lives.flatMap((life) => life.state() ?? []),
      }
    },
  }
}

/** Its turn has come: one step more, or what it said at this instant when it went ahead. */
const spoken = (being: Being): readonly Order[] => {
  if (being.pace === 'ahead') return being.said.shift()?.orders ?? []
  being.life.step()
  return taken(being.life)
}

const ahead = (life: Life): Said[] => {
  const said: Said[] = []
  let now = '' as Instant
  for (let at = life.next(); at !== undefined; at = life.next()) {
    now = later(now, at)
    life.step()
    if (life.told.orders.length > 0) said.push({ at: now, orders: taken(life) })
  }
  return said
}

const taken = (life: Life): readonly Order[] => life.told.orders.splice(0)

const comesFirst = (one: Turn, other: Turn): boolean =>
  one.at < other.at || (one.at === other.at && one.place <= other.place)

const inOrder = <T extends { readonly at: string; readonly case: CaseId }>(all: readonly T[]): readonly T[] =>
  all.toSorted((a, b) =>
    a.at < b.at ? -1 : a.at > b.at ? 1 : a.case < b.case ? -1 : a.case > b.case ? 1 : 0,
  )

/** Each case's own in the order they were given, also one dated before the one before it. */
const asGiven = (lives: readonly Life[]): readonly PlayedCommand[] =>
  lives
    .flatMap(({ told }) => {
      let now = '' as Instant
      return told.commands.map((command) => {
        now = later(now, command.asked.at)
        return { at: now, command }
      })
    })
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .map(({ command }) => command)
