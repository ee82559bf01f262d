import { z } from 'zod'
import {
  PAUSABLES,
  type Pausable,
  PERIODICS,
  type Periodic,
  type RoundCommand,
} from '../domain/round/types.js'
import { caseId, date, filledList, list, long, short, unit } from './fields.js'

const thing = z
  .enum(PERIODICS as readonly [Periodic, ...Periodic[]])
  .meta({ description: 'bulletin 月通报,review 季讲评,account 半年交账' })
const pausable = z
  .enum(PAUSABLES as readonly [Pausable, ...Pausable[]])
  .meta({ description: 'bulletin 月通报,review 季讲评,account 半年交账,return 各件的调度' })
const settling = { type: z.literal('settle-returns'), periods: filledList(date, 400), reason: long }
const period = z
  .string()
  .regex(/^\d{4}-(?:\d\d|Q[1-4]|H[12])$/, '期次形如 2019-10、2019-Q4、2019-H2')
  .meta({ example: '2019-10' })

/** What may be sent to a round (GN-12, HH-03, HY-02, HH-04). */
export const OF_ROUND: {
  readonly [T in RoundCommand['type']]: z.ZodType<Extract<RoundCommand, { type: T }>>
} = {
  'adopt-plan': z.strictObject({
    type: z.literal('adopt-plan'),
    planDate: date,
    entries: z.int().min(1).max(100_000),
    units: list(unit, 2_000),
  }),
  'pause-cadence': z.strictObject({
    type: z.literal('pause-cadence'),
    things: filledList(pausable, 4),
    reason: long,
  }),
  'resume-cadence': z.strictObject({
    type: z.literal('resume-cadence'),
    things: filledList(pausable, 4),
    reason: long,
  }),
  'settle-returns': z.discriminatedUnion('how', [
    z.strictObject({ ...settling, how: z.literal('waive') }),
    z.strictObject({ ...settling, how: z.literal('make-up'), by: date }),
  ]),
  'catch-up': z.strictObject({ type: z.literal('catch-up'), thing, period }),
  'issue-period': z.strictObject({
    type: z.literal('issue-period'),
    thing,
    period,
    speaker: short.exactOptional(),
  }),
  'correct-period': z.strictObject({ type: z.literal('correct-period'), thing, period, reason: long }),
  'sign-account': z.strictObject({
    type: z.literal('sign-account'),
    period,
    unit,
    lines: filledList(
      z.strictObject({ case: caseId, outcome: z.enum(['done', 'under-way', 'not-done']), result: long }),
      10_000,
    ),
  }),
  'issue-circular': z.strictObject({ type: z.literal('issue-circular'), period, demand: long }),
  'end-round': z.strictObject({ type: z.literal('end-round'), reason: long }),
}
