import { adoptionOfCase } from '../adoption/case.js'
import { effectsOfCase, ordersOfCase } from '../effects/effects.js'
import type { Kind } from '../kinds/kind.js'
import { readersOf } from '../oversight/restricted.js'
import { partiesOf, peopleOf, reading } from '../permission/read.js'
import { isWatched } from '../watching/moments.js'
import { COMMAND_TITLES, type Command } from './commands.js'
import { decide } from './decide.js'
import type { CaseEvent } from './events.js'
import { nextMoment, pendingMoments } from './moments.js'
import { due, kept } from './play.js'
import { type CaseState, PHASE_TITLES } from './state.js'
import { tellingsOfCase } from './tell.js'
import { caseTodos } from './todos.js'

/** 督察整改事项: a problem of the plan, from handing over to its last look-back. */
export const problemKind: Kind<CaseState, Command, CaseEvent> = {
  title: '整改事项',
  prefix: '',
  phases: PHASE_TITLES,
  commands: COMMAND_TITLES,
  opening: 'register',
  begins: 'registered',
  decide,
  evolve: kept,
  nextMoment,
  moments: pendingMoments,
  due: (rules, state, until) => due(rules, state, until).happenings,
  adoption: adoptionOfCase,
  hasEnded: (state) => state.phase === 'archived' && !isWatched(state),
  effects: effectsOfCase,
  orders: ordersOfCase,
  todos: caseTodos,
  tellings: tellingsOfCase,
  reading,
  line: (rules, state) => {
    const { entry, deadline } = state
    const readers = readersOf(rules, state)
    return {
      n: entry.n,
      text: entry.text,
      words: [...entry.section, ...entry.units, ...entry.persons, ...entry.leadUnits],
      units: entry.units,
      parties: partiesOf(state),
      source: state.source,
      ...(entry.area !== undefined && { area: entry.area }),
      people: peopleOf(state),
      ...(entry.leaders.municipal && { caseLeader: entry.leaders.municipal.person }),
      ...(deadline?.due !== undefined && { due: deadline.due }),
      ...(deadline?.original !== undefined && { originalDue: deadline.original }),
      openedAt: state.registeredAt,
      ...(state.closedAt !== undefined && { closedAt: state.closedAt }),
      ...(readers && { readers }),
    }
  },
  // The door has them: what they point at is shown to people (`api/cases/samples.ts`).
  samples: () => [],
}
