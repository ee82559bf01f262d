import { HAN, splitOutside } from './characters.js'
import { append } from './lists.js'
import type { OtherParty } from './types.js'

/** What a list of parties says. Roles that the list itself gives (市环保局牵头, 市住建局(配合)) are kept apart. */
export type Names = {
  readonly names: readonly string[]
  readonly others: readonly OtherParty[]
  /** Wordings that leave open who is meant: 等部门, 相关单位, 另行明确. */
  readonly doubts: readonly string[]
}

const NONE: Names = { names: [], others: [], doubts: [] }

/** 无, /, ——: written, and empty. */
export const isBlankValue = (value: string): boolean => /^(?:无|暂无|空|[-—–/\\、,.。\s]*)$/.test(value)

/** Bodies of one area, one after another: 党委、政府. */
const BODY =
  '(?:党委|党组|党工委|工委|人民政府|政府|管理委员会|管委会|管理局|办事处|人大常委会|人大|政协|纪委监委|纪委)'
const BODY_ALONE = new RegExp(`^${BODY}$`)
/** 区委, 县委 after an area's own character, or after 县(市、区). */
const AREA_AND_BODY = new RegExp(
  `^([${HAN}()（）、]{1,30}?(?:[省市县区州盟旗镇乡场圳]|街道|新城|片区|山区|园|[)）]))(委|${BODY})$`,
)
const AREA = new RegExp(`^[${HAN}()（）、]{1,30}?(?:[市县区州盟旗镇乡]|街道|新城|[县市区][)）])$`)
/** 县政府 after 平阴县委: the level is said again. */
const LEVEL_AND_BODY = new RegExp(`^([省市县区州盟旗镇乡])(${BODY})$`)
const UNIT_END =
  /(?:局|厅|委|办|部|院|署|处|科|队|站|所|中心|公司|集团|厂|企业|政府|党委|工委|党组|委员会|管委会|办公室|办事处|小组|单位|部门|银行|支行|分行|学校|大学|学院|医院|协会|联合会|总会|工会|社|场|矿|会|妇联|团市委|团委|人大|政协|法院|检察院|县|区|市|旗|镇|乡|街道|盟|州|园|村)$/
/** Ends that finish a unit's name for certain, so that 和 or 及 after them joins two units. */
const FINISHED =
  /(?:局|厅|政府|委员会|党委|市委|区委|县委|管委会|办公室|公司|集团|支队|大队|中心|单位|部门|党工委|管理处)$/
const STARTS_ANEW =
  /^(?:省|市|县|区|州|盟|旗|镇|乡|各|自治|国家|中共|驻|相关|有关|其他|国网|中国|人民|[\u4e00-\u9fff]{2,4}(?:市|县|区|旗|镇|乡|街道|园))/

const GROUPS = ',，;；\n。'
const WITHIN = '、'

/**
 * Reads a list of units (clause JN-03): 、 parts units and joins 党委、政府; the comma parts groups; 和 and 及
 * part units only where both sides are plainly whole.
 */
export const unitsIn = (value: string): Names => {
  if (isBlankValue(value)) return NONE
  const list = withoutNumbers(value)
  const names: string[] = []
  const others: OtherParty[] = []
  const doubts: string[] = []
  for (const group of splitOutside(list, GROUPS)) {
    const verb =
      /^(.+?)(?:按(?:照)?(?:各自)?(?:职责|职能)?分工)?(?:分别|共同|具体)?(总?牵头|主办|负责|主责|配合|协办|协助|协同|参与|参加|落实)(?:负责|落实|实施|整改)?$/.exec(
        group.trim(),
      )
    const words = verb?.[1] ?? group
    const annotated = splitOutside(words, WITHIN)
      .flatMap(splitJoined)
      .map((token) => annotationOf(token, doubts))
    for (const role of rolesOf(annotated)) {
      const units = groupUnits(annotated.filter((each) => each.role === role).map(({ name }) => name)).filter(
        (name) => isPlausible(name, doubts) && isLongEnough(name, doubts),
      )
      const said = role ?? verbRole(verb?.[2])
      if (said !== '配合单位') append(names, units)
      if (said !== null)
        append(
          others,
          units.map((name) => ({ role: said, name })),
        )
    }
  }
  return { names: [...new Set(names)], others, doubts }
}

/** 1.市环保局 2.市住建局 */
const withoutNumbers = (value: string): string => value.replace(LIST_NUMBER, WITHIN).replace(/^、/, '')
const LIST_NUMBER = new RegExp(
  `(?:^|[\\s;；,，、]|(?<=[${HAN}]))(?:\\d{1,2}[.．、]|[(（]\\d{1,2}[)）])(?=[${HAN}])`,
  'g',
)

type Annotated = { readonly name: string; readonly role: string | null }

const rolesOf = (tokens: readonly Annotated[]): (string | null)[] => [
  ...new Set(tokens.map(({ role }) => role)),
]

const verbRole = (verb: string | undefined): string | null => {
  if (verb === undefined || /负责|主办|主责|落实/.test(verb)) return null
  return verb.includes('牵头') ? '牵头单位' : '配合单位'
}

