import type { LedgerEvent, LedgerRecord } from '../domain/decider-types.js'
import type { RungId } from '../domain/policy.js'

/** What a drill must have shown to have gone well, in the words of the timeline. */
const EVENTS: readonly (readonly [string, LedgerEvent['type']])[] = [
  ['交办', 'handed-over'],
  ['签收', 'acknowledged'],
  ['调度', 'return-submitted'],
  ['缺报', 'return-missed'],
  ['自查、签字', 'signed'],
  ['退回', 'step-refused'],
  ['申请延期', 'extension-requested'],
  ['同意延期', 'extension-approved'],
  ['公示', 'notice-ended'],
  ['备案', 'filing-received'],
  ['销号', 'closed'],
  ['回头看', 'looked-back'],
  ['反弹', 'rebounded'],
]
const RUNGS: readonly (readonly [string, RungId])[] = [
  ['预警', 'warning'],
  ['通报', 'circular'],
  ['挂牌督办', 'listed-supervision'],
  ['约谈', 'interview'],
]

/** What has not been seen yet; a city without a rung, a filing receipt or dated measures is not asked for it. */
export const missing = (
  records: readonly LedgerRecord[],
  asked: { readonly rungs: readonly RungId[]; readonly extension: 'possible' | 'impossible' },
): readonly string[] => {
  const types = new Set(records.map(({ event }) => event.type))
  const raised = new Set(records.flatMap(({ event }) => (event.type === 'rung-raised' ? [event.rung] : [])))
  return [
    ...EVENTS.filter(
      ([, type]) => !types.has(type) && !(asked.extension === 'impossible' && type.startsWith('extension-')),
    ).map(([title]) => title),
    ...RUNGS.filter(([, rung]) => asked.rungs.includes(rung) && !raised.has(rung)).map(([title]) => title),
  ]
}

type Summary = {
  readonly total: number
  readonly byPhaseAndClass: readonly {
    readonly phaseTitle: string
    readonly classTitle: string | null
    readonly count: number
  }[]
  readonly pace: readonly { readonly title: string; readonly count: number; readonly overdue: number }[]
}

/** Columns as wide as their widest cell; a Chinese character is two wide. */
const width = (text: string): number =>
  [...text].reduce((sum, one) => sum + (one.charCodeAt(0) > 0x2e7f ? 2 : 1), 0)
const padded = (text: string, to: number): string => text + ' '.repeat(Math.max(0, to - width(text)))

/** The ledger by state and class, and the pace buckets, as two small tables. */
export const ledgerTable = ({ total, byPhaseAndClass, pace }: Summary): readonly string[] => {
  const phases = [...new Set(byPhaseAndClass.map(({ phaseTitle }) => phaseTitle))]
  const classes = [...new Set(byPhaseAndClass.map(({ classTitle }) => classTitle ?? '—'))]
  const count = (phase: string, kind: string) =>
    byPhaseAndClass
      .filter(({ phaseTitle, classTitle }) => phaseTitle === phase && (classTitle ?? '—') === kind)
      .reduce((sum, one) => sum + one.count, 0)
  const columns = classes.map((kind) => Math.max(width(kind), 4) + 3)
  const row = (head: string, cells: readonly string[]) =>
    `  ${padded(head, 14)}${cells.map((cell, index) => padded(cell, columns[index] ?? 8)).join('')}`.trimEnd()
  return [
    row('台账', classes),
    ...phases.map((phase) =>
      row(
        phase,
        classes.map((kind) => String(count(phase, kind) || '·')),
      ),
    ),
    `  共 ${total} 件`,
    '',
    `  序时进度      ${pace.map(({ title, count: many, overdue }) => `${title} ${many}${overdue > 0 ? `(逾期 ${overdue})` : ''}`).join(' · ')}`,
  ]
}
