import { Body, Controller, Get, Inject, Param, Post, Req, Res, StreamableFile } from '@nestjs/common'
import { ApiBody, ApiConsumes } from '@nestjs/swagger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { sha256 } from '../../contracts/fields.js'
import { evidenceBody } from '../../contracts/register.js'
import type { Db } from '../../db/connect.js'
import { casesOfEvidence, evidenceContent, evidenceItem, keepEvidence } from '../../db/evidence.js'
import { caseById } from '../../db/queries/cases.js'
import { paperByNumber } from '../../db/queries/papers.js'
import type { Actor } from '../../domain/parties.js'
import { drillOf } from '../../domain/people/drill.js'
import { PAPER_TITLES } from '../../domain/policy.js'
import type { Sha256 } from '../../domain/words.js'
import { attachment } from '../attachment.js'
import { Who } from '../identity/guard.js'
import { Operation } from '../openapi/operation.js'
import { mustBeAllowed, readingOf } from '../permission.js'
import { problem } from '../problems/problem.js'
import { DATABASE } from '../tokens.js'
import { checked, type HandedIn } from './evidence-check.js'
import { FORM, fileIn } from './form.js'

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

const paperParams = z.object({
  number: z.string().min(1).max(200).meta({ description: '文号', example: '常督改办〔2024〕1号' }),
})
const evidenceParams = z.object({ sha256 })

const evidenceView = z
  .object({ sha256: z.string(), name: z.string(), mediaType: z.string(), bytes: z.int() })
  .meta({ id: 'EvidenceItem' })

@Controller()
export class PapersController {
  constructor(@Inject(DATABASE) private readonly db: Db) {}

  @Get('papers/:number')
  @Operation({
    id: 'paperByNumber',
    chapter: 'papers',
    summary: '下载一份公文',
    answers: { 200: DOCX },
    refusals: [404, 422],
  })
  async paper(
    @Who() actor: Actor,
    @Param({ schema: paperParams }) { number }: z.output<typeof paperParams>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const paper = await paperByNumber(this.db, number)
    const found = paper && (await caseById(this.db, paper.caseId))
    if (!paper || !found || readingOf(actor, found) !== 'whole')
      throw problem('not-found', '没有这份公文,或者您无权查看')
    reply.header('etag', `"${paper.sha256}"`)
    return new StreamableFile(paper.content, {
      type: DOCX,
      disposition: attachment(`${PAPER_TITLES[paper.paper]}_${paper.number}.docx`),
    })
  }

  @Post('evidence')
  @Operation({
    id: 'uploadEvidence',
    chapter: 'papers',
    summary: '上传一份材料,同样的内容只存一份',
    answers: { 200: evidenceView },
    refusals: [400, 413, 415, 422],
  })
  async upload(@Who() actor: Actor, @Body({ schema: evidenceBody }) body: z.output<typeof evidenceBody>) {
    mustBeAllowed(actor, 'read-ledger', drillOf(actor.person))
    const { name, mediaType, content } = body
    return this.kept({ name, mediaType, content: Buffer.from(content, 'base64') }, actor)
  }

  @Post('evidence-file')
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: FORM })
  @Operation({
    id: 'uploadEvidenceFile',
    chapter: 'papers',
    summary: '以表单上传一份材料(multipart/form-data),同样的内容只存一份',
    answers: { 200: evidenceView },
    refusals: [400, 413, 415, 422],
  })
  async uploadForm(@Who() actor: Actor, @Req() request: FastifyRequest) {
    mustBeAllowed(actor, 'read-ledger', drillOf(actor.person))
    return this.kept(await fileIn(request), actor)
  }

  @Get('evidence/:sha256')
  @Operation({
    id: 'evidence',
    chapter: 'papers',
    summary: '下载一份材料',
    answers: { 200: 'application/octet-stream' },
    refusals: [404, 422],
  })
  async evidence(
    @Who() actor: Actor,
    @Param({ schema: evidenceParams }) params: z.output<typeof evidenceParams>,
  ): Promise<StreamableFile> {
    mustBeAllowed(actor, 'read-ledger', drillOf(actor.person))
    const item = await evidenceItem(this.db, params.sha256)
    if (!item || !(await this.mayRead(actor, params.sha256, item.person)))
      throw problem('not-found', '没有这份材料,或者您无权查看')
    const content = await evidenceContent(this.db, params.sha256)
    if (!content) throw problem('not-found', '没有这份材料,或者您无权查看')
    // Never shown in place: what somebody uploaded is not run in our name.
    return new StreamableFile(content, {
      type: 'application/octet-stream',
      disposition: attachment(item.name),
    })
  }

  private async kept(file: HandedIn, actor: Actor) {
    return keepEvidence(this.db, await checked(file), actor.person)
  }

  /** A file is read by whoever handed it in, and by whoever reads a case that points at it. */
  private async mayRead(actor: Actor, sha256: Sha256, uploader: string | null): Promise<boolean> {
    if (uploader === actor.person) return true
    for (const id of await casesOfEvidence(this.db, sha256)) {
      const found = await caseById(this.db, id)
      if (found && readingOf(actor, found) === 'whole') return true
    }
    return false
  }
}
