import { isPlainDate, type PlainDate } from '../domain/words.js'
import { numberOf } from './numerals.js'

/** Why a wording gives no date. */
export type Doubt =
  | 'needs-anchor' // 2年内: from when?
  | 'no-year' // 8月底, and the year cannot be told
  | 'no-such-day' // 2月30日
  | 'before-or-by' // 2020年6月前: before June begins, or by its end?
  | 'not-a-day' // 月初, 春节前

export type DateMention = {
  readonly text: string
  readonly from: number
  readonly to: number
  /** Null exactly when `doubt` is set. For a span of time, its last day. */
  readonly date: PlainDate | null
  readonly doubt: Doubt | null
  /** First day of a span (2018年7月至12月), otherwise null. */
  readonly start: PlainDate | null
  /** A year and nothing more: a target only if the words around it say so. */
  readonly bareYear: boolean
  /** A month without its year and nothing more (8月): too little in running text. */
  readonly bareMonth: boolean
  /** 以来, 起: a beginning, not an end. */
  readonly opens: boolean
}

/** The day a text was published or signed; null when it carries none. */
export type DateContext = { readonly documentDate: PlainDate | null }

const YEAR = '(?:19|20)\\d{2}|[一二][〇○零一二三四五六七八九]{3}'
const NUM = '\\d{1,2}|[一二三四五六七八九十]{1,3}'
const SAID_YEAR = '今年|本年度?|当年|明年|后年|去年|上年'
const TO_QUARTER = '(?:[一二三1-3](?:至|到|-|、))?'
const BEFORE = '(?:之?前|以前|之?内|以内)?'

/** 2018-08-31, 2018/8, 2018.8.31 */
const IN_FIGURES = `(?<![\\d.\\-/])(?<ny>(?:19|20)\\d{2})(?<sep>[-/.])(?<nm>\\d{1,2})(?:\\k<sep>(?<nd>\\d{1,2}))?(?![\\d%％年~—\\-])(?:前|之前|以前)?`

/** What may stand after a year to say which day of it. */
const WITHIN_YEAR = [
  `年?(?<ye>底|末|终)${BEFORE}`,
  `(?<half>上|下)半年(?:底|末)?${BEFORE}`,
  `${TO_QUARTER}第?(?<q>[一二三四1-4])个?季度(?:底|末)?${BEFORE}`,
  `(?:(?<fm>\\d{1,2})月?(?:-|—|~|～|至|到))?(?<m>${NUM})月(?:份)?(?:(?<d>${NUM})[日号]|(?<mp>底|末|上旬|中旬|下旬|初|中))?(?<mb>之?前|以前|之?内|以内)?`,
  '(?<yi>内)',
  '(?<yb>之?前|以前)',
  '(?<fest>(?:春节|国庆节?|元旦|五一|中秋节?|汛期|主汛期|供暖季|采暖季|采暖期|供暖期|入冬|雨季)(?:来临|到来|开始|结束)?(?:之?前|以前|后))',
].join('|')

/** 2018年8月底前, 今年底, 2018—2020年 */
const WITH_YEAR = `(?<!\\d)(?:(?<years>(?:19|20)\\d{2})年?(?:-|—|–|~|～|至|到){1,2})?(?:(?<y>${YEAR})年度?|(?<sy>${SAID_YEAR}))(?:的?(?:${WITHIN_YEAR}))?`

/** 2年内, 6个月内, 10个工作日内 */
const SPAN =
  '(?<!\\d)(?<span>(?:\\d{1,3}|[一二三四五六七八九十两半]{1,3})个?半?(?:年|月|日|天|周|星期|季度|工作日)(?:之内|以内|内))'

/** 8月31日, 8月底前, 8月; 年底前, 上半年, 三季度末, 本月底 */
const WITHOUT_YEAR = [
  `(?<short>\\d{2}年)?(?<![\\d个]|每年)(?<m2>${NUM})月(?:份)?(?:(?<d2>${NUM})[日号]|(?<mp2>底|末|上旬|中旬|下旬|初))?(?<mb2>之?前|以前|之?内|以内)?`,
  `(?<![\\d一二三四五六七八九十两半〇零今本当明后去上年每])年(?<ye2>底|末|终|内)${BEFORE}`,
  `(?<![年\\d每])(?<half2>上|下)半年(?:底|末)?${BEFORE}`,
  `(?<![年\\d每\\-至到])${TO_QUARTER}第?(?<q2>[一二三四1-4])个?季度(?:底|末)?${BEFORE}`,
  `(?<said>本月|下月|次月|下个月|当月)(?:底|末)?${BEFORE}`,
  '(?<vague>(?<![\\d月年])月(?:底|末)前|近期|尽快|适时)',
].join('|')

