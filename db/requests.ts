import type { Sha256 } from '../domain/words.js'
import type { Executor } from './connect.js'

/**
 * Notes under whose key what was asked. `again`: the same person asked the same under this key before, and may be told what
 * became of it; `other`: something else was asked under it.
 */
export const noteRequest = async (
  db: Executor,
  {
    person,
    key,
    fingerprint,
  }: { readonly person: string; readonly key: string; readonly fingerprint: Sha256 },
): Promise<'new' | 'again' | 'other'> => {
  const fresh = await db
    .insertInto('requests')
    .values({ person, key, fingerprint })
    .onConflict((conflict) => conflict.doNothing())
    .returning('key')
    .executeTakeFirst()
  if (fresh) return 'new'
  const known = await db
    .selectFrom('requests')
    .select('fingerprint')
    .where('person', '=', person)
    .where('key', '=', key)
    .executeTakeFirst()
  return known?.fingerprint === fingerprint ? 'again' : 'other'
}
