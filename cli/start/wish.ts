import { join } from 'node:path'
import { readPlanFile, UnreadablePlan } from '../../intake/index.js'
import { loadPolicy, PolicyProblems, shippedPolicies, UnreadablePolicy } from '../../policies/load.js'
import { projectRoot } from '../../runtime/project.js'
import { WrongUse } from '../wrong-use.js'

/** The plan that an empty ledger is filled from, and the policy its cases are kept by. */
export type PlanWish = { readonly planFile: string; readonly policy: string }

/** A city of our invention. */
const SAMPLE: PlanWish = {
  planFile: join(projectRoot, 'policies', 'samples', 'qilan-2026.txt'),
  policy: 'sample',
}

/**
 * What the command line asks for, looked at before any server is started.
 *
 * @throws WrongUse when plan or policy cannot be read, or nothing says which city's policy the plan goes by.
 */
export const planWish = async (plan: string | undefined, policy: string | undefined): Promise<PlanWish> => {
  try {
    if (policy !== undefined) loadPolicy(policy)
    if (plan === undefined) return { ...SAMPLE, ...(policy === undefined ? {} : { policy }) }
    const { source } = await readPlanFile(plan)
    return { planFile: plan, policy: policy ?? policyOf(source.title ?? '') }
  } catch (error) {
    if (
      error instanceof UnreadablePlan ||
      error instanceof UnreadablePolicy ||
      error instanceof PolicyProblems
    )
      throw new WrongUse(error.message)
    throw error
  }
}

/** By the city in the plan's title. */
const policyOf = (title: string): string => {
  const known = shippedPolicies()
  const found = known.find((name) => title.includes(loadPolicy(name).policy.city))
  if (found !== undefined) return found
  throw new WrongUse(
    `从标题看不出这份方案按哪个城市的规则办理,请用 --policy 指明。随程序提供的有:${known.join('、')}。`,
  )
}
