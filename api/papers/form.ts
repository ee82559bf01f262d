import type { FastifyRequest } from 'fastify'
import { problem } from '../problems/problem.js'
import type { HandedIn } from './evidence-check.js'

/** A file as large as what fits into the JSON of `POST /evidence`. */
const LARGEST_BYTES = 8_400_000

/** For the interface's document. */
export const FORM = {
  type: 'object',
  properties: { file: { type: 'string', format: 'binary' } },
} as const

const LONGEST_NAME = 200

/**
 * The one file of a form, read as it comes and no further than it may be large.
 * @throws Problem 413 when it is larger, 415 when the request is no form, 400 when no file is in it.
 */
export const fileIn = async (request: FastifyRequest): Promise<HandedIn> => {
  if (!request.isMultipart()) throw problem('media-type', '请以 multipart/form-data 上传')
  const part = await request
    .file({ limits: { fileSize: LARGEST_BYTES, files: 1, fields: 5, parts: 6 } })
    .catch(() => undefined)
  if (!part) throw problem('bad-request', '表单里没有文件,请放在 file 一栏')
  const content = await part.toBuffer().catch(() => undefined)
  if (!content)
    throw problem('too-large', `文件过大,至多 ${Math.floor(LARGEST_BYTES / 1_048_576)} MB,请压缩或拆分`)
  const name = part.filename?.trim() ?? ''
  if (name === '' || name.length > LONGEST_NAME)
    throw problem('invalid', `文件应有名称,不超过 ${LONGEST_NAME} 字`)
  return { name, mediaType: part.mimetype, content }
}
