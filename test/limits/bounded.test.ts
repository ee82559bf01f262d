import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { commandBody, objectionBody } from '../../contracts/commands.js'
import { openingBody } from '../../contracts/openings.js'
import { publicPetition } from '../../contracts/petition.js'
import {
  endPostBody,
  evidenceBody,
  officerBody,
  postBody,
  readBody,
  unitBody,
} from '../../contracts/register.js'
import { adoptPlanBody, adoptRulesBody, openRoundBody } from '../../contracts/rounds.js'

type Json = { readonly [key: string]: unknown }

const BODIES: Readonly<Record<string, z.ZodType>> = {
  commandBody,
  objectionBody,
  openingBody,
  publicPetition,
  unitBody,
  officerBody,
  postBody,
  endPostBody,
  readBody,
  evidenceBody,
  openRoundBody,
  adoptPlanBody,
  adoptRulesBody,
}

/** A format or a pattern without `*`, `+` or an open count says how long a text can be. */
const isBoundedText = (node: Json): boolean =>
  'maxLength' in node ||
  'enum' in node ||
  'const' in node ||
  node.format === 'date' ||
  node.format === 'date-time' ||
  (typeof node.pattern === 'string' && !/[*+]|,\}/.test(node.pattern.replace(/\[[^\]]*\]|\\./g, 'x')))

const unbounded = (node: unknown, path: string): readonly string[] => {
  if (Array.isArray(node)) return node.flatMap((one, index) => unbounded(one, `${path}/${index}`))
  if (typeof node !== 'object' || node === null) return []
  const schema = node as Json
  const here =
    (schema.type === 'string' && !isBoundedText(schema)) ||
    (schema.type === 'array' && !('maxItems' in schema))
      ? [path]
      : []
  return [...here, ...Object.entries(schema).flatMap(([key, child]) => unbounded(child, `${path}/${key}`))]
}

describe('everything a person may send has its bound', () => {
  it.each(Object.keys(BODIES))('%s: no text and no list without a most', (name) => {
    const schema = z.toJSONSchema(BODIES[name] as z.ZodType, { io: 'input', unrepresentable: 'any' })
    expect(unbounded(schema, name)).toEqual([])
  })

  it('and one without would be found', () => {
    const open = z.object({
      name: z.string(),
      list: z.array(z.string().max(3)),
      code: z.string().regex(/^a+$/),
    })
    expect(unbounded(z.toJSONSchema(open), 'open')).toHaveLength(3)
  })
})
