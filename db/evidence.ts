import { createHash } from 'node:crypto'
import type { EvidenceItem } from '../domain/case/commands.js'
import { storable } from '../domain/text.js'
import type { CaseId, PersonId, Sha256 } from '../domain/words.js'
import type { Executor } from './connect.js'

/** Keeps a file under the hash of its content, once; the first name it came under stays. */
export const keepEvidence = async (
  db: Executor,
  file: { readonly name: string; readonly mediaType: string; readonly content: Uint8Array },
  person?: PersonId,
): Promise<EvidenceItem> => {
  const { content } = file
  const sha256 = createHash('sha256').update(content).digest('hex') as Sha256
  const name = storable(file.name)
  const mediaType = storable(file.mediaType)
  const bytes = content.byteLength
  await db
    .insertInto('evidence')
    .values({ sha256, name, mediaType, bytes, content: Buffer.from(content), person: person ?? null })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return { sha256, name, mediaType, bytes }
}

/** A kept file without its content. */
export const evidenceItem = (db: Executor, sha256: Sha256) =>
  db
    .selectFrom('evidence')
    .select(['sha256', 'name', 'mediaType', 'bytes', 'person', 'at'])
    .where('sha256', '=', sha256)
    .executeTakeFirst()

/** Those of the hashes that are kept here: a command may only point at files that are. */
export const keptAmong = async (db: Executor, hashes: readonly Sha256[]): Promise<ReadonlySet<Sha256>> => {
  if (hashes.length === 0) return new Set()
  const rows = await db.selectFrom('evidence').select('sha256').where('sha256', 'in', hashes).execute()
  return new Set(rows.map(({ sha256 }) => sha256))
}

/** Cases that point at a file. */
export const casesOfEvidence = async (db: Executor, sha256: Sha256): Promise<readonly CaseId[]> => {
  const rows = await db
    .selectFrom('caseEvidence')
    .select('caseId')
    .where('sha256', '=', sha256)
    .orderBy('caseId')
    .execute()
  return rows.map(({ caseId }) => caseId)
}

export const evidenceContent = async (db: Executor, sha256: Sha256): Promise<Uint8Array | undefined> => {
  const row = await db
    .selectFrom('evidence')
    .select('content')
    .where('sha256', '=', sha256)
    .executeTakeFirst()
  return row?.content
}
