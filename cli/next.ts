import type { Command } from 'commander'
import { roundTime } from '../contracts/clock.js'
import { caseById } from '../db/queries/cases.js'
import { roundById } from '../db/rounds.js'
import { rulesOf } from '../db/rules.js'
import { SEAT_TITLES } from '../domain/parties.js'
import { nextOf } from '../domain/why/next.js'
import { type CaseId, instant } from '../domain/words.js'
import { Trouble } from '../runtime/trouble.js'
import { databaseOf, placed, type WhereOptions } from './ledger/where.js'
import { withLedger } from './ledger/with-ledger.js'
import { minuteOf } from './why.js'

const next = async (id: string, options: WhereOptions): Promise<void> => {
  const lines = await withLedger(databaseOf(options), async (db) => {
    const found = await caseById(db, id as CaseId)
    const round = found && (await roundById(db, found.row.round))
    if (!found || !round) throw new Trouble(`台账上没有 ${id}。`)
    const rules = await rulesOf(db, found.row.policy, found.row.calendar)
    const { owed, coming } = nextOf(rules, found.state, roundTime(round.clock, instant(Date.now())))
    return [
      `${id}  ${found.row.text.slice(0, 60)}`,
      '',
      ...(owed.length === 0 ? ['现在不待任何人办理。'] : ['现在待办:']),
      ...owed.flatMap(({ chair, title, due, otherwise }) => [
        `  ${chair.unit ?? SEAT_TITLES[chair.seat]}  ${title}${due ? `,${due} 前` : ''}`,
        ...otherwise.map(({ at, told, clause }) => `      否则  ${minuteOf(at)} ${told}(${clause})`),
      ]),
      ...(coming.length > 0 ? ['', '谁都不办,今后半年会自行发生:'] : []),
      ...coming.map(({ at, told, clause }) => `  ${minuteOf(at)}  ${told}(${clause})`),
    ]
  })
  process.stdout.write(`${lines.join('\n')}\n`)
}

/** `bihuan next CASE`: what each person owes, by when, and what happens otherwise. */
export function registerNext(program: Command): void {
  placed(program.command('next'))
    .description('下一步:谁欠什么、何时之前,否则会怎样')
    .argument('<事项>', '事项编号,如 jinan-2018/041')
    .action(next)
}
