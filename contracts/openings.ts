import { z } from 'zod'
import type { Opening } from '../domain/decider-types.js'
import { proposeConsequence } from './consequence.js'
import { orderInspection } from './inspection.js'
import { registerInstruction } from './instruction.js'
import { reportOpinion } from './opinion.js'
import { receivePetition } from './petition.js'

/** What opens a case of each kind that is opened one by one, by its type. */
const OPENINGS: { readonly [T in Opening['type']]: z.ZodType<Extract<Opening, { type: T }>> } = {
  'order-inspection': orderInspection,
  'propose-consequence': proposeConsequence,
  'register-instruction': registerInstruction,
  'receive-petition': receivePetition,
  'report-opinion': reportOpinion,
}

/** What `POST /rounds/{id}/cases` takes. */
export const openingBody = z
  .discriminatedUnion(
    'type',
    Object.values(OPENINGS) as unknown as [z.ZodObject<{ type: z.ZodLiteral<Opening['type']> }>],
  )
  .meta({ id: 'Opening' }) as unknown as z.ZodType<Opening, Opening>
