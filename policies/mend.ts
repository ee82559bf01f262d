import type { Fault, Path } from './problems.js'
import { isMapping, type Mapping } from './yaml-text.js'

const changedAt = (value: unknown, [key, ...inner]: Path, change: (holder: Mapping) => Mapping): unknown => {
  if (Array.isArray(value) && typeof key === 'number')
    return value.with(key, changedAt(value[key], inner, change))
  if (!isMapping(value) || key === undefined) return value
  return inner.length === 0 ? change(value) : { ...value, [key]: changedAt(value[key], inner, change) }
}

const without = (holder: Mapping, key: string | number): Mapping =>
  Object.fromEntries(Object.entries(holder).filter(([other]) => other !== String(key)))

/**
 * The file without what is wrong in it, so that the rest can be judged in the same round: a bad source counts as
 * `parameter`, a bad value as not written. What cannot do without the value stays wrong.
 */
export const mended = (own: Mapping, faults: readonly Fault[]): Mapping =>
  faults.reduce<Mapping>((file, { path }) => {
    const key = path.at(-1)
    if (key === undefined) return file
    const mend = (holder: Mapping): Mapping =>
      key === 'source' ? { ...holder, source: 'parameter' } : without(holder, key)
    const next = changedAt(file, path, mend)
    return isMapping(next) ? next : file
  }, own)
