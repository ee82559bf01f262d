import { isMapping, type Mapping } from './yaml-text.js'

/**
 * What a file says, over what the defaults say. Mappings are joined key by key; a list is taken whole. Whoever
 * changes part of a rule answers for it: the `source` of the defaults is not carried over to it.
 */
export const inherit = (defaults: Mapping, own: Mapping): Mapping => {
  const { source, ...inherited } = defaults
  const kept = source === undefined || Object.keys(own).length === 0 ? defaults : inherited
  const joined = Object.entries(own).map(([key, value]): readonly [string, unknown] => {
    const before = Object.hasOwn(defaults, key) ? defaults[key] : undefined
    return [key, isMapping(value) && isMapping(before) ? inherit(before, value) : value]
  })
  return Object.fromEntries([...Object.entries(kept), ...joined])
}
