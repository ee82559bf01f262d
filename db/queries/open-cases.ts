import type { Clock } from '../../contracts/clock.js'
import type { CaseKind } from '../../domain/decider-types.js'
import type { CaseId, RoundId, Sha256, UnitName } from '../../domain/words.js'
import type { Executor } from '../connect.js'

/** A case whose workflow should be running, and what it has to be started with. */
export type OpenCase = {
  readonly id: CaseId
  readonly kind: CaseKind
  readonly round: RoundId
  readonly units: readonly UnitName[]
  readonly text: string
  readonly policy: Sha256
  readonly calendar: Sha256
  readonly clock: Clock
}

/** Open cases by their ids, those after `after`: what Temporal should know. */
export const openCases = (db: Executor, after: CaseId | '' = '', limit = 500): Promise<readonly OpenCase[]> =>
  db
    .selectFrom('cases')
    .innerJoin('rounds', 'rounds.id', 'cases.round')
    .where('cases.open', '=', true)
    .where('cases.id', '>', after as CaseId)
    .select([
      'cases.id',
      'cases.kind',
      'cases.round',
      'cases.units',
      'cases.text',
      'cases.policy',
      'cases.calendar',
      'rounds.clock',
    ])
    .orderBy('cases.id')
    .limit(limit)
    .execute()
