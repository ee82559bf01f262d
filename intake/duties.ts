import { HAN, type Span, sentencesOf, splitOutside } from './characters.js'
import { withoutNumber } from './markers.js'
import { unitsIn } from './names.js'
import { NUMERAL, numberOf } from './numerals.js'
import type { ReadDuty } from './types.js'

const UNIT = '半年|年|季度|季|半月|月|周|星期|旬|日|天'
/** 每半年, 每两年, 每3个月, 每周五, 按月, 逐月 */
const EVERY = new RegExp(
  `(?:每(?:隔)?(?<n>[${NUMERAL}]{1,3})?个?(?<unit>${UNIT})(?:度)?|(?:按|逐)(?<by>月|季度|季|周|半年|年|旬|日)(?:度)?(?=调度|通报|报送|上报|报告|讲评|开展|公布|公开|更新|总结))`,
  'g',
)
/** 每月一调度, 一周一调度, and inside a slogan: 周调度、月通报、半年交账 */
const SHORT = new RegExp(
  `(?:[每一](?<per>${UNIT})(?:度)?[一1](?:次)?(?<act>[${HAN}]{2})|(?<=^|[“"「、,，。:：(（《]|实行|建立|执行|落实|坚持|实施|推行)(?<slogan>${UNIT})(?:度)?(?:一)?(?<act2>调度|通报|交账|讲评|报告|会商|例会|点评|汇报|督查|考核|排名|总结))`,
  'g',
)

const PERIODS: Readonly<Record<string, readonly [number, 'D' | 'W' | 'M' | 'Y']>> = {
  半年: [6, 'M'],
  年: [1, 'Y'],
  季度: [3, 'M'],
  季: [3, 'M'],
  半月: [15, 'D'],
  月: [1, 'M'],
  周: [1, 'W'],
  星期: [1, 'W'],
  旬: [10, 'D'],
  日: [1, 'D'],
  天: [1, 'D'],
}

const periodOf = (unit: string, times: string | undefined): string | null => {
  const base = PERIODS[unit]
  const count = times === undefined ? 1 : numberOf(times)
  if (base === undefined || count === null || count < 1) return null
  return `P${base[0] * count}${base[1]}`
}

/** What the text says comes round every period, one for each wording (JN-06). */
export const dutiesIn = (text: string): ReadDuty[] => {
  if (!/[每按逐周月季年]/.test(text)) return []
  return sentencesOf(text).flatMap((sentence) => clausesOf(withoutNumber(sentence)).flatMap(dutiesInClause))
}

const clausesOf = ({ text }: Span): string[] => splitOutside(text, ',，').map((clause) => clause.trim())

const dutiesInClause = (clause: string): ReadDuty[] => {
  const short = [...clause.matchAll(SHORT)].flatMap((hit): ReadDuty[] => {
    const period = periodOf(hit.groups?.per ?? hit.groups?.slogan ?? '', undefined)
    return period === null ? [] : [{ text: hit[0], period, bodies: [] }]
  })
  if (short.length > 0) return short
  return [...clause.matchAll(EVERY)].flatMap((hit): ReadDuty[] => {
    const period = periodOf(hit.groups?.unit ?? hit.groups?.by ?? '', hit.groups?.n)
    const after = clause.slice(hit.index + hit[0].length)
    if (period === null || isRate(clause, hit.index, after)) return []
    return [
      { text: clause, period, bodies: bodiesBefore(clause.slice(Math.max(0, hit.index - 80), hit.index)) },
    ]
  })
}

/** 吨/每日, 每年以5%的速度: a rate, and 每年 without anything to do. */
const isRate = (clause: string, at: number, after: string): boolean =>
  /[/\d吨%]$/.test(clause.slice(Math.max(0, at - 1), at)) || !/[\u4e00-\u9fff]{2}|[次一两]/.test(after)

const BODY_END =
  /(?:会|会议|局|委|办|办公室|政府|党委|党组|单位|部门|小组|指挥部|中心|公司|企业|大队|支队|街道|乡镇|县区|区县|市区)$/
const NOT_A_BODY =
  /对|向|将|把|进行|开展|建立|落实|要求|组织|定期|坚持|实行|按照|加强|纳入|召开|并|或|确保|制度/

/** 市委常委会、市政府常务会议每半年…: who owes it, when the clause says so. */
const bodiesBefore = (words: string): readonly string[] => {
  const subject = words
    .replace(/^(?:由|各地要|要|并由)/, '')
    .replace(/(?:要|应|须|需|均|都|应当|必须|原则上|分别|至少|各自)+$/, '')
  if (subject.length < 2 || subject.length > 60 || NOT_A_BODY.test(subject)) return []
  const { names } = unitsIn(subject)
  return names.every((name) => BODY_END.test(name)) ? names : []
}
