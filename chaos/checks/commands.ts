import type { Db } from '../../db/connect.js'
import { eventsOfCommand } from '../../db/queries/cases.js'
import type { LedgerRecord } from '../../domain/decider-types.js'
import type { CommandId } from '../../domain/words.js'
import type { Asked, Register } from '../asked.js'
import { type Violation, violation } from './violation.js'

const ACCEPTED = '受理的命令恰好入账一次'
const REFUSED = '拒绝的命令没有入账'
const GIVEN_UP = '未等到答复的命令只办一次或不办'
const UNASKED = '台账上没有无人报送的命令'

/** Every command that was answered, against what the ledger has of it. */
export const checkCommands = async (db: Db, { asked }: Register): Promise<readonly Violation[]> => {
  const found: Violation[] = []
  for (const one of asked) {
    if (!(one.path.endsWith('/commands') || one.path.endsWith('/cases'))) continue
    const wrong = wrongWith(one, await eventsOfCommand(db, one.id as CommandId))
    if (wrong) found.push(wrong)
  }
  return [...found, ...(await unasked(db, asked))]
}

const wrongWith = (asked: Asked, records: readonly LedgerRecord[]): Violation | undefined => {
  const { id, act, fate } = asked
  const where = `${id} ${act}`
  const parts = `${records.map(({ case: caseId, seq }) => `${caseId}#${seq}`).join('、') || '无'}`
  switch (fate.kind) {
    case 'refused':
      return records.length === 0 ? undefined : violation(REFUSED, where, parts)
    case 'given-up':
      return isOneRun(records) ? undefined : violation(GIVEN_UP, where, parts)
    case 'accepted': {
      const { made } = fate
      if (!made) return violation(ACCEPTED, where, '答复没有说明产生了哪些事件')
      const told = records.map(({ hash }) => hash).join() === made.hashes.join()
      const right =
        records[0]?.case === made.caseId && records[0].seq === made.from && records.at(-1)?.seq === made.to
      return told && right && isOneRun(records) ? undefined : violation(ACCEPTED, where, parts)
    }
  }
}

/** One case, one number after the other: it was done once, or not at all. */
const isOneRun = (records: readonly LedgerRecord[]): boolean =>
  records.every((record, index) => {
    const before = records[index - 1]
    return before === undefined || (record.case === before.case && record.seq === before.seq + 1)
  })

/** Everything a person of the storm is said to have commanded was asked by them; a round's handing over makes a key for each case. */
const unasked = async (db: Db, asked: readonly Asked[]): Promise<readonly Violation[]> => {
  const known = new Set(asked.map(({ id }) => id))
  const people = new Set(asked.map(({ id }) => personOf(id)))
  const rows = await db
    .selectFrom('events')
    .select('commandId')
    .distinct()
    .where('commandId', 'is not', null)
    .execute()
  return rows.flatMap(({ commandId }) => {
    const [id = ''] = (commandId ?? '').split('#')
    return people.has(personOf(id)) && !known.has(id) ? [violation(UNASKED, id, '')] : []
  })
}

const personOf = (id: string): string => id.slice(0, id.indexOf('/'))
