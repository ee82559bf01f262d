import type {
  ExtensionRules,
  InspectionRules,
  LookBackRules,
  MatterRules,
  OpinionRules,
  PetitionRules,
  ReferralRules,
  VisitRules,
} from '../../domain/policy.js'
import { count, list, mapping, text } from './mapping.js'
import { source } from './sources.js'
import { hours, months, span } from './spans.js'
import { DECIDER_TITLES, seat, word } from './words.js'

const level = mapping(
  { 'up-to': months('延期不超过'), by: word(DECIDER_TITLES, '由谁审批') },
  '延期审批的一级',
).transform((file) => ({ upToMonths: file['up-to'], by: file.by }))

/** 延期 */
export const extension = mapping(
  {
    times: count('可以延期几次', 0, 9),
    longest: months('每次最长'),
    levels: list(level, '各级审批权限,由短到长'),
    source: source('GN-03'),
  },
  '延期',
).transform(
  (file): ExtensionRules => ({
    times: file.times,
    longestMonths: file.longest,
    levels: file.levels,
    ...file.source,
  }),
)

/** 包案督导 */
export const visits = mapping(
  { every: months('多久督导一次'), source: source('CD-12') },
  '包案督导',
).transform(({ every, source }): VisitRules => ({ everyMonths: every, ...source }))

const monthsAfter = (what: string) => list(count('销号后第几个月', 1, 120), what)

/** 回头看 */
export const lookBack = mapping(
  {
    months: monthsAfter('销号后第几个月回头看,由近到远'),
    'immediate-months': monthsAfter('立行立改事项销号后第几个月回头看,由近到远'),
    within: span('回头看的办理期限'),
    source: source('JN-12'),
  },
  '回头看',
).transform(
  (file): LookBackRules => ({
    months: file.months,
    immediateMonths: file['immediate-months'],
    within: file.within,
    ...file.source,
  }),
)

/** 责任追究线索的移交 */
export const referral = mapping(
  { organ: text('线索移交给谁'), 'receipt-within': span('应在多久内取得回执'), source: source('CD-14') },
  '责任追究线索的移交',
).transform(
  (file): ReferralRules => ({ organ: file.organ, receiptWithin: file['receipt-within'], ...file.source }),
)

/** 重大事项 */
export const matters = mapping(
  {
    whom: list(seat('报告谁'), '报告谁').min(1, '报告谁至少写一个'),
    'acknowledge-within': span('应在多久内签收'),
    source: source('JN-08'),
  },
  '重大事项',
).transform(
  (file): MatterRules => ({
    reaches: file.whom,
    acknowledgeWithin: file['acknowledge-within'],
    ...file.source,
  }),
)

/** 舆情 */
export const opinions = mapping(
  {
    'assign-within': hours('发现后多久交办'),
    'verify-within': hours('交办后多久报送核查情况'),
    'respond-within': hours('发现后多久公开回应'),
    source: source('HY-12'),
  },
  '环境类舆情',
).transform(
  (file): OpinionRules => ({
    assignHours: file['assign-within'],
    verifyHours: file['verify-within'],
    respondHours: file['respond-within'],
    ...file.source,
  }),
)

/** 督查检查 */
export const inspections = mapping(
  { 'follow-up-within': span('督查发现的问题应在多久内落实'), source: source('HY-03') },
  '督查、交办、巡查、约谈、专项督察',
).transform((file): InspectionRules => ({ followUp: file['follow-up-within'], ...file.source }))

/** 信访件 */
export const petitions = mapping(
  {
    'accept-within': span('收到后多久决定是否受理'),
    'close-within': span('受理后多久办结'),
    'extend-days': count('至多延长几天', 1, 365),
    'chase-days': count('到期前几天催办', 1, 60),
    'reopen-within': span('复查不合格的,多久重新办结'),
    repeat: mapping(
      {
        place: count('地点相近到百分之几算重复', 1, 100),
        subject: count('事由相近到百分之几算重复', 1, 100),
      },
      '重复投诉',
    ),
    'supervise-at': count('重复几件建议督办', 2, 1_000),
    source: source('GN-11'),
  },
  '信访件',
).transform(
  (file): PetitionRules => ({
    accept: file['accept-within'],
    close: file['close-within'],
    extendDays: file['extend-days'],
    chaseDays: file['chase-days'],
    reopen: file['reopen-within'],
    repeat: file.repeat,
    superviseAt: file['supervise-at'],
    ...file.source,
  }),
)
