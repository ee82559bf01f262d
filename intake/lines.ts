import { HAN } from './characters.js'
import { stripGlosses } from './glosses.js'
import { simplify, simplifyAll } from './script.js'

/** One line of the original, cleaned for reading. `text` is '' for a blank line. */
export type Line = {
  /** Line number in the original, from 1. */
  readonly n: number
  readonly text: string
  /** Depth of a markdown heading, 0 for any other line. */
  readonly heading: number
  /** Cells of a table row, markdown or tab-separated; empty for any other line. */
  readonly cells: readonly string[]
}

const LINE_END = /\r\n|\n|\r/
const INVISIBLE = /[\u200b-\u200f\u2060\ufeff\u00ad]/g
const FULL_WIDTH = /[０-９]/g
const SPACES = /[\u00a0\u2000-\u200a\u202f\u205f\u3000\f\v]/g

/** The lines of a text, numbered as in the original: glosses off, characters simplified, spacing evened out. */
export const linesOf = (text: string): Line[] => {
  const even = text
    .replace(INVISIBLE, '')
    .replace(SPACES, ' ')
    .replace(FULL_WIDTH, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
  const plain = stripGlosses(even)
  return (plain === even ? simplify(plain) : simplifyAll(plain))
    .split(LINE_END)
    .map((raw, at) => lineOf(raw, at + 1))
}

const lineOf = (raw: string, n: number): Line => {
  const cells = cellsOf(raw)
  if (cells.length > 0) return { n, text: cells.filter(Boolean).join(' '), heading: 0, cells }
  const trimmed = raw.trim()
  const hashes = /^(#{1,6})\s+/.exec(trimmed)
  const text = squeeze(undecorate(hashes ? trimmed.slice(hashes[0].length) : trimmed))
  return { n, text, heading: hashes?.[1]?.length ?? 0, cells: [] }
}

/** Markdown's quote marks, bullets, boxes and emphasis. */
const undecorate = (text: string): string =>
  text
    .replace(/^(?:>\s?){1,9}/, '')
    .replace(/^(?:[-*+•·●■▪◆◇★]\s+|[•·●■▪◆◇★□])/, '')
    .replace(/^\[[ xX]\]\s+/, '')
    .replace(/\*{2,3}|__|`/g, '')
    .replace(/\\$/, '')
    .trim()

const NEAR_PUNCTUATION =
  /[ \t]+(?=[,，;；:：、。.()（）【】〔〕《》“”])|(?<=[，；：、。（）【】〔〕《》“”])[ \t]+/g
const AFTER_ASCII_PUNCTUATION = new RegExp(`(?<=[,;:(])[ \\t]+(?=[${HAN}\\d《“])`, 'g')
const HAN_THEN_DIGIT = new RegExp(`(?<=[${HAN}])[ \\t]+(?=\\d)`, 'g')
const DIGIT_THEN_UNIT = /(?<=\d)[ \t]+(?=[年月日号底末前个件项家座处吨公里万亿])/g
const SPACED_WORD = new RegExp(`(?:[${HAN}][ \\t]+){1,5}[${HAN}](?=[:：])`, 'g')

/** Typists' spaces go (`2018 年 8 月`, `责 任 人:`); those between words (`市环保局 张三`) stay as one. */
export const squeeze = (text: string): string => {
  if (!/[ \t]/.test(text)) return text
  return text
    .replace(NEAR_PUNCTUATION, '')
    .replace(AFTER_ASCII_PUNCTUATION, '')
    .replace(SPACED_WORD, (word) => {
      const joined = word.replace(/[ \t]+/g, '')
      return SPACED_LABEL.test(joined) ? joined : word
    })
    .replace(DIGIT_THEN_UNIT, '')
    .replace(HAN_THEN_DIGIT, '')
    .replace(/[ \t]+/g, ' ')
    .trim()
}
const SPACED_LABEL =
  /^(?:责任(?:人|单位|领导|部门)|(?:整改|完成)?(?:时限|期限|时间|目标|措施)|(?:牵头|配合|验收)单位|问题)$/

/** The cells of `| a | b |`, or of a line with tabs inside; [] when it is no table row. */
const cellsOf = (raw: string): string[] => {
  const text = raw.trim()
  if (text.startsWith('|') && text.length > 1) {
    const inner = text.endsWith('|') && !text.endsWith('\\|') ? text.slice(1, -1) : text.slice(1)
    return inner
      .replaceAll('\\|', '\u0000')
      .split('|')
      .map((cell) => cellText(cell.replaceAll('\u0000', '|')))
  }
  const tabbed = text.split('\t')
  return tabbed.length > 2 ? tabbed.map(cellText) : []
}

/** Paragraphs of a cell stay apart as lines. */
const cellText = (cell: string): string =>
  cell
    .split(/<br\s?\/?>/i)
    .map((part) => squeeze(undecorate(part.trim())))
    .filter((part) => part !== '')
    .join('\n')
