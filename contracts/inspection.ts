import { z } from 'zod'
import type { Opening } from '../domain/decider-types.js'
import { FORM_TITLES, type InspectionCommand, type InspectionForm } from '../domain/inspection/types.js'
import {
  caseId,
  date,
  evidence,
  filledList,
  list,
  long,
  optionalLong,
  personId,
  place,
  short,
  unit,
} from './fields.js'

const MOST_CASES = 5_000
const form = z.enum(Object.keys(FORM_TITLES) as [InspectionForm, ...InspectionForm[]])

const member = z
  .strictObject({ person: personId, name: short, unit: unit.exactOptional(), area: short.exactOptional() })
  .meta({ description: '名册上的人,单位、县区以名册为准' })

/** What orders an inspection (HY-03). */
export const orderInspection: z.ZodType<Extract<Opening, { type: 'order-inspection' }>> = z.strictObject({
  type: z.literal('order-inspection'),
  form,
  title: short,
  order: long.meta({ description: '查什么、为什么查' }),
  subjects: z
    .strictObject({ cases: list(caseId, MOST_CASES), units: list(unit, 300), areas: list(short, 100) })
    .meta({
      description:
        '事项的责任单位和县区由系统按台账补齐;回头看行动不写事项的,为本轮全部已销号事项;随机抽查不写事项的,为本轮全部已交办事项',
    }),
  of: z
    .enum(['problems', 'petitions'])
    .exactOptional()
    .meta({ description: '随机抽查的对象:整改事项,或已答复的信访件' }),
  team: list(member, 100),
  assessor: z
    .strictObject({ name: short, credential: short, ties: list(unit, 300), statement: optionalLong })
    .exactOptional(),
  until: date.meta({ description: '报送结果的期限' }),
})

const finding = z.strictObject({
  about: short.meta({ description: '事项编号、单位或地点' }),
  text: long,
  gravity: z.enum(['fine', 'problem']),
  evidence,
  unit: unit.exactOptional(),
  by: date.exactOptional(),
})

export const OF_INSPECTION: {
  readonly [T in InspectionCommand['type']]: z.ZodType<Extract<InspectionCommand, { type: T }>>
} = {
  'draw-sample': z.strictObject({
    type: z.literal('draw-sample'),
    seed: short.meta({ description: '公开的种子,任何人可以据此重抽' }),
    take: z.int().min(1).max(MOST_CASES),
  }),
  'change-team': z.strictObject({
    type: z.literal('change-team'),
    team: filledList(member),
    reason: long,
  }),
  'record-result': z.strictObject({
    type: z.literal('record-result'),
    summary: long,
    findings: list(finding, 1_000),
  }),
  'follow-finding': z.strictObject({
    type: z.literal('follow-finding'),
    finding: place,
    result: long,
    evidence,
  }),
  'confirm-finding': z.strictObject({
    type: z.literal('confirm-finding'),
    finding: place,
    decision: z.enum(['settled', 'not-settled']),
    reason: long,
  }),
  'record-campaign-result': z.strictObject({
    type: z.literal('record-campaign-result'),
    case: caseId,
    result: z.enum(['holds', 'rebound']),
    findings: long,
  }),
  'end-inspection': z.strictObject({ type: z.literal('end-inspection'), conclusion: long }),
}
