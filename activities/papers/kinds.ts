import type { PaperKind } from '../../domain/policy.js'
import type { PaperForm } from './document.js'

/** How one kind of paper is laid out and worded, apart from what its order says. */
export type KindRules = {
  readonly form: PaperForm
  /** Whether label and value stand in a ruled table or as lines of text. */
  readonly facts: 'table' | 'lines'
  /** The title, when the order's subject is the matter alone and not a title. */
  readonly title: (matter: string) => string
  /** A subject that ends so is a title already. */
  readonly titleEnds: RegExp
  /** Last words of the body; not repeated when the order has its own. */
  readonly closing?: string
  /** What a reader is asked for, by the day of `replyBy`. */
  readonly reply: (date: string) => string
  /** A receipt to be filled in and sent back, on a page of its own. */
  readonly returnSlip: 'none' | 'attached'
}

const matterOf = (matter: string): string => `“${matter}”`

export const KINDS: Readonly<Record<PaperKind, KindRules>> = {
  'handover-slip': {
    form: 'slip',
    facts: 'table',
    title: () => '生态环境保护督察整改问题交办单',
    titleEnds: /交办单$/u,
    reply: (date) => `请于${date}前反馈办理情况。`,
    returnSlip: 'none',
  },
  'supervision-letter': {
    form: 'letter',
    facts: 'lines',
    title: (matter) => `关于督办${matterOf(matter)}整改工作的函`,
    titleEnds: /函$/u,
    closing: '特此函告。',
    reply: (date) => `请于${date}前将办理情况书面函复我办。`,
    returnSlip: 'none',
  },
  circular: {
    form: 'document',
    facts: 'lines',
    title: (matter) => `关于${matterOf(matter)}整改情况的通报`,
    titleEnds: /(?:通报|通知)$/u,
    closing: '特此通报。',
    reply: (date) => `请于${date}前将整改情况书面报送我办。`,
    returnSlip: 'none',
  },
  'listed-supervision-notice': {
    form: 'document',
    facts: 'lines',
    title: (matter) => `关于对${matterOf(matter)}挂牌督办的通知`,
    titleEnds: /通知$/u,
    closing: '特此通知。',
    reply: (date) => `请于${date}前将落实情况书面报送我办。`,
    returnSlip: 'none',
  },
  'interview-notice': {
    form: 'letter',
    facts: 'lines',
    title: (matter) => `关于就${matterOf(matter)}进行约谈的通知书`,
    titleEnds: /(?:通知书|通知|函)$/u,
    closing: '特此通知。',
    reply: (date) => `请于${date}前将参加人员名单函复我办。`,
    returnSlip: 'none',
  },
  'filing-report': {
    form: 'upward',
    facts: 'lines',
    title: (matter) => `关于${matterOf(matter)}整改销号备案的报告`,
    titleEnds: /报告$/u,
    closing: '特此报告。',
    reply: (date) => `请于${date}前予以备案。`,
    returnSlip: 'none',
  },
  'referral-letter': {
    form: 'letter',
    facts: 'lines',
    title: (matter) => `关于移交${matterOf(matter)}责任追究线索的函`,
    titleEnds: /函$/u,
    closing: '特此函告。',
    reply: (date) => `请于${date}前将回执退回我办。`,
    returnSlip: 'attached',
  },
  'decision-notice': {
    form: 'document',
    facts: 'lines',
    title: (matter) => `关于${matterOf(matter)}的处理决定通知书`,
    titleEnds: /(?:决定|通知书)$/u,
    closing: '特此通知。',
    reply: (date) => `请于${date}前缴清,并将缴款票据报送我办。`,
    returnSlip: 'none',
  },
  'reminder-slip': {
    form: 'slip',
    facts: 'table',
    title: () => '整改提醒单',
    titleEnds: /提醒单$/u,
    reply: (date) => `请于${date}前反馈。`,
    returnSlip: 'none',
  },
}
