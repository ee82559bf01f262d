import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Db } from '../../db/connect.js'
import {
  type CaseRow,
  caseById,
  eventsOf,
  returnsOf,
  rungsOf,
  signOffsOf,
  todosOfCase,
} from '../../db/queries/cases.js'
import { countsByPhaseAndClass } from '../../db/queries/counts.js'
import { ledgerPage, ledgerPages } from '../../db/queries/ledger-page.js'
import { paceBuckets } from '../../db/queries/pace.js'
import { papersOfCase } from '../../db/queries/papers.js'
import { todosOfMineIn } from '../../db/queries/todos.js'
import { rulesOf } from '../../db/rules.js'
import { stepNow } from '../../domain/closing/chain.js'
import { CLASS_TITLES } from '../../domain/entry.js'
import { KIND_TITLES } from '../../domain/kinds/registry.js'
import { PACE_TITLES } from '../../domain/pace.js'
import type { Actor } from '../../domain/parties.js'
import type { CaseId } from '../../domain/words.js'
import type { Clocks } from '../clock.js'
import { Who } from '../identity/guard.js'
import { Operation } from '../openapi/operation.js'
import { paperLine, paperOf } from '../papers/views.js'
import { actorFor, isAllowed, readingOf, seesWhole } from '../permission.js'
import type { Settings } from '../settings.js'
import { CLOCKS, DATABASE, SETTINGS } from '../tokens.js'
import { actsOpenTo, actView } from './acts.js'
import { withListed } from './choices.js'
import { csvFile, wantsCsv } from './csv.js'
import { asAsked, filterFor } from './filter.js'
import {
  type CaseParams,
  caseParams,
  type EventsQuery,
  eventsQuery,
  type FilterQuery,
  filterQuery,
  idOf,
  type ListQuery,
  listQuery,
} from './params.js'
import { readableCase, wholeCase } from './readable.js'
import {
  caseLine,
  casePublic,
  caseWhole,
  chainOf,
  eventOf,
  eventView,
  hrefOf,
  lineOf,
  namedOf,
  publicOf,
  titleOfPhase,
} from './views.js'

const page = z.object({
  cases: z.array(caseLine.or(casePublic)),
  next: z.string().nullable().meta({ description: '下一页的位置,作为 after 报送' }),
})

const counted = z.object({
  count: z.int(),
  overdue: z.int(),
  href: z.string(),
})

const summary = z.object({
  total: z.int(),
  byPhaseAndClass: z.array(
    counted.extend({
      kind: z.string(),
      kindTitle: z.string(),
      phase: z.string(),
      phaseTitle: z.string(),
      class: z.string().nullable(),
      classTitle: z.string().nullable(),
    }),
  ),
  pace: z.array(counted.extend({ bucket: z.string(), title: z.string() })),
})

const EXPORTED_AT_ONCE = 500

