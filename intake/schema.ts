import { z } from 'zod'
import { isPlainDate } from '../domain/words.js'
import { DEADLINE_KINDS, MISSING_FIELDS, type PlanReading } from './types.js'

const date = z.custom<string & { readonly __date: 'PlainDate' }>(
  (value) => typeof value === 'string' && isPlainDate(value),
  { error: '应为存在的日期,写作 YYYY-MM-DD' },
)
const count = z.int().nonnegative()
const line = z.int().positive()
const period = z.string().regex(/^P\d+[DWMY]$/)

export const deadlineSchema = z
  .strictObject({ text: z.string(), kind: z.enum(DEADLINE_KINDS), date: date.nullable() })
  .refine(({ kind, date }) => (kind === 'by-date') === (date !== null), {
    error: '限时整改才有日期,且必有日期',
  })

export const entrySchema = z.strictObject({
  n: z.int().positive(),
  lines: z.tuple([line, line]).refine(([from, to]) => from <= to),
  section: z.array(z.string()),
  text: z.string(),
  units: z.array(z.string().min(1)),
  persons: z.array(z.string().min(1)),
  others: z.array(z.strictObject({ role: z.string().min(1), name: z.string().min(1) })),
  deadline: deadlineSchema,
  nodes: z.array(z.strictObject({ text: z.string().min(1), date })),
  duties: z.array(z.strictObject({ text: z.string().min(1), period, bodies: z.array(z.string().min(1)) })),
  missing: z.array(z.enum(MISSING_FIELDS)),
  questions: z.array(z.string().min(1)),
  target: z.string().optional(),
  measures: z.string().optional(),
})

export const factsSchema = z.strictObject({
  documentDate: date.optional(),
  inspection: z.strictObject({ from: date, to: date }).optional(),
  feedbackDate: date.optional(),
  petitions: z.strictObject({ handedOver: count.optional(), closed: count.optional() }).optional(),
  problems: z
    .strictObject({
      total: count.optional(),
      classes: count.optional(),
      early: count.optional(),
      onPace: count.optional(),
      pressed: count.optional(),
    })
    .optional(),
  referrals: count.optional(),
  deputySecretaries: count.optional(),
  closingProcedure: z.array(z.string()).optional(),
  declared: z.array(z.string()).optional(),
  noticePeriod: z
    .strictObject({ days: count, counting: z.enum(['working-days', 'calendar-days']) })
    .optional(),
  cadence: z
    .array(
      z.strictObject({
        text: z.string().min(1),
        period,
        weekday: z.int().min(1).max(7).optional(),
        line,
      }),
    )
    .optional(),
  lines: z.record(z.string(), z.array(line)),
})

/** The JSON of `bihuan intake FILE --json`. */
export const planReadingSchema = z.strictObject({
  source: z.strictObject({ title: z.string().nullable(), published: date.nullable() }),
  entries: z.array(entrySchema),
  facts: factsSchema,
})

/** Compile-time proof that the schema and `PlanReading` are one. */
type Same<A, B> = A extends B ? (B extends A ? true : never) : never
type Mutable<T> = { -readonly [K in keyof T]: T[K] }
export const schemaMatchesTypes: Same<keyof z.infer<typeof planReadingSchema>, keyof Mutable<PlanReading>> =
  true
