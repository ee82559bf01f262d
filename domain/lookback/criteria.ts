import type { Finding } from '../case/commands.js'
import type { CaseState } from '../case/state.js'
import type { Rules } from '../context.js'
import { type Refusal, refuse } from '../refusal.js'

/**
 * 尺度不减、标准不降 (JN-13): what the first acceptance was judged by — the findings recorded, the checklist, the target — as far
 * as the policy says. Read from the closing round that is ending; a later one changes nothing.
 */
export const criteriaOf = ({ policy }: Rules, { entry, closing, criteria }: CaseState): readonly string[] => {
  if (!policy.acceptance || criteria || !closing) return []
  const kept: readonly string[] = policy.acceptance.keeps.flatMap((part) => {
    switch (part) {
      case 'findings':
        return closing.signOffs.flatMap(({ found }) => found ?? [])
      case 'checklist':
        return closing.checklist ?? []
      default:
        return entry.target === undefined ? [] : [`整改目标:${entry.target}`]
    }
  })
  return [...new Set(kept)]
}

/** A later check answers every criterion of the first acceptance: none left out, none passed over unmet. */
export const lowered = (
  { policy }: Rules,
  { criteria = [] }: CaseState,
  checks: readonly Finding[],
  passes: 'passes' | 'fails',
): Refusal | undefined => {
  const clause = policy.acceptance?.clause ?? 'JN-13'
  for (const title of criteria) {
    const found = checks.find((check) => check.title === title)
    if (!found) return refuse('invalid', clause, `首次验收的尺度不减:请对“${title}”作出结论`)
    if (passes === 'passes' && found.met === 'not-met')
      return refuse('invalid', clause, `首次验收的标准不降:“${title}”没有达到,不能认定合格`)
  }
  return undefined
}
