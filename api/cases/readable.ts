import type { Db } from '../../db/connect.js'
import { type CaseInLedger, caseById } from '../../db/queries/cases.js'
import type { Actor } from '../../domain/parties.js'
import type { CaseId } from '../../domain/words.js'
import { readingOf } from '../permission.js'
import { problem } from '../problems/problem.js'

export const noSuchCase = () => problem('not-found', '没有这件案件,或者您无权查看')

/** @throws Problem 404. */
export const caseOr404 = async (db: Db, id: CaseId): Promise<CaseInLedger> => {
  const found = await caseById(db, id)
  if (!found) throw noSuchCase()
  return found
}

/** A case of which the reader may see something. @throws Problem 404: what may not be seen is not said to be there. */
export const readableCase = async (db: Db, actor: Actor, id: CaseId): Promise<CaseInLedger> => {
  const found = await caseOr404(db, id)
  if (readingOf(actor, found) === 'none') throw noSuchCase()
  return found
}

/** A case the reader may see whole. @throws Problem 404. */
export const wholeCase = async (db: Db, actor: Actor, id: CaseId): Promise<CaseInLedger> => {
  const found = await caseOr404(db, id)
  if (readingOf(actor, found) !== 'whole') throw noSuchCase()
  return found
}
