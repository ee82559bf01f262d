import type { PlainDate } from '../domain/words.js'
import { type Draft, draftsOf } from './drafts.js'
import { entryOf } from './entries.js'
import { enumeratedIn } from './enumerations.js'
import { type Declared, declaredIn, expectedFields } from './expected.js'
import { factsOf } from './facts.js'
import { isAttribute } from './labels.js'
import { type Line, linesOf } from './lines.js'
import { mattersOf } from './matters.js'
import { paragraphsOf } from './paragraphs.js'
import { sectionsOf } from './sections.js'
import { sourceOf } from './source.js'
import type { Facts, PlanReading } from './types.js'
import { UnreadablePlan } from './unreadable.js'

type ReadOptions = {
  /** The day against which undated wordings are read, when the text itself carries none or a wrong one. */
  readonly documentDate?: PlainDate
}

/**
 * Reads a published plan. Pure: the same text gives the same reading.
 * Labelled measures come first; a plan without labels gives its numbered measures, its enumerated ones, or the
 * outstanding matters of a report, each with what it lacks.
 * @throws UnreadablePlan when the text is empty or holds no plan.
 */
export const readPlanText = (text: string, options: ReadOptions = {}): PlanReading => {
  if (text.trim() === '') throw new UnreadablePlan('文件是空的,没有可读的内容。')
  const lines = linesOf(text)
  const found = sourceOf(lines)
  const source =
    options.documentDate === undefined
      ? found
      : { ...found, documentDate: options.documentDate, documentDateLine: 0 }
  const context = { documentDate: source.documentDate }
  const declared = declaration(lines)

  const root = sectionsOf(paragraphsOf(lines.filter(({ n }) => !found.headLines.includes(n))))
  const chosen = choose(
    draftsOf(root),
    () => enumeratedIn(root),
    () => mattersOf(root),
  )
  if (chosen.length > MOST_ENTRIES)
    throw new UnreadablePlan(`读到的事项超过 ${MOST_ENTRIES} 项,不像一份整改方案。`)
  const labelled = chosen.filter(isLabelled)
  const expected = expectedFields(labelled, declared?.fields ?? [])
  const facts = factsOf(lines, source, declared)
  const entries = chosen
    .map((draft, at) => entryOf(draft, at + 1, expected, context))
    .filter((entry) => entry.text !== '' || (entry.units.length > 0 && entry.deadline.text !== ''))
    .map((entry, at) => ({ ...entry, n: at + 1 }))

  if (labelled.length === 0 && !speaksOfRectification(lines)) throw new UnreadablePlan(NO_PLAN)
  if (entries.length === 0 && !tells(facts)) throw new UnreadablePlan(NO_PLAN)
  return { source: { title: found.title, published: found.published }, entries, facts }
}

/** A round has hundreds of problems at most. */
const MOST_ENTRIES = 50_000

const NO_PLAN = '没有读到整改措施或问题,这份文件不像整改方案。'

/** A lone 负责人: in running text makes no entry. */
const isLabelled = ({ values }: Draft): boolean => {
  const attributes = values.filter(({ label }) => isAttribute(label))
  return (
    attributes.length > 1 ||
    attributes.some(({ label }) => !label.role.endsWith('person') && label.role !== 'persons')
  )
}
const hasContent = ({ values }: Draft): boolean =>
  values.some(({ label }) => label.role === 'measures' || label.role === 'problem')

/**
 * Labelled passages are entries wherever they stand; beside them, the unlabelled items of the same sections.
 * Without any label: the items under a heading of measures.
 */
const choose = (
  drafts: readonly Draft[],
  enumerated: () => Draft[],
  matters: () => Draft[],
): readonly Draft[] => {
  const labelled = drafts.filter(isLabelled)
  if (labelled.length > 0) {
    const sections = new Set(labelled.map(({ section }) => section[0]))
    const siblings = new Set(labelled.filter(({ style }) => style !== '').map(seriesOf))
    return drafts.filter(
      (draft) =>
        isLabelled(draft) ||
        (draft.amongMeasures && sections.has(draft.section[0]) && isItem(draft)) ||
        (draft.style !== '' && siblings.has(seriesOf(draft))),
    )
  }
  const measures = drafts.filter((draft) => draft.amongMeasures && isItem(draft))
  const contents = drafts.filter(hasContent)
  for (const candidate of [measures, enumerated(), matters(), contents])
    if (candidate.length > 0) return candidate
  return []
}

/** Items numbered alike under one heading. */
const seriesOf = ({ section, style }: Draft): string => [...section, style].join('\n')

/** An item says something to do; the caption over other items does not, nor does a lead-in. */
const isItem = ({ words, values, section, caption }: Draft): boolean => {
  const said = words.join('')
  if (said.length < 8 && values.length === 0) return false
  return section.length > 0 && !caption && !/[:：]$/.test(said)
}

const declaration = (lines: readonly Line[]): Declared | null => {
  let best: Declared | null = null
  for (const { text, n } of lines) {
    const declared = declaredIn(text, n)
    if (declared && declared.words.length > (best?.words.length ?? 0)) best = declared
  }
  return best
}

const FIELD = /督察|整改|生态环境|环境保护|污染防治|环保/

/** At least twice, so that a passing word does not make a plan. */
const speaksOfRectification = (lines: readonly Line[]): boolean => {
  let times = 0
  for (const { text } of lines) {
    times += text.split(FIELD).length - 1
    if (times >= 2) return true
  }
  return false
}

const tells = ({ inspection, petitions, problems, referrals, feedbackDate }: Facts): boolean =>
  [inspection, petitions, problems, referrals, feedbackDate].some((fact) => fact !== undefined)
