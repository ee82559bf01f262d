import type { Policy } from '../domain/policy.js'
import { closingFaults } from './check/closing.js'
import { ladderFaults } from './check/ladder.js'
import { oversightFaults } from './check/oversight.js'
import { periodicFaults } from './check/periodic.js'
import { ruleFaults } from './check/rules.js'
import type { Fault } from './problems.js'

/**
 * What is wrong with a policy although each value in it is well written: a chain that never ends, a rung nobody can
 * decide, somebody verifying what is their own. Paths are those of the file.
 */
export const faultsOf = (policy: Policy): readonly Fault[] => [
  ...ruleFaults(policy),
  ...ladderFaults(policy),
  ...closingFaults(policy),
  ...periodicFaults(policy),
  ...oversightFaults(policy),
]