const MENTION = new RegExp([IN_FIGURES, WITH_YEAR, SPAN, WITHOUT_YEAR].join('|'), 'g')

/** Every wording of a date in `text`, in order; spans of time are one mention (GN-01). */
export const datesIn = (text: string, context: DateContext): DateMention[] => {
  const mentions: DateMention[] = []
  let year: { readonly year: number; readonly month: number } | null = null
  for (const hit of text.matchAll(MENTION)) {
    const groups: Groups = hit.groups ?? {}
    const read = dateOfHit(groups, year, context)
    if (read === null) continue
    const from = hit.index
    const to = from + hit[0].length
    const opens = /^(?:以来|起|开始|至今|以后|之后|后)/.test(text.slice(to, to + 3))
    if (read.date !== null)
      year = { year: Number(read.date.slice(0, 4)), month: Number(read.date.slice(5, 7)) }
    mentions.push({
      text: hit[0],
      from,
      to,
      start: null,
      bareYear: false,
      bareMonth: isBareMonth(groups),
      opens,
      ...read,
    })
    // A stop ends the sentence whose year may be carried over.
    if (/[。;；\n]/.test(text.slice(to, to + 1))) year = null
  }
  return joinSpans(text, mentions)
}

const isBareMonth = ({ m2, d2, mp2, mb2 }: Groups): boolean =>
  m2 !== undefined && d2 === undefined && mp2 === undefined && mb2 === undefined

type Groups = Readonly<Record<string, string | undefined>>
type Read = Pick<DateMention, 'date' | 'doubt'> & Partial<Pick<DateMention, 'bareYear' | 'start'>>

const dated = (date: PlainDate | null): Read =>
  date === null ? doubtful('no-such-day') : { date, doubt: null }
const doubtful = (doubt: Doubt): Read => ({ date: null, doubt })

const dateOfHit = (
  g: Groups,
  carried: { readonly year: number; readonly month: number } | null,
  context: DateContext,
): Read | null => {
  if (g.ny !== undefined) {
    const [year, month] = [Number(g.ny), Number(g.nm)]
    return dated(g.nd === undefined ? endOfMonth(year, month) : day(year, month, Number(g.nd)))
  }
  if (g.y !== undefined || g.sy !== undefined) {
    const year = g.y === undefined ? saidYear(g.sy ?? '', context) : numberOf(g.y)
    if (year === null) return doubtful('no-year')
    return inYear(g, year)
  }
  if (g.span !== undefined) return doubtful('needs-anchor')
  if (g.vague !== undefined) return doubtful('not-a-day')
  if (g.said !== undefined) return saidMonth(g.said, context)
  if (g.short !== undefined) return doubtful('no-year')
  return withoutYear(g, carried, context)
}

/** 2018年…: what follows the year says which day of it. */
const inYear = (g: Groups, year: number): Read => {
  if (g.ye !== undefined || g.yi !== undefined) return dated(day(year, 12, 31))
  if (g.half !== undefined) return dated(halfYear(year, g.half))
  if (g.q !== undefined) return dated(quarter(year, g.q))
  if (g.m !== undefined) {
    const read = inMonth(year, numberOf(g.m) ?? 0, { day: g.d, part: g.mp, before: g.mb })
    return g.fm === undefined ? read : { ...read, start: day(year, Number(g.fm), 1) }
  }
  if (g.yb !== undefined) return doubtful('before-or-by')
  if (g.fest !== undefined) return doubtful('not-a-day')
  const start = g.years === undefined ? null : day(Number(g.years), 1, 1)
  return { date: day(year, 12, 31), doubt: null, bareYear: true, start }
}

type Within = {
  readonly day: string | undefined
  readonly part: string | undefined
  readonly before: string | undefined
}

