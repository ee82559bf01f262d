import { dateOf } from '../domain/calendar/dates.js'
import type { LedgerEvent, LedgerRecord } from '../domain/decider-types.js'
import { RUNG_TITLES } from '../domain/policy.js'
import { tell } from '../domain/tell.js'
import type { PlainDate } from '../domain/words.js'

/** What a day's line counts, in the order of a case's life. */
const COUNTED: readonly (readonly [LedgerEvent['type'], string])[] = [
  ['handed-over', '交办'],
  ['acknowledged', '签收'],
  ['case-plan-submitted', '报送方案'],
  ['return-submitted', '调度'],
  ['return-missed', '缺报'],
  ['acknowledgement-missed', '未按期签收'],
  ['case-plan-missed', '未按期报方案'],
  ['immediate-confirmed', '立行立改确认'],
  ['node-completed', '节点完成'],
  ['overdue', '逾期'],
  ['closing-submitted', '提请销号'],
  ['notice-posted', '公示'],
  ['notice-ended', '公示期满'],
  ['filing-sent', '报送备案'],
  ['filing-received', '备案回执'],
  ['closed', '销号'],
  ['archived', '归档'],
]

/** Events told one by one, each with its case: what a leader would want to hear. */
const TOLD: ReadonlySet<LedgerEvent['type']> = new Set<LedgerEvent['type']>([
  'step-refused',
  'extension-requested',
  'extension-approved',
  'interview-recorded',
  'looked-back',
  'rebounded',
  'rung-released',
  'clue-drafted',
  'clue-referred',
  'matter-reported',
])

/** So many of one kind on one day are told singly; more are counted with the first named. */
const SINGLY = 2

const number = ({ case: id }: LedgerRecord): string => `第${Number(id.split('/')[1] ?? 0)}项`
const monthDay = (date: PlainDate): string => `${Number(date.slice(5, 7))}-${date.slice(8)}`.padStart(5)

/** One day of the drill as lines of a timeline, in Chinese; empty for a day without news. `whose`: the case's unit. */
export const tellDay = (
  date: PlainDate,
  records: readonly LedgerRecord[],
  whose: (caseId: string) => string,
): readonly string[] => {
  const counts = COUNTED.flatMap(([type, title]) => {
    const found = records.filter(({ event }) => event.type === type)
    return found.length > 0 ? [`${title} ${found.length} 项`] : []
  })
  const signed = records.filter(({ event }) => event.type === 'signed')
  if (signed.length > 0) counts.push(`签字 ${signed.length} 次`)
  const lines = [
    ...(counts.length > 0 ? [counts.join(',')] : []),
    ...rungLines(records, whose),
    ...records.filter(({ event }) => TOLD.has(event.type)).map((record) => single(record, whose)),
  ]
  return lines.map((line, index) => `${index === 0 ? monthDay(date) : '     '}  ${line}`)
}

const single = (record: LedgerRecord, whose: (caseId: string) => string): string =>
  `${number(record)} ${tell(record.event)}    ${whose(record.case)}`

const rungLines = (
  records: readonly LedgerRecord[],
  whose: (caseId: string) => string,
): readonly string[] => {
  const raised = records.flatMap((record) =>
    record.event.type === 'rung-raised' ? [{ record, event: record.event }] : [],
  )
  const kinds = [...new Set(raised.map(({ event }) => event.rung))]
  return kinds.flatMap((rung) => {
    const same = raised.filter(({ event }) => event.rung === rung)
    if (same.length <= SINGLY) {
      return same.map(
        ({ record, event }) =>
          `→ ${RUNG_TITLES[rung]} ${number(record)} ${whose(record.case)}:${event.cause}`,
      )
    }
    const first = same.slice(0, 3).map(({ record }) => number(record))
    return [`→ ${RUNG_TITLES[rung]} ${same.length} 项(${first.join('、')} 等)`]
  })
}

/** Records by the round's day, in order. */
export const byDay = (records: readonly LedgerRecord[]): ReadonlyMap<PlainDate, readonly LedgerRecord[]> => {
  const days = new Map<PlainDate, LedgerRecord[]>()
  for (const record of [...records].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))) {
    const date = dateOf(record.at)
    days.set(date, [...(days.get(date) ?? []), record])
  }
  return days
}
