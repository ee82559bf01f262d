import { daysBetween } from '../../domain/calendar/dates.js'
import { type Bar, type Chart, STANDING_TITLES, type Standing } from '../../domain/wall-chart/chart.js'
import type { PlainDate } from '../../domain/words.js'

/** One colour a state; red only for what is overdue. */
const COLOURS: Readonly<Record<Standing, string>> = {
  'not-yet': '#c8ccd2',
  'on-pace': '#3f7fbf',
  pressed: '#e0a030',
  overdue: '#c8281e',
  closing: '#7fa8d0',
  closed: '#3f9a5f',
}

/** Millimetres of an A0 sheet laid across; letters of 9 mm are read from five metres away. */
const SHEET = { width: 1189, height: 841, margin: 25 } as const
const HEAD = 62
const ROW = 15
const UNIT_WIDTH = 210
const NUMBER_WIDTH = 26
const FACE = 'font-family="Noto Sans CJK SC, Source Han Sans SC, SimHei, sans-serif"'

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`).replace(/\p{Cc}/gu, ' ')

const cut = (text: string, most: number): string => {
  const letters = [...text]
  return letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : text
}

type Line = { readonly unit: string; readonly first: 'first' | 'again'; readonly bar: Bar }

const PER_SHEET = Math.floor((SHEET.height - SHEET.margin * 2 - HEAD - 20) / ROW)

/** Sheets are cut between units where that is possible; a unit that goes on has its name again on the next. */
const sheetsOf = ({ rows }: Chart): readonly (readonly Line[])[] => {
  const sheets: Line[][] = [[]]
  for (const { unit, bars } of rows) {
    const current = sheets.at(-1) ?? []
    if (current.length > 0 && current.length + bars.length > PER_SHEET && bars.length <= PER_SHEET)
      sheets.push([])
    for (const [index, bar] of bars.entries()) {
      if ((sheets.at(-1)?.length ?? 0) >= PER_SHEET) sheets.push([])
      const sheet = sheets.at(-1) ?? []
      sheet.push({ unit, first: index === 0 || sheet.length === 0 ? 'first' : 'again', bar })
    }
  }
  return sheets
}

const monthsBetween = (from: PlainDate, to: PlainDate): readonly PlainDate[] => {
  const months: PlainDate[] = []
  for (
    let year = Number(from.slice(0, 4)), month = Number(from.slice(5, 7));
    months.length < 600;
    month += 1
  ) {
    if (month > 12) {
      year += 1
      month = 1
    }
    const day = `${year}-${String(month).padStart(2, '0')}-01` as PlainDate
    if (day > to) return months
    if (day >= from) months.push(day)
  }
  return months
}

/** The whole chart as one SVG of as many A0 sheets as it needs, one under another, each with its own head. */
export const wallChartSvg = (title: string, chart: Chart): string => {
  const sheets = sheetsOf(chart)
  const left = SHEET.margin + UNIT_WIDTH + NUMBER_WIDTH
  const right = SHEET.width - SHEET.margin
  const days = Math.max(1, daysBetween(chart.from, chart.to))
  const x = (date: PlainDate): number =>
    Math.round(
      (left + ((right - left) * Math.max(0, Math.min(days, daysBetween(chart.from, date)))) / days) * 10,
    ) / 10
  const months = monthsBetween(chart.from, chart.to)
  const every = Math.max(1, Math.ceil(months.length / 18))

  const head = (page: number): string => {
    const legend = (Object.keys(STANDING_TITLES) as Standing[])
      .map(
        (standing, index) =>
          `<g transform="translate(${left + index * 120},${SHEET.margin + 26})"><rect width="16" height="9" rx="2" fill="${COLOURS[standing]}"/><text x="21" y="8.5" font-size="9">${STANDING_TITLES[standing]}</text></g>`,
      )
      .join('')
    const scale = months
      .filter((_, index) => index % every === 0)
      .map(
        (month) =>
          `<line x1="${x(month)}" y1="${SHEET.margin + HEAD - 8}" x2="${x(month)}" y2="${SHEET.height - SHEET.margin}" stroke="#e2e5e9" stroke-width="0.5"/><text x="${x(month) + 2}" y="${SHEET.margin + HEAD - 10}" font-size="8" fill="#555">${month.slice(0, 4)}.${Number(month.slice(5, 7))}</text>`,
      )
      .join('')
    return `<text x="${SHEET.margin}" y="${SHEET.margin + 14}" font-size="18" font-weight="bold">${escaped(cut(title, 40))} 挂图作战</text><text x="${right}" y="${SHEET.margin + 14}" font-size="10" text-anchor="end">截至 ${chart.today} · 第 ${page}/${sheets.length} 张</text>${legend}${scale}`
  }

  const line = ({ unit, first, bar }: Line, index: number): string => {
    const y = SHEET.margin + HEAD + index * ROW
    const end = bar.to ?? chart.to
    const width = Math.max(2, x(end) - x(bar.from))
    const nodes = bar.nodes
      .map(
        ({ date, done }) =>
          `<circle cx="${x(date)}" cy="${y + 6}" r="2.6" fill="${done === 'done' ? '#fff' : 'none'}" stroke="#fff" stroke-width="1"/>`,
      )
      .join('')
    return [
      `<g><title>${escaped(`${bar.id} ${bar.text}`)}</title>`,
      first === 'first'
        ? `<line x1="${SHEET.margin}" y1="${y - 1.5}" x2="${right}" y2="${y - 1.5}" stroke="#9aa2ab" stroke-width="0.5"/><text x="${SHEET.margin}" y="${y + 9}" font-size="9">${escaped(cut(unit, 22))}</text>`
        : '',
      `<text x="${left - 4}" y="${y + 9}" font-size="9" text-anchor="end">${bar.n}</text>`,
      `<rect x="${x(bar.from)}" y="${y}" width="${Math.round(width * 10) / 10}" height="12" rx="2" fill="${COLOURS[bar.standing]}"${bar.to === undefined ? ' fill-opacity="0.75"' : ''}/>`,
      nodes,
      width > 60
        ? `<text x="${x(bar.from) + 4}" y="${y + 9}" font-size="8" fill="${bar.standing === 'not-yet' ? '#333' : '#fff'}">${escaped(cut(bar.text, Math.floor(width / 9)))}</text>`
        : '',
      '</g>',
    ].join('')
  }

  const today = `<line x1="${x(chart.today)}" y1="${SHEET.margin + HEAD - 8}" x2="${x(chart.today)}" y2="${SHEET.height - SHEET.margin}" stroke="#222" stroke-width="1" stroke-dasharray="4 3"/>`
  const pages = sheets
    .map(
      (lines, index) =>
        `<g transform="translate(0,${index * SHEET.height})">${head(index + 1)}${lines.map(line).join('')}${today}</g>`,
    )
    .join('')
  const height = SHEET.height * sheets.length
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${SHEET.width}mm" height="${height}mm" viewBox="0 0 ${SHEET.width} ${height}" ${FACE}><rect width="100%" height="100%" fill="#fff"/>${pages}</svg>`
}
