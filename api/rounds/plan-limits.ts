import type { Entry } from '../../domain/entry.js'
import { problem } from '../problems/problem.js'

/** What one case can hold: as much as may be written by hand (`contracts/entry.ts`); a workflow takes no more than 2 MB at once. */
const MOST_CHARACTERS = 20_000
const MOST_UNITS = 300
const MOST_ENTRIES = 10_000
const MOST_NAMED = 20

const tooMuch = ({ text, measures, target, units }: Entry): string | undefined => {
  const longest = Math.max(text.length, measures?.length ?? 0, target?.length ?? 0)
  if (longest > MOST_CHARACTERS) return `一段文字有 ${longest} 字,最多 ${MOST_CHARACTERS} 字`
  return units.length > MOST_UNITS ? `责任单位有 ${units.length} 个,最多 ${MOST_UNITS} 个` : undefined
}

/** @throws Problem 422 naming each entry that is too large for a case of its own, before anything is kept. */
export const mustFit = (entries: readonly Entry[]): void => {
  if (entries.length > MOST_ENTRIES)
    throw problem(
      'invalid',
      `方案有 ${entries.length} 项,一次最多 ${MOST_ENTRIES} 项,请分成几份方案、几个轮次`,
      {
        errors: [{ path: 'plan', message: `最多 ${MOST_ENTRIES} 项` }],
      },
    )
  const faults = entries.flatMap((entry) => {
    const why = tooMuch(entry)
    return why === undefined ? [] : [{ path: `plan.${entry.n}`, message: `第 ${entry.n} 项:${why}` }]
  })
  if (faults.length > 0)
    throw problem('invalid', `有 ${faults.length} 项太长,请拆分,或核对方案的分段`, {
      errors: faults.slice(0, MOST_NAMED),
    })
}
