import { z } from 'zod'
import type { ConsequenceCommand } from '../domain/consequence/types.js'
import type { Opening } from '../domain/decider-types.js'
import { caseId, date, evidence, long, short, unit } from './fields.js'

const common = {
  type: z.literal('propose-consequence'),
  unit,
  facts: long,
  evidence,
  problem: caseId.exactOptional(),
}
const figure = z.string().regex(/^\d{1,9}(\.\d{1,9})?$/, '应为数字,如 1.25')
/** Whole fen, at most ten billion yuan. */
const fen = z.int().min(1).max(1_000_000_000_000).meta({ format: 'fen', description: '金额,人民币分' })

/** What proposes a penalty, a compensation or a removal (HH-09 to HH-11). */
export const proposeConsequence: z.ZodType<Extract<Opening, { type: 'propose-consequence' }>> =
  z.discriminatedUnion('sort', [
    z.strictObject({ ...common, sort: z.literal('penalty'), cause: short }),
    z.strictObject({
      ...common,
      sort: z.literal('compensation'),
      reading: z.strictObject({
        section: short,
        pollutant: short,
        value: figure,
        limit: figure,
        measuredOn: date,
      }),
    }),
    z.strictObject({
      ...common,
      sort: z.literal('removal'),
      cause: short,
      person: short,
      post: short,
      investigation: caseId.exactOptional(),
    }),
  ])

export const OF_CONSEQUENCE: {
  readonly [T in ConsequenceCommand['type']]: z.ZodType<Extract<ConsequenceCommand, { type: T }>>
} = {
  'review-excuse': z.strictObject({
    type: z.literal('review-excuse'),
    result: z.enum(['excused', 'partly', 'not']),
    reasons: long,
    evidence,
  }),
  'decide-consequence': z.strictObject({
    type: z.literal('decide-consequence'),
    decision: z.enum(['impose', 'reduce', 'drop']),
    reason: long,
    fen: fen.exactOptional(),
  }),
  'record-payment': z.strictObject({
    type: z.literal('record-payment'),
    fen,
    receipt: short,
    paidOn: date,
  }),
  'appeal-consequence': z.strictObject({ type: z.literal('appeal-consequence'), grounds: long, evidence }),
  'decide-appeal': z.strictObject({
    type: z.literal('decide-appeal'),
    decision: z.enum(['uphold', 'reduce', 'cancel']),
    reason: long,
    fen: fen.exactOptional(),
  }),
  'cancel-consequence': z.strictObject({
    type: z.literal('cancel-consequence'),
    reason: long,
    document: short,
  }),
  'record-refund': z.strictObject({ type: z.literal('record-refund'), receipt: short, refundedOn: date }),
  'mark-ground-gone': z.strictObject({
    type: z.literal('mark-ground-gone'),
    unit,
    cause: short,
    period: short,
    version: z.int().min(2).max(1_000),
    reason: long,
  }),
  'raise-removal': z.strictObject({ type: z.literal('raise-removal'), authority: short, letter: long }),
  'record-removal-decision': z.strictObject({
    type: z.literal('record-removal-decision'),
    decision: z.enum(['removed', 'not-removed']),
    authority: short,
    document: short,
    decidedOn: date,
  }),
}
