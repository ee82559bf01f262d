/** Asks once for each value, which never changes, and only as long as somebody holds it: rules and calendars, whose successors are others. */
export const remembered = <K extends object, V extends object>(of: (key: K) => V): ((key: K) => V) => {
  const known = new WeakMap<K, V>()
  return (key) => {
    const told = known.get(key)
    if (told) return told
    const made = of(key)
    known.set(key, made)
    return made
  }
}

/** The same of what follows from a value under certain rules; of other rules it is asked anew. */
export const rememberedUnder = <R, K extends object, V>(
  of: (rules: R, key: K) => V,
): ((rules: R, key: K) => V) => {
  const known = new WeakMap<K, { readonly rules: R; readonly told: V }>()
  return (rules, key) => {
    const last = known.get(key)
    if (last?.rules === rules) return last.told
    const told = of(rules, key)
    known.set(key, { rules, told })
    return told
  }
}