/** `市环保局(牵头)`, `市住建局等部门`, `由市政府`. */
const annotationOf = (token: string, doubts: string[]): Annotated => {
  let name = token.trim().replace(/^(?:由|以及|及|和|与)(?=.{2})/, '')
  let role: string | null = null
  const remark = /^(.{2,60})[(（](.{1,6})[)）]$/.exec(name)
  if (remark && /^(?:总?牵头|主办|负责|主责|配合|协办|协助|参与)(?:单位|部门)?$/.test(remark[2] ?? '')) {
    name = remark[1] ?? name
    role = verbRole(remark[2])
  }
  const more = /^(.{2,60}?)等(?:有关|相关|市直|各)?(?:部门|单位|部门和单位|部门单位)?$/.exec(name)
  if (more) {
    doubts.push(name)
    name = more[1] ?? name
  }
  return { name, role }
}

/** Two whole units joined by 和, 及, 与, a slash or a space; 市文化和旅游局 is one. */
const splitJoined = (token: string): string[] => {
  const parts: string[] = []
  let rest = token.trim()
  for (let cut = joint(rest); cut !== null; cut = joint(rest)) {
    parts.push(rest.slice(0, cut.at))
    rest = rest.slice(cut.at + cut.length).trimStart()
  }
  return [...parts, rest].filter((part) => part !== '')
}

const joint = (text: string): { readonly at: number; readonly length: number } | null => {
  let depth = 0
  for (let at = 2; at < Math.min(text.length - 1, 400); at++) {
    const char = text.charAt(at)
    if ('(（'.includes(char)) depth++
    else if (')）'.includes(char)) depth--
    if (depth > 0 || !'和及与以 /／'.includes(char)) continue
    const length = text.startsWith('以及', at) ? 2 : 1
    if (char === '以' && length === 1) continue
    const before = text.slice(Math.max(0, at - 40), at)
    const after = text.slice(at + length).trimStart()
    if (char === '/' || char === '／' || char === ' ') {
      if (UNIT_END.test(before) && after.length > 1 && UNIT_END.test(after.split(' ')[0] ?? ''))
        return { at, length }
      continue
    }
    const body = BODY_ALONE.exec(leadingBody(after))
    if (
      FINISHED.test(before) &&
      !after.startsWith('其') &&
      (STARTS_ANEW.test(after) || body || UNIT_END.test(after))
    )
      return { at, length }
  }
  return null
}

const LEADING_BODY = new RegExp(`^${BODY}`)
const leadingBody = (text: string): string => LEADING_BODY.exec(text)?.[0] ?? ''

/** One group of tokens: bare areas share the bodies that follow them. */
const groupUnits = (tokens: readonly string[]): string[] => {
  const units: string[] = []
  let areas: string[] = []
  let at = 0
  while (at < tokens.length) {
    const token = tokens[at] ?? ''
    const whole = AREA_AND_BODY.exec(token)
    if (whole?.[1] !== undefined && whole[2] !== undefined) {
      const area = whole[1]
      const bodies = [whole[2]]
      while (at + 1 < tokens.length) {
        const next = tokens[at + 1] ?? ''
        const level = LEVEL_AND_BODY.exec(next)
        if (BODY_ALONE.test(next)) bodies.push(next)
        else if (level?.[2] !== undefined && area.endsWith(level[1] ?? '')) bodies.push(level[2])
        else break
        at++
      }
      for (const each of [...areas, area])
        append(
          units,
          bodies.map((body) => each + body),
        )
      areas = []
    } else if (AREA.test(token)) areas.push(token)
    else {
      append(units, [...areas, token])
      areas = []
    }
    at++
  }
  return [...units, ...areas]
}

