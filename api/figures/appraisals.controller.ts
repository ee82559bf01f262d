import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { date, roundId } from '../../contracts/fields.js'
import type { Db } from '../../db/connect.js'
import { type Appraised, appraised } from '../../db/queries/appraisals.js'
import { dateOf } from '../../domain/calendar/dates.js'
import { LEADER_TIERS, type LeaderTier } from '../../domain/figures/facts.js'
import type { Actor } from '../../domain/parties.js'
import { readsEverything } from '../../domain/permission/read.js'
import { asCsv, tableOf, wantsCsv } from '../cases/csv.js'
import { momentAsked } from '../cases/filter.js'
import { pastMoment } from '../cases/params.js'
import type { Clocks } from '../clock.js'
import { Who } from '../identity/guard.js'
import { Operation } from '../openapi/operation.js'
import { scopeOf, within } from '../permission.js'
import { problem } from '../problems/problem.js'
import { CLOCKS, DATABASE } from '../tokens.js'

const query = z.object({
  round: roundId.optional(),
  at: pastMoment,
  from: date.optional().meta({ description: '从哪一天起计;不填为当年一月一日' }),
  tier: z.enum(LEADER_TIERS).optional().meta({ description: 'county:牵头县级领导' }),
})

const TIERS: Readonly<Record<LeaderTier, string>> = {
  municipal: '包案市级领导',
  county: '牵头县级领导',
  department: '部门负责领导',
}

const number = z.object({ count: z.int(), href: z.string() })
const result = z
  .object({
    tier: z.enum(LEADER_TIERS),
    tierTitle: z.string(),
    person: z.string(),
    name: z.string(),
    cases: number,
    closed: number,
    early: number,
    onPace: number,
    pressed: number,
    overdue: number,
    setBack: number.meta({ description: '期内有退回或反弹的事项' }),
    raised: number.meta({ description: '期内启动过督办措施的事项' }),
    missing: number.meta({ description: '期内缺报过调度的事项' }),
  })
  .meta({ id: 'Appraisal' })

const COUNTED = [
  'cases',
  'closed',
  'early',
  'onPace',
  'pressed',
  'overdue',
  'setBack',
  'raised',
  'missing',
] as const
const TITLES = [
  '事项',
  '已销号',
  '提前完成',
  '达到序时进度',
  '加紧整改',
  '逾期',
  '退回或反弹',
  '督办',
  '缺报',
]

/** What narrows the ledger to each of the numbers. */
const narrowedTo = (
  period: string,
): Readonly<Record<(typeof COUNTED)[number], Readonly<Record<string, string>>>> => ({
  cases: { pace: 'early,on-pace,pressed' },
  closed: { pace: 'early,on-pace,pressed', standing: 'closed' },
  early: { pace: 'early' },
  onPace: { pace: 'on-pace' },
  pressed: { pace: 'pressed' },
  overdue: { pace: 'early,on-pace,pressed', overdue: 'true' },
  setBack: { pace: 'early,on-pace,pressed', happened: 'setback', period },
  raised: { pace: 'early,on-pace,pressed', happened: 'rung-raised', period },
  missing: { pace: 'early,on-pace,pressed', happened: 'return-missing', period },
})

/** Results by leader, as material for appraisal (YZ-12). Nobody is judged here: the numbers are told, people decide. */
@Controller()
export class AppraisalsController {
  constructor(
    @Inject(DATABASE) private readonly db: Db,
    @Inject(CLOCKS) private readonly clocks: Clocks,
  ) {}

  @Get('appraisals')
  @Operation({
    id: 'appraisals',
    chapter: 'figures',
    summary: '按领导汇总整改结果,供述职述评和绩效考核使用(YZ-12)',
    description: '现在的,或截至以前某一天的。Accept: text/csv 时导出。',
    answers: {
      200: z.object({ at: z.string(), from: z.string(), to: z.string(), results: z.array(result) }),
    },
    refusals: [422],
  })
  async appraisals(
    @Who() actor: Actor,
    @Query({ schema: query }) { round, at, from, tier }: z.output<typeof query>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    if (!readsEverything(actor))
      throw problem('forbidden', '考核材料由整改办汇总,您不在阅看之列', { clause: 'YZ-12' })
    const then = momentAsked(at, await this.clocks.nowIn(round))
    const to = dateOf(then)
    const period = { from: from ?? (`${to.slice(0, 4)}-01-01` as typeof to), to }
    const filter = { ...within(scopeOf(actor), round === undefined ? {} : { round }), at: then }
    const rows = (await appraised(this.db, filter, period)).filter(
      (row) => tier === undefined || row.tier === tier,
    )
    if (wantsCsv(request))
      return asCsv(
        reply,
        '考核材料',
        tableOf(
          ['层级', '姓名', ...TITLES],
          rows.map((row) => [TIERS[row.tier], row.name ?? row.person, ...COUNTED.map((key) => row[key])]),
        ),
      )
    const results = rows.map((row) =>
      resultOf(row, { ...(round !== undefined && { round }), at: then }, period),
    )
    return { at: then, ...period, results }
  }
}

const resultOf = (
  row: Appraised,
  asked: Readonly<Record<string, string>>,
  { from, to }: { readonly from: string; readonly to: string },
): z.infer<typeof result> => {
  const own = { ...asked, kind: 'problem', 'closed-to': 'nobody', leader: `${row.tier}:${row.person}` }
  const more = narrowedTo(`${from}~${to}`)
  const counted = Object.fromEntries(
    COUNTED.map((key) => [
      key,
      { count: row[key], href: `/cases?${new URLSearchParams({ ...own, ...more[key] })}` },
    ]),
  ) as Record<(typeof COUNTED)[number], z.infer<typeof number>>
  return {
    tier: row.tier,
    tierTitle: TIERS[row.tier],
    person: row.person,
    name: row.name ?? row.person,
    ...counted,
  }
}
