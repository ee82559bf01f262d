import { Body, Controller, Get, HttpCode, HttpStatus, Inject, Param, Post } from '@nestjs/common'
import { z } from 'zod'
import {
  type AdoptPlanBody,
  adoptPlanBody,
  type OpenRoundBody,
  openRoundBody,
} from '../../contracts/rounds.js'
import type { Db } from '../../db/connect.js'
import { caseById, problemsOfRound } from '../../db/queries/cases.js'
import { papersOfRound } from '../../db/queries/papers.js'
import { returnsAwaited, returnsOfRound } from '../../db/queries/returns-of-round.js'
import { roundsWithProgress } from '../../db/queries/rounds.js'
import { officersOn } from '../../db/register.js'
import { planEntries, roundById } from '../../db/rounds.js'
import { rulesOf } from '../../db/rules.js'
import { dateOf } from '../../domain/calendar/dates.js'
import type { Actor } from '../../domain/parties.js'
import { drillOf } from '../../domain/people/drill.js'
import { readsAs } from '../../domain/permission/readers.js'
import { roundCaseId } from '../../domain/round/kind.js'
import type { RoundId } from '../../domain/words.js'
import { atOnce } from '../at-once.js'
import type { Desk } from '../cases/desk.js'
import { type Clocks, worldNow } from '../clock.js'
import { commandIdOf, Key, KeyHeader, noted } from '../idempotency.js'
import { Who } from '../identity/guard.js'
import type { People } from '../identity/people.js'
import { Operation } from '../openapi/operation.js'
import { paperLine, paperOf } from '../papers/views.js'
import { actorIn, mustBeAllowed, readingOf, scopeOf, within } from '../permission.js'
import { Problem, problem } from '../problems/problem.js'
import { CLOCKS, DATABASE, DESK, OPENER, PEOPLE } from '../tokens.js'
import { type Accepted, acceptPlan, acceptRound } from './accept.js'
import { cadenceOf, cadenceView } from './cadence-views.js'
import type { Opener } from './opener.js'
import { MOST_PERIODS } from './returns-views.js'
import { noSuchRound, type RoundParams, roundOr404, roundParams } from './round.js'
import { entryOf, entryView, handedOverView, openedView, roundOf, roundView } from './views.js'

const AT_ONCE = 8

@Controller('rounds')
export class RoundsController {
  constructor(
    @Inject(DATABASE) private readonly db: Db,
    @Inject(CLOCKS) private readonly clocks: Clocks,
    @Inject(OPENER) private readonly opener: Opener,
    @Inject(DESK) private readonly desk: Desk,
    @Inject(PEOPLE) private readonly people: People,
  ) {}

  @Post()
  @KeyHeader()
  @Operation({
    id: 'openRound',
    chapter: 'rounds',
    summary: '建立督察轮次:读整改方案,逐项建立案件',
    description: '方案一次收下,案件随后逐件建立,进度见 GET /rounds/{id}。',
    answers: { 201: openedView },
    refusals: [400, 409, 413, 422, 503],
  })
  async open(@Who() actor: Actor, @Key() key: string, @Body({ schema: openRoundBody }) body: OpenRoundBody) {
    mustBeAllowed(actor, 'open-round')
    const before = await noted(this.db, actor.person, key, { open: body })
    if (before === 'again' && (await roundById(this.db, body.id))) return this.openedBefore(body.id)
    const accepted = await acceptRound(this.db, body, actor, worldNow())
    this.people.forget()
    this.opener.open(body.id)
    return this.told(accepted)
  }

  @Get()
  @Operation({
    id: 'listRounds',
    chapter: 'rounds',
    summary: '全部督察轮次与进度',
    answers: { 200: z.object({ rounds: z.array(roundView) }) },
  })
  async list(@Who() actor: Actor) {
    mustBeAllowed(actor, 'read-ledger', drillOf(actor.person))
    const { round } = scopeOf(actor)
    const rounds = await roundsWithProgress(this.db)
    const mine = rounds.filter(({ id }) => round === undefined || id === round)
    return {
      rounds: await Promise.all(mine.map(async (one) => roundOf(one, await this.clocks.now(one.id)))),
    }
  }

  @Get(':id')
  @Operation({
    id: 'roundById',
    chapter: 'rounds',
    summary: '一个督察轮次与进度',
    answers: { 200: roundView },
    refusals: [404, 422],
  })
  async one(@Who() actor: Actor, @Param({ schema: roundParams }) { id }: RoundParams) {
    mustBeAllowed(actor, 'read-ledger', id)
    return this.progressOf(id)
  }

