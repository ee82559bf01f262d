import { sentencesOf } from './characters.js'
import type { Draft } from './drafts.js'
import { labelOf } from './labels.js'
import type { MissingField } from './types.js'
import { MISSING_FIELDS } from './types.js'

const ALWAYS: readonly MissingField[] = ['units', 'persons', 'deadline']

/**
 * What an item of this plan should have: responsible units, persons and a deadline always; beside them, what
 * most of its labelled items carry or, in a plan without labels, what the plan itself declares.
 */
export const expectedFields = (
  labelled: readonly Draft[],
  declared: readonly MissingField[],
): ReadonlySet<MissingField> => {
  if (labelled.length === 0) return inOrder([...ALWAYS, ...declared.filter((field) => field !== 'measures')])
  const counts = new Map<MissingField, number>()
  for (const { values } of labelled)
    for (const field of new Set(values.flatMap(({ label }) => fieldOf(label.role, label.field))))
      counts.set(field, (counts.get(field) ?? 0) + 1)
  const usual = [...counts].filter(([, count]) => count * 2 > labelled.length).map(([field]) => field)
  return inOrder([...ALWAYS, ...usual])
}

/** Where a lead acceptance unit is expected, 验收单位 is only the heading over it. */
const inOrder = (fields: readonly MissingField[]): ReadonlySet<MissingField> =>
  new Set(
    MISSING_FIELDS.filter(
      (field) =>
        fields.includes(field) && !(field === 'acceptanceUnit' && fields.includes('leadAcceptanceUnit')),
    ),
  )

const fieldOf = (role: string, field: MissingField | null): MissingField[] => {
  if (role === 'target' || role === 'measures') return [role]
  return field ? [field] : []
}

export type Declared = {
  readonly fields: readonly MissingField[]
  readonly words: readonly string[]
  readonly line: number
}

/**
 * The sentence in which a plan says what every item has: 明确整改目标任务、实施主体、重点措施、完成时限、
 * 验收单位(牵头验收单位、配合验收单位). Such a sentence is not an entry (JN-01).
 */
export const declaredIn = (text: string, line: number): Declared | null => {
  if (!text.includes('明确')) return null
  let best: Declared | null = null
  for (const sentence of sentencesOf(text)) {
    if (!sentence.text.includes('明确') || sentence.text.length > 500) continue
    const words = sentence.text
      .split(/[,，。、()（）和及]|明确/)
      .map((word) => word.trim())
      .filter((word) => word.length >= 2 && word.length <= 10)
    const known = words.flatMap((word) => {
      const label = labelOf(word)
      const field = label === null ? null : declaredField(label.role, label.field)
      return field === null ? [] : [{ word, field }]
    })
    if (known.length >= 3 && known.length > (best?.words.length ?? 0))
      best = {
        fields: [...new Set(known.map(({ field }) => field))],
        words: known.map(({ word }) => word),
        line,
      }
  }
  return best
}

const declaredField = (role: string, field: MissingField | null): MissingField | null => {
  if (field) return field
  return MISSING_FIELDS.find((each) => each === role) ?? null
}
