import { createHash } from 'node:crypto'
import { createParamDecorator, type ExecutionContext } from '@nestjs/common'
import { ApiHeader } from '@nestjs/swagger'
import type { FastifyRequest } from 'fastify'
import type { Db } from '../db/connect.js'
import { noteRequest } from '../db/requests.js'
import { canonical } from '../domain/record/chain.js'
import type { CommandId, Sha256 } from '../domain/words.js'
import { problem } from './problems/problem.js'

export const KEY_HEADER = 'idempotency-key'
const KEY = /^[\w.:-]{8,128}$/

const KEY_DOCUMENT = {
  name: 'Idempotency-Key',
  required: true,
  description: '本次请求的编号,由调用方取定;同一编号只办一次,再次报送得到同样的答复',
  schema: { type: 'string', minLength: 8, maxLength: 128, pattern: KEY.source },
} as const

/** Says in the interface's document that a key is wanted. */
export const KeyHeader = () => ApiHeader(KEY_DOCUMENT)

/** The caller's key: the same one twice happens once. */
export const Key = createParamDecorator((_: unknown, context: ExecutionContext): string =>
  keyOf(context.switchToHttp().getRequest<FastifyRequest>()),
)

const keyOf = ({ headers }: FastifyRequest): string => {
  const given = headers[KEY_HEADER]
  if (typeof given === 'string' && KEY.test(given)) return given
  throw problem('bad-request', '请在 Idempotency-Key 写明本次请求的编号(8 至 128 位字母、数字、. _ : -)', {
    errors: [{ path: 'Idempotency-Key', message: given === undefined ? '缺少这一项' : '写法不对' }],
  })
}

/** Two people may choose the same key without meeting: a command's id holds both names. */
export const commandIdOf = (person: string, key: string): CommandId => `${person}/${key}` as CommandId

const fingerprintOf = (asked: unknown): Sha256 =>
  createHash('sha256').update(canonical(asked)).digest('hex') as Sha256

/**
 * Notes what is asked under a key.
 * @throws Problem 422 when something else was asked under it before.
 */
export const noted = async (
  db: Db,
  person: string,
  key: string,
  asked: unknown,
): Promise<'new' | 'again'> => {
  const answer = await noteRequest(db, { person, key, fingerprint: fingerprintOf(asked) })
  if (answer !== 'other') return answer
  throw problem('invalid', '这个编号已用于另一次请求,请另取编号', {
    errors: [{ path: 'Idempotency-Key', message: '同一编号只能用于同一内容' }],
  })
}
