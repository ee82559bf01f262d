import type { AdoptPlanBody, OpenRoundBody } from '../../contracts/rounds.js'
import { never } from '../../domain/refusal.js'
import {
  type LoadedPolicy,
  loadPolicy,
  PolicyProblems,
  readPolicy,
  UnreadablePolicy,
} from '../../policies/load.js'
import { problem } from '../problems/problem.js'
import { readAside } from './plan-reader.js'
import type { PlanRead } from './plan-reading.js'

/** @throws Problem 422 for a file that is no plan, or too much of one; 503 while others are being read. */
export const planOf = async (body: AdoptPlanBody): Promise<PlanRead> => {
  const told = await readAside(body)
  switch (told.kind) {
    case 'read':
      if (told.reading.entries.length > 0) return { text: told.text, reading: told.reading }
      throw unfit('方案里没有读到整改措施或问题', '没有可以登记的事项')
    case 'unreadable':
      throw unfit(told.why, told.why)
    case 'too-much':
      throw unfit('方案太长,一分钟内没有读完,请按章节分成几份报送', '太长,没有读完')
    case 'busy':
      throw problem('unavailable', '正在读取另外几份较长的方案,请一分钟后再报送')
    default:
      return never(told)
  }
}

const unfit = (detail: string, message: string) =>
  problem('invalid', detail, { errors: [{ path: 'plan', message }] })

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
