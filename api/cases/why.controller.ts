import { Controller, Get, Inject, Param } from '@nestjs/common'
import { z } from 'zod'
import type { Db } from '../../db/connect.js'
import { explained } from '../../db/queries/why.js'
import { rulesOf } from '../../db/rules.js'
import { type Actor, SEAT_TITLES } from '../../domain/parties.js'
import { nextOf } from '../../domain/why/next.js'
import type { Clocks } from '../clock.js'
import { Who } from '../identity/guard.js'
import { Operation } from '../openapi/operation.js'
import { actorFor } from '../permission.js'
import { CLOCKS, DATABASE } from '../tokens.js'
import { actsOpenTo } from './acts.js'
import { coming, comingView } from './coming.js'
import { type CaseParams, caseParams, idOf } from './params.js'
import { wholeCase } from './readable.js'
import { hrefOf, titleOfAct } from './views.js'

const facts = z.array(z.string()).meta({ description: '当时看到的情况,每项一句' })

const why = z
  .object({
    acts: z.array(
      z.object({
        seq: z.int(),
        at: z.string().meta({ description: '为哪一时刻计算' }),
        told: z.string().meta({ example: '预警:连续缺报 2 期' }),
        rule: z.string(),
        clause: z.string(),
        source: z.string().meta({ description: '城市规则里这一条的依据' }),
        facts,
      }),
    ),
    refused: z.array(
      z.object({
        at: z.string(),
        who: z.string(),
        act: z.string(),
        title: z.string(),
        clause: z.string(),
        why: z.string(),
        facts,
      }),
    ),
    closed: z.array(z.object({ act: z.string(), title: z.string(), why: z.string(), clause: z.string() })),
  })
  .meta({ id: 'Why' })

const next = z
  .object({
    owed: z.array(
      z.object({
        who: z.string(),
        act: z.string(),
        title: z.string(),
        due: z.string().nullable(),
        otherwise: z.array(coming).meta({ description: '到时不办,系统会怎样' }),
      }),
    ),
    coming: z.array(coming).meta({ description: '谁都不办,今后半年会自行发生什么' }),
  })
  .meta({ id: 'Next' })

/** Why, and what next: in sentences, from the record and the rules. */
@Controller('cases')
export class WhyController {
  constructor(
    @Inject(DATABASE) private readonly db: Db,
    @Inject(CLOCKS) private readonly clocks: Clocks,
  ) {}

  @Get(':round/:n/why')
  @Operation({
    id: 'caseWhy',
    chapter: 'cases',
    summary: '为什么:系统每一次自动办理、每一次不予办理,依据什么、当时看到什么',
    description: 'closed 是我现在不能办的事项和原因。',
    answers: { 200: why },
    refusals: [404, 422],
  })
  async why(@Who() actor: Actor, @Param({ schema: caseParams }) params: CaseParams) {
    const id = idOf(params)
    const { state } = await wholeCase(this.db, actor, id)
    const rules = await rulesOf(this.db, state.state.policy, state.state.calendar)
    const at = await this.clocks.now(params.round)
    const { acts, refused } = await explained(this.db, id)
    return {
      acts: acts.map((one) => ({ ...one, facts: [...one.facts] })),
      refused: refused.map(({ at: moment, name, act, clause, why: reason, facts: seen }) => ({
        at: moment,
        who: name,
        act,
        title: titleOfAct(state.kind, act),
        clause,
        why: reason,
        facts: [...seen],
      })),
      closed: actsOpenTo(rules, state, {
        by: actorFor(actor, state),
        at,
        href: hrefOf(id),
        expected: [],
      }).flatMap(({ act, title, open, why: reason = '', clause = '' }) =>
        open ? [] : [{ act, title, why: reason, clause }],
      ),
    }
  }

  @Get(':round/:n/next')
  @Operation({
    id: 'caseNext',
    chapter: 'cases',
    summary: '下一步:谁欠什么、何时之前、否则会怎样',
    answers: { 200: next },
    refusals: [404, 422],
  })
  async next(@Who() actor: Actor, @Param({ schema: caseParams }) params: CaseParams) {
    const { state } = await wholeCase(this.db, actor, idOf(params))
    const rules = await rulesOf(this.db, state.state.policy, state.state.calendar)
    const found = nextOf(rules, state, await this.clocks.now(params.round))
    return {
      owed: found.owed.map(({ act, title, chair, due, otherwise }) => ({
        who: chair.unit ?? SEAT_TITLES[chair.seat],
        act,
        title,
        due: due ?? null,
        otherwise: otherwise.map(comingView),
      })),
      coming: found.coming.map(comingView),
    }
  }
}
