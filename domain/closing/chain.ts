import type { CaseState, Vote } from '../case/state.js'
import type { Rules } from '../context.js'
import type { Chair } from '../parties.js'
import { chairKey, chairsOf } from '../people/chairs.js'
import type { SignOffStep, Step } from '../policy.js'
import { never } from '../refusal.js'

/** The step whose turn it is; undefined when nothing is being closed, or the chain is done. */
export const stepNow = ({ policy }: Rules, { closing }: CaseState): Step | undefined =>
  closing && policy.closing.chain[closing.step]

/** The phase a case is in while a step has its turn. */
export const phaseOfStep = (step: Step): 'closing' | 'on-notice' | 'filing' => {
  switch (step.kind) {
    case 'sign-off':
      return 'closing'
    case 'notice':
      return 'on-notice'
    case 'filing':
      return 'filing'
    default:
      return never(step)
  }
}

/** Chairs of a step: its seat's, then those added (加签). */
export const chairsOfStep = (rules: Rules, state: CaseState, step: SignOffStep): readonly Chair[] => [
  ...chairsOf(rules, state, step.by),
  ...addedTo(state, step),
]

const addedTo = ({ closing }: CaseState, { id }: SignOffStep): readonly Chair[] =>
  closing?.added.filter((added) => added.step === id).map(({ chair }) => chair) ?? []

const votesOf = (state: CaseState, verdict: Vote['verdict']): ReadonlySet<string> =>
  new Set(
    (state.closing?.votes ?? [])
      .filter((vote) => vote.verdict === verdict)
      .map(({ chair }) => chairKey(chair)),
  )

/** Chairs that may speak now: in a sequence the first who has not, otherwise everybody who has not. */
export const chairsWhoseTurn = (rules: Rules, state: CaseState, step: SignOffStep): readonly Chair[] => {
  const spoken = new Set((state.closing?.votes ?? []).map(({ chair }) => chairKey(chair)))
  const silent = chairsOfStep(rules, state, step).filter((chair) => !spoken.has(chairKey(chair)))
  switch (step.quorum.mode) {
    case 'one': {
      const seatDone = chairsOf(rules, state, step.by).some((chair) => spoken.has(chairKey(chair)))
      const added = new Set(addedTo(state, step).map(chairKey))
      return seatDone ? silent.filter((chair) => added.has(chairKey(chair))) : silent
    }
    case 'all':
      return step.quorum.order === 'sequential' ? silent.slice(0, 1) : silent
    case 'ratio':
      return silent
    default:
      return never(step.quorum)
  }
}

/** What the votes so far make of the step; a vote is counted once, also when a signer was added after it (domain rule 15). */
export const standing = (rules: Rules, state: CaseState, step: SignOffStep): 'open' | 'passed' | 'failed' => {
  const chairs = chairsOfStep(rules, state, step)
  const agreed = votesOf(state, 'for')
  const against = votesOf(state, 'against')
  const has = (list: readonly Chair[], votes: ReadonlySet<string>) =>
    list.filter((chair) => votes.has(chairKey(chair))).length
  switch (step.quorum.mode) {
    case 'one': {
      const added = addedTo(state, step)
      if (against.size > 0) return 'failed'
      const seat = chairsOf(rules, state, step.by)
      return has(seat, agreed) > 0 && has(added, agreed) === added.length ? 'passed' : 'open'
    }
    case 'all':
      if (against.size > 0) return 'failed'
      return has(chairs, agreed) === chairs.length ? 'passed' : 'open'
    case 'ratio': {
      const { needed, of, veto } = step.quorum
      if (veto === 'veto' && against.size > 0) return 'failed'
      const wanted = Math.ceil((chairs.length * needed) / of)
      if (has(chairs, agreed) >= wanted) return 'passed'
      return chairs.length - has(chairs, against) < wanted ? 'failed' : 'open'
    }
    default:
      return never(step.quorum)
  }
}
