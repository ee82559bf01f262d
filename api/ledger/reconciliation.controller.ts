import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { roundId } from '../../contracts/fields.js'
import type { Db } from '../../db/connect.js'
import { problemsOfRound } from '../../db/queries/cases.js'
import { closuresOfRound } from '../../db/queries/closures.js'
import {
  type Reckoned,
  reckoned,
  STANDINGS,
  type Standing,
  type Unreconciled,
  unreconciled,
} from '../../db/queries/reconcile.js'
import { CLASS_TITLES } from '../../domain/entry.js'
import { BEGINNINGS } from '../../domain/kinds/registry.js'
import {
  DISCREPANCY_TITLES,
  discrepancies,
  ledgerItem,
  responsibilityItem,
} from '../../domain/ledger/lists.js'
import type { Actor } from '../../domain/parties.js'
import { readsEverything } from '../../domain/permission/read.js'
import { asCsv, tableOf, wantsCsv } from '../cases/csv.js'
import { momentAsked } from '../cases/filter.js'
import { pastMoment } from '../cases/params.js'
import { hrefOf } from '../cases/views.js'
import type { Clocks } from '../clock.js'
import { Who } from '../identity/guard.js'
import { Operation } from '../openapi/operation.js'
import { mustBeAllowed, mustSeeWhole, readingOf, scopeOf, within } from '../permission.js'
import { type RoundParams, roundParams } from '../rounds/round.js'
import { CLOCKS, DATABASE } from '../tokens.js'

const query = z.object({ round: roundId.optional(), at: pastMoment })

const number = z.object({ count: z.int(), href: z.string() })
const line = z.object({
  title: z.string(),
  received: number,
  open: number,
  closed: number,
  merged: number,
  balanced: z.boolean(),
})
const mismatch = z
  .object({
    why: z.string(),
    title: z.string().meta({ example: '已立项,台账上没有' }),
    cases: z.array(z.object({ id: z.string(), href: z.string() })),
  })
  .meta({ id: 'Mismatch' })

const reconciliation = z.object({
  at: z.string(),
  balanced: z.boolean().meta({ description: '收到 = 未结 + 已结 + 并入,处处相符' }),
  total: line,
  byUnit: z.array(line),
  byClass: z.array(line),
  mismatches: z.array(mismatch),
})

const WHY: Readonly<Record<Unreconciled['why'], string>> = {
  'planned-not-received': '方案已收下,尚未立项',
  'received-not-listed': '记录上已立项,台账上没有',
  'listed-not-received': '台账上有,记录上没有立项',
  'listed-behind': '台账落后于记录',
}

type Sums = Pick<Reckoned, 'received' | Standing>

const sumOf = (rows: readonly Sums[]): Sums => ({
  received: rows.reduce((sum, row) => sum + row.received, 0),
  open: rows.reduce((sum, row) => sum + row.open, 0),
  closed: rows.reduce((sum, row) => sum + row.closed, 0),
  merged: rows.reduce((sum, row) => sum + row.merged, 0),
})

const isBalanced = ({ received, open, closed, merged }: Sums): boolean => received === open + closed + merged

/** One line of the reckoning; every number opens to its cases. */
const lineOf = (title: string, sums: Sums, asked: Readonly<Record<string, string>>) => {
  const opens = (more: Readonly<Record<string, string>>) =>
    `/cases?${new URLSearchParams({ ...asked, ...more })}`
  const standings = Object.fromEntries(
    STANDINGS.map((standing) => [standing, { count: sums[standing], href: opens({ standing }) }]),
  ) as Record<Standing, { count: number; href: string }>
  return {
    title,
    received: { count: sums.received, href: opens({}) },
    ...standings,
    balanced: isBalanced(sums),
  }
}

const linesInTable = (lines: readonly ReturnType<typeof lineOf>[]): string =>
  tableOf(
    ['', '收到', '未结', '已结', '并入', '相符'],
    lines.map(({ title, received, open, closed, merged, balanced }) => [
      title,
      ...[received, open, closed, merged].map(({ count }) => count),
      balanced ? '是' : '否',
    ]),
  )

const grouped = <K>(
  rows: readonly Reckoned[],
  key: (row: Reckoned) => K,
): ReadonlyMap<K, readonly Reckoned[]> =>
  rows.reduce((map, row) => map.set(key(row), [...(map.get(key(row)) ?? []), row]), new Map<K, Reckoned[]>())

