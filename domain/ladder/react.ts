import { fullDay } from '../calendar/chinese.js'
import { dateOf, daysBetween } from '../calendar/dates.js'
import { FALSEHOOD_TITLES, type FalsehoodCode } from '../case/commands.js'
import type { CaseEvent } from '../case/events.js'
import type { CaseState } from '../case/state.js'
import type { Rules } from '../context.js'
import { countedFrom } from '../deadline/targets.js'
import type { Seat } from '../parties.js'
import { RUNG_TITLES, type Rung, type Trigger } from '../policy.js'
import { never } from '../refusal.js'
import type { ClueFound } from './clues.js'
import { isFor } from './rungs.js'

/** Falsehood found: by a refusal or a rebound, which stands on the record with its code (CD-16). */
const falsehoodIn = (event: CaseEvent): FalsehoodCode | undefined =>
  event.type === 'step-refused' || event.type === 'rebounded' ? event.code : undefined

const foundFalse = (code: FalsehoodCode): string => `查实${FALSEHOOD_TITLES[code]}`

const FOUND_FALSE: ReadonlySet<string> = new Set(
  (Object.keys(FALSEHOOD_TITLES) as FalsehoodCode[]).map(foundFalse),
)

/** What an event calls for on the ladder, in words; undefined when it calls for nothing. */
const causeOf = (state: CaseState, event: CaseEvent, trigger: Trigger): string | undefined => {
  switch (trigger.on) {
    case 'before-deadline':
      return event.type === 'deadline-near' && event.days === trigger.days
        ? `距时限 ${fullDay(event.due)}还有 ${daysBetween(dateOf(state.at), event.due)} 天`
        : undefined
    case 'after-deadline':
      if (event.type !== 'overdue-further' || event.days !== trigger.days) return undefined
      return countedFrom(state, event.due) === event.due
        ? `超过时限 ${fullDay(event.due)}已 ${event.days} 天`
        : `反弹后 ${event.days} 天仍未整改到位`
    case 'missing-returns':
      return event.type === 'return-missed' && event.inARow === trigger.inARow
        ? event.inARow === 1
          ? `${fullDay(event.period)}调度缺报`
          : `连续 ${event.inARow} 期缺报调度`
        : undefined
    case 'refusals':
      return event.type === 'step-refused' && state.closings.refusals === trigger.count
        ? `销号第 ${trigger.count} 次被退回`
        : undefined
    case 'rebound':
      return event.type === 'rebounded' ? '问题反弹' : undefined
    case 'falsehood': {
      const code = falsehoodIn(event)
      return code && foundFalse(code)
    }
    default:
      return never(trigger)
  }
}

/** The events that may meet a trigger; `causeOf` says whether they do. */
const MEETS: Readonly<Record<Trigger['on'], readonly CaseEvent['type'][]>> = {
  'before-deadline': ['deadline-near'],
  'after-deadline': ['overdue-further'],
  'missing-returns': ['return-missed'],
  refusals: ['step-refused'],
  rebound: ['rebounded'],
  falsehood: ['step-refused', 'rebounded'],
}
const CALLING: ReadonlySet<CaseEvent['type']> = new Set(Object.values(MEETS).flat())

/**
 * Which rung an event calls for: the highest of those whose trigger it meets and that no earlier call has reached. What is called
 * for is climbed to rung by rung; late work takes no call back (GN-05).
 */
export const callFor = ({ policy }: Rules, state: CaseState, event: CaseEvent): readonly CaseEvent[] => {
  if (!CALLING.has(event.type)) return []
  const calls = policy.ladder.flatMap((rung, index) =>
    (isFor(rung, state) ? rung.triggers : []).flatMap((trigger) => {
      const cause = causeOf(state, event, trigger)
      return cause === undefined || index <= state.ladder.claimed ? [] : [{ rung: rung.id, index, cause }]
    }),
  )
  const highest = calls.at(-1)
  return highest ? [{ type: 'rung-called', ...highest, round: state.ladder.round }] : []
}

export type NextRung = { readonly event: CaseEvent; readonly rung: Rung }

/**
 * The next rung on the way to what is called for: raised by the engine where the policy lets it, otherwise drafted for the person
 * who decides; nothing while a draft waits. Each rung once a round, none skipped without a signed decision (CD-11).
 */
export const climb = ({ policy }: Rules, state: CaseState): NextRung | undefined => {
  const { ladder } = state
  if (ladder.rungs.some(({ state: now }) => now === 'drafted')) return undefined
  const taken = new Set(ladder.rungs.map(({ rung }) => rung))
  const rung = policy.ladder
    .slice(0, ladder.claimed + 1)
    .find((one) => isFor(one, state) && !taken.has(one.id))
  if (!rung) return undefined
  const common = { rung: rung.id, round: ladder.round, cause: ladder.cause }
  return {
    rung,
    event:
      rung.by === 'engine'
        ? raised(rung, common)
        : { type: 'rung-drafted', ...common, decider: rung.by satisfies Seat },
  }
}

type Common = { readonly rung: Rung['id']; readonly round: number; readonly cause: string }

/** A rung issued: whom it reaches and by which paper (CD-11). */
export const raised = (rung: Rung, common: Common): CaseEvent => ({
  type: 'rung-raised',
  ...common,
  reaches: rung.reaches,
  ...(rung.paper && { paper: rung.paper }),
})

export const rungRule = (rung: Rung, cause: string): string => `${cause},${RUNG_TITLES[rung.id]}`

const falsehoodClue = (code: FalsehoodCode | undefined, said: string): ClueFound | undefined =>
  code && { cause: `${FALSEHOOD_TITLES[code]}:${said}`, clause: 'CD-16' }

/** Events that draft an accountability clue by themselves: the last rung, and falsehood found (CD-16, JN-15). */
export const clueFrom = (event: CaseEvent): ClueFound | undefined => {
  switch (event.type) {
    case 'step-refused':
      return falsehoodClue(event.code, event.reasons)
    case 'rebounded':
      return falsehoodClue(event.code, event.findings)
    case 'rung-raised':
      // Falsehood has drafted its clue when it was found, before anybody decided on the rung.
      return event.rung === 'referral-draft' && !FOUND_FALSE.has(event.cause)
        ? { cause: `进展缓慢:${event.cause}`, clause: 'JN-15' }
        : undefined
    default:
      return undefined
  }
}
