import type { CaseState } from '../case/state.js'
import type { Policy, Rung, RungId } from '../policy.js'

/** A rung for other levels of source is not in this case's ladder. */
export const isFor = ({ levels }: Rung, { source }: Pick<CaseState, 'source'>): boolean =>
  levels === undefined || levels.includes(source.level)

/** The rung as this case has it: another level of source may have another of the same name. */
export const rungOf = ({ ladder }: Policy, state: Pick<CaseState, 'source'>, id: RungId): Rung | undefined =>
  ladder.find((rung) => rung.id === id && isFor(rung, state))
