import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Audit, Violation } from '../../domain/figures/audits.js'
import { STANDING } from './standing.js'

type Rule = { readonly why: Violation; readonly when: (at: string) => RawBuilder<SqlBool> }

/** The seats of who rectifies: what they sign themselves verifies nothing (GN-08). */
const RECTIFYING_SEATS = ['responsible-unit', 'responsible-head']

/** Which cases an audit looks at, and what it finds wrong, over `cases` as of a moment. */
export const RULES: Readonly<
  Record<Audit, { readonly looksAt: RawBuilder<SqlBool>; readonly rules: readonly Rule[] }>
> = {
  unowned: {
    looksAt: sql`${STANDING} = 'open'`,
    rules: [
      { why: 'no-owner', when: () => sql`cases.owner = 'nobody'` },
      { why: 'no-date', when: () => sql`cases.awaits = 'nothing'` },
    ],
  },
  unanswered: {
    looksAt: sql`cases.answer is not null`,
    rules: [
      {
        why: 'answer-late',
        when: (at) =>
          sql`(cases.answer = 'owed' and cases.answer_by < ${at}::timestamptz and ${STANDING} <> 'closed')`,
      },
      { why: 'ended-unanswered', when: () => sql`(cases.answer = 'owed' and ${STANDING} = 'closed')` },
    ],
  },
  unverified: {
    looksAt: sql`(cases.kind = 'problem' and ${STANDING} = 'closed')`,
    rules: [
      {
        why: 'no-verification',
        when: (at) => sql`not exists (
          select from sign_offs where sign_offs.case_id = cases.id and sign_offs.closing = cases.closing_round
            and verdict = 'for' and sign_offs.at <= ${at}::timestamptz
            and coalesce(lapsed_at > ${at}::timestamptz, true)
            and seat <> all(${RECTIFYING_SEATS}::text[]) and coalesce(unit <> all(cases.units), true))`,
      },
      { why: 'open-nodes', when: () => sql`cases.open_nodes > 0` },
    ],
  },
}

const anyOf = (audit: Audit, at: string): RawBuilder<SqlBool> =>
  sql`(${sql.join(
    RULES[audit].rules.map(({ when }) => when(at)),
    sql` or `,
  )})`

/** The condition of being on an audit's list, over `casesThen`. */
export const violates = (audit: Audit, at: string): Expression<SqlBool> =>
  sql<SqlBool>`(${RULES[audit].looksAt} and ${anyOf(audit, at)})`
