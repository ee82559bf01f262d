import type { Piece } from './attributes.js'
import { isAttribute, isContent, type Label } from './labels.js'
import { append } from './lists.js'
import { sectionHolds } from './measures.js'
import { prosePieces } from './prose.js'
import type { Passage, Section } from './sections.js'
import { tableEntries } from './tables.js'

/** A passage that may become an entry: its words and the labelled values that go with it. */
export type Draft = {
  readonly from: number
  readonly to: number
  readonly section: readonly string[]
  readonly words: readonly string[]
  readonly values: readonly LabelledValue[]
  /** Values said once for a whole heading above. */
  readonly inherited: readonly LabelledValue[]
  /** True when it stands in a section of measures (整改措施, 主要工作 …). */
  readonly amongMeasures: boolean
  /** The caption over other items, and nothing more. */
  readonly caption: boolean
  /** How the item it opens is numbered, '' when it opens none. */
  readonly style: string
}

export type LabelledValue = { readonly label: Label; readonly value: string }

/** Everything in the outline that may be an entry, in reading order. */
export const draftsOf = (root: Section): Draft[] => visit(root, [], [], false)

const visit = (
  section: Section,
  above: readonly string[],
  inherited: readonly LabelledValue[],
  among: boolean,
): Draft[] => {
  const amongMeasures = sectionHolds(section.title, among)
  // A heading that opens the measures is over items, be they below it or in its own body.
  const below = amongMeasures && !among ? section.children.length + 1 : section.children.length
  const path = section.title === '' ? above : [...above, section.title]
  if (section.children.length > 0 && (isOneEntry(section) || isListed(section, amongMeasures))) {
    return gather(everything(section), {
      above,
      path: above,
      inherited,
      amongMeasures,
      style: section.style,
      below,
    })
  }
  const own = drafts(section, { above, path, inherited, amongMeasures, style: section.style, below })
  const handed = section.children.length > 0 ? handedDown(own) : []
  const kept = handed.length > 0 ? [] : own
  return [
    ...kept,
    ...section.children.flatMap((child) => visit(child, path, [...inherited, ...handed], amongMeasures)),
  ]
}

/** A caption with parties but no deadline, over items of its own: said for all of them. */
const handedDown = (own: readonly Draft[]): readonly LabelledValue[] => {
  const [only, ...more] = own
  if (!only || more.length > 0 || !only.caption) return []
  const parties = only.values.filter(({ label }) => isAttribute(label))
  return parties.some(({ label }) => label.role === 'deadline') ? [] : parties
}

/**
 * A problem with its measures numbered below it: the labels stand once for all of it, on lines of their own,
 * in the item's own body or after its last sub-item.
 */
const isOneEntry = (section: Section): boolean => {
  const own = attributesOf(section.paragraphs)
  const below = section.children.map((child) => attributesOf(everything(child)))
  const all = [...own, ...below.flat()]
  if (all.length === 0) return false
  if (below.flat().some(({ stands }) => stands !== 'own-line')) return false
  if (section.children.some((child) => child.paragraphs[0] && hasOwnParties(child))) return false
  if (new Set(all.map(({ label }) => label.name)).size < all.length) return false
  const announced = section.paragraphs.some(({ pieces }) => pieces.some((piece) => piece.kind === 'label'))
  if (announced) return true
  const onlyLast = section.children.length > 1 && below.slice(0, -1).every((each) => each.length === 0)
  const subItems = section.children.every(({ style }) => style === 'arabic-paren' || style === 'circled')
  return (
    onlyLast &&
    (subItems || section.style === 'arabic' || section.style === 'named' || section.title.includes('问题'))
  )
}

/** A measure without labels whose sub-items, (1) (2), spell it out. */
const isListed = (section: Section, amongMeasures: boolean): boolean =>
  amongMeasures &&
  (section.style === 'arabic' || section.style === 'named') &&
  section.children.every(({ style }) => style === 'arabic-paren' || style === 'circled') &&
  attributesOf(everything(section)).length === 0

/** A child whose own heading line carries its parties is an item by itself. */
const hasOwnParties = (child: Section): boolean =>
  (child.paragraphs[0]?.pieces ?? []).some(
    (piece) => piece.kind === 'label' && isAttribute(piece.label) && piece.stands !== 'own-line',
  )

type LabelPiece = Extract<Piece, { readonly kind: 'label' }>

