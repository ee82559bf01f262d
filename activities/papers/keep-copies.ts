import type { Db } from '../../db/connect.js'
import type { EffectKey } from '../../domain/effects/types.js'
import { paperFileName } from './file-name.js'
import { keepFile } from './keep-file.js'

const AT_ONCE = 50

/** Every paper of the ledger as a file in the folder, under its readable name; those that are there stay. */
export const keepCopies = async (db: Db, folder: string): Promise<{ readonly papers: number }> => {
  let papers = 0
  for (let after = ''; ; ) {
    const page = await db
      .selectFrom('papers')
      .select(['key', 'number', 'paperOrder', 'content'])
      .where('key', '>', after as EffectKey)
      .orderBy('key')
      .limit(AT_ONCE)
      .execute()
    for (const { number, paperOrder, content } of page)
      await keepFile(folder, paperFileName(paperOrder, number), content)
    papers += page.length
    const last = page.at(-1)
    if (!last) return { papers }
    after = last.key
  }
}
