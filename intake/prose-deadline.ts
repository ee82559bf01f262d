import { sentencesOf } from './characters.js'
import { type DateContext, datesIn } from './dates.js'
import { type DeadlineReading, deadlineIn } from './deadlines.js'
import { hideTitles } from './masks.js'

const ENDED = /完成|整改到位|解决|办结|销号|建成|投运|投入|达标|消除|拆除|关停|取缔|搬迁|验收/

/**
 * The deadline of a matter told in one sentence: the one date by which it is to be done
 * (湘江纸业…,今年底前完成项目所有整改工程). A longer passage has nodes, and no deadline of its own.
 */
export const proseDeadline = (text: string, context: DateContext): DeadlineReading | null => {
  const sentences = sentencesOf(text)
  const [only] = sentences
  if (!only || sentences.length > 1 || only.text.length > 400) return null
  const masked = hideTitles(only.text)
  const mentions = datesIn(masked, context).filter(({ bareMonth, opens }) => !bareMonth && !opens)
  const [mention] = mentions
  if (!mention || mentions.length > 1 || mention.doubt === 'not-a-day') return null
  if (mention.bareYear && !/[到至]$/.test(masked.slice(0, mention.from))) return null
  if (/(?:较|比|与|自|从|已|已于|截至|截止)$/.test(masked.slice(Math.max(0, mention.from - 3), mention.from)))
    return null
  if (mention.date !== null && context.documentDate !== null && mention.date < context.documentDate)
    return null
  if (!ENDED.test(masked.slice(mention.to))) return null
  return deadlineIn(mention.text, context)
}
