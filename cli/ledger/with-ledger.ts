import { connect, type Db } from '../../db/connect.js'
import { UnknownRules } from '../../db/rules.js'
import { Trouble } from '../../runtime/trouble.js'

const hostOf = (url: string): string => {
  try {
    const { host, pathname } = new URL(url)
    return `${host}${pathname}`
  } catch {
    throw new Trouble('数据库地址写法有误,应为 postgresql://用户:密码@主机:端口/库名。')
  }
}

const UNDEFINED_TABLE = '42P01'
const UNDEFINED_COLUMN = '42703'
/** SQLSTATE classes of an ordinary fault: of the statement or the data, not of the way there. */
const OF_THE_WORK = /^(2|40|42|55|P0)/

/** Faults of the database in a sentence for the operator; a fault of ours stays as it is. */
const inWords = (error: unknown, where: string): unknown => {
  if (error instanceof UnknownRules)
    return new Trouble(
      '台账中有事项所用的规则或日历未存入数据库,无法重建;请从备份恢复 policies 与 calendars 两表。',
    )
  const { code, message } = error as { code?: unknown; message?: string }
  if (code === UNDEFINED_TABLE || code === UNDEFINED_COLUMN)
    return new Trouble(
      `数据库 ${where} 不是闭环的台账,或结构不是本版的;请核对地址,再运行 npm run bihuan -- migrate。`,
    )
  if (typeof code === 'string' && !OF_THE_WORK.test(code))
    return new Trouble(`无法使用数据库 ${where}:${message ?? code}`)
  return error
}

/**
 * Works on the ledger at a database's address, with few connections, and leaves.
 * @throws Trouble when it cannot be reached or is no ledger of this version.
 */
export const withLedger = async <T>(url: string, work: (db: Db) => Promise<T>): Promise<T> => {
  const where = hostOf(url)
  const db = connect(url, 4)
  try {
    return await work(db)
  } catch (error) {
    throw inWords(error, where)
  } finally {
    await db.destroy()
  }
}
