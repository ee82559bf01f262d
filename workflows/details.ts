import type { CaseStart } from '../contracts/case.js'
import { fullMoment } from '../domain/calendar/chinese.js'
import type { Rules } from '../domain/context.js'
import { due } from '../domain/decider.js'
import type { LedgerState } from '../domain/decider-types.js'
import { kindOf } from '../domain/kinds/registry.js'
import { type Chair, SEAT_TITLES } from '../domain/parties.js'
import { todos } from '../domain/todo.js'
import type { Instant } from '../domain/words.js'

/** Why a moment comes: the rule the case follows then, with its clause. */
const reason = (rules: Rules, ledger: LedgerState, moment: Instant): string => {
  const by = due(rules, ledger, moment)[0]?.by
  return by?.kind === 'engine' ? `${by.rule}(${by.clause})` : ''
}

/** One line for the timer in Temporal's UI. */
export const momentInWords = (rules: Rules, ledger: LedgerState, moment: Instant): string =>
  `${fullMoment(moment)} ${reason(rules, ledger, moment)}`

const phase = ({ kind, state }: LedgerState): string =>
  (kindOf(kind).phases as Readonly<Record<string, string>>)[state.phase] ?? state.phase

const chairInWords = ({ seat, unit }: Chair): string =>
  unit === undefined ? SEAT_TITLES[seat] : `${SEAT_TITLES[seat]} ${unit}`

const MOST_TODOS = 8
const DRILL = '【演练】'

/** Where the case stands, for an operator who opens it in Temporal's UI (Markdown). */
export const detailsOf = (
  { rules, summary, clock }: Pick<CaseStart, 'rules' | 'summary' | 'clock'>,
  ledger: LedgerState,
  seq: number,
  /** The next moment and why it comes; empty when there is none. */
  next: string,
): string => {
  const owed = todos(rules, ledger)
  return [
    // Temporal forgets a summary given at the start when a run is continued in another.
    `### ${clock.kind === 'drill' && !summary.startsWith(DRILL) ? DRILL : ''}${summary}`,
    '',
    `**${phase(ledger)}** · 记录至第 ${seq} 号`,
    '',
    ...(owed.length > 0 ? ['现在轮到:'] : ['现在不待任何人办理。']),
    ...owed
      .slice(0, MOST_TODOS)
      .map(({ title, chair, due: by }) => `- ${chairInWords(chair)}:${title}${by ? `(${by} 前)` : ''}`),
    ...(owed.length > MOST_TODOS ? [`- 另有 ${owed.length - MOST_TODOS} 项`] : []),
    '',
    next === '' ? '没有待到的时点。' : `下一时点:${next}`,
  ].join('\n')
}
