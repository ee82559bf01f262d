import { dateOf } from '../calendar/dates.js'
import type { CaseCommand, Command, RoundDecision } from '../case/commands.js'
import { COMMAND_TITLES } from '../case/commands.js'
import type { Decision } from '../case/decision.js'
import type { CaseEvent } from '../case/events.js'
import type { CaseState } from '../case/state.js'
import { isMachine } from '../kinds/kind.js'
import { isRefusal, never, type Refusal, refuse } from '../refusal.js'
import type { PlainDate } from '../words.js'

const DECISIONS: ReadonlySet<Command['type']> = new Set<RoundDecision['type']>([
  'pause-returns',
  'resume-returns',
  'waive-returns',
  'call-in-returns',
])

export const isRoundDecision = (command: Command): command is RoundDecision => DECISIONS.has(command.type)

type Brought = Pick<CaseCommand, 'command' | 'by' | 'at'> & { readonly state: CaseState }

/**
 * A round's decision about its returns reaches each of its cases by the machine, under the clause it was given for (CD-17). Nobody
 * pauses the returns of one case, and the machine does nothing else in it.
 */
export const followRound = ({ state, command, by, at }: Brought): Decision => {
  if (!isRoundDecision(command)) return refuse('forbidden', 'GN-08', '整改事项由人办理,系统不代为办理')
  if (!isMachine(by))
    return refuse(
      'forbidden',
      'CD-17',
      `“${COMMAND_TITLES[command.type]}”由整改办主任对整个轮次决定,不逐件办理`,
    )
  if (state.phase === 'archived') return refuse('out-of-turn', 'CD-17', '已归档,没有调度')
  const event = eventOf(state, command, dateOf(at))
  return isRefusal(event)
    ? event
    : { by: { kind: 'engine', clause: by.machine, rule: by.rule }, events: [event] }
}

const eventOf = ({ returns }: CaseState, command: RoundDecision, today: PlainDate): CaseEvent | Refusal => {
  const { reason, decidedBy } = command
  const passedOver = returns.passedOver ?? []
  switch (command.type) {
    case 'pause-returns':
      return returns.pausedSince === undefined
        ? { type: 'returns-paused', reason, decidedBy }
        : refuse('conflict', 'CD-17', '调度已经暂停')
    case 'resume-returns':
      return returns.pausedSince === undefined
        ? refuse('conflict', 'CD-17', '调度没有暂停')
        : { type: 'returns-resumed', reason, decidedBy }
    case 'waive-returns':
    case 'call-in-returns': {
      const periods = command.periods.filter((period) => passedOver.includes(period))
      if (periods.length === 0) return refuse('conflict', 'CD-17', '本件没有因暂停未报的这几期调度')
      if (command.type === 'waive-returns') return { type: 'returns-waived', periods, reason, decidedBy }
      return command.by < today
        ? refuse('invalid', 'CD-17', '补报的期限已经过去')
        : { type: 'returns-called-in', periods, by: command.by, reason, decidedBy }
    }
    default:
      return never(command)
  }
}
