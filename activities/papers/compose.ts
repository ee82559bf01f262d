import type { PaperOrder } from '../../domain/effects/types.js'
import { paperDate, paperDateOf } from './dates.js'
import type { Block, LabelledValue, OfficialPaper, ParagraphBlock, ReturnSlip } from './document.js'
import { KINDS, type KindRules } from './kinds.js'
import { printable, printableParagraphs } from './printable.js'
import { chineseMarks } from './punctuation.js'
import { tableRows } from './table-rows.js'

/** Over a title of a drill's paper, and in its file's name. */
export const DRILL_MARK = '【演练】'

/** A title runs to three lines at most: 54 characters, with room for the words around the matter. */
const LONGEST_MATTER = 32

/** Labels whose place on a paper is not among its facts. */
const SIGNER = '签发人'
const ATTACHMENTS = '附件'

/**
 * An order and its number, put into the words and the order of an official paper.
 * The same order and number give the same paper: nothing is asked of a clock.
 */
export const composePaper = (order: PaperOrder, number: string): OfficialPaper => {
  const rules = KINDS[order.paper]
  const letterhead = printable(order.letterhead)
  const date = paperDateOf(order.at)
  const signer = factOf(order, SIGNER)?.join('、') ?? ''
  const returnSlip = returnSlipOf(order, number, rules)
  return {
    form: rules.form,
    drill: order.drill,
    at: order.at,
    letterhead,
    number: printable(number),
    ...(rules.form === 'upward' ? { signer } : {}),
    title: titleOf(order, rules),
    addressees: namesOf(order.to),
    blocks: blocksOf(order, rules),
    attachments: factOf(order, ATTACHMENTS) ?? [],
    ...(rules.form === 'slip' ? {} : { signature: { by: letterhead, on: date } }),
    ...(returnSlip ? { returnSlip } : {}),
    copies: rules.form === 'slip' ? [] : namesOf(order.copies),
    ...(rules.form === 'letter' || rules.form === 'slip' ? {} : { printed: { by: letterhead, on: date } }),
  }
}

const namesOf = (names: readonly string[]): readonly string[] =>
  names.map(printable).filter((name) => name !== '')

const factOf = (order: PaperOrder, label: string): readonly string[] | undefined => {
  const fact = order.facts.find((candidate) => printable(candidate.label) === label)
  return fact && printableParagraphs(fact.value)
}

const titleOf = (order: PaperOrder, rules: KindRules): string => {
  const subject = printable(order.subject).replace(/^【演练】/u, '')
  const title = rules.titleEnds.test(subject) ? subject : rules.title(shortened(subject))
  return `${order.drill === 'drill' ? DRILL_MARK : ''}${chineseMarks(title)}`
}

/** The matter in a title: without its full stop, its first sentence when it is long, cut when that is long too. */
const shortened = (matter: string): string => {
  const whole = matter.replace(/[。;\u{FF1B}]$/u, '')
  if ([...whole].length <= LONGEST_MATTER) return whole
  const sentence = whole.split(/[。;\u{FF1B}]/u)[0] ?? whole
  const letters = [...sentence]
  return letters.length <= LONGEST_MATTER ? sentence : `${letters.slice(0, LONGEST_MATTER - 2).join('')}……`
}

const blocksOf = (order: PaperOrder, rules: KindRules): readonly Block[] => {
  const body = order.body.flatMap(printableParagraphs)
  const asked = [...replyOf(order, rules), ...closingOf(order, rules)]
  const facts = factsOf(order, rules)
  // A table closes a slip; in a letter the facts follow the sentence that leads to them.
  return rules.facts === 'table'
    ? [...[...body, ...asked].map(paragraph), ...facts]
    : [...body.slice(0, 1).map(paragraph), ...facts, ...[...body.slice(1), ...asked].map(paragraph)]
}

const factsOf = (order: PaperOrder, rules: KindRules): readonly Block[] => {
  const facts = order.facts
    .map(({ label, value }) => ({ label: printable(label), value: printedValue(label, value) }))
    .filter(({ label }) => label !== SIGNER && label !== ATTACHMENTS && label !== '')
  if (rules.facts === 'table') return [{ kind: 'table', rows: tableRows([...facts, ...handedFrom(order)]) }]
  return facts.length === 0 ? [] : [{ kind: 'lines', lines: facts }]
}

/** Facts that are the plan's own words: printed as they are, to the comma. */
const QUOTED: ReadonlySet<string> = new Set(['问题表述', '整改目标', '整改措施', '重点措施'])

const printedValue = (label: string, value: string): readonly string[] => {
  const paragraphs = printableParagraphs(value)
  return QUOTED.has(printable(label)) ? paragraphs : paragraphs.map(chineseMarks)
}

/** To be filled in by hand. */
const DAY = '年    月    日'

/** The last rows of a slip: who has a copy, who hands over, with the seal, and a place for who receives. */
const handedFrom = (order: PaperOrder): readonly LabelledValue[] => [
  ...(order.copies.length === 0 ? [] : [{ label: '抄送', value: [namesOf(order.copies).join('、')] }]),
  { label: '交办单位', value: [printable(order.letterhead), paperDateOf(order.at)] },
  { label: '签收人', value: [] },
  { label: '签收时间', value: [DAY] },
]

/** Asked for once: not again where the order's own words name the day. */
const replyOf = ({ replyBy, body, facts }: PaperOrder, rules: KindRules): readonly string[] => {
  if (replyBy === undefined) return []
  const date = paperDate(replyBy)
  const said = [...body, ...facts.map(({ value }) => value)]
  return said.some((text) => text.includes(date)) ? [] : [rules.reply(date)]
}

const CLOSING = /^(?:特此|专此|此函|此复)/u

const closingOf = ({ body }: PaperOrder, { closing }: KindRules): readonly string[] => {
  const last = body.flatMap(printableParagraphs).at(-1) ?? ''
  return closing === undefined || CLOSING.test(last) ? [] : [closing]
}

const FIRST_LEVEL = /^[一二三四五六七八九十百]+、/u
const SECOND_LEVEL = /^[(\u{FF08}][一二三四五六七八九十百]+[)\u{FF09}]/u

/** 一、 is set in 黑体 and (一) in 楷体, up to the end of the heading's own sentence (GB/T 9704-2012, 7.3.3). */
const paragraph = (words: string): ParagraphBlock => {
  const text = chineseMarks(words)
  const face = FIRST_LEVEL.test(text) ? 'hei' : SECOND_LEVEL.test(text) ? 'kai' : undefined
  if (face === undefined) return { kind: 'paragraph', text }
  const end = text.indexOf('。') + 1
  return end === 0
    ? { kind: 'paragraph', lead: { face, text }, text: '' }
    : { kind: 'paragraph', lead: { face, text: text.slice(0, end) }, text: text.slice(end) }
}

const returnSlipOf = (order: PaperOrder, number: string, rules: KindRules): ReturnSlip | undefined =>
  rules.returnSlip === 'attached'
    ? {
        title: order.drill === 'drill' ? `${DRILL_MARK}回执` : '回执',
        addressee: printable(order.letterhead),
        text: chineseMarks(
          `你办${paperDateOf(order.at)}《${titleOf(order, rules)}》(${printable(number)})及所附材料收悉。`,
        ),
        rows: tableRows([
          { label: '接收单位', value: [] },
          { label: '接收人', value: [] },
          { label: '接收时间', value: [DAY] },
        ]),
      }
    : undefined
