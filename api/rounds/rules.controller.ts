import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common'
import { z } from 'zod'
import { long } from '../../contracts/fields.js'
import { type AdoptRulesBody, adoptRulesBody } from '../../contracts/rounds.js'
import type { Db } from '../../db/connect.js'
import { placeOrders } from '../../db/orders.js'
import { type CaseInLedger, openCasesOfRound } from '../../db/queries/cases.js'
import { type Round } from '../../db/rounds.js'
import { calendarHash, rulesOf, type SavedPolicy, saveRules } from '../../db/rules.js'
import type { AdoptRules, RulesAdopted } from '../../domain/adoption/types.js'
import { calendarVersion } from '../../domain/calendar/version.js'
import type { Calendar } from '../../domain/calendar/working-days.js'
import { decide } from '../../domain/decider.js'
import type { EffectKey } from '../../domain/effects/types.js'
import type { Actor } from '../../domain/parties.js'
import { isRefusal } from '../../domain/refusal.js'
import type { CommandId, Instant, Sha256 } from '../../domain/words.js'
import { calendarFaults, loadCalendar } from '../../policies/calendars/load.js'
import { KeyHeader } from '../cases/commands.controller.js'
import { hrefOf } from '../cases/views.js'
import type { Clocks } from '../clock.js'
import { Key, noted } from '../idempotency.js'
import { Who } from '../identity/guard.js'
import { Operation } from '../openapi/operation.js'
import { actorIn, mustBeAllowed, readingOf } from '../permission.js'
import { problem } from '../problems/problem.js'
import { CLOCKS, DATABASE } from '../tokens.js'
import { policyOf } from './plan.js'
import { type RoundParams, roundOr404, roundParams } from './round.js'

const moved = z.object({
  case: z.string(),
  href: z.string(),
  /** What stands in the way; the case then stays with its rules. */
  obstacle: z.object({ clause: z.string(), why: z.string() }).nullable(),
  dates: z.array(z.object({ title: z.string(), from: z.string(), to: z.string() })),
  moments: z.array(
    z.object({
      rule: z.string(),
      clause: z.string(),
      from: z.string().nullable(),
      to: z.string().nullable(),
    }),
  ),
})
const preview = z.object({
  policy: z.string(),
  calendar: z.string(),
  cases: z.int(),
  moving: z.int().meta({ description: '有期限或时点变动的事项' }),
  obstructed: z.int(),
  moved: z.array(moved),
})
const decided = z.object({ policy: z.string(), calendar: z.string(), cases: z.int() })

const lostYears = (known: Calendar, next: Calendar): readonly string[] =>
  Object.keys(known.years).filter((year) => !(year in next.years))

type Next = { readonly loaded: SavedPolicy; readonly calendar: Calendar; readonly now: Instant }

/** A round goes over to a new version of its rules or of the calendar: previewed, decided by a person, recorded in each case. */
@Controller('rounds')
export class RulesController {
  constructor(
    @Inject(DATABASE) private readonly db: Db,
    @Inject(CLOCKS) private readonly clocks: Clocks,
  ) {}

  @Post(':id/rules/preview')
  @HttpCode(200)
  @Operation({
    id: 'previewRules',
    chapter: 'rounds',
    summary: '预览:改用新的规则或日历,哪些期限和时点会变(GN-02)',
    description: '不写规则的,规则不变;不写日历的,用随程序提供的最新日历。只预览,不办理。',
    answers: { 200: preview },
    refusals: [400, 404, 422],
  })
  async preview(
    @Who() actor: Actor,
    @Param({ schema: roundParams }) { id }: RoundParams,
    @Body({ schema: adoptRulesBody }) body: AdoptRulesBody,
  ) {
    mustBeAllowed(actor, 'open-round', id)
    const round = await roundOr404(this.db, id)
    const next = await this.nextOf(round, body)
    const cases = (await openCasesOfRound(this.db, id)).filter(
      ({ state }) => readingOf(actor, state) === 'whole',
    )
    const told = await Promise.all(cases.map((one) => this.movedBy(one, next)))
    const moving = told.filter(({ dates, moments }) => dates.length + moments.length > 0)
    return {
      policy: next.loaded.hash,
      calendar: next.calendar.version,
      cases: cases.length,
      moving: moving.length,
      obstructed: told.filter(({ obstacle }) => obstacle !== null).length,
      moved: told.filter(({ dates, moments, obstacle }) => obstacle || dates.length + moments.length > 0),
    }
  }

