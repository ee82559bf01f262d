import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { Happening, Recorded } from '../case/events.js'
import type { Head, LedgerEvent, LedgerRecord } from '../decider-types.js'
import type { CaseId, CommandId, Sha256 } from '../words.js'

/** Before the first event: number 0, a hash of zeros. */
export const GENESIS: Head = { seq: 0, hash: '0'.repeat(64) as Sha256 }

/** SHA-256 of a text in UTF-8. Pure JavaScript: Node's crypto is not there inside a workflow. */
export const sha256Of = (text: string): Sha256 => bytesToHex(sha256(UTF8.encode(text))) as Sha256
const UTF8 = new TextEncoder()

/** SHA-256 of bytes: a file's. */
export const sha256OfBytes = (bytes: Uint8Array): Sha256 => bytesToHex(sha256(bytes)) as Sha256

/** JSON with sorted keys and without absent fields: the same value always gives the same text. */
export const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item ?? null)).join(',')}]`
  if (value !== null && typeof value === 'object') {
    const fields = Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`)
    return `{${fields.join(',')}}`
  }
  return JSON.stringify(value)
}

/** Hash of an event over all its other fields, the hash before it among them. */
export const hashOf = (record: Omit<Recorded<LedgerEvent>, 'hash'>): Sha256 => {
  const { case: caseId, seq, at, by, event, command, prev } = record
  return sha256Of(canonical({ case: caseId, seq, at, by, event, command, prev }))
}

type AnyHappening = Omit<Happening, 'event'> & { readonly event: LedgerEvent }

/** Numbers and chains what happened, after `head`. */
export const record = (
  head: Head,
  caseId: CaseId,
  happenings: readonly AnyHappening[],
  command?: CommandId,
): readonly LedgerRecord[] => {
  const records: LedgerRecord[] = []
  let { seq, hash: prev } = head
  for (const happening of happenings) {
    seq += 1
    const link = {
      case: caseId,
      seq,
      at: happening.at,
      by: happening.by,
      event: happening.event,
      ...(command !== undefined && { command }),
      prev,
    }
    prev = hashOf(link)
    records.push({ ...link, hash: prev })
  }
  return records
}

/** Number and hash of the last of these records; of what came before, when there are none. */
export const headOf = (records: readonly LedgerRecord[], before: Head = GENESIS): Head => {
  const last = records.at(-1)
  return last ? { seq: last.seq, hash: last.hash } : before
}

export type BrokenLink = { readonly seq: number; readonly why: 'number' | 'previous' | 'hash' }

/** The first link of one case's events that does not hold, if any. */
export const firstBrokenLink = (
  records: readonly LedgerRecord[],
  from: Head = GENESIS,
): BrokenLink | undefined => {
  let { seq, hash } = from
  for (const link of records) {
    seq += 1
    if (link.seq !== seq) return { seq, why: 'number' }
    if (link.prev !== hash) return { seq, why: 'previous' }
    if (hashOf(link) !== link.hash) return { seq, why: 'hash' }
    hash = link.hash
  }
  return undefined
}
