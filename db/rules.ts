import type { Calendar } from '../domain/calendar/working-days.js'
import type { Rules } from '../domain/context.js'
import type { LedgerState } from '../domain/decider-types.js'
import type { Policy } from '../domain/policy.js'
import type { Sha256 } from '../domain/words.js'
import type { Db, Executor } from './connect.js'
import { json } from './json.js'

/** A case is pinned to rules that were never saved here. */
export class UnknownRules extends Error {
  override readonly name = 'UnknownRules'
}

/** A policy as `policies/load.ts` reads it: `text` is its file, `hash` names what it resolves to. */
export type SavedPolicy = { readonly policy: Policy; readonly hash: Sha256; readonly text: string }

/** A calendar's version is its hash. */
export const calendarHash = ({ version }: Calendar): Sha256 => version as Sha256

/** Keeps both under their hashes, for good; what is there already stays as it is. */
export const saveRules = async (
  db: Executor,
  { policy, hash, text }: SavedPolicy,
  calendar: Calendar,
): Promise<void> => {
  await db
    .insertInto('policies')
    .values({
      hash,
      id: policy.id,
      city: policy.city,
      title: policy.title,
      yaml: text,
      resolved: json(policy),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await db
    .insertInto('calendars')
    .values({ hash: calendarHash(calendar), calendar: json(calendar) })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Named by what they hold, so an answer never grows old; a few versions a city are all there will ever be. */
const KEPT = 200
const known = new Map<string, Rules>()

/** @throws UnknownRules when one of the two was never saved. */
export const rulesOf = async (db: Executor, policy: Sha256, calendar: Sha256): Promise<Rules> => {
  const key = `${policy}/${calendar}`
  const kept = known.get(key)
  if (kept) return kept
  const found = await db
    .selectFrom('policies')
    .innerJoin('calendars', (join) => join.on('calendars.hash', '=', calendar))
    .where('policies.hash', '=', policy)
    .select(['policies.resolved as policy', 'calendars.calendar'])
    .executeTakeFirst()
  if (!found) throw new UnknownRules(`rules not in the tables: policy ${policy}, calendar ${calendar}`)
  if (known.size >= KEPT) known.clear()
  known.set(key, found)
  return found
}

/** The rules in force after each of these steps: a case may have gone over to others on its way. */
export const rulesAlong = async (
  db: Executor,
  steps: readonly { readonly after: LedgerState }[],
): Promise<(ledger: LedgerState) => Rules> => {
  const keyOf = ({ state }: LedgerState): string => `${state.policy}/${state.calendar}`
  const pairs = new Map(steps.map(({ after }) => [keyOf(after), after.state] as const))
  const found = new Map<string, Rules>()
  for (const [key, { policy, calendar }] of pairs) found.set(key, await rulesOf(db, policy, calendar))
  return (ledger) => {
    const rules = found.get(keyOf(ledger))
    if (!rules) throw new UnknownRules(`rules not in the tables: ${keyOf(ledger)}`)
    return rules
  }
}

/** Every policy ever saved, the newest of each id first. */
export const savedPolicies = (db: Db) =>
  db
    .selectFrom('policies')
    .select(['hash', 'id', 'city', 'title', 'yaml', 'savedAt'])
    .orderBy('id')
    .orderBy('savedAt', 'desc')
    .execute()

export const policyByHash = (db: Db, hash: Sha256) =>
  db
    .selectFrom('policies')
    .select(['hash', 'id', 'city', 'title', 'yaml', 'resolved', 'savedAt'])
    .where('hash', '=', hash)
    .executeTakeFirst()
