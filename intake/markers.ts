import type { Span } from './characters.js'
import { numberOf } from './numerals.js'

/** How an item is numbered. The order is the usual one of official papers, outermost first. */
export const STYLES = [
  'part',
  'han',
  'han-paren',
  'arabic',
  'dotted',
  'arabic-paren',
  'circled',
  'named',
] as const
export type Style = (typeof STYLES)[number]

export type Marker = {
  readonly style: Style
  readonly number: number
  /** The line without its marker. */
  readonly rest: string
}

const HAN_NUMBER = '[一二三四五六七八九十百〇零]{1,4}'
const CIRCLED = '①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳'

const FORMS: readonly { readonly style: Style; readonly form: RegExp }[] = [
  { style: 'part', form: new RegExp(`^第(${HAN_NUMBER}|\\d{1,3})(?:章|节|部分|条)[:：、.\\s]?`) },
  { style: 'part', form: new RegExp(`^附(?:件|表|录)\\s?(${HAN_NUMBER}|\\d{1,2})?(?:[:：\\s]\\s?|$)`) },
  {
    style: 'named',
    form: new RegExp(
      `^(?:第(${HAN_NUMBER}|\\d{1,3})[项个]|(?:反馈|突出|具体)?(?:问题|任务|事项|措施|序号|编号)\\s?(${HAN_NUMBER}|\\d{1,3}))(?:[:：、.．,，\\s]\\s?|$)`,
    ),
  },
  { style: 'han', form: new RegExp(`^(${HAN_NUMBER})[、.．,，]\\s?`) },
  { style: 'han-paren', form: new RegExp(`^[(（](${HAN_NUMBER})[)）][、.]?\\s?`) },
  { style: 'dotted', form: /^\d{1,2}(?:\.\d{1,2}){0,2}\.(\d{1,2})[\s、]\s?/ },
  { style: 'arabic', form: /^(\d{1,3})\s?[、.．，)）](?!\d)\s?/ },
  { style: 'arabic-paren', form: /^[(（](\d{1,3})[)）][、.]?\s?/ },
  { style: 'circled', form: new RegExp(`^([${CIRCLED}])\\s?`) },
]

/** The number an item opens with (一、 (一) 1. (1) ① 问题1:), or null. */
export const markerOf = (text: string): Marker | null => {
  for (const { style, form } of FORMS) {
    const found = form.exec(text)
    if (!found) continue
    const written = found[1] ?? found[2] ?? ''
    const number = style === 'circled' ? CIRCLED.indexOf(written) + 1 : (numberOf(written) ?? 0)
    return { style, number, rest: text.slice(found[0].length) }
  }
  return null
}

/** A sentence without the number, or the label, it opens with. */
export const withoutNumber = (sentence: Span): Span => {
  const marker = markerOf(sentence.text)
  const rest = (marker?.rest ?? sentence.text).replace(
    /^(?:(?:整改)?(?:目标|措施|内容|任务)[:：])?(?:[一二三四五六七八九十]{1,3}是(?:要)?)?/,
    '',
  )
  return { text: rest, from: sentence.from + sentence.text.length - rest.length }
}