const attributesOf = (passages: readonly Passage[]): LabelPiece[] =>
  passages.flatMap(({ pieces }) =>
    pieces.filter((piece): piece is LabelPiece => piece.kind === 'label' && isAttribute(piece.label)),
  )

/** A section's passages and those below it, numbers of the sub-items kept in their words. */
const everything = (section: Section): Passage[] => [
  ...section.paragraphs,
  ...section.children.flatMap((child) =>
    everything(child).map((passage, at) => (at === 0 ? withNumber(passage) : passage)),
  ),
]

const withNumber = (passage: Passage): Passage => {
  const [first, ...rest] = passage.pieces
  if (first?.kind !== 'words') return { ...passage, opens: false }
  const at = passage.paragraph.text.indexOf(first.text)
  const number = at > 0 ? passage.paragraph.text.slice(0, at) : ''
  return { ...passage, opens: false, pieces: [{ kind: 'words', text: number + first.text }, ...rest] }
}

/** The passages of one section, without its children: tables row by row, the rest by their labels. */
const drafts = (section: Section, place: Place): Draft[] => {
  const { path, inherited, amongMeasures } = place
  const made: Draft[] = []
  let run: Passage[] = []
  let rows: Passage[] = []
  const closeRows = () => {
    for (const { group, rest, ...row } of tableEntries(rows.map(({ paragraph }) => paragraph)))
      made.push({
        from: row.from,
        to: row.to,
        section: group === '' ? path : [...path, group],
        words: rest,
        values: row.values,
        inherited,
        amongMeasures,
        caption: false,
        style: '',
      })
    rows = []
  }
  const closeRun = () => {
    append(made, gather(run, place))
    run = []
  }
  for (const passage of section.paragraphs) {
    if (passage.paragraph.cells.length > 0) {
      if (run.length > 0) closeRun()
      rows.push(passage)
    } else {
      if (rows.length > 0) closeRows()
      run.push(passage)
    }
  }
  if (rows.length > 0) closeRows()
  if (run.length > 0) closeRun()
  return made
}

type Group = {
  /** Those that only continue a value. */
  passages: Passage[]
  words: { readonly text: string; readonly passage: Passage }[]
  /** Words after the last label: they wait to see whose they are. */
  after: { readonly text: string; readonly passage: Passage }[]
  values: (LabelledValue & { readonly passage: Passage })[]
  /** The label whose value the next lines continue, if any. */
  open: Label | null
  closed: boolean
}

const emptyGroup = (): Group => ({
  passages: [],
  words: [],
  after: [],
  values: [],
  open: null,
  closed: false,
})
const hasAttributes = ({ values }: Group): boolean => values.some(({ label }) => isAttribute(label))

/**
 * Cuts a run of passages into groups, one for each set of labels. A bracket or an inline label closes its group
 * with the paragraph; labels on lines of their own close theirs when one of them comes again.
 */
const groupsOf = (passages: readonly Passage[]): Group[] => {
  const groups: Group[] = []
  let group = emptyGroup()
  const close = () => {
    groups.push(group)
    group = emptyGroup()
  }
  for (const passage of passages) {
    const pieces = passage.pieces.some(({ kind }) => kind === 'label')
      ? passage.pieces
      : passage.pieces.flatMap((piece) => (piece.kind === 'words' ? prosePieces(piece.text) : [piece]))
    for (const piece of pieces) {
      if (piece.kind === 'words') {
        if (group.closed) close()
        if (group.open) continueValue(group, piece.text, passage)
        else if (hasAttributes(group)) group.after.push({ text: piece.text, passage })
        else group.words.push({ text: piece.text, passage })
        continue
      }
      if (group.closed && piece.stands !== 'bracket' && !startsAnew(group, piece)) group.closed = false
      if (startsAnew(group, piece)) {
        // Labels first, words after: 责任单位:… / 整改时限:… / the measure.
        const labelsFirst = group.words.length === 0 && !group.values.some(({ label }) => isContent(label))
        const waiting = labelsFirst ? [] : group.after
        if (labelsFirst) append(group.words, group.after)
        group.after = []
        close()
        append(group.words, waiting)
      } else {
        append(group.words, group.after)
        group.after = []
      }
      group.values.push({ label: piece.label, value: piece.value, passage })
      const runsOn = piece.stands === 'own-line' && (isContent(piece.label) || piece.value === '')
      group.open = runsOn ? piece.label : null
      if (piece.stands !== 'own-line' && isAttribute(piece.label)) group.closed = true
    }
  }
  append(group.words, group.after)
  groups.push(group)
  return groups
}

