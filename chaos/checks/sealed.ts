import type { Client } from '@temporalio/client'
import { isEncrypted, keyOf } from '../../codec/encryption.js'
import type { Db } from '../../db/connect.js'
import type { CaseId } from '../../domain/words.js'
import { type Violation, violation } from './violation.js'

const RULE = 'Temporal 里没有案件的明文'
const SIDE_BY_SIDE = 6

/** What lies in the clear by decision (docs/adr/0013); a patch's name is written by the SDK's core, below the codec. */
const OPEN = new Set(['searchAttributes', 'indexedFields'])
const OPEN_MARKER = 'core_patch'

type Payload = Parameters<typeof isEncrypted>[0]

/** What was found in what Temporal keeps of a case: words in the clear, and the names of the keys the rest lies under. */
type Kept = { readonly clear: readonly string[]; readonly keys: ReadonlySet<string> }

export type Sealed = {
  readonly violations: readonly Violation[]
  /** Of each case, the keys under which its history lies. */
  readonly keys: ReadonlyMap<CaseId, ReadonlySet<string>>
}

/** Every case's history and what Temporal says of it beside, as whoever opens its database sees them. */
export const checkSealed = async ({
  db,
  client,
}: {
  readonly db: Db
  readonly client: Client
}): Promise<Sealed> => {
  const ids = (await db.selectFrom('cases').select('id').orderBy('id').execute()).values()
  const violations: Violation[] = []
  const keys = new Map<CaseId, ReadonlySet<string>>()
  const next = async (): Promise<void> => {
    for (const { id } of ids) {
      try {
        const handle = client.workflow.getHandle(id)
        const kept = keptIn([await handle.fetchHistory(), (await handle.describe()).raw])
        keys.set(id, kept.keys)
        if (kept.clear.length > 0) violations.push(violation(RULE, id, kept.clear.slice(0, 5).join(';')))
        if (kept.keys.size === 0) violations.push(violation(RULE, id, '没有一处加密'))
      } catch (error) {
        violations.push(
          violation(RULE, id, `无法查看:${error instanceof Error ? error.message : String(error)}`),
        )
      }
    }
  }
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, next))
  return { violations, keys }
}

/** Whatever message of Temporal's it is: payloads that are not encrypted, and texts in our language. */
export const keptIn = (message: unknown): Kept => {
  const clear: string[] = []
  const keys = new Set<string>()
  const look = (value: unknown, at: string): void => {
    if (typeof value === 'string') {
      if (/\p{Script=Han}/u.test(value)) clear.push(`${at} ${value.slice(0, 60)}`)
      return
    }
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return
    if (isPayload(value)) {
      if (isEncrypted(value)) keys.add(keyOf(value))
      else clear.push(`${at} ${Buffer.from(value.data ?? []).toString('utf8', 0, 60)}`)
      return
    }
    if ('markerName' in value && value.markerName === OPEN_MARKER) return
    for (const [name, part] of Object.entries(value)) if (!OPEN.has(name)) look(part, `${at}.${name}`)
  }
  look(message, '')
  return { clear, keys }
}

const isPayload = (value: object): value is Payload =>
  'metadata' in value &&
  typeof value.metadata === 'object' &&
  value.metadata !== null &&
  'encoding' in value.metadata