  @Post(':id/plan')
  @KeyHeader()
  @Operation({
    id: 'adoptPlan',
    chapter: 'rounds',
    summary: '报送整改方案,逐项建立案件',
    description: '凭反馈建立的轮次,方案自反馈之日起 30 个工作日内报送(GN-12);逾期的照收,记录在案。',
    answers: { 200: openedView },
    refusals: [400, 404, 409, 413, 422, 503],
  })
  @HttpCode(HttpStatus.OK)
  async plan(
    @Who() actor: Actor,
    @Key() key: string,
    @Param({ schema: roundParams }) { id }: RoundParams,
    @Body({ schema: adoptPlanBody }) body: AdoptPlanBody,
  ) {
    mustBeAllowed(actor, 'open-round', id)
    const round = await roundOr404(this.db, id)
    const before = await noted(this.db, actor.person, key, { plan: id, body })
    if (before === 'again' && round.planDate !== null) return this.openedBefore(id)
    const accepted = await acceptPlan(this.db, round, body, await this.clocks.now(id))
    this.opener.open(id)
    return this.told(accepted)
  }

  @Get(':id/cadence')
  @Operation({
    id: 'roundCadence',
    chapter: 'rounds',
    summary: '周期工作:调度、通报、讲评、交账,办到哪一期,下一期何时截数,是否暂停,哪些没有办',
    answers: { 200: cadenceView },
    refusals: [404, 422],
  })
  async cadence(@Who() actor: Actor, @Param({ schema: roundParams }) { id }: RoundParams) {
    mustBeAllowed(actor, 'read-ledger', id)
    await roundOr404(this.db, id)
    const found = await caseById(this.db, roundCaseId(id))
    if (found?.state.kind !== 'round' || readingOf(actor, found) === 'none')
      throw problem('not-found', '这个轮次的周期工作还没有建立,或不在您的查看范围')
    const { state } = found.state
    const among = within(scopeOf(actor), { round: id, closedTo: 'nobody' })
    const [rules, periods, awaited] = await Promise.all([
      rulesOf(this.db, state.policy, state.calendar),
      returnsOfRound(this.db, among, MOST_PERIODS),
      returnsAwaited(this.db, among),
    ])
    return cadenceOf(rules, state, { now: await this.clocks.now(id), periods, awaited })
  }

  @Get(':id/entries')
  @Operation({
    id: 'roundEntries',
    chapter: 'rounds',
    summary: '方案逐项:疑问、缺项、能否交办',
    answers: { 200: z.object({ entries: z.array(entryView) }) },
    refusals: [404, 422],
  })
  async entries(@Who() actor: Actor, @Param({ schema: roundParams }) { id }: RoundParams) {
    mustBeAllowed(actor, 'open-round', id)
    const round = await roundOr404(this.db, id)
    const [rules, planned, cases] = await Promise.all([
      rulesOf(this.db, round.policyHash, round.calendarHash),
      planEntries(this.db, id),
      problemsOfRound(this.db, id),
    ])
    const closed = closedAmong(actor, cases)
    const states = new Map(
      cases.flatMap(({ row, state }) => (state.kind === 'problem' ? [[row.n, state.state] as const] : [])),
    )
    return {
      entries: planned
        .filter(({ n }) => !closed.has(n))
        .map(({ n, entry }) => entryOf(rules, id, states.get(n)?.entry ?? entry, states.get(n)?.phase)),
    }
  }

  @Get(':id/plan')
  @Operation({
    id: 'roundPlan',
    chapter: 'rounds',
    summary:
      '整改方案原文,逐行;各项的 lines 指的就是这里的行,从 1 起;限定知悉的事项,不在其列的人看到的是空行',
    answers: { 200: z.object({ lines: z.array(z.string()) }) },
    refusals: [404, 422],
  })
  async planText(@Who() actor: Actor, @Param({ schema: roundParams }) { id }: RoundParams) {
    mustBeAllowed(actor, 'open-round', id)
    const { plan } = await roundOr404(this.db, id)
    const [planned, cases] = await Promise.all([planEntries(this.db, id), problemsOfRound(this.db, id)])
    const closed = closedAmong(actor, cases)
    const hidden = planned.filter(({ n }) => closed.has(n)).map(({ entry }) => entry.lines)
    return {
      lines: plan
        .split(/\r\n|\n|\r/)
        .map((line, at) => (hidden.some(([from, to]) => at + 1 >= from && at + 1 <= to) ? '' : line)),
    }
  }

