import type { EvidenceItem } from '../case/commands.js'
import { canonical, sha256Of } from '../record/chain.js'
import type { Sha256 } from '../words.js'

/** Hash over the evidence in force, whatever order it came in: what a signature is bound to (YZ-09). */
export const sealOf = (evidence: readonly EvidenceItem[]): Sha256 =>
  sha256Of(canonical(evidence.map(({ sha256 }) => sha256).toSorted()))

/** Evidence already there is not there twice. */
export const withEvidence = (
  before: readonly EvidenceItem[],
  added: readonly EvidenceItem[],
): readonly EvidenceItem[] => [
  ...before,
  ...added.filter(
    (item, index) =>
      !before.some(({ sha256 }) => sha256 === item.sha256) &&
      added.findIndex(({ sha256 }) => sha256 === item.sha256) === index,
  ),
]
