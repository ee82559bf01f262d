import { type RawBuilder, sql } from 'kysely'
import { dateOf, endOfDay, startOfDay } from '../../domain/calendar/dates.js'
import type { LedgerEvent } from '../../domain/decider-types.js'
import { INCIDENTS, incidentOf } from '../../domain/figures/incidents.js'
import type { Measure } from '../../domain/figures/ranking.js'
import type { Cell, Tally } from '../../domain/figures/tally.js'
import type { Asked } from '../../domain/figures/types.js'
import type { CaseId, Instant, UnitName } from '../../domain/words.js'
import type { Executor } from '../connect.js'

/** A moment inside JSON, written as everywhere. */
const moment = (column: string): RawBuilder<string> =>
  sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

type Told = {
  readonly cells: readonly Cell[] | null
  readonly overdue: Tally['overdue'] | null
  readonly returns: Tally['returns']
  readonly missing: Tally['missing'] | null
  readonly incidents:
    | readonly {
        readonly case: CaseId
        readonly units: readonly UnitName[]
        readonly at: Instant
        readonly event: LedgerEvent
      }[]
    | null
  readonly measures: readonly Measure[] | null
}

/**
 * Everything figures are made of, as of the cut-off, in one statement: so that no event slips in between two counts. Cases
 * closed to all but a few are not counted.
 */
export const tallied = async (db: Executor, { round, from, to, cutOff }: Asked): Promise<Tally> => {
  const ends = [endOfDay(to), cutOff].toSorted()[0]
  const { rows } = await sql<Told>`
    with now_then as materialized (
      select case_id, kind, phase, class, units, standing, due, overdue_from, completed,
        case when pressed_from <= ${dateOf(cutOff)}::date then 'pressed' else pace end as bucket,
        coalesce(overdue_from <= ${cutOff}::timestamptz, false) as late
      from case_versions
      where round = ${round} and valid_from <= ${cutOff}::timestamptz
        and coalesce(valid_until, 'infinity'::timestamptz) > ${cutOff}::timestamptz and readers is null
        and kind <> 'round'
    ), owed as materialized (
      select returns.case_id, period, now_then.units,
        case
          when timeliness = 'on-time' and submitted_at <= ${cutOff}::timestamptz then 'on-time'
          when submitted_at <= ${cutOff}::timestamptz then 'late'
          else 'missing' end as came
      from returns join now_then on now_then.case_id = returns.case_id
      where returns.round = ${round} and period between ${from}::date and ${to}::date
        and (missed_at <= ${cutOff}::timestamptz or submitted_at <= ${cutOff}::timestamptz)
    ), happened as materialized (
      select events.case_id, events.seq, events.at, events.type, event, now_then.units
      from events join now_then on now_then.case_id = events.case_id
      where events.type = any(${INCIDENTS}::text[])
        and events.at between ${startOfDay(from)}::timestamptz and ${ends}::timestamptz
    ), measured as (
      select unit, count(*) as cases, sum(completed) as completed,
        count(*) filter (where bucket in ('early', 'on-pace')) as on_pace,
        count(set_back.case_id) as set_back
      from now_then cross join unnest(units) as unit
        left join (
          select distinct case_id from happened where type in ('step-refused', 'rebounded')
        ) as set_back on set_back.case_id = now_then.case_id
      where kind = 'problem' and bucket <> 'not-yet'
      group by unit
    ), reported as (
      select units[1] as unit, count(*) as due, count(*) filter (where came = 'on-time') as on_time
      from owed group by 1
    )
    select
      (select json_agg(json_build_object('kind', kind, 'phase', phase, 'class', class, 'unit', unit,
          'standing', standing, 'bucket', bucket, 'overdue', case when late then 'overdue' else 'not-overdue' end,
          'count', count))
        from (
          select kind, phase, class, units[1] as unit, standing, bucket, late, count(*) as count
          from now_then group by 1, 2, 3, 4, 5, 6, 7) as cell) as cells,
      (select json_agg(json_build_object('case', case_id, 'units', units, 'due', due,
          'since', ${moment('overdue_from')}))
        from now_then where late) as overdue,
      (select json_build_object('onTime', count(*) filter (where came = 'on-time'),
          'late', count(*) filter (where came = 'late'), 'missing', count(*) filter (where came = 'missing'))
        from owed) as returns,
      (select json_agg(json_build_object('case', case_id, 'units', units, 'period', period))
        from owed where came = 'missing') as missing,
      (select json_agg(json_build_object('case', case_id, 'units', units, 'at', ${moment('at')}, 'event', event)
          order by at, case_id, seq)
        from happened) as incidents,
      (select json_agg(json_build_object('unit', measured.unit, 'cases', cases, 'completed', completed,
          'onPace', on_pace, 'setBack', set_back, 'returnsDue', coalesce(reported.due, 0),
          'returnsOnTime', coalesce(reported.on_time, 0)))
        from measured left join reported on reported.unit = measured.unit) as measures`.execute(db)
  const [told] = rows
  if (!told) throw new TypeError('an aggregate without a row')
  return {
    cells: told.cells ?? [],
    overdue: told.overdue ?? [],
    returns: told.returns,
    missing: told.missing ?? [],
    incidents: (told.incidents ?? []).flatMap(({ event, ...happened }) => incidentOf(happened, event) ?? []),
    measures: told.measures ?? [],
  }
}
