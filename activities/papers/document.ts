import type { Instant } from '../../domain/words.js'

/**
 * An official paper as a reader sees it, before any file format: what stands on it, in reading order (GB/T 9704-2012).
 * Every text is printable: no control characters, no line breaks.
 */
export type OfficialPaper = {
  readonly form: PaperForm
  readonly drill: 'drill' | 'real'
  /** Moment of the event the paper follows. */
  readonly at: Instant
  /** 发文机关标志 */
  readonly letterhead: string
  /** 发文字号: 常督改办〔2024〕1号 */
  readonly number: string
  /** 签发人, on a paper that goes upwards only; empty where it is filled in by hand. */
  readonly signer?: string
  readonly title: string
  /** 主送机关 */
  readonly addressees: readonly string[]
  readonly blocks: readonly Block[]
  /** 附件说明, without numbers. */
  readonly attachments: readonly string[]
  /** 发文机关署名 and 成文日期 (2024年3月1日); a slip has them in its table. */
  readonly signature?: { readonly by: string; readonly on: string }
  /** A form to be filled in by hand and sent back, on a page of its own. */
  readonly returnSlip?: ReturnSlip
  /** 抄送机关; a slip has them in its table. */
  readonly copies: readonly string[]
  /** 印发机关 and 印发日期; letters and slips have none. */
  readonly printed?: { readonly by: string; readonly on: string }
}

/**
 * document 下行文 (文件格式) · upward 上行文, with 签发人 · letter 信函格式 · slip 单: a head of one line, then a table.
 */
export type PaperForm = 'document' | 'upward' | 'letter' | 'slip'

export type Block = ParagraphBlock | LinesBlock | TableBlock

/** `lead`: the part at the start set in another face: 一、 in 黑体, (一) in 楷体. */
export type ParagraphBlock = {
  readonly kind: 'paragraph'
  readonly lead?: { readonly face: 'hei' | 'kai'; readonly text: string }
  readonly text: string
}

/** Label and value, a paragraph each. */
export type LinesBlock = { readonly kind: 'lines'; readonly lines: readonly LabelledValue[] }

/** Label and value in a ruled table; a row holds one pair, or two short ones side by side. */
export type TableBlock = { readonly kind: 'table'; readonly rows: readonly TableRow[] }
export type TableRow = readonly [LabelledValue] | readonly [LabelledValue, LabelledValue]

/** `value` is a list of paragraphs; none is a blank to be filled in by hand. */
export type LabelledValue = { readonly label: string; readonly value: readonly string[] }

export type ReturnSlip = {
  readonly title: string
  readonly addressee: string
  readonly text: string
  readonly rows: readonly TableRow[]
}
