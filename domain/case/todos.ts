import { monthDay } from '../calendar/chinese.js'
import { dateOf } from '../calendar/dates.js'
import { dueWithin } from '../calendar/deadlines.js'
import { chairsWhoseTurn, stepNow } from '../closing/chain.js'
import type { Rules } from '../context.js'
import { hasDuties, owing } from '../deadline/duties.js'
import type { Todo } from '../kinds/kind.js'
import { rungOf } from '../ladder/rungs.js'
import { nextLookBack } from '../lookback/moments.js'
import { keyDay } from '../oversight/key.js'
import type { Seat } from '../parties.js'
import { chairsFor } from '../permission/command.js'
import { RUNG_TITLES } from '../policy.js'
import { never } from '../refusal.js'
import { awaitedPeriod } from '../returns/period.js'
import { visitDueBy } from '../watching/moments.js'
import type { PlainDate } from '../words.js'
import { COMMAND_TITLES, type CommandType } from './commands.js'
import type { CaseState } from './state.js'

/** Everything somebody owes this case now; derived from its state like its clocks (HH-13). */
export const caseTodos = (rules: Rules, state: CaseState): readonly Todo[] => {
  const owe = owedIn(rules, state)
  const { handover, deadline } = state
  const period = awaitedPeriod(rules, state)
  const pressed =
    state.phase === 'handed-over' || state.phase === 'acknowledged' || state.phase === 'rectifying'
  return [
    ...(state.phase === 'registered' ? owe('hand-over', 'office') : []),
    ...(handover && !handover.acknowledgedAt && pressed
      ? owe('acknowledge', 'responsible-unit', handover.acknowledgeBy).filter(
          ({ chair }) => handover.unit === undefined || handover.unit === chair.unit,
        )
      : []),
    ...(handover && state.phase === 'acknowledged'
      ? owe('submit-case-plan', 'responsible-unit', handover.planBy)
      : []),
    ...(period && state.returns.pausedSince === undefined
      ? principal(owe('submit-return', 'responsible-unit', period))
      : []),
    ...(state.returns.calledIn ?? []).flatMap(({ period: missed, by }) =>
      principal(owe('submit-return', 'responsible-unit', by, `补报 ${monthDay(missed)}调度`)),
    ),
    ...(deadline?.immediateBy && !deadline.immediateConfirmedAt && pressed
      ? owe('confirm-immediate', 'responsible-unit', deadline.immediateBy)
      : []),
    ...state.nodes.flatMap((node) =>
      node.completedAt || !pressed
        ? []
        : owe('complete-node', 'responsible-unit', node.date, `完成节点:${node.text}`),
    ),
    ...dutyTodos(rules, state, owe),
    ...visitTodos(rules, state, owe),
    ...state.extensions.flatMap(({ outcome, decider }) =>
      outcome === 'pending'
        ? orElse(
            owe('decide-extension', decider, deadline?.due),
            owe('hand-over-office', 'office', deadline?.due, '确定包案领导'),
          )
        : [],
    ),
    ...state.matters.flatMap(({ state: now, acknowledgeBy }) =>
      now === 'acknowledged'
        ? []
        : MATTERS_REACH.filter(
            (seat) => seat === 'office' || rules.policy.matters.reaches.includes(seat),
          ).flatMap((seat) => owe('acknowledge-matter', seat, dateOf(acknowledgeBy))),
    ),
    ...state.notes.flatMap(({ answer }) =>
      answer === undefined ? owe('answer-supervision-note', 'responsible-unit') : [],
    ),
    ...state.ladder.rungs.flatMap(({ rung, state: now }) => {
      const rule = rungOf(rules.policy, state, rung)
      return now === 'drafted' && rule && rule.by !== 'engine'
        ? owe('decide-rung', rule.by, undefined, `决定是否${RUNG_TITLES[rung]}`)
        : []
    }),
    ...state.clues.flatMap(({ state: now }) =>
      now === 'drafted' ? orElse(owe('decide-clue', 'case-leader'), owe('decide-clue', 'secretary')) : [],
    ),
    ...state.interview.commitments.flatMap(({ state: now, by }) =>
      now === 'settled' ? [] : owe('settle-commitment', 'office', by),
    ),
    ...(state.key ?? []).flatMap(({ target, state: now }) =>
      now === 'due' || now === 'missed' ? owe('inspect-key', 'office', keyDay(state, target)) : [],
    ),
    ...watchingTodos(state),
    ...observingTodos(state),
    ...(state.supervised && (state.phase === 'closed' || state.phase === 'archived')
      ? owe('end-supervision', 'office-head', undefined, '决定是否销账')
      : []),
    ...closingTodos(rules, state, owe),
    ...lookBackTodos(rules, state, owe),
    ...(state.calledLookBacks ?? []).flatMap(({ by }) => owe('look-back', 'office', by, '按部署回头看')),
  ]
}

