import { type Selectable, sql } from 'kysely'
import { effectsOf } from '../../domain/decider.js'
import type { PapersAwaitedTable } from '../tables.js'
import type { Change, Step } from './change.js'
import { inserted, type Statement } from './statements.js'

type Awaited = Selectable<PapersAwaitedTable>
type Written = Pick<Awaited, 'caseId' | 'seq' | 'paper'>

const orderedBy = ({ rulesThen }: Change, { record, after }: Step): readonly Awaited[] =>
  // Whether it is a drill changes what a paper says, not that there is one.
  effectsOf(rulesThen(after), after, record, 'real').flatMap((effect) =>
    effect.kind === 'paper'
      ? [
          {
            key: effect.key,
            caseId: record.case,
            round: after.state.round,
            seq: record.seq,
            paper: effect.order.paper,
            at: record.at,
          },
        ]
      : [],
  )

const writtenBy = ({ record: { case: caseId, event } }: Step): readonly Written[] =>
  event.type === 'paper-issued' ? [{ caseId, seq: event.cause, paper: event.paper }] : []

const isSame =
  (one: Written) =>
  ({ caseId, seq, paper }: Written): boolean =>
    one.caseId === caseId && one.seq === seq && one.paper === paper

/** An event that orders a paper adds a row, the record of its number takes it away. Most events do neither. */
export const papersAwaitedWritten = (changes: readonly Change[]): readonly Statement[] => {
  const ordered = changes.flatMap((change) => change.steps.flatMap((step) => orderedBy(change, step)))
  const written = changes.flatMap(({ steps }) => steps.flatMap(writtenBy))
  const rows = ordered.filter((one) => !written.some(isSame(one)))
  const gone = written.filter((one) => !ordered.some(isSame(one)))
  return [
    ...(gone.length > 0
      ? [
          sql`
            delete from papers_awaited using unnest(
              ${gone.map(({ caseId }) => caseId)}::text[],
              ${gone.map(({ seq }) => seq)}::integer[],
              ${gone.map(({ paper }) => paper)}::text[]) as written (case_id, seq, paper)
            where papers_awaited.case_id = written.case_id and papers_awaited.seq = written.seq
              and papers_awaited.paper = written.paper`,
        ]
      : []),
    ...(rows.length > 0 ? [inserted('papers_awaited', rows)] : []),
  ]
}
