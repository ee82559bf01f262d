import { connect, type Db } from '../../db/connect.js'
import { type RoundProgress, roundsWithProgress } from '../../db/queries/rounds.js'
import type { Stack } from '../../runtime/stack.js'
import { loadPlan } from '../load-plan.js'
import { signIn } from '../session.js'
import type { PlanWish } from './wish.js'

/** The officer who opens rounds in an embedded installation, and the password all of its officers share. */
const OFFICE = { username: 'office', password: 'bihuan' } as const

/** When the ledger is empty, load the plan through the API; says what the ledger holds: `栖澜市 12 件,3 件逾期`. */
export const fillLedger = async (
  { urls }: Stack,
  wish: PlanWish,
  say: (text: string) => void,
): Promise<string> => {
  const db = connect(urls.database, 1)
  try {
    if ((await roundsWithProgress(db)).length === 0) {
      say('台账是空的,正在载入整改方案……')
      const session = await signIn({ issuer: urls.issuer, ...OFFICE })
      await loadPlan({ apiUrl: urls.api, issuer: urls.issuer, session, ...wish })
    }
    return await contents(db)
  } finally {
    await db.destroy()
  }
}

const contents = async (db: Db): Promise<string> => {
  const rounds = await roundsWithProgress(db)
  return rounds.length === 0 ? '尚无案件' : rounds.map(inOneLine).join(';')
}

const inOneLine = ({ city, drill, registered, overdue }: RoundProgress): string =>
  `${drill ? '【演练】' : ''}${city} ${registered} 件${overdue > 0 ? `,${overdue} 件逾期` : ''}`
