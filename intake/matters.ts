import { sentencesOf } from './characters.js'
import type { Draft } from './drafts.js'
import { isNextSteps } from './measures.js'
import type { Passage, Section } from './sections.js'

/**
 * What a report says is still outstanding: under 下步工作打算, each sentence that opens on its problem
 * (对…的问题,… or …问题,…) is a matter of its own.
 */
export const mattersOf = (root: Section): Draft[] => visit(root, [], false)

const visit = (section: Section, above: readonly string[], within: boolean): Draft[] => {
  const inside = within || isNextSteps(section.title.slice(0, 30))
  const path = section.title === '' ? above : [...above, section.title]
  const own = inside
    ? section.paragraphs.flatMap((passage) => mattersIn(passage, isWhole(passage) ? above : path))
    : []
  return [...own, ...section.children.flatMap((child) => visit(child, path, inside))]
}

const OPENS_ON_PROBLEM = /^(?:对|针对|关于)?[^,，]{4,60}问题(?:整改)?[,，]/
const NO_MATTER =
  /^(?:坚持|针对突出|对照|聚焦|围绕|突出|对(?:存在|发现|反馈|排查|各类|所有)|针对(?:存在|发现|反馈|各类|所有)|继续|持续|强化|加强)/

/** An item that is one sentence stands under the headings above it, not under itself. */
const isWhole = ({ opens, pieces }: Passage): boolean => {
  const [only, ...more] = pieces
  return opens && more.length === 0 && only?.kind === 'words' && sentencesOf(only.text).length === 1
}

const mattersIn = (
  { paragraph, pieces }: Section['paragraphs'][number],
  section: readonly string[],
): Draft[] =>
  pieces
    .flatMap((piece) => (piece.kind === 'words' ? sentencesOf(piece.text) : []))
    .filter(({ text }) => OPENS_ON_PROBLEM.test(text) && !NO_MATTER.test(text))
    .map(({ text }) => ({
      from: paragraph.from,
      to: paragraph.to,
      section,
      words: [`${text}。`],
      values: [],
      inherited: [],
      amongMeasures: true,
      caption: false,
      style: '',
    }))
