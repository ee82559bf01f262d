const ZONE = 'Asia/Shanghai'
const INPUT = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/

const parts = new Intl.DateTimeFormat('zh-CN', {
  timeZone: ZONE,
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

type Parts = Readonly<Record<'year' | 'month' | 'day' | 'hour' | 'minute', string>>

const partsOf = (at: Date): Parts =>
  Object.fromEntries(parts.formatToParts(at).map(({ type, value }) => [type, value])) as Parts

const thisYear = (): string => partsOf(new Date()).year

/** `2026-09-01` → `9月1日`, with the year where it is not this one. */
export const dayInWords = (day: string): string => {
  const [year = '', month = '', date = ''] = day.slice(0, 10).split('-')
  const short = `${Number(month)}月${Number(date)}日`
  return year === thisYear() ? short : `${year}年${short}`
}

/** An instant in Asia/Shanghai: `9月1日 09:00`. */
export const momentInWords = (at: string): string => {
  const { year, month, day, hour, minute } = partsOf(new Date(at))
  const short = `${month}月${day}日 ${hour}:${minute}`
  return year === thisYear() ? short : `${year}年${short}`
}

/** What `<input type="datetime-local">` gives, read in Asia/Shanghai. */
export const momentFromInput = (text: unknown): unknown =>
  typeof text === 'string' && INPUT.test(text) ? `${text}:00+08:00` : text
