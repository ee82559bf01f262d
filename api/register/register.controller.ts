import { Body, Controller, Get, Inject, Param, Post, Put } from '@nestjs/common'
import { z } from 'zod'
import { personId } from '../../contracts/fields.js'
import {
  endPostBody,
  officerBody,
  post,
  postBody,
  settleProposalBody,
  unitBody,
} from '../../contracts/register.js'
import type { Db } from '../../db/connect.js'
import {
  appoint,
  endPost,
  officersOn,
  openProposals,
  peopleAmong,
  saveOfficers,
  saveUnits,
  setActive,
  settleProposal,
  units,
  unknownAmong,
} from '../../db/register.js'
import { dateOf } from '../../domain/calendar/dates.js'
import type { Actor, Post as HeldPost } from '../../domain/parties.js'
import type { PersonId, RoundId } from '../../domain/words.js'
import { worldNow } from '../clock.js'
import { Who } from '../identity/guard.js'
import type { People } from '../identity/people.js'
import { hashPassword } from '../issuer/password.js'
import { Operation } from '../openapi/operation.js'
import { mustBeAllowed } from '../permission.js'
import { problem } from '../problems/problem.js'
import { DATABASE, PEOPLE } from '../tokens.js'

const personParams = z.object({ person: personId })
type PersonParams = z.output<typeof personParams>

const saved = z.object({ saved: z.literal(true) }).meta({ id: 'Saved' })
const SAVED = { saved: true } as const

const officerView = z
  .object({
    person: z.string(),
    name: z.string(),
    email: z.string().nullable(),
    active: z.boolean(),
    posts: z.array(post),
  })
  .meta({ id: 'ListedOfficer' })

const proposalView = z
  .object({
    round: z.string(),
    name: z.string(),
    entries: z.array(z.int()),
    at: z.string(),
  })
  .meta({ id: 'Proposal' })

const activity = z.strictObject({ active: z.enum(['active', 'left']) }).meta({ id: 'Activity' })

@Controller('register')
export class RegisterController {
  constructor(
    @Inject(DATABASE) private readonly db: Db,
    @Inject(PEOPLE) private readonly people: People,
  ) {}

  @Get('units')
  @Operation({
    id: 'listUnits',
    chapter: 'register',
    summary: '单位名册',
    answers: {
      200: z.object({
        units: z.array(
          z.object({ name: z.string(), aliases: z.array(z.string()), area: z.string().nullable() }),
        ),
      }),
    },
  })
  async listUnits(@Who() actor: Actor) {
    mustBeAllowed(actor, 'read-register')
    return { units: await units(this.db) }
  }

  @Post('units')
  @Operation({
    id: 'saveUnit',
    chapter: 'register',
    summary: '添加或更正一个单位',
    answers: { 200: saved },
    refusals: [400, 422],
  })
  async saveUnit(@Who() actor: Actor, @Body({ schema: unitBody }) body: z.output<typeof unitBody>) {
    mustBeAllowed(actor, 'edit-register')
    await saveUnits(this.db, [body])
    return SAVED
  }

  @Get('officers')
  @Operation({
    id: 'listOfficers',
    chapter: 'register',
    summary: '人员名册与现任职务',
    answers: { 200: z.object({ officers: z.array(officerView) }) },
  })
  async listOfficers(@Who() actor: Actor) {
    mustBeAllowed(actor, 'read-register')
    return { officers: await officersOn(this.db, dateOf(worldNow())) }
  }

  @Post('officers')
  @Operation({
    id: 'saveOfficer',
    chapter: 'register',
    summary: '添加人员,或更正姓名、邮箱、密码',
    answers: { 200: saved },
    refusals: [400, 422],
  })
  async saveOfficer(@Who() actor: Actor, @Body({ schema: officerBody }) body: z.output<typeof officerBody>) {
    mustBeAllowed(actor, 'edit-register')
    const { person, name, email, password, posts } = body
    await this.unitsMustBeKnown(posts)
    const hash = password === undefined ? undefined : await hashPassword(password)
    const from = dateOf(worldNow())
    await this.db.transaction().execute(async (trx) => {
      await saveOfficers(trx, [
        {
          person,
          name,
          ...(email !== undefined && { email }),
          ...(hash !== undefined && { password: hash }),
        },
      ])
      await appoint(
        trx,
        posts.map((one) => ({ person, post: one, from })),
      )
    })
    this.people.forget()
    return SAVED
  }

