import { z } from 'zod'
import type { Opening } from '../domain/decider-types.js'
import {
  INSTRUCTION_LEVELS,
  type InstructionCommand,
  type InstructionLevel,
} from '../domain/instruction/types.js'
import { caseId, date, evidence, filledList, long, personId, short, unit } from './fields.js'

const level = z.enum(Object.keys(INSTRUCTION_LEVELS) as [InstructionLevel, ...InstructionLevel[]])

/** What registers a leader's instruction (HY-04). */
export const registerInstruction: z.ZodType<Extract<Opening, { type: 'register-instruction' }>> =
  z.strictObject({
    type: z.literal('register-instruction'),
    leader: z.strictObject({ name: short, level, person: personId.exactOptional() }),
    text: long.meta({
      description: '批示原文,登记后不能改动;只有领导、整改办、承办单位和纪检监察机关看得到',
    }),
    about: short.meta({ description: '批示的事由,列在台账上' }),
    given: date,
    units: filledList(unit, 20),
    due: date,
    problem: caseId.exactOptional(),
  })

export const OF_INSTRUCTION: {
  readonly [T in InstructionCommand['type']]: z.ZodType<Extract<InstructionCommand, { type: T }>>
} = {
  'receipt-instruction': z.strictObject({ type: z.literal('receipt-instruction') }),
  'feed-back-instruction': z.strictObject({
    type: z.literal('feed-back-instruction'),
    progress: long,
    evidence,
  }),
  'report-instruction-result': z.strictObject({
    type: z.literal('report-instruction-result'),
    result: long,
    evidence,
  }),
  'return-instruction-result': z.strictObject({
    type: z.literal('return-instruction-result'),
    reason: long,
  }),
  'deliver-instruction-result': z.strictObject({
    type: z.literal('deliver-instruction-result'),
    how: short,
    deliveredOn: date,
  }),
  'delegate-instruction': z.strictObject({
    type: z.literal('delegate-instruction'),
    to: personId,
    toName: short,
    until: date,
    document: short,
  }),
  'end-instruction-delegation': z.strictObject({ type: z.literal('end-instruction-delegation') }),
  'confirm-instruction-result': z.strictObject({
    type: z.literal('confirm-instruction-result'),
    words: long,
    document: short.exactOptional(),
  }),
}