  @Post(':id/hand-over')
  @KeyHeader()
  @Operation({
    id: 'handOverRound',
    chapter: 'rounds',
    summary: '交办能交办的全部事项',
    description: '逐件各办各的交办(JN-09:不成批销号,只是成批交办);不能交办的逐件说明原因。',
    answers: { 200: handedOverView },
    refusals: [400, 404, 422, 503],
  })
  async handOver(
    @Who() actor: Actor,
    @Key() key: string,
    @Param({ schema: roundParams }) { id }: RoundParams,
  ) {
    mustBeAllowed(actor, 'open-round', id)
    await roundOr404(this.db, id)
    const sent = await noted(this.db, actor.person, key, { handOver: id })
    const cases = (await problemsOfRound(this.db, id)).filter((one) => readingOf(actor, one) === 'whole')
    // Asked again, the cases handed over the first time answer as they did then.
    const asked = sent === 'again' ? cases : cases.filter(({ row }) => row.phase === 'registered')
    const by = actorIn(actor, id)
    const told = await atOnce(AT_ONCE, asked, async (known) => {
      const { row } = known
      const command = {
        known,
        sent,
        id: commandIdOf(actor.person, `${key}#${row.n}`),
        by,
        body: { type: 'hand-over' },
      } as const
      try {
        const done = await this.desk.handIn(command)
        return { caseId: row.id, outcome: done ? 'handed-over' : 'pending' } as const
      } catch (error) {
        if (!(error instanceof Problem) || error.document.status >= 500) throw error
        const { clause, detail } = error.document
        return { caseId: row.id, outcome: 'refused', why: detail, ...(clause && { clause }) } as const
      }
    })
    return { handedOver: told.filter(({ outcome }) => outcome === 'handed-over').length, cases: told }
  }

  @Get(':id/papers')
  @Operation({
    id: 'roundPapers',
    chapter: 'rounds',
    summary: '本轮次的公文,最近的在前',
    answers: { 200: z.object({ papers: z.array(paperLine) }) },
    refusals: [404, 422],
  })
  async papers(@Who() actor: Actor, @Param({ schema: roundParams }) { id }: RoundParams) {
    mustBeAllowed(actor, 'open-round', id)
    await roundOr404(this.db, id)
    return { papers: (await papersOfRound(this.db, id, readsAs(actorIn(actor, id)), 1_000)).map(paperOf) }
  }

  private async progressOf(id: RoundId) {
    const found = (await roundsWithProgress(this.db)).find((round) => round.id === id)
    if (!found) throw noSuchRound(id)
    return roundOf(found, await this.clocks.now(id))
  }

  private async told({ round, entries, proposals, drill }: Accepted) {
    return {
      round: await this.progressOf(round.id),
      proposals: [...proposals],
      questions: entries.reduce((sum, { questions }) => sum + questions.length, 0),
      ...(drill &&
        round.clock.kind === 'drill' && {
          drill: { clock: round.clock, password: drill.password, officers: drill.officers },
        }),
    }
  }

  /** The password is told once; who lost that answer opens another drill. */
  private async openedBefore(id: RoundId) {
    const [round, entries, officers] = await Promise.all([
      roundOr404(this.db, id),
      planEntries(this.db, id),
      officersOn(this.db, dateOf(worldNow())),
    ])
    const ofDrill = officers.filter(({ person }) => drillOf(person) === id)
    return {
      round: await this.progressOf(id),
      proposals: [],
      questions: entries.reduce((sum, { entry }) => sum + entry.questions.length, 0),
      ...(round.clock.kind === 'drill' && {
        drill: {
          clock: round.clock,
          password: null,
          officers: ofDrill.flatMap(({ person, name, posts }) =>
            posts.map((post) => ({ person, name, post })),
          ),
        },
      }),
    }
  }
}

/** Numbers of those problems that this person is not shown. */
const closedAmong = (actor: Actor, cases: Awaited<ReturnType<typeof problemsOfRound>>): ReadonlySet<number> =>
  new Set(cases.flatMap((one) => (readingOf(actor, one) === 'none' ? [one.row.n] : [])))