  @Post('officers/:person/posts')
  @Operation({
    id: 'appoint',
    chapter: 'register',
    summary: '任职',
    answers: { 200: saved },
    refusals: [400, 404, 422],
  })
  async appoint(
    @Who() actor: Actor,
    @Param({ schema: personParams }) { person }: PersonParams,
    @Body({ schema: postBody }) body: z.output<typeof postBody>,
  ) {
    mustBeAllowed(actor, 'edit-register')
    await this.mustBeThere(person)
    await this.unitsMustBeKnown([body.post])
    await appoint(this.db, [{ person, post: body.post, from: body.from ?? dateOf(worldNow()) }])
    this.people.forget()
    return SAVED
  }

  @Post('officers/:person/posts/end')
  @Operation({
    id: 'endPost',
    chapter: 'register',
    summary: '离任:写明在任的最后一天(YZ-17,已签的仍然有效)',
    answers: { 200: saved },
    refusals: [400, 404, 409, 422],
  })
  async endPost(
    @Who() actor: Actor,
    @Param({ schema: personParams }) { person }: PersonParams,
    @Body({ schema: endPostBody }) body: z.output<typeof endPostBody>,
  ) {
    mustBeAllowed(actor, 'edit-register')
    await this.mustBeThere(person)
    if (!(await endPost(this.db, person, body.post, body.lastDay)))
      throw problem('conflict', '没有这项现任职务', { clause: 'YZ-17' })
    this.people.forget()
    return SAVED
  }

  @Put('officers/:person/active')
  @Operation({
    id: 'setActive',
    chapter: 'register',
    summary: '停用或恢复登录',
    answers: { 200: saved },
    refusals: [400, 404, 422],
  })
  async setActive(
    @Who() actor: Actor,
    @Param({ schema: personParams }) { person }: PersonParams,
    @Body({ schema: activity }) { active }: z.output<typeof activity>,
  ) {
    mustBeAllowed(actor, 'edit-register')
    if (active === 'left') await this.mustBeThere(person)
    await setActive(this.db, person, active)
    this.people.forget()
    return SAVED
  }

  @Get('proposals')
  @Operation({
    id: 'listProposals',
    chapter: 'register',
    summary: '方案写到、名册上没有的单位',
    answers: { 200: z.object({ proposals: z.array(proposalView) }) },
  })
  async proposals(@Who() actor: Actor) {
    mustBeAllowed(actor, 'edit-register')
    return { proposals: await openProposals(this.db) }
  }

  @Post('proposals')
  @Operation({
    id: 'settleProposal',
    chapter: 'register',
    summary: '把方案写到的单位列入名册,或不列入',
    answers: { 200: saved },
    refusals: [400, 404, 422],
  })
  async settle(
    @Who() actor: Actor,
    @Body({ schema: settleProposalBody }) body: z.output<typeof settleProposalBody>,
  ) {
    mustBeAllowed(actor, 'edit-register')
    const { round, name, decision } = body
    if (!(await settleProposal(this.db, round as RoundId, name, decision)))
      throw problem('not-found', '没有这项待定的提请')
    return SAVED
  }

  private async mustBeThere(person: PersonId): Promise<void> {
    const [found] = await peopleAmong(this.db, [person])
    if (!found) throw problem('not-found', '名册上没有这位在任人员')
  }

  private async unitsMustBeKnown(posts: readonly HeldPost[]): Promise<void> {
    const named = posts.flatMap(({ unit }) => (unit === undefined ? [] : [unit]))
    const unknown = await unknownAmong(this.db, named)
    if (unknown.length > 0)
      throw problem('invalid', `名册上没有${unknown.join('、')},请先添加单位`, {
        errors: unknown.map((unit) => ({ path: 'unit', message: `名册上没有${unit}` })),
      })
  }
}
