import type { SiteVisit } from '../case/commands.js'
import { type Asked, type Decision, done } from '../case/decision.js'
import type { CaseState, Check, Invitation } from '../case/state.js'
import { authorOf } from '../people/chairs.js'
import { permitted } from '../permission/command.js'
import { isRefusal, type Refusal, refuse } from '../refusal.js'

/** 主动邀请媒体、人大代表、环保志愿者 (YZ-15): to a check of this case, by name and by where they come from. */
export const inviteObservers = ({
  rules,
  state,
  command,
  actor,
  at,
}: Asked<'invite-observers'>): Decision => {
  const seat = permitted(rules, state, actor, command, at)
  if (isRefusal(seat)) return seat
  if (!state.handover || state.phase === 'archived')
    return refuse('out-of-turn', 'YZ-15', '现在没有核查可以邀请')
  const own = command.observers.find(({ from }) => state.entry.units.some((unit) => String(unit) === from))
  if (own) return refuse('invalid', 'GN-08', `${own.name}来自责任单位,不能作为受邀监督的人`)
  const twice = command.observers.find(({ name }) =>
    state.invited?.some((one) => one.name === name && one.check === command.check && one.state === 'invited'),
  )
  if (twice) return refuse('conflict', 'YZ-15', `${twice.name}已经受邀`)
  return done(seat, actor, {
    type: 'observers-invited',
    check: command.check,
    observers: command.observers,
  })
}

/** Whoever was invited says in person what they saw (YZ-15). */
export const recordObservation = ({ state, command, actor }: Asked<'record-observation'>): Decision => {
  const invited = state.invited?.findLast(({ person }) => person === actor.person)
  if (!invited) return refuse('forbidden', 'YZ-15', '受邀参加核查的人才能记录意见')
  return command.words.trim()
    ? {
        by: authorOf(actor, { post: actor.posts[0] ?? { role: 'observer' } }),
        events: [{ type: 'observed', name: invited.name, check: invited.check, words: command.words }],
      }
    : refuse('invalid', 'YZ-15', '请写明所见和意见')
}

/** A check to which observers were invited says of each of them whether they came, and what they said (YZ-15). */
export const unaccounted = (
  state: CaseState,
  check: Check,
  site: SiteVisit | undefined,
): Refusal | undefined => {
  const said = new Set([...(site?.observers ?? []).map(({ name }) => name), ...(site?.absent ?? [])])
  const missing = state.invited?.find(
    (one) => one.check === check && one.state === 'invited' && !said.has(one.name),
  )
  return (
    missing && refuse('invalid', 'YZ-15', `受邀的${missing.name}(${missing.from})是否到场、有何意见没有记录`)
  )
}

/** The invitations after a check: who came, with their words, and who did not. */
export const attended = (
  invited: readonly Invitation[],
  check: Check,
  site: SiteVisit | undefined,
): readonly Invitation[] =>
  invited.map((one) => {
    if (one.check !== check || one.state !== 'invited' || !site) return one
    const present = site.observers.find(({ name }) => name === one.name)
    if (present) return { ...one, state: 'present', words: present.words }
    return site.absent?.includes(one.name) ? { ...one, state: 'absent' } : one
  })