  @Post(':id/rules')
  @KeyHeader()
  @HttpCode(202)
  @Operation({
    id: 'adoptRules',
    chapter: 'rounds',
    summary: '决定改用新的规则或日历:逐件办理,逐件记录',
    description: '由整改办主任决定。各件随后逐件改用;办不成的留在原规则上,原因记在 GET /rounds/{id}/orders。',
    answers: { 202: decided },
    refusals: [400, 404, 409, 422],
  })
  async adopt(
    @Who() actor: Actor,
    @Key() key: string,
    @Param({ schema: roundParams }) { id }: RoundParams,
    @Body({ schema: adoptRulesBody.extend({ reason: long }) }) body: AdoptRulesBody & { reason: string },
  ) {
    mustBeAllowed(actor, 'decide-rules', id)
    await noted(this.db, actor.person, key, { id, adopt: body })
    const round = await roundOr404(this.db, id)
    const { loaded, calendar, now } = await this.nextOf(round, body)
    const command: AdoptRules = {
      type: 'adopt-rules',
      rules: { policy: loaded.policy, calendar },
      policy: loaded.hash,
      reason: body.reason,
    }
    const open = await openCasesOfRound(this.db, id)
    const concerned = open.filter(
      ({ row }) => row.policy !== loaded.hash || row.calendar !== calendarHash(calendar),
    )
    await this.db.transaction().execute(async (trx) => {
      await saveRules(trx, loaded, calendar)
      await trx
        .updateTable('rounds')
        .set({ policyHash: loaded.hash, calendarHash: calendarHash(calendar) })
        .where('id', '=', id)
        .execute()
      await placeOrders(
        trx,
        concerned.map(({ row }) => ({
          kind: 'order',
          key: `${row.id}#0/rules-${actor.person}-${key}` as EffectKey,
          round: id,
          at: now,
          by: actorIn(actor, id),
          order: { kind: 'command', to: row.id, command },
        })),
      )
    })
    return { policy: loaded.hash, calendar: calendar.version, cases: concerned.length }
  }

  private async nextOf(round: Round, { policy, calendar }: AdoptRulesBody): Promise<Next> {
    const now = await this.clocks.now(round.id)
    const today = await rulesOf(this.db, round.policyHash, round.calendarHash)
    const loaded =
      policy === undefined
        ? { policy: today.policy, hash: round.policyHash, text: '' }
        : policyOf({ policy } as Parameters<typeof policyOf>[0])
    if (loaded.policy.id !== today.policy.id)
      throw problem('invalid', `本轮适用${today.policy.title},不能改用${loaded.policy.title}`, {
        clause: 'GN-13',
      })
    const shipped = loadCalendar()
    if (!calendar) {
      // A year adopted as data may be newer than the programme: a change of rules alone must not lose it.
      const kept = lostYears(today.calendar, shipped).length > 0 ? today.calendar : shipped
      return { loaded, calendar: kept, now }
    }
    const faults = calendarFaults(calendar.years).map(({ message }) => message)
    if (faults.length > 0) throw problem('invalid', `放假安排有误:${faults.join(';')}`, { clause: 'GN-02' })
    const given = { version: calendarVersion(calendar.years), years: calendar.years }
    const lost = lostYears(today.calendar, given)
    if (lost.length > 0)
      throw problem('invalid', `本轮日历已有 ${lost.join('、')} 年,新日历不得缺少;请补上再报`, {
        clause: 'GN-02',
      })
    return { loaded, calendar: given, now }
  }

  /** The domain's own answer, with nothing done. */
  private async movedBy({ row, state }: CaseInLedger, { loaded, calendar, now }: Next) {
    const line = { case: row.id, href: hrefOf(row.id), obstacle: null, dates: [], moments: [] }
    const rules = await rulesOf(this.db, row.policy, row.calendar)
    const answer = decide(rules, state, {
      id: 'preview' as CommandId,
      at: now,
      by: { person: 'preview' as never, name: '', posts: [{ role: 'office-head' }] },
      command: {
        type: 'adopt-rules',
        rules: { policy: loaded.policy, calendar },
        policy: loaded.hash as Sha256,
        reason: '预览',
      },
    })
    if (isRefusal(answer)) {
      const same = row.policy === loaded.hash && row.calendar === calendarHash(calendar)
      return { ...line, obstacle: same ? null : { clause: answer.clause, why: answer.why } }
    }
    const adopted = answer.at(-1)?.event as RulesAdopted
    return {
      ...line,
      dates: adopted.moved.map(({ title, from, to }) => ({ title, from, to })),
      moments: adopted.moments.map(({ rule, clause, from, to }) => ({
        rule,
        clause,
        from: from ?? null,
        to: to ?? null,
      })),
    }
  }
}
