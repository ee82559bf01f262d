import type { AdoptPlanBody, OpenRoundBody } from '../../contracts/rounds.js'
import { docxText } from '../../intake/docx.js'
import { type PlanReading, readPlanText, UnreadablePlan } from '../../intake/index.js'
import {
  type LoadedPolicy,
  loadPolicy,
  PolicyProblems,
  readPolicy,
  UnreadablePolicy,
} from '../../policies/load.js'
import { problem } from '../problems/problem.js'

export type PlanRead = { readonly text: string; readonly reading: PlanReading }

/** @throws Problem 422 for a file that is no plan. */
export const planOf = async ({ plan, planDate }: AdoptPlanBody): Promise<PlanRead> => {
  try {
    const text = 'text' in plan ? plan.text : await docxText(Buffer.from(plan.docx, 'base64'))
    const reading = readPlanText(text, planDate === undefined ? {} : { documentDate: planDate })
    if (reading.entries.length > 0) return { text, reading }
  } catch (error) {
    if (!(error instanceof UnreadablePlan)) throw error
    throw problem('invalid', error.message, { errors: [{ path: 'plan', message: error.message }] })
  }
  throw problem('invalid', '方案里没有读到整改措施或问题', {
    errors: [{ path: 'plan', message: '没有可以登记的事项' }],
  })
}

/** @throws Problem 422 with each fault of the rules and its line. */
export const policyOf = ({ policy }: Pick<OpenRoundBody, 'policy'>): LoadedPolicy => {
  try {
    return typeof policy === 'string' ? loadPolicy(policy) : readPolicy(policy.yaml, 'policy.yaml')
  } catch (error) {
    if (error instanceof PolicyProblems)
      throw problem('invalid', `城市规则有 ${error.problems.length} 处不能用`, {
        errors: error.problems.map(({ line, reason }) => ({ path: `policy:${line}`, message: reason })),
      })
    if (error instanceof UnreadablePolicy)
      throw problem('invalid', `没有“${typeof policy === 'string' ? policy : ''}”这份城市规则`, {
        errors: [{ path: 'policy', message: '只能用随程序提供的名称,或报送规则全文' }],
      })
    throw error
  }
}
