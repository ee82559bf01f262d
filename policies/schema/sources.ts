import { z } from 'zod'
import type { Sourced } from '../../domain/policy.js'
import type { Clause } from '../../domain/words.js'
import { citedIn, isClause } from '../clauses.js'
import { absentOr } from './mapping.js'

const HELP = '依据应写条款号,如“YZ-06 三审三签字”;公布的文本没有规定的,写“parameter”,后面可加说明'

/**
 * Where a rule comes from. The first clause the text cites is the clause the rule keeps; a parameter that cites none
 * keeps the clause such rules usually serve.
 */
export const source = (usual: Clause) =>
  z
    .string({ error: absentOr(HELP) })
    .trim()
    .min(1, { error: HELP, abort: true })
    .max(400, '依据过长,请在 400 字以内')
    .check(({ value, issues }) => {
      const cited = citedIn(value)
      const report = (message: string) => issues.push({ code: 'custom', input: value, message })
      for (const clause of cited) {
        if (!isClause(clause)) report(`条款目录里没有“${clause}”,请核对条款号`)
      }
      if (cited.length === 0 && !value.startsWith('parameter')) report(HELP)
    })
    .transform((text): Sourced => ({ clause: citedIn(text).find(isClause) ?? usual, source: text }))
    .describe('依据:条款号(可加原文),或 parameter(公布的文本没有规定,由本市自定)')
