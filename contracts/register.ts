import { z } from 'zod'
import { ROLE_TITLES, type Role } from '../domain/parties.js'
import type { PersonId } from '../domain/words.js'
import { date, list, short, unit } from './fields.js'

export const role = z.enum(Object.keys(ROLE_TITLES) as [Role, ...Role[]])

/** Under this name the requests of people without an account are kept apart from everybody's of the register. */
export const PUBLIC = 'public'

/** `@` is kept for the officers a drill makes for itself. */
export const newPersonId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, '登录名由小写字母、数字和 . _ - 组成,最长 64 位')
  .refine((name) => name !== PUBLIC, `“${PUBLIC}”留给没有账号的群众,不能作登录名`) as unknown as z.ZodType<
  PersonId,
  string
>

export const post = z.strictObject({ role, unit: unit.exactOptional() }).meta({ id: 'Post' })

const OF_A_UNIT: ReadonlySet<Role> = new Set(['unit-clerk', 'unit-head'])

/** A post to be given: somebody of no unit would be of any (GN-08). */
const postToGive = post.refine(({ role, unit }) => unit !== undefined || !OF_A_UNIT.has(role), {
  path: ['unit'],
  error: '单位的经办人、主要负责人须写明是哪个单位',
})

export const unitBody = z
  .strictObject({ name: unit, aliases: list(unit, 50).default([]), area: short.exactOptional() })
  .meta({ id: 'Unit' })

export const officerBody = z
  .strictObject({
    person: newPersonId,
    name: short,
    email: z.email('应为邮箱地址').max(200).exactOptional(),
    password: z.string().min(8).max(200).exactOptional().meta({ description: '只用于内置的身份认证' }),
    posts: list(postToGive, 20).default([]),
  })
  .meta({ id: 'Officer' })

export const postBody = z
  .strictObject({ post: postToGive, from: date.exactOptional() })
  .meta({ id: 'Appointment' })
export const endPostBody = z.strictObject({ post, lastDay: date }).meta({ id: 'EndOfPost' })

export const settleProposalBody = z
  .strictObject({ round: short, name: unit, decision: z.enum(['accepted', 'dismissed']) })
  .meta({ id: 'ProposalDecision' })

export const readBody = z.strictObject({ ids: list(z.int().min(1), 500) }).meta({ id: 'Read' })

export const evidenceBody = z
  .strictObject({
    name: short.meta({ example: '现场照片.jpg' }),
    mediaType: z
      .string()
      .regex(/^[\w.+-]+\/[\w.+-]+$/, '应为媒体类型,如 image/jpeg')
      .max(100),
    content: z.base64('应为 base64').max(11_200_000),
  })
  .meta({ id: 'EvidenceFile' })
