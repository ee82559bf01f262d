import type { Db } from '../../db/connect.js'
import { type IssuedPaper, issuePaper, paperFailed } from '../../db/papers.js'
import type { EffectKey, PaperOrder } from '../../domain/effects/types.js'
import type { Warn } from '../warn.js'
import { composePaper } from './compose.js'
import { renderDocx } from './docx.js'
import { faultInWords } from './fault.js'
import { paperFileName } from './file-name.js'
import { keepFile } from './keep-file.js'

/** The file of a paper under its number. The same order and number give the same bytes. */
export const paperFile = (order: PaperOrder, number: string): Promise<Uint8Array> =>
  renderDocx(composePaper(order, number))

/**
 * Issues the paper, once for each key, and keeps a copy under a readable name for people who look into the folder.
 * The ledger has the paper; a copy that cannot be written is said and stops nothing.
 */
export const writePaper = async (
  { db, folder, warn }: { readonly db: Db; readonly folder?: string; readonly warn: Warn },
  { key, order }: { readonly key: EffectKey; readonly order: PaperOrder },
): Promise<IssuedPaper> => {
  const render = (number: string): Promise<Uint8Array> => paperFile(order, number)
  const issued = await issuePaper(db, { key, order, render }).catch((error: Error) => failing(db, key, error))
  if (folder !== undefined) {
    await keepCopy(db, folder, issued, order).catch((error: Error) =>
      warn(`文书 ${issued.number} 已制发,副本未能写入 ${folder}:${error.message}`),
    )
  }
  return issued
}

/** Notes why, if the database takes even that, and fails as it failed: it is tried again. */
const failing = async (db: Db, key: EffectKey, error: Error): Promise<never> => {
  await paperFailed(db, key, faultInWords(error)).catch(() => undefined)
  throw error
}

/** The copy is of what was issued, which an earlier version of this program may have laid out otherwise. */
const keepCopy = async (db: Db, folder: string, { key, number }: IssuedPaper, order: PaperOrder) => {
  const { content } = await db
    .selectFrom('papers')
    .select('content')
    .where('key', '=', key)
    .executeTakeFirstOrThrow()
  await keepFile(folder, paperFileName(order, number), content)
}
