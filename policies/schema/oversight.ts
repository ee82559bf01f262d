import { AREA_TIER_TITLES } from '../../domain/parties.js'
import {
  type AcceptanceRules,
  type AccountabilityRules,
  type AreaLeaderRules,
  CRITERION_TITLES,
  type KeyCheckRules,
  type WholeClassRules,
} from '../../domain/policy.js'
import { count, list, mapping, text } from './mapping.js'
import { source } from './sources.js'
import { span } from './spans.js'
import { rungName, word } from './words.js'

/** 验收尺度 */
export const acceptance = mapping(
  {
    keeps: list(word(CRITERION_TITLES, '沿用的尺度'), '以后历次检查沿用首次验收的哪些尺度').min(
      1,
      '至少写一项',
    ),
    source: source('JN-13'),
  },
  '验收尺度:首次验收的尺度就是以后历次检查的尺度',
).transform((file): AcceptanceRules => ({ keeps: file.keeps, ...file.source }))

/** 追责情形 */
export const accountability = mapping(
  {
    refusals: count('销号被退回第几次算整改不力', 1, 99),
    rebounds: count('第几次反弹算整改不力', 1, 99),
    'missing-returns': count('连续缺报几期算拒不整改', 1, 99),
    source: source('JN-15'),
  },
  '追责情形',
).transform(
  (file): AccountabilityRules => ({
    refusals: file.refusals,
    rebounds: file.rebounds,
    missingReturns: file['missing-returns'],
    ...file.source,
  }),
)

/** 重点督查 */
export const keyChecks = mapping(
  { before: span('重点任务、重要节点到期之前多久督查'), source: source('HH-14') },
  '重点督查',
).transform((file): KeyCheckRules => ({ before: file.before, ...file.source }))

const told = mapping(
  {
    rung: rungName,
    tiers: list(word(AREA_TIER_TITLES, '告知哪一级领导'), '告知哪几级领导').min(1, '至少写一级'),
  },
  '一级督办措施告知哪几级领导',
)

/** 分级告知 */
export const areaLeaders = mapping(
  { tells: list(told, '各级督办措施告知属地哪几级领导'), source: source('HH-15') },
  '属地领导分级告知',
).transform((file): AreaLeaderRules => ({ tells: file.tells, ...file.source }))

/** 一刀切 */
export const wholeClass = mapping(
  {
    words: list(text('写在措施里的字眼'), '哪些字眼说明措施关停一类').min(1, '至少写一个字眼'),
    source: source('JN-22'),
  },
  '关停一类的措施',
).transform((file): WholeClassRules => ({ words: file.words, ...file.source }))
