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
