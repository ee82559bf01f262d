import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { append } from '../../db/append.js'
import { ledgerPage } from '../../db/queries/ledger-page.js'
import { rebuild } from '../../db/rebuild.js'
import type { CaseId, PlainDate, UnitName } from '../../domain/words.js'
import { until } from '../support/entries.js'
import { unit, 包案领导 } from '../support/people.js'
import { aCase } from '../support/story.js'
import { aLedger, aLongLife, appendInPieces, type Ledger, recordsOf } from './given.js'

let ledger: Ledger
beforeAll(async () => {
  ledger = await aLedger()
})
afterAll(() => ledger.close())

const 甲 = unit('甲县政府')
const 乙 = unit('乙县政府')

/** Every part in every case, as the cases themselves have it, and as it is kept in order. */
const partsThere = async () => {
  const { rows } = await sql<{ what: string }>`
    with of_cases as (
      select id as case_id, 'unit' as part, party, kind, phase, sort_due, readers from cases cross join unnest(units) as party
      union
      select id, 'party', party, kind, phase, sort_due, readers from cases cross join unnest(parties) as party
        where party <> all(units)
      union
      select id, 'person', party, kind, phase, sort_due, readers from cases cross join unnest(people) as party
    ), in_order as (select case_id, part, party, kind, phase, sort_due, readers from case_parties)
    (select 'not kept: ' || row(gone.*)::text as what from (table of_cases except all table in_order) as gone)
    union all
    (select 'too much: ' || row(come.*)::text from (table in_order except all table of_cases) as come)
    order by 1`.execute(ledger.db)
  return rows.map(({ what }) => what)
}

const casesOf = async (units: readonly UnitName[], person?: typeof 包案领导.person) => {
  const { rows } = await ledgerPage(ledger.db, { parties: { units, ...(person && { person }) } })
  return rows.map(({ id }) => id)
}

describe('who has a part in which case, in the order of lists', () => {
  it('is kept event by event, whatever a case goes through', async () => {
    const records = await aLongLife('parts/001')
    for (let from = 0; from < records.length; from += 7) {
      await append(ledger.db, records.slice(from, from + 7))
      expect(await partsThere()).toEqual([])
    }
    expect(await casesOf([甲])).toContain('parts/001')
  })

  it('gives a case once to somebody who has several parts in it', async () => {
    const story = await aCase('yongzhou', {
      id: 'parts/002',
      entry: { units: [甲, 乙], deadline: until('2019-11-20') },
    })
    await story.rectifying()
    await appendInPieces(ledger.db, await recordsOf(story), 3)
    const mine = await casesOf([甲, 乙, unit('市住建局')], 包案领导.person)
    expect(mine.toSorted()).toEqual(['parts/001', 'parts/002'])
    const pages: CaseId[] = []
    let after: { due: PlainDate; id: CaseId } | undefined
    do {
      const { rows, next } = await ledgerPage(
        ledger.db,
        { parties: { units: [甲, 乙], person: 包案领导.person } },
        { limit: 1, ...(after && { after }) },
      )
      pages.push(...rows.map(({ id }) => id))
      after = next
    } while (after)
    expect(pages).toEqual(mine)
  })

  it('follows a program of an earlier version, which knows nothing of it', async () => {
    const { db } = ledger
    await sql`update cases set units = ${[乙]}, parties = array_replace(parties, ${甲}, ${乙}), head_seq = head_seq
      where id = 'parts/001'`.execute(db)
    expect(await partsThere()).toEqual([])
    expect(await casesOf([甲])).toEqual(['parts/002'])
    await sql`delete from cases where id = 'parts/002'`.execute(db)
    expect(await partsThere()).toEqual([])
    expect(await casesOf([甲])).toEqual([])
  })

  it('is put right with the cases when they are built again from the record', async () => {
    await rebuild(ledger.db)
    expect(await partsThere()).toEqual([])
    expect((await casesOf([甲])).toSorted()).toEqual(['parts/001', 'parts/002'])
  })
})
