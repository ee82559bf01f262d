import { calendarVersion } from '../calendar/version.js'
import { isStranger } from '../case/commands.js'
import type { Rules } from '../context.js'
import type { AnyCommand, CaseKind } from '../decider-types.js'
import { type Asked, type CommonState, type Happened, isMachine } from '../kinds/kind.js'
import { kindOf } from '../kinds/registry.js'
import type { Actor, Author } from '../parties.js'
import { canonical, sha256Of } from '../record/chain.js'
import { isRefusal, type Refusal, refuse } from '../refusal.js'
import { type Instant, later, type Sha256 } from '../words.js'
import { movedDates, movedMoments } from './moved.js'
import { ADOPTION_TITLE, type AdoptRules, type RulesAdopted } from './types.js'

/** The rules a command brings with it; undefined for every other command. */
export const rulesBroughtBy = (command: { readonly type: string }): Rules | undefined =>
  command.type === 'adopt-rules' ? (command as AdoptRules).rules : undefined

export const isAdoption = (asked: AnyCommand): asked is Asked<AdoptRules> =>
  asked.command.type === 'adopt-rules'

/** The office's head decides, in person; the machine never moves a case to other rules (GN-08). */
const decider = ({ by }: Asked<AdoptRules>): Author | Refusal => {
  const refused = refuse('forbidden', 'GN-08', `“${ADOPTION_TITLE}”由整改办主任决定`)
  if (isMachine(by) || isStranger(by)) return refused
  const post = by.posts.find(({ role }) => role === 'office-head')
  return post ? { kind: 'person', person: by.person, name: by.name, ...post } : refused
}

/** A round's decision treats all alike; one case alone is not given other days by those who answer for it (GN-08). */
export const ownCase = (
  kind: CaseKind,
  rules: Rules,
  state: CommonState,
  { posts }: Pick<Actor, 'posts'>,
): Refusal | undefined => {
  const { units } = kindOf(kind).line(rules, state)
  return posts.some(({ unit }) => unit !== undefined && units.includes(unit))
    ? refuse(
        'forbidden',
        'GN-08',
        '责任单位的人不得单独为本单位的事项改用规则,请由不兼任本单位职务的整改办主任决定',
      )
    : undefined
}

/** A year once published stays published; what is brought must be what its hashes say. */
const unfit = (
  rules: Rules,
  state: CommonState,
  { rules: next, policy, reason }: AdoptRules,
): Refusal | undefined => {
  if (!reason.trim()) return refuse('invalid', 'GN-07', '请写明改用的理由')
  if (
    sha256Of(canonical(next.policy)) !== policy ||
    calendarVersion(next.calendar.years) !== next.calendar.version
  )
    return refuse('invalid', 'GN-07', '规则或日历的内容与其版本号不符,请重新取用')
  if (next.policy.id !== rules.policy.id)
    return refuse('invalid', 'GN-13', `本事项适用${rules.policy.title},不能改用${next.policy.title}`)
  const lost = Object.keys(rules.calendar.years).find((year) => next.calendar.years[year] === undefined)
  if (lost !== undefined) return refuse('invalid', 'GN-02', `新日历缺少已公布的 ${lost} 年`)
  return policy === state.policy && next.calendar.version === state.calendar
    ? refuse('conflict', 'GN-02', '本事项用的已是这一版规则和日历')
    : undefined
}

/**
 * What a case that goes over to other rules keeps, and what moves: dates already given change only where they were provisional
 * (GN-02, domain rule 12). `state` is the case once everything due has happened.
 */
export const adoptionEvent = (
  kind: CaseKind,
  rules: Rules,
  state: CommonState,
  command: AdoptRules,
  at: Instant,
): RulesAdopted | Refusal => {
  const { adoption, moments, hasEnded } = kindOf(kind)
  if (hasEnded(state)) return refuse('out-of-turn', 'GN-07', '本事项已经办结,不再改用新的规则')
  const next = command.rules
  const refusal = unfit(rules, state, command) ?? adoption?.obstacle?.(rules, next, state)
  if (refusal) return refusal
  const event: RulesAdopted = {
    type: 'rules-adopted',
    policy: command.policy,
    calendar: next.calendar.version as Sha256,
    before: { policy: state.policy, calendar: state.calendar },
    reason: command.reason,
    ...(command.scope && { scope: command.scope }),
    moved: movedDates(rules.calendar, next.calendar, adoption?.dates(rules, state) ?? [], at),
    moments: [],
    adjusted: adoption?.adjusted?.(rules, next, state, at) ?? {},
  }
  const after = adopted(kind, state, { at, event })
  return { ...event, moments: movedMoments(moments(rules, state), moments(next, after)) }
}

/** The case under its new rules. */
export const adopted = (
  kind: CaseKind,
  state: CommonState,
  { at, event }: { readonly at: Instant; readonly event: RulesAdopted },
): CommonState => {
  const { adoption } = kindOf(kind)
  const { policy, calendar, moved, adjusted } = event
  const redated = adoption ? moved.reduce(adoption.redated, state) : state
  return { ...(adoption?.adjust?.(redated, adjusted, at) ?? redated), policy, calendar }
}

/** First what fell due, then the decision; nothing of the past is told again. */
export const decideAdoption = (
  kind: CaseKind,
  rules: Rules,
  before: CommonState,
  asked: Asked<AdoptRules>,
): readonly Happened<unknown>[] | Refusal => {
  const by = decider(asked)
  if (isRefusal(by)) return by
  const own = asked.command.scope === 'case' && 'posts' in asked.by && ownCase(kind, rules, before, asked.by)
  if (own) return own
  const { due, evolve } = kindOf(kind)
  const at = later(asked.at, before.at)
  const fell = due(rules, before, at)
  const state = fell.reduce((now: CommonState, fact) => evolve(before.id, now, fact), before)
  const event = adoptionEvent(kind, rules, state, asked.command, at)
  return isRefusal(event) ? event : [...fell, { at, by, event }]
}

/** The decision in one sentence, without its author. */
export const tellAdoption = ({ policy, calendar, before, moved, reason, scope }: RulesAdopted): string => {
  const what = [
    ...(policy === before.policy ? [] : ['规则']),
    ...(calendar === before.calendar ? [] : ['日历']),
  ].join('和')
  const dates = moved.map(({ title, from, to }) => `“${title}”由 ${from} 改为 ${to}`)
  return `${scope === 'case' ? '本件单独' : ''}改用新的${what}:${reason}${dates.length > 0 ? `;${dates.join(',')}` : ';已定期限不变'}`
}
