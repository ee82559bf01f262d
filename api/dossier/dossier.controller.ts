import { Controller, Get, Inject, Param, StreamableFile } from '@nestjs/common'
import type { Db } from '../../db/connect.js'
import { dossierParts } from '../../db/dossier.js'
import type { Actor } from '../../domain/parties.js'
import { packDossier } from '../../dossier/pack.js'
import { attachment } from '../attachment.js'
import { type CaseParams, caseParams, idOf } from '../cases/params.js'
import { noSuchCase, wholeCase } from '../cases/readable.js'
import { Who } from '../identity/guard.js'
import { Operation } from '../openapi/operation.js'
import { DATABASE } from '../tokens.js'

const ZIP = 'application/zip'

/** 案卷 (YZ-04): one a case, whole, checkable outside the system. */
@Controller('cases')
export class DossierController {
  constructor(@Inject(DATABASE) private readonly db: Db) {}

  @Get(':round/:n/dossier')
  @Operation({
    id: 'caseDossier',
    chapter: 'papers',
    summary: '一件案件的案卷:记录、签署、公文、材料和规则,可在系统外核对',
    description: '核对:bihuan dossier verify 文件。',
    answers: { 200: ZIP },
    refusals: [404, 422],
  })
  async dossier(
    @Who() actor: Actor,
    @Param({ schema: caseParams }) params: CaseParams,
  ): Promise<StreamableFile> {
    const id = idOf(params)
    await wholeCase(this.db, actor, id)
    const parts = await dossierParts(this.db, id)
    if (!parts) throw noSuchCase()
    return new StreamableFile(packDossier(parts), {
      type: ZIP,
      disposition: attachment(`案卷_${id.replace('/', '_')}.zip`),
    })
  }
}
