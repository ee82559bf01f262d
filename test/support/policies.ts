import type { Rules } from '../../domain/context.js'
import type { Policy, SignOffStep, Step } from '../../domain/policy.js'
import { canonical, sha256Of } from '../../domain/record/chain.js'
import type { Sha256 } from '../../domain/words.js'
import { loadCalendar } from '../../policies/calendars/load.js'
import { loadPolicy } from '../../policies/load.js'

/** A city's rules with the national calendar, and the hash a case is pinned to. */
export type CityRules = Rules & { readonly hash: Sha256 }

const read = new Map<string, CityRules>()

/** A city's rules as they are shipped; read once, for a file does not change while a test runs. */
export const rulesOf = (city: string): CityRules => {
  const known = read.get(city)
  if (known) return known
  const { policy, hash } = loadPolicy(city)
  const rules = { policy, calendar: loadCalendar(), hash }
  read.set(city, rules)
  return rules
}

/** A city that differs from a shipped one in what the story is about. */
export const withPolicy = (base: string, change: (policy: Policy) => Partial<Policy>): CityRules => {
  const rules = rulesOf(base)
  const policy: Policy = { ...rules.policy, ...change(rules.policy) }
  return { ...rules, policy, hash: sha256Of(canonical(policy)) }
}

/** The same city with one sign-off step worded otherwise. */
export const withStep = (base: string, id: string, change: Partial<SignOffStep>): CityRules =>
  withPolicy(base, ({ closing }) => ({
    closing: {
      ...closing,
      chain: closing.chain.map(
        (step): Step => (step.kind === 'sign-off' && step.id === id ? { ...step, ...change } : step),
      ),
    },
  }))
