import { isMachine, type Kind } from '../kinds/kind.js'
import { EVERYTHING_READERS, readsEverything } from '../permission/read.js'
import { roleReads } from '../permission/readers.js'
import { refuse } from '../refusal.js'
import type { CaseId, UnitName } from '../words.js'
import {
  decideReferral,
  dueReferral,
  nextReferralMoment,
  REFERRAL_TITLES,
  referralMoments,
} from './decide.js'
import { effectsOfReferral } from './effects.js'
import { evolveReferral } from './evolve.js'
import { REFERRAL_SAMPLES } from './samples.js'
import { REFERRAL_TELLINGS } from './tell.js'
import { referralTodos } from './todos.js'
import {
  REFERRAL_PHASE_TITLES,
  type ReferralCommand,
  type ReferralEvent,
  type ReferralState,
} from './types.js'

/** `jinan-2018/041`: 41. */
const numberIn = (id: CaseId): number => Number(/\/(\d+)/.exec(id)?.[1] ?? 0)

/** 责任追究案件 (CD-14). */
export const referralKind: Kind<ReferralState, ReferralCommand, ReferralEvent> = {
  title: '责任追究案件',
  prefix: '',
  phases: REFERRAL_PHASE_TITLES,
  commands: REFERRAL_TITLES,
  opening: 'open-referral',
  begins: 'referral-opened',
  decide: (rules, before, asked) => {
    const { by } = asked
    return isMachine(by)
      ? refuse('forbidden', 'CD-14', '责任追究案件由人办理,系统不代为办理')
      : decideReferral(rules, before, { ...asked, by })
  },
  evolve: evolveReferral,
  nextMoment: (_rules, state) => nextReferralMoment(state),
  due: dueReferral,
  moments: referralMoments,
  adoption: {
    dates: (_rules, { phase, receipt, receiptBy, transferredOn }) =>
      phase === 'transferred' &&
      receipt === undefined &&
      receiptBy !== undefined &&
      transferredOn !== undefined
        ? [
            {
              key: 'receiptBy',
              title: '移交回执',
              date: receiptBy,
              countedFrom: transferredOn,
              moves: 'either-way',
            },
          ]
        : [],
    redated: (state, { to }) => ({ ...state, receiptBy: to }),
  },
  // Whatever came of it, the police's receipt is waited for.
  hasEnded: ({ phase, police }) =>
    (phase === 'published' || phase === 'declined') && !(police && police.receipt === undefined),
  effects: effectsOfReferral,
  todos: (_rules, state) => referralTodos(state),
  tellings: REFERRAL_TELLINGS,
  reading: (viewer) => (readsEverything(viewer) ? 'whole' : 'none'),
  line: (_rules, state) => ({
    n: numberIn(state.origin),
    text: state.cause,
    words: [state.organ, ...state.units],
    units: state.units as readonly UnitName[],
    parties: state.units as readonly UnitName[],
    origin: state.origin,
    ...(state.phase === 'transferred' && state.receiptBy !== undefined && { due: state.receiptBy }),
    openedAt: state.openedAt,
    readers: EVERYTHING_READERS.map(roleReads),
  }),
  samples: () => REFERRAL_SAMPLES,
}
