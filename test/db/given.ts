import { sql } from 'kysely'
import { append } from '../../db/append.js'
import { connect, type Db } from '../../db/connect.js'
import { calendarHash, saveRules } from '../../db/rules.js'
import type { LedgerRecord } from '../../domain/decider-types.js'
import type { Entry } from '../../domain/entry.js'
import { loadCalendar } from '../../policies/calendars/load.js'
import { loadPolicy } from '../../policies/load.js'
import { createDatabase, type TestDatabase } from '../support/database.js'
import { onSite } from '../support/entries.js'
import { 县长, 整改办 } from '../support/people.js'
import { aCase, type Story } from '../support/story.js'

export type Ledger = { readonly db: Db; readonly url: string; readonly close: () => Promise<void> }

/** An empty ledger of its own that knows the cities' rules and the calendar. */
export const aLedger = async (): Promise<Ledger> => {
  const database: TestDatabase = await createDatabase()
  const db = connect(database.url)
  const calendar = loadCalendar()
  for (const city of ['yongzhou', 'jinan', 'hohhot']) await saveRules(db, loadPolicy(city), calendar)
  return {
    db,
    url: database.url,
    close: async () => {
      await db.destroy()
      await database.drop()
    },
  }
}

export const theCalendar = () => calendarHash(loadCalendar())

export const recordsOf = (story: Story): Promise<readonly LedgerRecord[]> => story.stage.record()

/** A case that is being rectified: registered, handed over, acknowledged, planned, reported once. */
export const aYoungCase = async (
  id: string,
  entry: Partial<Entry> = {},
): Promise<readonly LedgerRecord[]> => {
  const story = await aCase('yongzhou', { id, entry })
  await story.rectifying()
  await story.reports(30)
  return recordsOf(story)
}

/** A long life: missed and late returns, rungs, a refusal, closure, a rebound, closure again. */
export const aLongLife = async (id: string): Promise<readonly LedgerRecord[]> => {
  const story = await aCase('yongzhou', { id })
  await story.rectifying()
  await story.on('2019-11-12')
  await story.reports(40)
  await story.submits()
  await story.signedUpTo('mayor')
  await story.refuses(县长, '排口仍有渗漏')
  await story.on('2019-12-03')
  await story.submits()
  await story.signedUpTo()
  await story.posts()
  await story.noticeOver()
  await story.files()
  await story.on('2020-04-20')
  await story.by(整改办, {
    type: 'look-back',
    result: 'rebound',
    findings: '又见直排',
    site: onSite(story.stage.now()),
    code: 'superficial',
  })
  await story.on('2020-08-20')
  await story.submits()
  await story.signedUpTo()
  return recordsOf(story)
}

/** Appends a case's events in pieces of the sizes that come, as commands would bring them. */
export const appendInPieces = async (
  db: Db,
  records: readonly LedgerRecord[],
  size: number,
): Promise<void> => {
  for (let from = 0; from < records.length; from += size) await append(db, records.slice(from, from + size))
}

/** Edits the record as only somebody with the database's own rights can: with the trigger out of the way. */
export const doctor = async (db: Db, edit: string): Promise<void> => {
  await sql`alter table events disable trigger never_edited`.execute(db)
  await sql.raw(edit).execute(db)
  await sql`alter table events enable trigger never_edited`.execute(db)
}

export const hashesIn = async (db: Db, id: string): Promise<readonly string[]> => {
  const rows = await db
    .selectFrom('events')
    .select('hash')
    .where('caseId', '=', id as LedgerRecord['case'])
    .orderBy('seq')
    .execute()
  return rows.map(({ hash }) => hash)
}
