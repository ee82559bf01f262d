import { type DateContext, type DateMention, type Doubt, datesIn } from './dates.js'
import { hideTitles } from './masks.js'
import type { ReadDeadline, ReadNode } from './types.js'

export type DeadlineReading = {
  readonly deadline: ReadDeadline
  /** Earlier dates the wording holds, and the dated part of one that also runs on. */
  readonly nodes: readonly ReadNode[]
  readonly questions: readonly string[]
}

const IMMEDIATE =
  /立行立改|立改立成|立查立改|立整立改|即知即改|即行即改|边督边改|边查边改|立即|即刻|马上|即时整改/
const LONG_TERM = /长期|持续|常态|常抓不懈|坚持不懈|一以贯之|永续|经常性/

export const NO_DEADLINE: DeadlineReading = {
  deadline: { text: '', kind: 'unknown', date: null },
  nodes: [],
  questions: [],
}

/** Reads the words of a deadline (GN-01, JN-02, JN-04). What is unsure becomes a question. */
export const deadlineIn = (text: string, context: DateContext): DeadlineReading => {
  const immediate = IMMEDIATE.test(text)
  const longTerm = LONG_TERM.test(text)
  const masked = hideTitles(text)
  const mentions = datesIn(masked, context)
    .filter(({ opens }) => !opens)
    .map((mention) => withDoubt(mention, masked.slice(mention.to)))
  const dated = mentions.filter(isDated)
  const questions = mentions.flatMap((mention) =>
    mention.doubt ? [askAbout(mention.text, mention.doubt)] : [],
  )
  const last = dated.reduce<Dated | null>((max, each) => (max && max.date >= each.date ? max : each), null)

  if (last && new Set(dated.map(({ date }) => date)).size > 1)
    questions.push(`整改时限“${text}”写有多个日期,按最后一个 ${last.date} 读取,是否正确?`)
  if (last && context.documentDate && last.date < context.documentDate)
    questions.push(`整改时限“${text}”早于文件日期 ${context.documentDate},请核对。`)

  if (longTerm) {
    const kind = immediate || last ? 'mixed' : 'long-term'
    return {
      deadline: { text, kind, date: null },
      nodes: dated.map(({ date }) => ({ text, date })),
      questions,
    }
  }
  if (last) {
    const earlier = dated.filter(({ date }) => date < last.date).map(({ date }) => ({ text, date }))
    return { deadline: { text, kind: 'by-date', date: last.date }, nodes: earlier, questions }
  }
  if (immediate) return { deadline: { text, kind: 'immediate', date: null }, nodes: [], questions }
  if (questions.length === 0) questions.push(`整改时限“${text}”读不出日期,请给出截止日期。`)
  return { deadline: { text, kind: 'unknown', date: null }, nodes: [], questions }
}

/** 2023年雨季来临前 is no plain year: what follows a bare year must be the doing, or nothing. */
const withDoubt = (mention: DateMention, after: string): DateMention => {
  if (
    !mention.bareYear ||
    /^(?:$|[\s,，、;；。.()（）]|全面|全部|基本|前?完成|整改|达|实现|并|长期|持续|办结|销号)/.test(after)
  )
    return mention
  return { ...mention, date: null, doubt: 'not-a-day' }
}

type Dated = DateMention & { readonly date: NonNullable<DateMention['date']> }
const isDated = (mention: DateMention): mention is Dated => mention.date !== null

/** The question a doubtful wording raises. */
export const askAbout = (wording: string, doubt: Doubt): string => {
  switch (doubt) {
    case 'needs-anchor':
      return `“${wording}”从哪一天起算?请给出截止日期。`
    case 'no-year':
      return `“${wording}”没有写明哪一年,请给出截止日期。`
    case 'no-such-day':
      return `“${wording}”不是存在的日期,请核对原文。`
    case 'before-or-by':
      return `“${wording}”是否包含当月(当年)?请给出截止日期。`
    case 'not-a-day':
      return `“${wording}”不是确定的日期,请给出截止日期。`
  }
}
