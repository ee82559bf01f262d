import { sentencesOf, splitOutside } from './characters.js'
import { type DateContext, type DateMention, datesIn } from './dates.js'
import { askAbout } from './deadlines.js'
import { withoutNumber } from './markers.js'
import { hideTitles } from './masks.js'
import type { ReadNode } from './types.js'

export type NodesReading = { readonly nodes: readonly ReadNode[]; readonly questions: readonly string[] }

/** Words of something to be reached by a day. */
const TARGET =
  /完成|建成|实现|达到|达标|解决|销号|投入|投运|投产|建设|治理|整治|整改|淘汰|关停|关闭|取缔|拆除|搬迁|制定|印发|出台|编制|实施|启动|开工|竣工|验收|消除|提高|降低|下降|覆盖|到位|清理|恢复|修复|改造|替代|退出|超过|控制|建立|报批|新增|确保|实行|推行|退|移交|清零|清运|处置/
const COMPARED = /(?:较|比|同比|与|自|从|截至|截止|截止到|以|按照|根据|已|已于|是)$/
const HEADED_FOR = /(?:到|至|力争|确保|争取|力求|于|在|前)$/
const ENDS = /(?:前|底|末|终|内|上旬|中旬|下旬|季度|半年|[日号])$/

/**
 * Dated targets inside a measure (JN-05). Years in the titles of laws, comparisons (较2015年), beginnings
 * (2013年以来) and days before the document are not targets.
 */
export const nodesIn = (text: string, context: DateContext): NodesReading => {
  const nodes: ReadNode[] = []
  const questions: string[] = []
  for (const sentence of sentencesOf(text).map(withoutNumber)) {
    if (!/[年月日/.-]/.test(sentence.text)) continue
    const masked = hideTitles(sentence.text)
    for (const mention of datesIn(masked, context)) {
      const clause = clauseAround(sentence.text, mention)
      if (!isTarget(masked, mention, clause)) continue
      if (mention.doubt !== null) {
        if (mention.doubt !== 'not-a-day' && TARGET.test(clause.text))
          questions.push(`正文“${clause.text}”:${askAbout(mention.text, mention.doubt)}`)
      } else if (
        mention.date !== null &&
        (context.documentDate === null || mention.date >= context.documentDate)
      )
        nodes.push({ text: clause.text, date: mention.date })
    }
  }
  return { nodes, questions }
}

type Clause = { readonly text: string; readonly from: number }

const isTarget = (masked: string, mention: DateMention, clause: Clause): boolean => {
  if (mention.opens || mention.bareMonth) return false
  const before = masked.slice(Math.max(0, mention.from - 4), mention.from)
  const after = masked.slice(mention.to)
  if (COMPARED.test(before)) return false
  if (/^(?:同期|年均|的)/.test(after)) return false
  if (!mention.bareYear && (ENDS.test(mention.text) || HEADED_FOR.test(before))) return true
  const starts = mention.from === clause.from || HEADED_FOR.test(before) || /^\s*$/.test(before)
  return starts && TARGET.test(clause.text.slice(mention.to - clause.from))
}

/** The clause a date stands in; a clause that is only the date (到2020年,) governs the rest of its sentence. */
const clauseAround = (sentence: string, mention: DateMention): Clause => {
  let from = 0
  for (const part of splitOutside(sentence, ',，')) {
    const to = from + part.length
    if (mention.from >= from && mention.from <= to) {
      const rest = part
        .replace(mention.text, '')
        .replace(/^(?:到|至|力争|确保|争取|在|于|前|以前|之前)*$/, '')
      const lead = part.length - part.trimStart().length
      const text = rest.trim() === '' ? sentence.slice(from) : part
      return { text: text.trim(), from: from + lead }
    }
    from = to + 1
  }
  return { text: sentence, from: 0 }
}
