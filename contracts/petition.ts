import { z } from 'zod'
import type { Opening } from '../domain/decider-types.js'
import { CHANNEL_TITLES, type Channel, type PetitionCommand } from '../domain/petition/types.js'
import { caseId, date, evidence, long, optionalLong, roundId, short, unit } from './fields.js'

const channel = z.enum(Object.keys(CHANNEL_TITLES) as [Channel, ...Channel[]])
const petitioner = z.strictObject({ name: short, contact: short })

/** What brings in a petition (JN-19, HY-07). */
export const receivePetition: z.ZodType<Extract<Opening, { type: 'receive-petition' }>> = z.strictObject({
  type: z.literal('receive-petition'),
  channel,
  petitioner: petitioner.meta({ description: '保密:只有整改办和承办单位看得到' }),
  place: short,
  area: short.exactOptional(),
  subject: short,
  text: long,
  receivedOn: date,
})

/** What somebody without an account sends in. */
export const publicPetition = z
  .strictObject({
    round: roundId,
    name: short,
    contact: short,
    place: short,
    area: short.exactOptional(),
    subject: short,
    text: long,
  })
  .meta({ id: 'PublicPetition' })

const days = z.int().min(1).max(365)

export const OF_PETITION: {
  readonly [T in PetitionCommand['type']]: z.ZodType<Extract<PetitionCommand, { type: T }>>
} = {
  'accept-petition': z.strictObject({ type: z.literal('accept-petition') }),
  'decline-petition': z.strictObject({
    type: z.literal('decline-petition'),
    reason: long,
    told: long,
  }),
  'assign-petition': z.strictObject({
    type: z.literal('assign-petition'),
    unit,
    words: optionalLong,
  }),
  'link-petition': z.strictObject({ type: z.literal('link-petition'), problem: caseId }),
  'answer-petition': z.strictObject({
    type: z.literal('answer-petition'),
    findings: long,
    truth: z.enum(['true', 'partly', 'untrue']),
    answer: long,
    told: long,
    evidence,
  }),
  'close-petition': z.strictObject({
    type: z.literal('close-petition'),
    satisfied: z.enum(['satisfied', 'not-satisfied', 'not-reached']),
    note: optionalLong,
  }),
  'request-petition-extension': z.strictObject({
    type: z.literal('request-petition-extension'),
    days,
    reason: long,
  }),
  'decide-petition-extension': z.strictObject({
    type: z.literal('decide-petition-extension'),
    decision: z.enum(['approve', 'refuse']),
    reason: long,
  }),
  'merge-petition': z.strictObject({ type: z.literal('merge-petition'), into: caseId, reason: long }),
  'unmerge-petition': z.strictObject({ type: z.literal('unmerge-petition'), reason: long }),
  'take-in-petition': z.strictObject({ type: z.literal('take-in-petition'), petition: caseId }),
  'let-go-petition': z.strictObject({ type: z.literal('let-go-petition'), petition: caseId }),
  'answer-merged-petition': z.strictObject({
    type: z.literal('answer-merged-petition'),
    main: caseId,
    answer: long,
    unit: unit.exactOptional(),
  }),
  'call-reexamination': z.strictObject({
    type: z.literal('call-reexamination'),
    inspection: caseId,
    by: date,
  }),
  'reexamine-petition': z.strictObject({
    type: z.literal('reexamine-petition'),
    verdict: z.enum(['good', 'bad']),
    reasons: optionalLong,
  }),
  'decide-petition-supervision': z.strictObject({
    type: z.literal('decide-petition-supervision'),
    decision: z.enum(['supervise', 'not']),
    reason: long,
  }),
}
