import type { Policy } from '../domain/policy.js'
import type { Fault } from './problems.js'

export const faultsOf = (_policy: Policy): readonly Fault[] => []