const inMonth = (year: number, month: number, { day: written, part, before }: Within): Read => {
  if (written !== undefined) return dated(day(year, month, numberOf(written) ?? 0))
  if (part === '初' || part === '中') return doubtful('not-a-day')
  if (part === '上旬') return dated(day(year, month, 10))
  if (part === '中旬') return dated(day(year, month, 20))
  if (part === undefined && before !== undefined && before.endsWith('前')) return doubtful('before-or-by')
  return dated(endOfMonth(year, month))
}

/**
 * A wording without its year takes the year said before it in the same sentence, else the document's,
 * and never a day before the document (domain rule 4).
 */
const withoutYear = (
  g: Groups,
  carried: { readonly year: number; readonly month: number } | null,
  { documentDate }: DateContext,
): Read => {
  const inThat = (year: number): Read => {
    if (g.ye2 !== undefined) return dated(day(year, 12, 31))
    if (g.half2 !== undefined) return dated(halfYear(year, g.half2))
    if (g.q2 !== undefined) return dated(quarter(year, g.q2))
    return inMonth(year, numberOf(g.m2 ?? '') ?? 0, { day: g.d2, part: g.mp2, before: g.mb2 })
  }
  if (carried !== null) {
    const read = inThat(carried.year)
    if (read.date === null || Number(read.date.slice(5, 7)) >= carried.month) return read
  }
  if (documentDate === null) {
    const anyYear = inThat(LEAP_YEAR)
    return anyYear.date === null ? anyYear : doubtful('no-year')
  }
  const read = inThat(Number(documentDate.slice(0, 4)))
  return read.date !== null && read.date < documentDate ? doubtful('no-year') : read
}
/** A year in which every day of the calendar exists. */
const LEAP_YEAR = 2000

const saidYear = (said: string, { documentDate }: DateContext): number | null => {
  if (documentDate === null) return null
  const year = Number(documentDate.slice(0, 4))
  if (said === '明年') return year + 1
  if (said === '后年') return year + 2
  return said === '去年' || said === '上年' ? year - 1 : year
}

const saidMonth = (said: string, { documentDate }: DateContext): Read => {
  if (documentDate === null) return doubtful('no-year')
  const [year, month] = [Number(documentDate.slice(0, 4)), Number(documentDate.slice(5, 7))]
  const next = said === '本月' || said === '当月' ? month : month + 1
  return dated(next > 12 ? endOfMonth(year + 1, 1) : endOfMonth(year, next))
}

const day = (year: number, month: number, date: number): PlainDate | null => {
  const text = `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`
  return isPlainDate(text) ? text : null
}

const endOfMonth = (year: number, month: number): PlainDate | null =>
  day(year, month, 31) ?? day(year, month, 30) ?? day(year, month, 29) ?? day(year, month, 28)

const halfYear = (year: number, half: string): PlainDate | null =>
  half === '上' ? day(year, 6, 30) : day(year, 12, 31)

const quarter = (year: number, written: string): PlainDate | null =>
  endOfMonth(year, 3 * (numberOf(written) ?? 0))

const CONNECTOR = /^\s?(?:至|到|—{1,2}|–|-{1,2}|~|～|-)\s?$/

/** 2018年7月至12月, 11月15日至12月9日: one mention, ending on the last day. */
const joinSpans = (text: string, mentions: readonly DateMention[]): DateMention[] => {
  const joined: DateMention[] = []
  for (const mention of mentions) {
    const last = joined.at(-1)
    if (
      last &&
      last.date !== null &&
      mention.from - last.to <= 4 &&
      CONNECTOR.test(text.slice(last.to, mention.from))
    ) {
      joined[joined.length - 1] = {
        ...mention,
        text: text.slice(last.from, mention.to),
        from: last.from,
        start: last.start ?? firstDay(last),
      }
    } else joined.push(mention)
  }
  return joined
}

/** 2018年7月 as the beginning of a span is its first day. */
const firstDay = ({ text, date, bareYear }: DateMention): PlainDate | null => {
  if (date === null) return null
  if (bareYear) return day(Number(date.slice(0, 4)), 1, 1)
  return /[日号]|\d[-/.]\d{1,2}[-/.]\d/.test(text)
    ? date
    : day(Number(date.slice(0, 4)), Number(date.slice(5, 7)), 1)
}
