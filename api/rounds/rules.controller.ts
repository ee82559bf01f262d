import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common'
import { z } from 'zod'
import {
  type AdoptRulesBody,
  adoptRulesBody,
  type DecideRulesBody,
  decideRulesBody,
} from '../../contracts/rounds.js'
import type { Db } from '../../db/connect.js'
import { placeOrders } from '../../db/orders.js'
import { type CaseInLedger, openCasesOfRound } from '../../db/queries/cases.js'
import type { Round } from '../../db/rounds.js'
import { calendarHash, saveRules } from '../../db/rules.js'
import type { EffectKey } from '../../domain/effects/types.js'
import type { Actor } from '../../domain/parties.js'
import type { Clocks } from '../clock.js'
import { Key, KeyHeader, noted } from '../idempotency.js'
import { Who } from '../identity/guard.js'
import { Operation } from '../openapi/operation.js'
import { actorIn, mustBeAllowed, readingOf } from '../permission.js'
import { CLOCKS, DATABASE } from '../tokens.js'
import { adoptionOf, hasRules, movedBy, movedView, nextOfCase, nextRules } from './next-rules.js'
import { type RoundParams, roundOr404, roundParams } from './round.js'

const preview = z.object({
  policy: z.string(),
  calendar: z.string(),
  cases: z.int(),
  moving: z.int().meta({ description: '有期限或时点变动的事项' }),
  obstructed: z.int(),
  moved: z.array(
    movedView.extend({
      rules: z
        .enum(['of-the-round', 'own'])
        .meta({ description: '现用的规则和日历:与轮次相同,或已单独改用' }),
    }),
  ),
})
const decided = z.object({ policy: z.string(), calendar: z.string(), cases: z.int() })

const ofRound = ({ policyHash, calendarHash }: Round) => ({ policy: policyHash, calendar: calendarHash })

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
    description:
      '不写规则的,规则不变,已单独改用规则的事项也保留各自的规则;不写日历的,用随程序提供的最新日历。只预览,不办理。',
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
    const next = await nextRules(this.db, ofRound(round), body)
    const now = await this.clocks.now(id)
    const cases = (await openCasesOfRound(this.db, id)).filter((one) => readingOf(actor, one) === 'whole')
    const told = await Promise.all(
      cases.map(async (one) => ({
        ...(await movedBy(this.db, one, await nextOfCase(this.db, one, next, body), now)),
        rules: isOwn(one, round) ? ('own' as const) : ('of-the-round' as const),
      })),
    )
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
    description:
      '由整改办主任决定。各件随后逐件改用;办不成的留在原规则上,原因记在 GET /rounds/{id}/orders。只改一件,见 POST /cases/{round}/{n}/rules。',
    answers: { 202: decided },
    refusals: [400, 404, 409, 422],
  })
  async adopt(
    @Who() actor: Actor,
    @Key() key: string,
    @Param({ schema: roundParams }) { id }: RoundParams,
    @Body({ schema: decideRulesBody }) body: DecideRulesBody,
  ) {
    mustBeAllowed(actor, 'decide-rules', id)
    await noted(this.db, actor.person, key, { id, adopt: body })
    const round = await roundOr404(this.db, id)
    const next = await nextRules(this.db, ofRound(round), body)
    const now = await this.clocks.now(id)
    const open = await Promise.all(
      (await openCasesOfRound(this.db, id)).map(async (one) => ({
        one,
        its: await nextOfCase(this.db, one, next, body),
      })),
    )
    const concerned = open.filter(({ one, its }) => !hasRules(one, its))
    await this.db.transaction().execute(async (trx) => {
      await saveRules(trx, next.loaded, next.calendar)
      await trx
        .updateTable('rounds')
        .set({ policyHash: next.loaded.hash, calendarHash: calendarHash(next.calendar) })
        .where('id', '=', id)
        .execute()
      await placeOrders(
        trx,
        concerned.map(({ one: { row }, its }) => ({
          kind: 'order',
          key: `${row.id}#0/rules-${actor.person}-${key}` as EffectKey,
          round: id,
          at: now,
          by: actorIn(actor, id),
          order: { kind: 'command', to: row.id, command: adoptionOf(its, body.reason) },
        })),
      )
    })
    return { policy: next.loaded.hash, calendar: next.calendar.version, cases: concerned.length }
  }
}

const isOwn = ({ row }: CaseInLedger, round: Round): boolean =>
  row.policy !== round.policyHash || row.calendar !== round.calendarHash
