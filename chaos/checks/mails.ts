import { HANDED_OVER } from '../../activities/notices/outbox.js'
import type { Db } from '../../db/connect.js'
import { type Violation, violation } from './violation.js'

const ONCE = '一件通知给一人只发一封邮件'
const KEPT = '送达的邮件记为已送'

/** What the mail server took, against what the table says (docs/adr/0007). */
export const checkMails = async (
  db: Db,
  taken: ReadonlyMap<string, number>,
): Promise<readonly Violation[]> => {
  const rows = await db
    .selectFrom('mails')
    .select(['key', 'person', 'messageId', 'state', 'answer'])
    .execute()
  const known = new Set(rows.map(({ messageId }) => messageId))
  return [
    ...[...taken].flatMap(([id, times]) => (times > 1 ? [violation(ONCE, id, `收到 ${times} 次`)] : [])),
    ...[...taken.keys()].flatMap((id) => (known.has(id) ? [] : [violation(KEPT, id, '表里没有')])),
    ...rows.flatMap(({ key, person, messageId, state, answer }) => {
      const arrived = taken.has(messageId)
      const where = `${key} ${person}`
      if (state === 'sent' && !arrived) return [violation(KEPT, where, '记为已送,邮件服务器没有收到')]
      const mayHaveArrived = state === 'sent' || (state === 'sending' && answer === HANDED_OVER)
      return arrived && !mayHaveArrived ? [violation(KEPT, where, `已收到,却记为 ${state}`)] : []
    }),
  ]
}