@Controller()
export class CaseReadsController {
  constructor(
    @Inject(DATABASE) private readonly db: Db,
    @Inject(CLOCKS) private readonly clocks: Clocks,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Get('cases')
  @Operation({
    id: 'listCases',
    chapter: 'cases',
    summary: '台账',
    description: '最急的在前。Accept: text/csv 时导出全部符合条件的事项。',
    answers: { 200: page },
    refusals: [422],
  })
  async list(
    @Who() actor: Actor,
    @Query({ schema: listQuery }) query: ListQuery,
    @Req() request: FastifyRequest,
  ) {
    const filter = filterFor(actor, query, await this.clocks.nowIn(query.round))
    if (wantsCsv(request) && seesWhole(actor))
      return csvFile('台账', ledgerPages(this.db, filter, EXPORTED_AT_ONCE))
    const { rows, next } = await ledgerPage(this.db, filter, {
      limit: query.limit,
      ...(query.after && { after: query.after }),
    })
    return {
      cases: seesWhole(actor) ? rows.map(lineOf) : await this.posted(rows),
      next: next ? `${next.due}~${next.id}` : null,
    }
  }

  @Get('summary')
  @Operation({
    id: 'summary',
    chapter: 'cases',
    summary: '总览:按阶段与类别、按序时进度,每个数字都能点开',
    answers: { 200: summary },
    refusals: [422],
  })
  async summary(@Who() actor: Actor, @Query({ schema: filterQuery }) query: FilterQuery) {
    const now = await this.clocks.nowIn(query.round)
    const filter = filterFor(actor, query, now)
    const [counts, buckets] = await Promise.all([
      countsByPhaseAndClass(this.db, filter),
      paceBuckets(this.db, filter.at ?? now, filter),
    ])
    const link = (more: Readonly<Record<string, string>>) =>
      `/cases?${new URLSearchParams({ ...asAsked(query), ...more })}`
    return {
      total: counts.reduce((sum, { count }) => sum + count, 0),
      byPhaseAndClass: counts.map((count) => ({
        ...count,
        kindTitle: KIND_TITLES[count.kind],
        phaseTitle: titleOfPhase(count.kind, count.phase),
        classTitle: count.class && CLASS_TITLES[count.class],
        href: link({
          kind: count.kind,
          phase: count.phase,
          ...(count.kind === 'problem' && { class: count.class ?? 'undecided' }),
        }),
      })),
      pace: buckets.map((bucket) => ({
        ...bucket,
        title: PACE_TITLES[bucket.bucket],
        href: link({ kind: 'problem', pace: bucket.bucket }),
      })),
    }
  }

  @Get('cases/:round/:n')
  @Operation({
    id: 'caseById',
    chapter: 'cases',
    summary: '一件案件',
    answers: { 200: z.discriminatedUnion('reading', [caseWhole, casePublic]) },
    refusals: [404, 422],
  })
  async one(@Who() actor: Actor, @Param({ schema: caseParams }) params: CaseParams) {
    const id = idOf(params)
    const found = await readableCase(this.db, actor, id)
    const { row, state } = found
    if (readingOf(actor, found) === 'public') return publicOf(state)
    const [origin, todos, returns, signOffs, rungs, rules] = await Promise.all([
      this.originOf(actor, row),
      todosOfCase(this.db, id),
      returnsOf(this.db, id),
      signOffsOf(this.db, id),
      rungsOf(this.db, id),
      rulesOf(this.db, state.state.policy, state.state.calendar),
    ])
    const { recent: _recent, ...whole } = state.state
    const href = hrefOf(id)
    return {
      ...lineOf(row),
      reading: 'whole',
      state: whole,
      origin,
      chain: chainOf(rules, state),
      closingStepId: state.kind === 'problem' ? (stepNow(rules, state.state)?.id ?? null) : null,
      todos: todos.map(({ act, title, seat, unit, person, due }) => ({
        act,
        title,
        seat,
        unit,
        person,
        due,
      })),
      returns,
      signOffs,
      rungs,
      links: {
        events: `${href}/events`,
        papers: `${href}/papers`,
        acts: `${href}/acts`,
        commands: `${href}/commands`,
        ...this.engine(actor, id),
      },
    }
  }

  /** What may not be read is not named (GN-08). */
  private async originOf(actor: Actor, { origin }: CaseRow) {
    const found = origin === null ? undefined : await caseById(this.db, origin)
    return found && readingOf(actor, found) !== 'none' ? namedOf(found.row) : null
  }

  /** Where the case's workflow is seen by whoever runs the system. */
  private engine(actor: Actor, id: CaseId): { readonly engine?: string } {
    const { temporalUi, temporal } = this.settings
    if (temporalUi === undefined || !isAllowed(actor, 'read-engine')) return {}
    const { namespace } = temporal
    return { engine: `${temporalUi}/namespaces/${namespace}/workflows/${encodeURIComponent(id)}` }
  }

  @Get('cases/:round/:n/events')
  @Operation({
    id: 'caseEvents',
    chapter: 'cases',
    summary: '一件案件的全部记录',
    answers: { 200: z.object({ events: z.array(eventView), next: z.int().nullable() }) },
    refusals: [404, 422],
  })
  async events(
    @Who() actor: Actor,
    @Param({ schema: caseParams }) params: CaseParams,
    @Query({ schema: eventsQuery }) { after, limit }: EventsQuery,
  ) {
    const id = idOf(params)
    const { row } = await wholeCase(this.db, actor, id)
    const events = await eventsOf(this.db, id, { after, limit })
    const last = events.at(-1)?.seq ?? after
    return { events: events.map(eventOf), next: last < row.headSeq ? last : null }
  }

  @Get('cases/:round/:n/papers')
  @Operation({
    id: 'casePapers',
    chapter: 'cases',
    summary: '一件案件的公文',
    answers: { 200: z.object({ papers: z.array(paperLine) }) },
    refusals: [404, 422],
  })
  async papers(@Who() actor: Actor, @Param({ schema: caseParams }) params: CaseParams) {
    const id = idOf(params)
    await wholeCase(this.db, actor, id)
    return { papers: (await papersOfCase(this.db, id)).map(paperOf) }
  }

  @Get('cases/:round/:n/acts')
  @Operation({
    id: 'caseActs',
    chapter: 'cases',
    summary: '我现在能办什么;不能办的,为什么',
    answers: { 200: z.object({ acts: z.array(actView) }) },
    refusals: [404, 422],
  })
  async acts(@Who() actor: Actor, @Param({ schema: caseParams }) params: CaseParams) {
    const id = idOf(params)
    const { state } = await readableCase(this.db, actor, id)
    const rules = await rulesOf(this.db, state.state.policy, state.state.calendar)
    const by = actorFor(actor, state)
    const [at, expected] = await Promise.all([this.clocks.now(params.round), todosOfMineIn(this.db, by, id)])
    const acts = actsOpenTo(rules, state, { by, at, href: `${hrefOf(id)}/commands`, expected })
    return { acts: await withListed(this.db, { actor, round: params.round }, acts) }
  }

  private async posted(rows: readonly CaseRow[]) {
    const found = await Promise.all(rows.map(({ id }) => caseById(this.db, id)))
    return found.flatMap((one) => (one ? (publicOf(one.state) ?? []) : []))
  }
}
