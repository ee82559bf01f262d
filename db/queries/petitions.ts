import type { PetitionState } from '../../domain/petition/types.js'
import type { RoundId } from '../../domain/words.js'
import type { Executor } from '../connect.js'

/** Every petition of a round, as its events made it, by number. */
export const petitionsOfRound = async (db: Executor, round: RoundId): Promise<readonly PetitionState[]> => {
  const rows = await db
    .selectFrom('cases')
    .innerJoin('caseStates', 'caseStates.caseId', 'cases.id')
    .where('cases.round', '=', round)
    .where('cases.kind', '=', 'petition')
    .select('caseStates.state')
    .orderBy('cases.id')
    .execute()
  return rows.flatMap(({ state }) => (state.kind === 'petition' ? [state.state] : []))
}
