import { z } from 'zod'
import type { CaseId, Instant, PersonId, PlainDate, RoundId, Sha256, UnitName } from '../domain/words.js'
import { isPlainDate } from '../domain/words.js'

/** The smallest parts of every message, bounded: nobody sends a novel where a name is asked for. */

const SHORT = 200
const LONG = 5_000

/** A name or a title: 1 to 200 characters. */
export const short = z.string().trim().min(1).max(SHORT)
/** What people write: 1 to 5,000 characters. */
export const long = z.string().trim().min(1).max(LONG)
/** The same, and may be left empty. */
export const optionalLong = z.string().trim().max(LONG)

/** A list of at most 100, unless the thing itself asks for another bound. */
export const list = <T extends z.ZodType>(item: T, most = 100) => z.array(item).max(most)
/** The same, with at least one. */
export const filledList = <T extends z.ZodType>(item: T, most = 100) => z.array(item).min(1).max(most)

/** A schema of text whose values are known in the domain by a name of their own. */
const named = <T extends string>(schema: z.ZodType<string>): z.ZodType<T, string> =>
  schema as unknown as z.ZodType<T, string>

export const date = named<PlainDate>(
  z.string().refine(isPlainDate, '应为存在的日期,如 2026-03-02').meta({ format: 'date' }),
)
export const moment = named<Instant>(
  z
    .string()
    .regex(
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?(Z|[+-]\d\d:\d\d)$/,
      '应为时刻,如 2026-03-02T09:00:00+08:00',
    )
    .refine((text) => !Number.isNaN(Date.parse(text)), '没有这个时刻')
    .transform((text) => new Date(text).toISOString())
    .meta({ format: 'date-time' }),
)
export const sha256 = named<Sha256>(z.string().regex(/^[0-9a-f]{64}$/, '应为 64 位小写十六进制的 SHA-256'))
export const unit = named<UnitName>(short)
export const personId = named<PersonId>(
  z.string().regex(/^[a-z0-9][a-z0-9._@-]{0,63}$/, '登录名由小写字母、数字和 . _ @ - 组成,最长 64 位'),
)
export const roundId = named<RoundId>(
  z.string().regex(/^[a-z][a-z0-9-]{1,40}$/, '轮次编号由小写字母、数字和 - 组成,如 jinan-2018'),
)
export const caseId = named<CaseId>(z.string().regex(/^[a-z][a-z0-9-]{1,40}\/[\w-]{1,40}$/))

/** A whole number of per cent. */
export const percent = z.int().min(0).max(100)
/** A place in a list, from 0. */
export const place = z.int().min(0).max(9_999)

/** Materials, each already handed in (`POST /evidence`). */
export const evidenceItem = z.strictObject({
  sha256,
  name: short,
  mediaType: z.string().min(1).max(100),
  bytes: z.int().min(0).max(100_000_000),
})
export const evidence = list(evidenceItem)
