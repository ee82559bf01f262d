import { decide as decideCase } from './case/decide.js'
import type { CaseEvent, Happening } from './case/events.js'
import { evolve as evolveCase } from './case/evolve.js'
import { nextMoment as nextCaseMoment } from './case/moments.js'
import { due as dueCase } from './case/play.js'
import type { DoneCommand } from './case/state.js'
import type { Rules } from './context.js'
import type { AnyCommand, LedgerEvent, LedgerRecord, LedgerState } from './decider-types.js'
import type { Author } from './parties.js'
import { decideReferral, dueReferral, nextReferralMoment } from './referral/decide.js'
import { evolveReferral } from './referral/evolve.js'
import type { ReferralCaseCommand, ReferralEvent } from './referral/types.js'
import { never, type Refusal, refuse } from './refusal.js'
import { isWatched } from './watching/moments.js'
import type { CaseId, CommandId, Instant } from './words.js'

export { effectsOf } from './effects/effects.js'

/** An event of any kind of case, before it is numbered. */
export type AnyHappening = { readonly at: Instant; readonly by: Author; readonly event: LedgerEvent }

const REFERRAL_COMMANDS: ReadonlySet<string> = new Set<ReferralCaseCommand['command']['type']>([
  'open-referral',
  'transfer-clue',
  'record-transfer-receipt',
  'begin-verification',
  'decline-clue',
  'record-outcome',
  'publish-outcome',
])

const isForReferral = (asked: AnyCommand): asked is ReferralCaseCommand =>
  REFERRAL_COMMANDS.has(asked.command.type)

/** What a command does: first what fell due before it, then its own events and what follows; or a refusal, and nothing happens. */
export const decide = (
  rules: Rules,
  before: LedgerState | undefined,
  asked: AnyCommand,
): readonly AnyHappening[] | Refusal => {
  if (isForReferral(asked)) {
    return before?.kind === 'problem'
      ? refuse('conflict', 'CD-14', '这是督察整改事项,不是责任追究案件')
      : decideReferral(rules, before?.state, asked)
  }
  return before?.kind === 'referral'
    ? refuse('conflict', 'CD-14', '这是责任追究案件,不按督察整改事项办理')
    : decideCase(rules, before?.state, asked)
}

/** What a case is after one more recorded event; remembers which commands made which events. */
export const evolve = (before: LedgerState | undefined, record: LedgerRecord): LedgerState => {
  const after = evolveFact(before, record.case, record)
  if (record.command === undefined) return after
  const recent = remember(after.state.recent, record.command, record.seq)
  return after.kind === 'problem'
    ? { kind: 'problem', state: { ...after.state, recent } }
    : { kind: 'referral', state: { ...after.state, recent } }
}

const evolveFact = (before: LedgerState | undefined, id: CaseId, fact: AnyHappening): LedgerState =>
  before?.kind === 'referral' || fact.event.type === 'referral-opened'
    ? {
        kind: 'referral',
        state: evolveReferral(id, before?.kind === 'referral' ? before.state : undefined, {
          ...fact,
          event: fact.event as ReferralEvent,
        }),
      }
    : {
        kind: 'problem',
        state: evolveCase(id, before?.kind === 'problem' ? before.state : undefined, {
          ...fact,
          event: fact.event as CaseEvent,
        }),
      }

/** So many commands are remembered for de-duplication; Temporal itself remembers those of the current run. */
const REMEMBERED = 100

const remember = (recent: readonly DoneCommand[], id: CommandId, seq: number): readonly DoneCommand[] => {
  const last = recent.at(-1)
  return last?.id === id
    ? [...recent.slice(0, -1), { ...last, to: seq }]
    : [...recent, { id, from: seq, to: seq }].slice(-REMEMBERED)
}

/** The only source of timers: the earliest pending moment, in the round's time. */
export const nextMoment = (rules: Rules, { kind, state }: LedgerState): Instant | undefined =>
  kind === 'problem' ? nextCaseMoment(rules, state) : nextReferralMoment(state)

/** Everything that falls due up to and including `until`, each at its own instant. */
export const due = (rules: Rules, state: LedgerState, until: Instant): readonly AnyHappening[] =>
  state.kind === 'problem'
    ? dueCase(rules, state.state, until).happenings
    : dueReferral(rules, state.state, until)

/** Nothing can happen to it any more by itself, and its workflow may end: `nextMoment` has nothing to say about it. */
export const hasEnded = (ledger: LedgerState): boolean => {
  switch (ledger.kind) {
    case 'problem':
      return ledger.state.phase === 'archived' && !isWatched(ledger.state)
    case 'referral':
      return ledger.state.phase === 'published' || ledger.state.phase === 'declined'
    default:
      return never(ledger)
  }
}

/** A paper that followed from event `cause` has its number: the case records it (GN-07). */
export const paperIssued = (
  at: Instant,
  issued: Omit<Extract<CaseEvent, { type: 'paper-issued' }>, 'type'>,
): Happening => ({
  at,
  by: { kind: 'engine', clause: 'GN-07', rule: '公文已编号印发' },
  event: { type: 'paper-issued', ...issued },
})

/** What a Signal asked and was refused stands on the record. */
export const signalRefused = (asked: AnyCommand, refusal: Refusal, at: Instant): AnyHappening => ({
  at,
  by: { kind: 'engine', clause: refusal.clause, rule: '不符合规定,未予办理' },
  event: {
    type: 'signal-refused',
    command: asked.command.type,
    commandId: asked.id,
    clause: refusal.clause,
    why: refusal.why,
  },
})