/** Kept only when it can be a name; anything else is a doubt for the coordinator. */
const isPlausible = (name: string, doubts: string[]): boolean => {
  if (name === '') return false
  if (name.length > 60 || /[:：“”"?!？！]|另行|待定|详见|按照|根据|^见|研究确定|待明确|予以/.test(name)) {
    doubts.push(name)
    return false
  }
  if (/(?:有关|相关|其他)(?:责任)?(?:部门|单位|部门单位|部门和单位)$/.test(name)) doubts.push(name)
  return true
}

/** A single character is a typing error, not a unit; a person may be written 甲. */
const isLongEnough = (name: string, doubts: string[]): boolean => {
  if (name.length < 2) doubts.push(name)
  return name.length >= 2
}

/** Titles that any unit's head may carry. */
const COMMON_TITLE =
  '(?:(?:党政|行政)?(?:主要|分管|有关|相关|具体|直接)?(?:负责人|负责同志|领导同志|领导班子成员|领导干部|领导|责任人)|第一责任人|一把手|法定代表人|法人代表)'
const OFFICE_TITLE =
  '(?:(?:党委|党组|党工委|工委)?副?书记|(?:分管|常务)?副?(?:局|厅|处|科|部|校|院|行|站|镇|乡|县|区|市|州|盟|旗|司|所|会|队|厂|场)长|副?主任|副?主席|董事长|副?总?经理|法人|秘书长)'
const TITLE = new RegExp(`(?:${COMMON_TITLE}|${OFFICE_TITLE})$`)
/** 主要负责人, 各责任单位主要负责人: no unit of its own. */
const TITLE_ONLY = new RegExp(`^(?:本单位|各单位|各?责任单位|单位|其|各?相关单位)?的?(${COMMON_TITLE})$`)

/**
 * Reads a list of responsible persons. A title after a group belongs to every unit of it, also backwards over a
 * comma (domain rule 2); a bare title belongs to the entry's own units; names stay as they are.
 */
export const personsIn = (value: string, units: readonly string[]): Names => {
  if (isBlankValue(value)) return NONE
  const persons: string[] = []
  const doubts: string[] = []
  let pending: string[] = []
  let titled: readonly string[] = units
  const flushUntitled = () => {
    persons.push(
      ...pending.flatMap((group) => groupUnits(splitOutside(group, WITHIN).map((name) => name.trim()))),
    )
    pending = []
  }
  for (const group of splitOutside(withoutNumbers(value), GROUPS)) {
    let run: string[] = []
    for (const token of offices(splitOutside(group, WITHIN)).flatMap((part) => splitTitled(part.trim()))) {
      const title = TITLE.exec(token)?.[0]
      const own = TITLE_ONLY.exec(token)?.[1]
      if (own !== undefined) {
        if (run.length > 0 || pending.length > 0) {
          // 章丘区委、政府,主要负责人
          titled = unitsIn([...pending, run.join(WITHIN)].filter(Boolean).join(',')).names
          pending = []
          run = []
        }
        if (titled.length === 0) persons.push(token)
        else
          append(
            persons,
            titled.map((unit) => unit + own),
          )
      } else if (title !== undefined && token.length > title.length) {
        run.push(token.slice(0, -title.length).replace(/的$/, ''))
        const [names, offices] = partNames([...pending, run.join(WITHIN)].filter(Boolean))
        append(persons, names)
        titled = unitsIn(offices).names
        append(
          persons,
          titled.map((unit) => unit + title),
        )
        pending = []
        run = []
      } else if (TITLE_AND_NAME.test(token)) {
        if (run.length > 0) pending.push(run.join(WITHIN))
        flushUntitled()
        persons.push(token)
        run = []
      } else run.push(token)
    }
    if (run.length > 0) pending.push(run.join(WITHIN))
  }
  flushUntitled()
  return {
    names: [...new Set(persons.filter((person) => isPlausible(person, doubts)))],
    others: [],
    doubts,
  }
}

/** 市委常委、副市长张三 is one person with two offices. */
const offices = (tokens: readonly string[]): string[] => {
  const joined: string[] = []
  let held: string[] = []
  for (const token of tokens.map((each) => each.trim())) {
    if (PARTY_OFFICE.test(token)) held.push(token)
    else {
      if (TITLE_AND_NAME.test(token)) joined.push([...held, token].join(WITHIN))
      else append(joined, [...held, token])
      held = []
    }
  }
  return [...joined, ...held]
}
const PARTY_OFFICE =
  /^[省市县区州盟旗]?(?:委|政府|人民政府|人大常委会|人大|政协|纪委|监委|委统战部|委宣传部|委组织部|委政法委)?(?:常务)?(?:常委|副?书记|党组成员|党组书记|副?[市县区州]长|秘书长|副?主任|副?主席|部长)$/
const TITLE_AND_NAME = new RegExp(
  `(?:常委|书记|党组成员|[市县区州]长|秘书长|主任|主席|部长|局长)\\s?[${HAN}]{2,3}(?:同志)?$`,
)

/** 市教育局局长及市体育局局长: parted where a title ends and another office begins. */
const splitTitled = (token: string): string[] => {
  for (const joiner of ['和', '及', '与']) {
    const at = token.indexOf(joiner, 2)
    if (at > 0 && TITLE.test(token.slice(0, at)) && TITLE.test(token))
      return [token.slice(0, at), token.slice(at + 1)]
  }
  return token === '' ? [] : [token]
}

/** Plain names before a titled unit: 张三、市环保局局长. */
const partNames = (groups: readonly string[]): [string[], string] => {
  const names: string[] = []
  const offices = groups.map((group) =>
    splitOutside(group, WITHIN)
      .filter((token) => {
        if (!isPersonalName(token)) return true
        names.push(token)
        return false
      })
      .join(WITHIN),
  )
  return [names, offices.filter(Boolean).join(',')]
}

const PERSONAL_NAME = new RegExp(`^([${HAN}·]{2,4})(?:[(（][^()（）]{1,20}[)）])?$`)
/** Two to four characters that are no unit, no area and no body. */
const isPersonalName = (token: string): boolean => {
  const name = PERSONAL_NAME.exec(token)?.[1]
  return name !== undefined && !UNIT_END.test(name) && !BODY_ALONE.test(name)
}
