import type { Policy } from '../domain/policy.js'
import { canonical, sha256Of } from '../domain/record/chain.js'
import type { Sha256 } from '../domain/words.js'

/** The version of a policy: over what it says once resolved, so neither comments nor layout change it. */
export const policyHash = (policy: Policy): Sha256 => sha256Of(canonical(policy))
