import type { PlainDate } from '../domain/words.js'
import { datesIn } from './dates.js'
import { isFurniture } from './furniture.js'
import type { Line } from './lines.js'
import { markerOf } from './markers.js'
import type { PlanSource } from './types.js'

export type SourceReading = PlanSource & {
  readonly documentDate: PlainDate | null
  readonly documentDateLine: number
  /** Lines of title and dates: they belong to no entry. */
  readonly headLines: readonly number[]
}

/** The bodies that sign, above the date: 中共永州市委 / 永州市人民政府 / 2019年12月5日 */
const signatories = (lines: readonly Line[], date: number): number[] => {
  const above = lines
    .slice(Math.max(0, date - 8), date - 1)
    .filter(({ text }) => text !== '')
    .reverse()
  const end = above.findIndex(({ text }) => !SIGNATORY.test(text))
  return (end < 0 ? above : above.slice(0, end)).map(({ n }) => n)
}
const SIGNATORY =
  /^[\u4e00-\u9fff]{2,40}(?:委|政府|办公室|办公厅|委员会|领导小组|指挥部|局|厅|管委会|办)(?:\([\u4e00-\u9fff]{1,6}\))?$/

const HEAD = 25
const TAIL = 25

/** Title and dates: a posting date near the top, a date alone on a line near the end, or a file's front matter. */
export const sourceOf = (lines: readonly Line[]): SourceReading => {
  const posted = findDate(lines.slice(0, HEAD), POSTED) ?? findDate(lines.slice(-TAIL), POSTED)
  const signed = findDate([...lines.slice(-TAIL)].reverse(), SIGNED) ?? findDate(lines.slice(0, HEAD), SIGNED)
  const stamped = findDate(lines.slice(0, HEAD), STAMPED)
  const title = titleOf(lines.slice(0, HEAD))
  const bracketed = signed ?? findDate(lines.slice(0, HEAD), IN_BRACKETS)
  const published = posted ?? stamped ?? bracketed
  const document = bracketed ?? published
  return {
    title: title === null ? null : planWithin(title.title),
    published: published?.date ?? null,
    documentDate: document?.date ?? null,
    documentDateLine: document?.line ?? 0,
    headLines: [
      title?.lines ?? [],
      posted?.line ?? [],
      stamped?.line ?? [],
      signed ? [signed.line, ...signatories(lines, signed.line)] : [],
    ].flat(),
  }
}

/** 发布日期:2018-06-29 */
const POSTED =
  /(?:发布|成文|印发|公布|生成|发文|公开)(?:日期|时间)\s?[:：]?\s?(?<date>.{6,24})|^(?:date|日期|时间)[:：]\s?(?<date2>.{6,24})$/
/** 2019年12月5日, alone or after 印发 */
const SIGNED =
  /^(?:[(（])?(?<date>(?:(?:19|20)\d{2}|[一二][〇○零一二三四五六七八九]{3})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日)(?:[)）]|印发|$)|(?<date2>(?:19|20)\d{2}年\d{1,2}月\d{1,2}日)印发$/
/** 2024-05-29 10:35 来源:… */
const STAMPED = /^(?<date>(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2})(?:\s|$)/

/** …方案(2022年3月1日印发) */
const IN_BRACKETS =
  /[(（](?<date>(?:(?:19|20)\d{2}|[一二][〇○零一二三四五六七八九]{3})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日)[^()（）]{0,8}[)）]$/

const findDate = (
  lines: readonly Line[],
  form: RegExp,
): { readonly date: PlainDate; readonly line: number } | null => {
  for (const { text, n } of lines) {
    if (text.length > 120) continue
    const hit = form.exec(text)
    const written = hit?.groups?.date ?? hit?.groups?.date2
    if (written === undefined) continue
    const date = datesIn(written, { documentDate: null }).find(
      (mention) => mention.date !== null && !mention.bareYear,
    )
    if (date?.date) return { date: date.date, line: n }
  }
  return null
}

const PAPER =
  /(?:方案|清单|要点|计划|台账|通知|意见|报告|情况|分工|细则|办法|任务书|措施|公告|公示|规划|安排)(?:[(（].{1,12}[)）])?$/

/** 附件: the title of another paper */
const ATTACHED = /^附(?:件|表|录)/

type Title = { readonly title: string; readonly lines: readonly number[] }

const titleOf = (head: readonly Line[]): Title | null => {
  for (const { text, n } of head) {
    const front = /^title[:：]\s?["“]?(.{1,200}?)["”]?$/.exec(text)?.[1]
    if (front !== undefined) return { title: front, lines: [n] }
  }
  const held = head.filter(({ text, cells }) => text !== '' && cells.length === 0 && !isFurniture(text))
  const heading = held.find((line) => line.heading === 1)
  if (heading) return { title: heading.text, lines: [heading.n] }
  const at = held.findIndex(({ text }) => isPaperTitle(text))
  const found = held[at]
  if (found) {
    const above = held[at - 1]
    const same = held.filter(({ text }) => text === found.text).map(({ n }) => n)
    return above && isBroken(above, found)
      ? { title: above.text + found.text, lines: [above.n, ...same] }
      : { title: found.text, lines: same }
  }
  const [first] = held
  if (!first || first.text.length > 40 || /[。:：;；]/.test(first.text) || markerOf(first.text)) return null
  return { title: first.text, lines: [] }
}

const isPaperTitle = (text: string): boolean =>
  text.length <= 80 && PAPER.test(text) && markerOf(text) === null && !ATTACHED.test(text)

/** 关于印发《…整改方案》的通知: the plan's own title. */
const planWithin = (title: string): string => /《([^《》]{4,80})》的通知$/.exec(title)?.[1] ?? title

/** A title broken over two lines: 济南市贯彻落实…反馈意见 / 整改落实实施方案 */
const isBroken = (above: Line, below: Line): boolean =>
  above.n === below.n - 1 &&
  below.text.length < 30 &&
  /^.{4,40}[^。:：;；]$/.test(above.text) &&
  ![PAPER, ATTACHED, POSTED, STAMPED, SIGNED].some((form) => form.test(above.text)) &&
  markerOf(above.text) === null
