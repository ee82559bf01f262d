import { z } from 'zod'
import type { Opening } from '../domain/decider-types.js'
import type { OpinionCommand } from '../domain/opinion/types.js'
import { evidence, filledList, long, moment, optionalLong, short, unit } from './fields.js'

/** What opens a matter of public opinion (HY-12). */
export const reportOpinion: z.ZodType<Extract<Opening, { type: 'report-opinion' }>> = z.strictObject({
  type: z.literal('report-opinion'),
  text: long,
  channel: short.meta({ example: '微博' }),
  where: short.meta({ description: '网址或版面' }),
  area: short.exactOptional(),
  seenAt: moment,
})

export const OF_OPINION: {
  readonly [T in OpinionCommand['type']]: z.ZodType<Extract<OpinionCommand, { type: T }>>
} = {
  'assign-opinion': z.strictObject({
    type: z.literal('assign-opinion'),
    units: filledList(unit),
    words: optionalLong,
  }),
  'verify-opinion': z.strictObject({
    type: z.literal('verify-opinion'),
    findings: long,
    truth: z.enum(['true', 'partly', 'untrue']),
    measures: long,
    evidence,
  }),
  'respond-opinion': z.strictObject({
    type: z.literal('respond-opinion'),
    response: long,
    channels: filledList(short),
  }),
  'end-opinion': z.strictObject({ type: z.literal('end-opinion'), conclusion: long }),
}
