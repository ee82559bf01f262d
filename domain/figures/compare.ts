import { canonical } from '../record/chain.js'

/** Where two values of plain JSON differ: the place, and what stands there in each; absent where nothing does. */
export type Unlike = { readonly at: string; readonly frozen?: string; readonly now?: string }

const isTree = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** What a row of a list is about, so that one more row does not make all after it unlike. */
const keyOf = (value: unknown, index: number): string => {
  if (!isTree(value)) return String(index)
  const names = ['case', 'unit', 'class', 'kind', 'phase', 'bucket', 'period', 'rung', 'at']
  const said = names.flatMap((name) => (typeof value[name] === 'string' ? [value[name]] : []))
  return said.length > 0 ? said.join(' ') : String(index)
}

const fieldsOf = (value: unknown): ReadonlyMap<string, unknown> => {
  if (Array.isArray(value)) return new Map(value.map((item, index) => [keyOf(item, index), item]))
  return new Map(isTree(value) ? Object.entries(value) : [])
}

/** Every place at which what was frozen and what is told now are unlike. */
export const unlike = (frozen: unknown, now: unknown, at = ''): readonly Unlike[] => {
  if (frozen === undefined) return [{ at, now: canonical(now) }]
  if (now === undefined) return [{ at, frozen: canonical(frozen) }]
  if (!isTree(frozen) || !isTree(now))
    return canonical(frozen) === canonical(now)
      ? []
      : [{ at, frozen: canonical(frozen), now: canonical(now) }]
  const [before, after] = [fieldsOf(frozen), fieldsOf(now)]
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) =>
    unlike(before.get(key), after.get(key), at === '' ? key : `${at} › ${key}`),
  )
}
