import type { Db } from '../../db/connect.js'
import { rebuild } from '../../db/rebuild.js'
import { verify } from '../../db/verify.js'
import { type Violation, violation } from './violation.js'

/** Every chain whole, every projection what the events make of it. */
export const checkLedger = async (db: Db): Promise<readonly Violation[]> => {
  const { broken } = await verify(db)
  const { differences } = await rebuild(db)
  return [
    ...broken.map(({ case: id, seq, why }) => violation('每件的哈希链完整', `${id}#${seq}`, why)),
    ...differences.map(({ table, case: id, before, after }) =>
      violation('投影与重建一致', `${table} ${id}`, `${before ?? '缺'} → ${after ?? '多'}`),
    ),
  ]
}
