import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common'
import { z } from 'zod'
import { areaBody, areaLeaderBody } from '../../contracts/areas.js'
import { short } from '../../contracts/fields.js'
import { areaLeadersOn, areas, attachLeader, saveArea } from '../../db/areas.js'
import type { Db } from '../../db/connect.js'
import { openCasesLedIn } from '../../db/queries/area-cases.js'
import { peopleAmong } from '../../db/register.js'
import { addDays, dateOf } from '../../domain/calendar/dates.js'
import { type Actor, AREA_TIER_TITLES } from '../../domain/parties.js'
import type { Desk } from '../cases/desk.js'
import { hrefOf } from '../cases/views.js'
import { worldNow } from '../clock.js'
import { commandIdOf, Key, KeyHeader, noted } from '../idempotency.js'
import { Who } from '../identity/guard.js'
import { Operation } from '../openapi/operation.js'
import { actorIn, mustBeAllowed } from '../permission.js'
import { Problem, problem } from '../problems/problem.js'
import { DATABASE, DESK } from '../tokens.js'

const areaParams = z.object({ area: short })

const areaView = z
  .object({
    name: z.string(),
    level: z.enum(['county', 'town']),
    parent: z.string().nullable(),
    party: z.string().nullable(),
    government: z.string().nullable(),
    leaders: z.array(
      z.object({ tier: z.string(), tierTitle: z.string(), person: z.string(), name: z.string() }),
    ),
  })
  .meta({ id: 'Area' })

const attachedView = z
  .object({
    saved: z.literal(true),
    handedOver: z
      .array(
        z.object({
          caseId: z.string(),
          href: z.string(),
          outcome: z.enum(['handed-over', 'refused', 'pending']),
          why: z.string().optional(),
        }),
      )
      .meta({ description: '随包联领导交接的在办事项' }),
  })
  .meta({ id: 'AttachedLeader' })

/** Areas, and who leads them on which tier (HH-07, HH-15). */
@Controller('register/areas')
export class AreasController {
  constructor(
    @Inject(DATABASE) private readonly db: Db,
    @Inject(DESK) private readonly desk: Desk,
  ) {}

  @Get()
  @Operation({
    id: 'listAreas',
    chapter: 'register',
    summary: '县区、乡镇名册,及包联领导和三级责任领导',
    answers: { 200: z.object({ areas: z.array(areaView) }) },
  })
  async list(@Who() actor: Actor) {
    mustBeAllowed(actor, 'read-register')
    const [listed, leaders] = await Promise.all([areas(this.db), areaLeadersOn(this.db, dateOf(worldNow()))])
    return {
      areas: listed.map((one) => ({
        ...one,
        leaders: leaders
          .filter(({ area }) => area === one.name)
          .map(({ tier, person, name }) => ({ tier, tierTitle: AREA_TIER_TITLES[tier], person, name })),
      })),
    }
  }

  @Post()
  @Operation({
    id: 'saveArea',
    chapter: 'register',
    summary: '添加或更正一个县区、乡镇',
    answers: { 200: z.object({ saved: z.literal(true) }) },
    refusals: [400, 422],
  })
  async save(@Who() actor: Actor, @Body({ schema: areaBody }) body: z.output<typeof areaBody>) {
    mustBeAllowed(actor, 'edit-register')
    const { name, level, parent = null, party = null, government = null } = body
    if (parent !== null) await this.mustBeThere(parent)
    await saveArea(this.db, { name, level, parent, party, government })
    return { saved: true }
  }

  @Post(':area/leaders')
  @KeyHeader()
  @Operation({
    id: 'attachAreaLeader',
    chapter: 'register',
    summary: '明确县区、乡镇的包联领导或责任领导',
    description: '包联领导易人的,在办事项随之交接,已签的仍然有效(HH-07、YZ-17)。',
    answers: { 200: attachedView },
    refusals: [400, 404, 409, 422, 503],
  })
  async attach(
    @Who() actor: Actor,
    @Key() key: string,
    @Param({ schema: areaParams }) { area }: z.output<typeof areaParams>,
    @Body({ schema: areaLeaderBody }) body: z.output<typeof areaLeaderBody>,
  ) {
    mustBeAllowed(actor, 'edit-register')
    await this.mustBeThere(area)
    const [officer] = await peopleAmong(this.db, [body.person])
    if (!officer) throw problem('not-found', '名册上没有这位在任人员')
    const sent = await noted(this.db, actor.person, key, { area, ...body })
    const from = body.from ?? dateOf(worldNow())
    const before = await attachLeader(
      this.db,
      { area, tier: body.tier, person: body.person, from },
      addDays(from, -1),
    )
    const cases = body.tier === 'attached' ? await openCasesLedIn(this.db, area, before) : []
    const handedOver = []
    for (const known of cases) {
      const { id, round } = known.row
      const command = {
        known,
        sent,
        id: commandIdOf(actor.person, `${key}#${id}`),
        by: actorIn(actor, round),
        body: {
          type: 'hand-over-office',
          leaders: { municipal: { person: officer.person, name: officer.name } },
          reason: `${area}包联领导调整为${officer.name}`,
        },
      } as const
      handedOver.push(await this.outcomeOf(id, () => this.desk.handIn(command)))
    }
    return { saved: true, handedOver }
  }

  private async outcomeOf(caseId: string, work: () => Promise<unknown>) {
    const href = hrefOf(caseId as never)
    try {
      return { caseId, href, outcome: (await work()) ? 'handed-over' : 'pending' } as const
    } catch (error) {
      if (!(error instanceof Problem) || error.document.status >= 500) throw error
      return { caseId, href, outcome: 'refused', why: error.document.detail } as const
    }
  }

  private async mustBeThere(area: string): Promise<void> {
    if (!(await areas(this.db)).some(({ name }) => name === area))
      throw problem('not-found', `名册上没有${area},请先添加`)
  }
}
