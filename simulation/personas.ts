import type { CaseClass } from '../domain/entry.js'

/** How the people of one case behave in the drill. */
export type Persona =
  | 'diligent' // 勤勉:按期签收、调度、提请销号
  | 'silent' // 沉默:签收之后不报不办,一级一级升上去
  | 'awakened' // 约谈之后才动起来
  | 'refused' // 销号途中被退回一次
  | 'extending' // 到期前申请延期
  | 'rebounding' // 回头看时反弹
  | 'late' // 拖延:事事过了期限才办
  | 'dishonest' // 弄虚作假:没有完成就提请销号,核查时被发现

export type Casting = { readonly id: string; readonly class: CaseClass }

/** One silent case in so many. */
const SILENT_EVERY = 9

/**
 * Gives every case its part, the same way for the same plan: the first that fits a special part plays it, one in nine is silent, the
 * rest are diligent.
 */
export const cast = (cases: readonly Casting[]): ReadonlyMap<string, Persona> => {
  const parts = new Map<string, Persona>()
  const free = (wanted: readonly CaseClass[]) =>
    cases.find((one) => !parts.has(one.id) && wanted.includes(one.class)) ??
    cases.find((one) => !parts.has(one.id))
  const give = (persona: Persona, ...wanted: readonly CaseClass[]) => {
    const one = free(wanted)
    if (one) parts.set(one.id, persona)
  }
  give('awakened', 'immediate', 'mixed', 'by-date')
  give('extending', 'by-date')
  give('rebounding', 'mixed', 'long-term', 'by-date')
  give('refused', 'mixed', 'immediate', 'long-term', 'by-date')
  cases.forEach((one, index) => {
    if (!parts.has(one.id)) parts.set(one.id, index % SILENT_EVERY === 4 ? 'silent' : 'diligent')
  })
  return parts
}
