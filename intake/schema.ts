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

const deadlineSchema = z
  .strictObject({ text: z.string(), kind: z.enum(DEADLINE_KINDS), date: date.nullable() })
  .refine(({ kind, date }) => (kind === 'by-date') === (date !== null), {
    error: '限时整改才有日期,且必有日期',
  })

const entrySchema = z.strictObject({
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
  target: z.string().exactOptional(),
  measures: z.string().exactOptional(),
})

const factsSchema = z.strictObject({
  documentDate: date.exactOptional(),
  inspection: z.strictObject({ from: date, to: date }).exactOptional(),
  feedbackDate: date.exactOptional(),
  petitions: z
    .strictObject({ handedOver: count.exactOptional(), closed: count.exactOptional() })
    .exactOptional(),
  problems: z
    .strictObject({
      total: count.exactOptional(),
      classes: count.exactOptional(),
      completed: count.exactOptional(),
      early: count.exactOptional(),
      onPace: count.exactOptional(),
      pressed: count.exactOptional(),
    })
    .exactOptional(),
  referrals: count.exactOptional(),
  deputySecretaries: count.exactOptional(),
  closingProcedure: z.array(z.string()).exactOptional(),
  declared: z.array(z.string()).exactOptional(),
  noticePeriod: z
    .strictObject({ days: count, counting: z.enum(['working-days', 'calendar-days']) })
    .exactOptional(),
  cadence: z
    .array(
      z.strictObject({
        text: z.string().min(1),
        period,
        weekday: z.int().min(1).max(7).exactOptional(),
        line,
      }),
    )
    .exactOptional(),
  lines: z.record(z.string(), z.array(line)),
})

/** The JSON of `bihuan intake FILE --json`. */
export const planReadingSchema: z.ZodType<PlanReading> = z.strictObject({
  source: z.strictObject({ title: z.string().nullable(), published: date.nullable() }),
  entries: z.array(entrySchema),
  facts: factsSchema,
})