/** 责任单位: alone on its line takes the short lines that follow; 整改措施: takes all of them. */
const continueValue = (group: Group, text: string, passage: Passage) => {
  const last = group.values.at(-1)
  if (!last || !group.open) return
  if (isAttribute(group.open)) {
    const before = group.passages.at(-1) ?? last.passage
    const adjoins = passage.paragraph.from === before.paragraph.to + 1
    if (!adjoins || text.length > 60 || /[。;；]$/.test(text)) {
      group.open = null
      group.after.push({ text, passage })
      return
    }
  }
  const value = last.value === '' ? text : `${last.value}\n${text}`
  group.values[group.values.length - 1] = { ...last, value }
  group.passages.push(passage)
}

/** The same label once more, or a problem announced after the parties of the last one. */
const startsAnew = (group: Group, piece: LabelPiece): boolean => {
  if (group.values.some(({ label }) => label.name === piece.label.name)) return true
  return piece.label.role === 'problem' && hasAttributes(group)
}

/** Where a run of passages stands. */
type Place = {
  readonly above: readonly string[]
  /** `above` and the section's own title, for entries that do not hold its first paragraph. */
  readonly path: readonly string[]
  readonly inherited: readonly LabelledValue[]
  readonly amongMeasures: boolean
  readonly style: string
  /** Sections below it: a caption over them is no item, a short item over nothing is one. */
  readonly below: number
}

const gather = (
  passages: readonly Passage[],
  { above, path, inherited, amongMeasures, style, below }: Place,
): Draft[] => {
  const groups = groupsOf(passages)
  const several = groups.filter((group) => group.values.length > 0).length > 1
  const made = groups.flatMap((group): Draft[] => {
    const labelled = group.values.length > 0
    const told = withoutCaption(group, several || (amongMeasures && below > 0))
    const split = several || !labelled ? splitOff(told) : [told]
    return split.flatMap((each) => {
      const used = [...[...each.words, ...each.values].map(({ passage }) => passage), ...each.passages]
      if (used.length === 0) return []
      const opening = used.some(({ opens }) => opens)
      const caption = opening && each.words.every(({ text, passage }) => passage.opens && isCaption(text))
      return [
        {
          from: used.reduce(
            (least, { paragraph }) => Math.min(least, paragraph.from),
            Number.MAX_SAFE_INTEGER,
          ),
          to: used.reduce((most, { paragraph }) => Math.max(most, paragraph.to), 0),
          section: opening ? above : path,
          words: each.words.map(({ text }) => text),
          values: each.values.map(({ label, value }) => ({ label, value })),
          inherited,
          amongMeasures,
          caption,
          style: opening ? style : '',
        },
      ]
    })
  })
  return below === 0 && made.length === 1 ? made.map((draft) => ({ ...draft, caption: false })) : made
}

const isCaption = (text: string): boolean => text.length <= 60 && !/[。;；].{2}/.test(text)

/**
 * A heading is none of the words of what stands below it when it is over several entries (二、主要措施), or when
 * the measure below it carries its own bracket; a problem whose labels stand on lines of their own keeps it.
 */
const withoutCaption = (group: Group, over: boolean): Group => {
  const [first, second] = group.words
  const [label] = group.values
  if (!first?.passage.opens || !isCaption(first.text) || !label || label.passage === first.passage)
    return group
  const other = second !== undefined && second.passage !== first.passage
  const bracketed = other && second.passage === label.passage
  const announced = isContent(label.label)
  return bracketed || (over && (other || announced)) ? { ...group, words: group.words.slice(1) } : group
}

/**
 * Where one section holds several entries, words in paragraphs of their own before a labelled paragraph are
 * theirs, not its; only words in the paragraph of the labels, or just before a bracket that stands alone, are.
 */
const splitOff = (group: Group): Group[] => {
  const first = group.values[0]
  if (!first) return group.words.map((word) => ({ ...emptyGroup(), words: [word] }))
  const at = group.words.findIndex(({ passage }) => passage === first.passage)
  const start = at >= 0 ? at : Math.max(0, group.words.length - 1)
  const before = group.words.slice(0, start)
  return [
    ...before.map((word) => ({ ...emptyGroup(), words: [word] })),
    { ...group, words: group.words.slice(start) },
  ]
}
