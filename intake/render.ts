import { FIELD_TITLES } from './questions.js'
import type { DeadlineKind, Facts, PlanReading, ReadEntry } from './types.js'

/** The reading as a calm page for the terminal: what was read, what is open. */
export const renderReading = (reading: PlanReading): string => {
  const { source, entries, facts } = reading
  return [
    '',
    `${source.title ?? '(未读到标题)'}${source.published ? ` · ${source.published}` : ''}`,
    '',
    ...table(entries),
    '',
    ...open(entries),
    ...told(facts),
    '',
    summary(entries),
    '',
  ].join('\n')
}

const COLUMNS: readonly { readonly title: string; readonly width: number }[] = [
  { title: '项', width: 4 },
  { title: '行', width: 9 },
  { title: '事项', width: 34 },
  { title: '责任单位', width: 24 },
  { title: '时限', width: 18 },
  { title: '节点', width: 4 },
  { title: '义务', width: 4 },
  { title: '待补', width: 4 },
]

const table = (entries: readonly ReadEntry[]): string[] => [
  row(COLUMNS.map(({ title }) => title)),
  ...entries.map((entry) =>
    row([
      String(entry.n),
      entry.lines[0] === entry.lines[1] ? String(entry.lines[0]) : entry.lines.join('-'),
      entry.text.replaceAll('\n', ' '),
      units(entry.units),
      deadline(entry),
      some(entry.nodes.length),
      some(entry.duties.length),
      some(entry.questions.length),
    ]),
  ),
]

const row = (cells: readonly string[]): string =>
  `  ${cells.map((cell, at) => padded(cell, COLUMNS[at]?.width ?? 8)).join('  ')}`.trimEnd()

const units = (names: readonly string[]): string => {
  const [first] = names
  if (first === undefined) return '—'
  return names.length === 1 ? first : `${first} 等 ${names.length} 家`
}

const KINDS: Readonly<Record<DeadlineKind, string>> = {
  immediate: '立行立改',
  'by-date': '限时',
  'long-term': '长期坚持',
  mixed: '立行立改、长期坚持',
  unknown: '未定',
}

const deadline = ({ deadline: { kind, date, text } }: ReadEntry): string => {
  if (date !== null) return date
  return kind === 'unknown' && text === '' ? '—' : KINDS[kind]
}

const some = (count: number): string => (count === 0 ? '' : String(count))

/** Questions asked of every entry alike are said once. */
const open = (entries: readonly ReadEntry[]): string[] => {
  const asked = new Map<string, number[]>()
  for (const { n, questions } of entries)
    for (const question of questions) asked.set(question, [...(asked.get(question) ?? []), n])
  if (asked.size === 0) return []
  return [
    '  待核',
    ...[...asked].map(([question, numbers]) => `    ${question} ${where(numbers, entries.length)}`),
    '',
  ]
}

const where = (numbers: readonly number[], total: number): string => {
  if (numbers.length === total && total > 1) return '(各项)'
  const shown = numbers.slice(0, 12).join('、')
  return `(第 ${shown}${numbers.length > 12 ? ` 等 ${numbers.length}` : ''} 项)`
}

const told = (facts: Facts): string[] => {
  const { inspection, petitions, problems, cadence } = facts
  const rows: (readonly [string, string] | null)[] = [
    inspection ? ['督察', `${inspection.from} 至 ${inspection.to}`] : null,
    facts.feedbackDate ? ['反馈', facts.feedbackDate] : null,
    problems ? ['问题', counted(problems, PROBLEM_TITLES)] : null,
    petitions ? ['信访件', counted(petitions, PETITION_TITLES)] : null,
    facts.referrals === undefined ? null : ['责任追究', `${facts.referrals} 件`],
    facts.deputySecretaries === undefined ? null : ['副秘书长', `${facts.deputySecretaries} 名`],
    facts.closingProcedure ? ['销号程序', facts.closingProcedure.join(' → ')] : null,
    facts.noticePeriod
      ? [
          '公示',
          `${facts.noticePeriod.days} ${facts.noticePeriod.counting === 'working-days' ? '个工作日' : '日'}`,
        ]
      : null,
    cadence ? ['节奏', cadence.map(({ text }) => text).join(';')] : null,
  ]
  const known = rows.filter((each): each is readonly [string, string] => each !== null)
  return known.length === 0
    ? []
    : ['  文中所述', ...known.map(([title, value]) => `    ${padded(title, 10)}${value}`)]
}

const PROBLEM_TITLES = {
  total: '共',
  classes: '大类',
  completed: '完成整改',
  early: '提前完成',
  onPace: '达到序时进度',
  pressed: '加紧整改',
} as const
const PETITION_TITLES = { handedOver: '交办', closed: '办结' } as const

const counted = <K extends string>(
  counts: { readonly [P in K]?: number },
  titles: Readonly<Record<K, string>>,
): string =>
  (Object.keys(titles) as K[])
    .flatMap((key) => (counts[key] === undefined ? [] : [`${titles[key]} ${counts[key]}`]))
    .join(' · ')

const summary = (entries: readonly ReadEntry[]): string => {
  const fields = new Map<string, number>()
  for (const { missing } of entries)
    for (const field of missing) fields.set(FIELD_TITLES[field], (fields.get(FIELD_TITLES[field]) ?? 0) + 1)
  const gaps = [...fields].map(([title, count]) => `${title} ${count}`).join(' · ')
  return `  共 ${entries.length} 项${gaps === '' ? ',要素齐全' : `;缺:${gaps}`}`
}

/** Cut or padded to `width` columns; a Chinese character takes two. */
const padded = (text: string, width: number): string => {
  let used = 0
  let out = ''
  for (const char of text) {
    const size = columnsOf(char)
    if (used + size > width) {
      while (used > width - 1) {
        const last = [...out].at(-1) ?? ''
        out = out.slice(0, -last.length)
        used -= columnsOf(last)
      }
      return `${out}…${' '.repeat(Math.max(0, width - used - 1))}`
    }
    out += char
    used += size
  }
  return out + ' '.repeat(width - used)
}

const columnsOf = (char: string): number => {
  const code = char.codePointAt(0) ?? 0
  return (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xffe6 && !(code >= 0xff61 && code <= 0xffdf)) ||
    code >= 0x20000
    ? 2
    : 1
}
