import type { Piece } from './attributes.js'
import { bracketsOf, splitOutside } from './characters.js'
import { datesIn } from './dates.js'
import { type Label, labelOf, UNSAID } from './labels.js'
import { append } from './lists.js'
import { unitsIn } from './names.js'

/**
 * A closing bracket that names parties without labels: (市生态环境局牵头,市住建局配合,2020年12月底前完成).
 * Read only when every part of it is plainly a party with its part, or a deadline.
 */
export const prosePieces = (words: string): readonly Piece[] => {
  const whole: readonly Piece[] = [{ kind: 'words', text: words }]
  const end = words.replace(/[。;；\s]+$/, '').length - 1
  if (end < 4 || !')\uff09]】〕'.includes(words.charAt(end))) return whole
  const open = [...bracketsOf(words.slice(Math.max(0, end - LONGEST), end + 1)).pairs].find(
    ([, close]) => close === Math.min(end, LONGEST),
  )?.[0]
  if (open === undefined) return whole
  const from = Math.max(0, end - LONGEST) + open
  const parts = splitOutside(words.slice(from + 1, end), ',;，；')
    .map((part) => part.trim())
    .filter(Boolean)
  const joined = joinParties(parts)
  const dated = joined.some(isWhen)
  const read = joined.map((part) => partOf(part) ?? (dated ? unsaid(part) : null))
  const known = read.filter((part): part is LabelPiece => part !== null)
  if (known.length === 0 || known.length < read.length) return whole
  const before = words.slice(0, from).trim()
  return [...(before === '' ? [] : [{ kind: 'words' as const, text: before }]), ...known]
}

type LabelPiece = Extract<Piece, { readonly kind: 'label' }>
const LONGEST = 400

/** 章丘区、平阴县党委、政府,市环保局负责: the part that a group plays is said at its end. */
const joinParties = (parts: readonly string[]): string[] => {
  const joined: string[] = []
  let run: string[] = []
  for (const part of parts) {
    if (PART.test(part) || isWhen(part)) {
      joined.push(isWhen(part) ? part : [...run, part].join('、'))
      if (isWhen(part)) append(joined, run)
      run = []
    } else run.push(part)
  }
  return [...joined, ...run]
}

const PART =
  /^(?:由)?(.{2,200}?)(?:按(?:照)?(?:各自)?职责分工)?(?:分别)?(总?牵头|负责|主办|承办|配合|协办|协助|参与)(?:负责|落实|实施|整改|办理)?$/

const partOf = (part: string): Piece | null => {
  if (isWhen(part)) return piece('整改时限', part)
  const said = SAID.exec(part)
  if (said) return saidPart(said[1] ?? '', said[2] ?? '')
  const found = PART.exec(part)
  const [, parties = '', role = ''] = found ?? []
  if (!found || unitsIn(parties).names.some((name) => !UNIT_LIKE.test(name))) return null
  if (role.endsWith('牵头')) return piece('牵头单位', parties)
  return /负责|主办|承办/.test(role) ? piece('责任单位', parties) : piece('配合单位', parties)
}

/** 责任单位市林业局, 完成时限为2021年底: a label without its colon. */
const SAID =
  /^((?:整改)?(?:责任|牵头|配合|验收|监管|督导|主办|协办)(?:单位|部门)|(?:整改|完成|办结)?(?:时限|期限|时间))(?:为|是)?\s?(.{2,200})$/

const saidPart = (name: string, value: string): Piece | null => {
  const label = labelOf(name)
  if (label?.role === 'deadline') return isWhen(value) ? piece(name, value) : null
  return areUnits(value) ? piece(name, value) : null
}

const areUnits = (value: string): boolean => {
  const { names, doubts } = unitsIn(value)
  return names.length > 0 && doubts.length === 0 && names.every((each) => UNIT_LIKE.test(each))
}

const UNIT_LIKE =
  /(?:局|厅|委|办|部|院|署|处|队|站|所|中心|公司|集团|政府|会|室|小组|单位|部门|行|县|区|市|旗|镇|乡|街道)$/

/** (市城管局;2021年9月底前): a unit beside a deadline; what it has to do is asked. */
const unsaid = (part: string): Piece | null =>
  areUnits(part) ? { kind: 'label', label: UNSAID, value: part, stands: 'bracket' } : null

/** A deadline and nothing else. */
const isWhen = (part: string): boolean => {
  if (/^(?:立行立改|立即整改|长期坚持|持续推进|立改立成|长期)$/.test(part)) return true
  const [mention] = datesIn(part, { documentDate: null })
  if (!mention) return false
  const rest = part.slice(0, mention.from) + part.slice(mention.to)
  return /^(?:到|于|在|力争|确保)?(?:全面|全部|基本)?(?:整改)?(?:完成|完成整改|整改到位|整改完成|办结|销号|到位)?(?:并长期坚持|并持续推进)?$/.test(
    rest,
  )
}

const piece = (name: string, value: string): Piece | null => {
  const label: Label | null = labelOf(name)
  return label === null ? null : { kind: 'label', label, value, stands: 'bracket' }
}
