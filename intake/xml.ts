/** Word nests a cell of a table some ten tags deep; tables in tables seldom go beyond three. */
const DEEPEST = 200

/**
 * True for XML whose tags close, with no document type (entities that multiply) and no absurd nesting.
 * One pass; names of tags are left to the parser.
 */
export const isSoundXml = (xml: string): boolean => {
  let depth = 0
  for (let at = xml.indexOf('<'); at >= 0; ) {
    const end = endOfTag(xml, at)
    if (end < 0 || xml.startsWith('<!D', at)) return false
    const next = xml.charAt(at + 1)
    if (next === '/') depth--
    else if (next !== '?' && next !== '!' && xml.charAt(end - 1) !== '/') depth++
    if (depth < 0 || depth > DEEPEST) return false
    at = xml.indexOf('<', end)
  }
  return depth === 0
}

/** Where the tag, comment or quoted text that opens at `at` ends: the place of its `>`. */
const endOfTag = (xml: string, at: number): number => {
  for (const [opening, closing] of QUOTED) {
    if (!xml.startsWith(opening, at)) continue
    const end = xml.indexOf(closing, at + opening.length)
    return end < 0 ? -1 : end + closing.length - 1
  }
  return xml.indexOf('>', at)
}
const QUOTED = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const
