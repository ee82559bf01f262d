import mammoth from 'mammoth'
import { append } from './lists.js'
import { UnreadablePlan } from './unreadable.js'
import { checkZip } from './zip.js'

/**
 * The text of a .docx: one line a paragraph, one `| a | b |` line a table row, so that line numbers can be given.
 * @throws UnreadablePlan when the file is no Word document, is damaged, or would inflate beyond bounds.
 */
export const docxText = async (bytes: Buffer): Promise<string> => {
  const parts = checkZip(bytes)
  if (!parts.some((name) => /^word\/document\d*\.xml$/.test(name)))
    throw new UnreadablePlan('这个压缩文件不是 Word 文档(.docx)。')
  try {
    const { value } = await mammoth.convertToHtml({ buffer: bytes }, OPTIONS)
    return textOfHtml(value)
  } catch {
    throw new UnreadablePlan('这个 .docx 文件已损坏,无法打开。')
  }
}

const OPTIONS = {
  convertImage: mammoth.images.imgElement(async () => ({ src: '' })),
  includeDefaultStyleMap: true,
  ignoreEmptyParagraphs: false,
}

type Cell = { readonly paragraphs: string[]; readonly columns: number; readonly rows: number }
type Table = { readonly lines: Cell[][] }

const TOKEN = /<(\/?)([a-z][a-z0-9]*)([^>]*)>|([^<]+)/g

/** Mammoth's HTML is a small, well-formed set of tags: paragraphs, headings, lists, tables, inline marks. */
const textOfHtml = (html: string): string => {
  const out: string[] = []
  const tables: Table[] = []
  const lists: { readonly ordered: boolean; count: number }[] = []
  let text = ''
  let prefix = ''
  let hidden = 0

  const cell = () => tables.at(-1)?.lines.at(-1)?.at(-1)
  const flush = () => {
    const line = (prefix + text).trim()
    prefix = ''
    text = ''
    const here = cell()
    if (tables.length > 0) {
      if (here && line !== '') here.paragraphs.push(line)
    } else out.push(line)
  }
  const settle = () => {
    if (text.trim() !== '' || prefix !== '') flush()
  }

  for (const [, closing, tag, attributes = '', words] of html.matchAll(TOKEN)) {
    if (words !== undefined) {
      if (hidden === 0) text += unescaped(words)
      continue
    }
    const opens = closing === ''
    switch (tag) {
      case 'p':
        if (opens) settle()
        else flush()
        break
      case 'h1':
      case 'h2':
      case 'h3':
      case 'h4':
      case 'h5':
      case 'h6':
        if (opens) settle()
        else flush()
        break
      case 'br':
        text += '\n'
        break
      case 'sup':
        // Footnote marks.
        hidden += opens ? 1 : -1
        break
      case 'ol':
      case 'ul':
        settle()
        if (opens) lists.push({ ordered: tag === 'ol', count: 0 })
        else lists.pop()
        break
      case 'li': {
        settle()
        const list = lists.at(-1)
        if (opens && list) {
          list.count++
          prefix = list.ordered ? numberAt(lists.length, list.count) : ''
        }
        break
      }
      case 'table':
        settle()
        if (opens) tables.push({ lines: [] })
        else {
          const table = tables.pop()
          const rows = table ? rowsOf(table) : []
          const outer = cell()
          if (outer)
            append(
              outer.paragraphs,
              rows.map((row) => row.join(' ')),
            )
          else
            append(
              out,
              rows.map((row) => `| ${row.map(escaped).join(' | ')} |`),
            )
        }
        break
      case 'tr':
        if (opens) tables.at(-1)?.lines.push([])
        break
      case 'td':
      case 'th':
        if (opens)
          tables
            .at(-1)
            ?.lines.at(-1)
            ?.push({
              paragraphs: [],
              columns: spanOf(attributes, 'colspan'),
              rows: spanOf(attributes, 'rowspan'),
            })
        else settle()
        break
      default:
        break
    }
  }
  settle()
  return out.flatMap((line) => line.split('\n')).join('\n')
}

/** Word keeps the numbers of a list out of the text; the level gives them back. */
const numberAt = (level: number, count: number): string => (level === 1 ? `${count}.` : `(${count})`)

const LARGEST_SPAN = 64
const spanOf = (attributes: string, name: string): number => {
  const span = Number(new RegExp(`${name}="(\\d{1,4})"`).exec(attributes)?.[1] ?? 1)
  return Math.min(LARGEST_SPAN, Math.max(1, span))
}

/** A cell merged over rows or columns is said again in each of them. */
const rowsOf = ({ lines }: Table): string[][] => {
  const carried = new Map<number, { text: string; left: number }>()
  return lines.map((line) => {
    const row: string[] = []
    const fill = () => {
      for (let above = carried.get(row.length); above && above.left > 0; above = carried.get(row.length)) {
        above.left--
        row.push(above.text)
      }
    }
    for (const { paragraphs, columns, rows } of line) {
      fill()
      const text = paragraphs.join('<br>')
      for (let column = 0; column < columns; column++) {
        if (rows > 1) carried.set(row.length, { text, left: rows - 1 })
        row.push(text)
      }
    }
    fill()
    return row
  })
}

const escaped = (cell: string): string => cell.replaceAll('\n', '<br>').replaceAll('|', '\\|')

const ENTITIES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
  nbsp: ' ',
}
const unescaped = (text: string): string =>
  text.replace(/&(#\d{1,7}|[a-z]{2,4});/g, (whole, name: string) =>
    name.startsWith('#')
      ? String.fromCodePoint(Math.min(0x10ffff, Number(name.slice(1))))
      : (ENTITIES[name] ?? whole),
  )