const items = z.object({
  ledger: z.array(z.looseObject({ case: z.string() })).meta({ description: '清单' }),
  responsibility: z.array(z.looseObject({ case: z.string() })).meta({ description: '责任清单' }),
  closures: z.array(z.looseObject({ case: z.string() })).meta({ description: '销号清单' }),
  balanced: z.boolean(),
  discrepancies: z.array(z.object({ case: z.string(), why: z.string(), title: z.string() })),
})

/** 对账 (CD-18, HH-01): what was received against where it stands, and three lists against each other. */
@Controller()
export class ReconciliationController {
  constructor(
    @Inject(DATABASE) private readonly db: Db,
    @Inject(CLOCKS) private readonly clocks: Clocks,
  ) {}

  @Get('reconciliation')
  @Operation({
    id: 'reconciliation',
    chapter: 'cases',
    summary: '对账:收到 = 未结 + 已结 + 并入,按单位、按类别,每个数字都能点开',
    description: '随时可对,也可对到以前的某一天;不相符的逐件列出,不作抹平(CD-18)。Accept: text/csv 时导出。',
    answers: { 200: reconciliation },
    refusals: [422],
  })
  async reconcile(
    @Who() actor: Actor,
    @Query({ schema: query }) { round, at }: z.output<typeof query>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    if (at !== undefined) mustSeeWhole(actor)
    const then = momentAsked(at, await this.clocks.nowIn(round))
    const past = at === undefined ? {} : { at: then }
    const filter = within(scopeOf(actor), { ...(round !== undefined && { round }), ...past })
    const [rows, strays] = await Promise.all([
      reckoned(this.db, BEGINNINGS, filter),
      readsEverything(actor)
        ? unreconciled(this.db, BEGINNINGS, {
            ...(filter.round !== undefined && { round: filter.round }),
            ...past,
          })
        : [],
    ])
    const asked: Readonly<Record<string, string>> = { ...(round !== undefined && { round }), ...past }
    const byUnit = [...grouped(rows, ({ unit }) => unit)].map(([unit, own]) =>
      lineOf(unit ?? '没有责任单位', sumOf(own), { ...asked, principal: unit ?? 'none' }),
    )
    const byClass = [...grouped(rows, ({ class: of }) => of)].map(([of, own]) =>
      lineOf(of === null ? '没有类别' : CLASS_TITLES[of], sumOf(own), {
        ...asked,
        class: of ?? 'undecided',
      }),
    )
    const total = lineOf('合计', sumOf(rows), asked)
    if (wantsCsv(request)) return asCsv(reply, '对账', linesInTable([...byUnit, ...byClass, total]))
    return {
      at: then,
      balanced: strays.length === 0 && [total, ...byUnit, ...byClass].every(({ balanced }) => balanced),
      total,
      byUnit,
      byClass,
      mismatches: strays.map(({ why, cases }) => ({
        why,
        title: WHY[why],
        cases: cases.map((id) => ({ id, href: hrefOf(id) })),
      })),
    }
  }

  @Get('rounds/:id/lists')
  @Operation({
    id: 'threeLists',
    chapter: 'rounds',
    summary: '清单、责任清单、销号清单,各自成册并相互核对(HH-01)',
    answers: { 200: items },
    refusals: [422],
  })
  async lists(@Who() actor: Actor, @Param({ schema: roundParams }) { id }: RoundParams) {
    mustBeAllowed(actor, 'read-ledger', id)
    const [cases, closures] = await Promise.all([problemsOfRound(this.db, id), closuresOfRound(this.db, id)])
    const states = cases.flatMap((one) =>
      one.state.kind === 'problem' && readingOf(actor, one) === 'whole' ? [one.state.state] : [],
    )
    const readable = new Set(states.map((state) => state.id))
    const hidden = new Set(cases.map(({ row }) => row.id).filter((one) => !readable.has(one)))
    const mine = readsEverything(actor)
      ? closures.filter((closure) => !hidden.has(closure.case))
      : closures.filter((closure) => readable.has(closure.case))
    const found = discrepancies(states, mine)
    return {
      ledger: states.map(ledgerItem),
      responsibility: states.map(responsibilityItem),
      closures: mine,
      balanced: found.length === 0,
      discrepancies: found.map((one) => ({ ...one, title: DISCREPANCY_TITLES[one.why] })),
    }
  }
}
