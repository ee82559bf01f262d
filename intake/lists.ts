/** Adds `more` at the end of `list`; a spread would overflow the stack on a hostile file. */
export const append = <T>(list: T[], more: Iterable<T>): void => {
  for (const each of more) list.push(each)
}
