import { dateOf } from '../calendar/dates.js'
import { type Asked, type Decision, done } from '../case/decision.js'
import { SEAT_TITLES, type Seat } from '../parties.js'
import { permitted } from '../permission/command.js'
import { isRefusal, type Refusal, refuse } from '../refusal.js'
import { chairsOf, type Sitting, sitting } from './chairs.js'

/** Seats whose holder may let a deputy act, the most particular first. */
const DELEGABLE: readonly Seat[] = [
  'case-leader',
  'county-leader',
  'department-leader',
  'secretary',
  'mayor',
  'responsible-head',
  'lead-unit',
  'cooperating-units',
  'supervising-unit',
  'office-head',
]

/** 委托 (GN-09): under a recorded authority with an end date; a deputy cannot let somebody else act. */
export const delegate = ({ rules, state, command, actor, at }: Asked<'delegate'>): Decision => {
  const seat = ownSeat({ rules, state, actor, at }, command.seat)
  if (isRefusal(seat)) return seat
  if (command.until < dateOf(at)) return refuse('invalid', 'GN-09', '委托的截止日期已过')
  if (!command.document.trim()) return refuse('invalid', 'GN-09', '请填写授权文书')
  if (command.to === actor.person) return refuse('invalid', 'GN-09', '不能委托给本人')
  const other = state.delegations.find(
    ({ to, authority }) => to === command.to && authority.principal !== actor.person,
  )
  if (other) {
    return refuse(
      'conflict',
      'GN-09',
      `${other.toName}已受${other.authority.principalName}委托,不能同时代两人签署`,
    )
  }
  return done(seat, actor, {
    type: 'delegated',
    to: command.to,
    toName: command.toName,
    authority: {
      principal: actor.person,
      principalName: actor.name,
      document: command.document,
      until: command.until,
    },
    post: seat.chair,
  })
}

/** Ended before its day, by the principal who gave it (GN-09). */
export const endDelegation = ({ rules, state, command, actor, at }: Asked<'end-delegation'>): Decision => {
  const seat = ownSeat({ rules, state, actor, at })
  if (isRefusal(seat)) return seat
  return state.delegations.some(
    ({ to, authority }) => to === command.to && authority.principal === actor.person,
  )
    ? done(seat, actor, { type: 'delegation-ended', to: command.to, why: 'ended' })
    : refuse('invalid', 'GN-09', '没有由您作出的这项委托')
}

/** The seat of this person's own that is named, or the most particular of them. */
const ownSeat = (
  { rules, state, actor, at }: Pick<Asked<'delegate'>, 'rules' | 'state' | 'actor' | 'at'>,
  named?: Seat,
): Sitting | Refusal => {
  const chairs = DELEGABLE.filter((seat) => named === undefined || seat === named).flatMap((seat) =>
    chairsOf(rules, state, seat),
  )
  const seat = sitting({ ...state, delegations: [] }, actor, chairs, at)
  if (named !== undefined && !seat)
    return refuse('forbidden', 'GN-09', `您在本事项中没有可以委托的“${SEAT_TITLES[named]}”席位`)
  return seat ?? refuse('forbidden', 'GN-09', '您在本事项中没有可以委托的席位')
}

/** 交接 (YZ-17): the new holder takes over what is open; signatures given stand. */
export const handOverOffice = ({ rules, state, command, actor, at }: Asked<'hand-over-office'>): Decision => {
  const seat = permitted(rules, state, actor, command, at)
  if (isRefusal(seat)) return seat
  if (state.phase === 'archived') return refuse('out-of-turn', 'YZ-17', '事项已归档')
  if (!command.reason.trim()) return refuse('invalid', 'GN-07', '请写明交接的原因')
  return done(seat, actor, {
    type: 'office-handed-over',
    before: state.entry.leaders,
    after: { ...state.entry.leaders, ...command.leaders },
    reason: command.reason,
  })
}
