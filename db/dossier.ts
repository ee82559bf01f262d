import type { LedgerRecord } from '../domain/decider-types.js'
import { PAPER_TITLES } from '../domain/policy.js'
import type { CaseId, Sha256 } from '../domain/words.js'
import type { Db } from './connect.js'
import { caseById } from './queries/cases.js'
import { recordedCases } from './record-stream.js'

const HASH = /"sha256":"([0-9a-f]{64})"/g

/** Everything of one case: its record, the rules it was under, its papers, and every file its events name. */
export const dossierParts = async (db: Db, id: CaseId) => {
  const found = await caseById(db, id)
  if (!found) return undefined
  let records: readonly LedgerRecord[] = []
  for await (const all of recordedCases(db, id)) records = all
  const named = new Set(
    [...JSON.stringify(records.map(({ event }) => event)).matchAll(HASH)].map(([, one]) => one),
  )
  const [papers, evidence, policies, calendars] = await Promise.all([
    db
      .selectFrom('papers')
      .select(['number', 'paper', 'content'])
      .where('caseId', '=', id)
      .orderBy('seq')
      .execute(),
    named.size === 0
      ? []
      : db
          .selectFrom('evidence')
          .select(['sha256', 'name', 'content'])
          .where('sha256', 'in', [...named] as Sha256[])
          .orderBy('sha256')
          .execute(),
    db
      .selectFrom('policies')
      .select(['hash', 'yaml'])
      .where('hash', 'in', versions(records, 'policy'))
      .execute(),
    db
      .selectFrom('calendars')
      .select(['hash', 'calendar'])
      .where('hash', 'in', versions(records, 'calendar'))
      .execute(),
  ])
  return {
    case: id,
    title: found.row.text,
    records,
    rules: [
      ...policies.map(({ hash, yaml }) => ({ hash, text: yaml })),
      ...calendars.map(({ hash, calendar }) => ({ hash, text: JSON.stringify(calendar, null, 2) })),
    ],
    papers: papers.map(({ number, paper, content }) => ({ number, title: PAPER_TITLES[paper], content })),
    evidence,
  }
}

/** Every version of the rules, or of the calendar, that the case was ever pinned to. */
const versions = (records: readonly LedgerRecord[], what: 'policy' | 'calendar'): readonly Sha256[] => [
  ...new Set(
    records.flatMap(({ event }) => {
      const pinned = (event as { readonly policy?: unknown; readonly calendar?: unknown })[what]
      return typeof pinned === 'string' ? [pinned as Sha256] : []
    }),
  ),
]
