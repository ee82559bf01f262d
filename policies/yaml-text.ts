import {
  type Document,
  type ErrorCode,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
} from 'yaml'
import type { Fault, Path, Problem } from './problems.js'

export type Mapping = Readonly<Record<string, unknown>>

/** The values of a YAML text, and where each stands in it. */
export type YamlText = {
  readonly value: Mapping
  /** Places a fault at its own key or item, or at the innermost thing around it that the text has. */
  readonly place: (fault: Fault) => Problem
}

const NO_ALIASES = '不支持锚点与别名(& 和 *),请直接写出内容'
const NO_TAGS = '不支持“!”标签,请直接写出内容'
const BAD_KEY = '项名应是一行文字'
const OTHER = '不是正确的 YAML:请检查这里和上一行的缩进、冒号、引号和括号'

const SYNTAX: Partial<Record<ErrorCode, string>> = {
  BAD_ALIAS: NO_ALIASES,
  BAD_INDENT: '缩进不对:同一级的各项要对齐,下一级多缩进两格',
  BAD_SCALAR_START: '值不能以这个符号开头,请给值加上引号',
  BLOCK_AS_IMPLICIT_KEY: '这一行写了两个冒号,或上一行缩进不对;值里有冒号加空格的,请给值加上引号',
  BLOCK_IN_FLOW: '花括号、方括号里面不能再分行写“- ”',
  DUPLICATE_KEY: '同一处有两个同名的项,请留一个',
  KEY_OVER_1024_CHARS: BAD_KEY,
  MISSING_CHAR: '少了标点:可能漏了冒号、引号或括号的另一半',
  MULTILINE_IMPLICIT_KEY: '项名不能跨行,可能漏了冒号',
  MULTIPLE_DOCS: '一个文件只写一份规则,请去掉“---”以后的内容',
  NON_STRING_KEY: BAD_KEY,
  RESOURCE_EXHAUSTION: '括号或缩进的层数太多',
  TAB_AS_INDENT: '缩进要用空格,不能用制表符(Tab)',
  TAG_RESOLVE_FAILED: NO_TAGS,
}

export const isMapping = (value: unknown): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const startOf = (node: unknown, otherwise: number): number =>
  isNode(node) ? (node.range?.[0] ?? otherwise) : otherwise

/** Where the thing at a path begins, from `node`, which begins at `start`. */
const offsetIn = (node: unknown, start: number, [key, ...inner]: Path): number => {
  if (isMap(node)) {
    const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key))
    return pair ? offsetIn(pair.value, startOf(pair.key, start), inner) : start
  }
  if (isSeq(node) && typeof key === 'number') {
    const item = node.items[key]
    return item === undefined ? start : offsetIn(item, startOf(item, start), inner)
  }
  return start
}

type Spot = { readonly offset: number; readonly reason: string }

/** What YAML allows and a policy has no use for: it would only hide what is meant. */
const outlandish = (document: Document): Spot | undefined => {
  let found: Spot | undefined
  const note = (node: unknown, reason: string) => {
    found = { offset: startOf(node, 0), reason }
    return visit.BREAK
  }
  visit(document, {
    Alias: (_key, node) => note(node, NO_ALIASES),
    Value: (_key, node) => (node.anchor === undefined ? undefined : note(node, NO_ALIASES)),
    Pair: (_key, { key }) =>
      isScalar(key) && typeof key.value === 'string' ? undefined : note(key, BAD_KEY),
  })
  return found
}

/** What goes wrong after the first mistake of syntax is mostly its echo; keys written twice stand for themselves. */
const syntaxMistakes = ({ errors, warnings }: Document.Parsed): readonly Spot[] => {
  const found = [...errors, ...warnings].toSorted((a, b) => a.pos[0] - b.pos[0])
  const first = found.findIndex(({ code }) => code !== 'DUPLICATE_KEY')
  return found
    .slice(0, first < 0 ? undefined : first + 1)
    .map(({ code, pos }) => ({ offset: pos[0], reason: SYNTAX[code] ?? OTHER }))
}

const unreadable = (document: Document.Parsed): readonly Spot[] => {
  const syntax = syntaxMistakes(document)
  if (syntax.length > 0) return syntax
  const strange = outlandish(document)
  if (strange) return [strange]
  return isMap(document.contents)
    ? []
    : [{ offset: 0, reason: '全文应由一行行“项: 值”组成,第一行可写“extends: defaults”' }]
}

const parsed = (text: string, lineCounter: LineCounter): Document.Parsed | Spot => {
  try {
    return parseDocument(text, { lineCounter, prettyErrors: false, strict: true, uniqueKeys: true })
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return { offset: 0, reason: SYNTAX.RESOURCE_EXHAUSTION ?? OTHER }
  }
}

/** Reads a YAML 1.2 text that is one mapping without aliases, anchors or tags; or says where it is none. */
export const readYaml = (text: string): YamlText | readonly Problem[] => {
  const lines = new LineCounter()
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  const document = parsed(text, lines)
  const faulty = 'reason' in document ? [document] : unreadable(document)
  if ('reason' in document || faulty.length > 0)
    return faulty.map(({ offset, reason }) => ({ ...at(offset), path: [], reason }))
  const value: unknown = document.toJS({ maxAliasCount: 0 })
  return {
    value: isMapping(value) ? value : {},
    place: ({ path, reason }) => ({
      ...at(offsetIn(document.contents, startOf(document.contents, 0), path)),
      path,
      reason,
    }),
  }
}