/** Whoever of those a matter of weight reaches may acknowledge it; once one has, nobody owes it any more (JN-08, CD-13). */
const MATTERS_REACH = ['office', 'case-leader', 'deputy-secretaries-general'] as const

/** 盯办人 (JN-10): a watcher who has never said what they found. */
const watchingTodos = ({ supervised, phase }: CaseState): readonly Todo[] =>
  supervised && supervised.watched === 0 && phase !== 'archived'
    ? [
        {
          act: 'record-watching',
          title: `盯办人${supervised.watcher.name}:${COMMAND_TITLES['record-watching']}`,
          chair: { seat: 'office', person: supervised.watcher.person },
        },
      ]
    : []

/** 受邀监督的人 (YZ-15): who can sign in says in person what they saw; others are spoken for by the record of the check. */
const observingTodos = ({ invited = [], phase }: CaseState): readonly Todo[] =>
  phase === 'archived'
    ? []
    : invited.flatMap(({ person, name, state, words }, index) =>
        // Invited twice, their words go to the later check.
        person === undefined ||
        invited.slice(index + 1).some((later) => later.person === person) ||
        state === 'absent' ||
        words?.trim()
          ? []
          : [
              {
                act: 'record-observation' as const,
                title: `受邀监督的${name}:${COMMAND_TITLES['record-observation']}`,
                chair: { seat: 'office' as const, person },
              },
            ],
      )

/** One return a case and period: the first responsible unit answers for it, the others may send it too. */
const principal = (list: readonly Todo[]): readonly Todo[] => list.slice(0, 1)

/** What is meant for a leader nobody has named yet is not lost: somebody else has the next thing to do. */
const orElse = (meant: readonly Todo[], otherwise: readonly Todo[]): readonly Todo[] =>
  meant.length > 0 ? meant : otherwise

/** A recurring duty is each body's own (JN-06); of bodies that are no unit of the case, the first unit reports. */
const dutyTodos = (rules: Rules, state: CaseState, owe: Owe): readonly Todo[] =>
  hasDuties(state)
    ? state.duties.flatMap((duty) =>
        owing(rules, state, duty).flatMap((body) => {
          const units = owe('discharge-duty', 'responsible-unit', duty.current, `${body}:${duty.text}`)
          return orElse(
            units.filter(({ chair }) => chair.unit !== undefined && String(chair.unit) === body),
            principal(units),
          )
        }),
      )
    : []

/** 包案督导 (CD-12), where the policy gives it a period. */
const visitTodos = (rules: Rules, state: CaseState, owe: Owe): readonly Todo[] => {
  const due = visitDueBy(rules, state)
  return due === undefined ? [] : owe('record-visit', 'case-leader', due)
}

type Owe = (act: CommandType, seat: Seat, due?: PlainDate, title?: string) => readonly Todo[]

const owedIn =
  (rules: Rules, state: CaseState): Owe =>
  (act, seat, due, title = COMMAND_TITLES[act]) =>
    chairsFor(rules, state, act, seat).map((chair) =>
      due ? { act, title, chair, due } : { act, title, chair },
    )

const closingTodos = (rules: Rules, state: CaseState, owe: Owe): readonly Todo[] => {
  const step = stepNow(rules, state)
  if (!step || !state.closing) return []
  const due = dueWithin(rules.calendar, dateOf(state.closing.turnSince), step.within).date
  switch (step.kind) {
    case 'sign-off':
      return chairsWhoseTurn(rules, state, step).map((chair) => ({
        act: 'sign' as const,
        title: step.title,
        chair,
        due,
      }))
    case 'notice':
      return state.closing.notice
        ? state.closing.notice.objections.flatMap(({ decision, answerBy }) =>
            decision ? [] : owe('answer-objection', 'office', answerBy),
          )
        : owe('post-notice', 'office', due, step.title)
    case 'filing':
      return state.closing.filing
        ? owe('record-filing-receipt', 'office', due)
        : owe('send-filing', 'office', due, step.title)
    default:
      return never(step)
  }
}

const lookBackTodos = (rules: Rules, state: CaseState, owe: Owe): readonly Todo[] => {
  const month = nextLookBack(rules, state)
  return state.phase === 'closed' && month !== undefined && state.lookBacks.announced.includes(month)
    ? owe('look-back', 'office', undefined, `${month} 个月回头看`)
    : []
}
