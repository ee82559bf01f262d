import { sql } from 'kysely'
import type { EffectKey } from '../../domain/effects/types.js'
import type { CaseId } from '../../domain/words.js'
import type { Executor } from '../connect.js'

/** What the tables know of a case's effects; papers are on its own record. */
export const effectsDone = async (
  db: Executor,
  id: CaseId,
): Promise<{
  readonly toldThrough: number
  readonly mailsWaiting: ReadonlySet<EffectKey>
  readonly referrals: ReadonlySet<CaseId>
  readonly orders: ReadonlySet<EffectKey>
}> => {
  const [told, mails, referrals, orders] = await Promise.all([
    db
      .selectFrom('notices')
      .select(({ fn }) => fn.max('seq').as('seq'))
      .where('caseId', '=', id)
      .executeTakeFirst(),
    db
      .selectFrom('notices')
      .innerJoin('mails', (join) =>
        join.onRef('mails.key', '=', 'notices.key').onRef('mails.person', '=', 'notices.person'),
      )
      .select('notices.key')
      .where('notices.caseId', '=', id)
      .where('mails.state', '=', 'waiting')
      .execute(),
    db.selectFrom('cases').select('id').where('origin', '=', id).execute(),
    db
      .selectFrom('orders')
      .select('key')
      .where(({ eb, ref }) => eb(sql<string>`${ref('key')}`, 'like', `${id}#%`))
      .execute(),
  ])
  return {
    toldThrough: told?.seq ?? 0,
    mailsWaiting: new Set(mails.map(({ key }) => key)),
    orders: new Set(orders.map(({ key }) => key)),
    referrals: new Set(referrals.map(({ id: referral }) => referral)),
  }
}
