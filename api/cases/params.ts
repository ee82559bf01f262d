import { z } from 'zod'
import { caseId, date, moment, roundId } from '../../contracts/fields.js'
import { HAPPENINGS } from '../../db/queries/ledger.js'
import type { AnyPhase, CaseKind } from '../../domain/decider-types.js'
import { AUDITS } from '../../domain/figures/audits.js'
import { CASE_KINDS, kindOf } from '../../domain/kinds/registry.js'
import type { CaseId } from '../../domain/words.js'

const KINDS = CASE_KINDS as [CaseKind, ...CaseKind[]]
const PHASES = [...new Set(KINDS.flatMap((kind) => Object.keys(kindOf(kind).phases)))] as [
  AnyPhase,
  ...AnyPhase[],
]

/** A case's id holds a slash: in an address it is two parts. */
export const caseParams = z.object({
  round: roundId.meta({ description: '轮次编号', example: 'jinan-2018' }),
  n: z
    .string()
    .regex(/^[\w-]{1,40}$/, '事项编号形如 041')
    .meta({ description: '事项编号', example: '041' }),
})
export type CaseParams = z.output<typeof caseParams>

export const idOf = ({ round, n }: CaseParams): CaseId => `${round}/${n}` as CaseId

/** How many on a page. */
const limit = (usual: number, most: number) =>
  z.coerce
    .number()
    .int()
    .min(1)
    .max(most)
    .default(usual)
    .meta({ description: `每页多少,至多 ${most}` })

/** One value, or several parted by commas. */
const several = <T extends string>(values: readonly [T, ...T[]]) =>
  z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(values)).min(1).max(values.length))

const PERIOD = /^(\d{4}-\d\d-\d\d)~(\d{4}-\d\d-\d\d)$/

/** `2026-06-01~2026-06-30`: both days included. */
const period = z
  .string()
  .max(30)
  .transform((text, context) => {
    const [, from, to] = PERIOD.exec(text) ?? []
    const days = z.object({ from: date, to: date }).safeParse({ from, to })
    if (days.success) return days.data
    context.addIssue({ code: 'custom', message: '应写作起止两日,如 2026-06-01~2026-06-30' })
    return z.NEVER
  })

/** A day, to its end, or a moment. */
export const pastMoment = z
  .union([date, moment])
  .optional()
  .meta({ description: '截至某日(当日终)或某时,如 2026-06-30;不填为现在' })

/** What narrows a list, a count, an export. */
export const filterQuery = z.object({
  round: roundId.optional(),
  phase: several(PHASES).optional().meta({ description: '阶段,可用逗号并列' }),
  class: z
    .enum(['immediate', 'by-date', 'long-term', 'mixed', 'undecided'])
    .optional()
    .meta({ description: 'undecided:时限尚未明确,或没有类别' }),
  unit: z.string().max(200).optional().meta({ description: '责任单位' }),
  principal: z
    .string()
    .max(200)
    .optional()
    .meta({ description: '首个责任单位,按它分则合计相符;none:没有责任单位' }),
  standing: z
    .enum(['open', 'closed', 'merged'])
    .optional()
    .meta({ description: '对账口径:未结、已结、已并入他件' }),
  supervised: z.enum(['true']).optional().meta({ description: '只看挂账督办的' }),
  overdue: z.enum(['true', 'false']).optional(),
  pace: several(['early', 'on-pace', 'pressed', 'not-yet'])
    .optional()
    .meta({ description: '序时进度,可用逗号并列' }),
  due: period.optional().meta({ description: '时限在这两日之间', example: '2026-06-01~2026-06-30' }),
  at: pastMoment,
  audit: z.enum(AUDITS).optional().meta({ description: '三项常设审计查出的事项' }),
  happened: z.enum(HAPPENINGS).optional().meta({ description: 'period 之内有此情形的事项' }),
  period: period
    .optional()
    .meta({ description: '起止两日,与 happened 同用', example: '2026-06-01~2026-06-30' }),
  leader: z
    .string()
    .regex(/^(municipal|county|department):[\w.@-]{1,64}$/, '应写作 层级:登录名,如 county:leader')
    .optional()
    .meta({ description: '某一层级由某人负责的事项', example: 'county:leader' }),
  'closed-to': z.enum(['nobody']).optional().meta({ description: 'nobody:不含限定知悉范围的事项' }),
  kind: z.enum(KINDS).optional().meta({ description: '事项种类' }),
  origin: caseId.optional().meta({ description: '由这一件产生或关联到它的事项', example: 'jinan-2018/041' }),
  source: z.string().max(200).optional(),
  level: z.enum(['central', 'provincial', 'municipal', 'county']).optional(),
  q: z.string().max(100).optional().meta({ description: '编号、内容或单位中的字' }),
})
export type FilterQuery = z.output<typeof filterQuery>

const PLACE = /^(\d{4}-\d\d-\d\d)~(.+)$/

/** `2026-12-31~jinan-2018/041`: the last line of the page before. */
const after = z
  .string()
  .max(120)
  .transform((text, context) => {
    const [, due, id] = PLACE.exec(text) ?? []
    const place = z.object({ due: date, id: caseId }).safeParse({ due, id })
    if (place.success) return place.data
    context.addIssue({ code: 'custom', message: '应为上一页给出的位置' })
    return z.NEVER
  })

export const listQuery = z.object({
  ...filterQuery.shape,
  after: after.optional().meta({ description: '上一页给出的 next' }),
  limit: limit(50, 500),
})
export type ListQuery = z.output<typeof listQuery>

/** No record is numbered higher than PostgreSQL counts. */
const LAST_NUMBER = 2_147_483_647

export const eventsQuery = z.object({
  after: z.coerce.number().int().min(0).max(LAST_NUMBER).default(0).meta({ description: '从这一条之后' }),
  limit: limit(200, 1_000),
})
export type EventsQuery = z.output<typeof eventsQuery>
