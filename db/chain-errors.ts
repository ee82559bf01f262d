import type { CaseId, Sha256 } from '../domain/words.js'

/** The ledger holds another event under this number: two chains of one case. Trying again never helps. */
export class ForkedChain extends Error {
  override readonly name = 'ForkedChain'
  constructor(
    readonly caseId: CaseId,
    readonly seq: number,
    readonly inLedger: Sha256,
    readonly given: Sha256,
  ) {
    super(`${caseId}#${seq}: the ledger has ${inLedger}, given was ${given}`)
  }
}

/** Events between the ledger's last and the first given are missing: ask the case for everything above `ledger`. */
export class GapInChain extends Error {
  override readonly name = 'GapInChain'
  constructor(
    readonly caseId: CaseId,
    readonly ledger: number,
    readonly given: number,
  ) {
    super(`${caseId}: the ledger ends at ${ledger}, given was ${given}`)
  }
}

/** An event's number, previous hash or own hash does not hold. Trying again never helps. */
export class BrokenChain extends Error {
  override readonly name = 'BrokenChain'
  constructor(
    readonly caseId: CaseId,
    readonly seq: number,
    readonly why: string,
  ) {
    super(`${caseId}#${seq}: the link does not hold (${why})`)
  }
}

/** True for what no retry can mend. */
export const isHopeless = (error: unknown): boolean =>
  error instanceof ForkedChain || error instanceof BrokenChain
