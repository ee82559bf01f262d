import {
  ApplicationFailure,
  allHandlersFinished,
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  defineUpdate,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow'
import {
  BACKLOG_QUERY,
  type CaseStart,
  COMMAND_SIGNAL,
  COMMAND_UPDATE,
  type CommandAnswer,
  type CommandMessage,
  type LedgerRecord,
  type LedgerState,
  REFUSED,
  STATE_QUERY,
} from '../contracts/case.js'
import { rulesBroughtBy } from '../domain/adoption/decide.js'
import { hasEnded, signalRefused } from '../domain/decider.js'
import type { Refusal } from '../domain/refusal.js'
import { storable } from '../domain/text.js'
import { type CommandId, later } from '../domain/words.js'
import { makeAlarm } from './alarm.js'
import { type Book, openBook } from './book.js'
import { makeCarrier } from './carrier.js'
import { detailsOf, momentInWords } from './details.js'
import { makeErrands } from './errands.js'
import { judge, judgeUnheard, type Verdict } from './judge.js'
import { tellDue } from './moments.js'
import { latestOf, roundNow } from './now.js'

const command = defineUpdate<CommandAnswer, [CommandMessage]>(COMMAND_UPDATE)
const commandSignal = defineSignal<[CommandMessage]>(COMMAND_SIGNAL)
/** Events not yet known to be in the ledger. */
const backlog = defineQuery<readonly LedgerRecord[]>(BACKLOG_QUERY)
const stateNow = defineQuery<LedgerState | undefined>(STATE_QUERY)

/** A run ends and the next takes over at this many events, when nothing is under way; at the other, anyhow. */
const HEAVY = 2_000
const TOO_HEAVY = 10_000

/** A case that was started and never registered (its first command was refused) does not stay. */
const REGISTERED_WITHIN = '10 minutes'

/** A refusal may quote what somebody typed; a message that is no text on the wire would never leave the worker. */
const refused = (refusal: Refusal): ApplicationFailure =>
  ApplicationFailure.nonRetryable(storable(refusal.why), REFUSED, refusal)

/**
 * One case, from its first command to its end: takes a command, asks the domain, keeps the events, answers; sleeps until the next
 * moment and lets the domain say what that moment means; starts what follows from an event.
 */
export async function caseWorkflow(start: CaseStart): Promise<void> {
  const { clock } = start
  const book = openBook(start)
  const alarm = makeAlarm(clock)
  const carrier = makeCarrier(book)
  const errands = makeErrands(start, book, carrier.ask)

  const enter = ({ fell, own }: Extract<Verdict, { kind: 'happens' }>, { command }: CommandMessage) => {
    book.keep(fell)
    const from = book.head.seq + 1
    book.keep(own, command.id, rulesBroughtBy(command.command))
    return { from, to: book.head.seq }
  }

  /** The validator's verdict, for the handler that follows it at once; a replay has handlers alone. */
  let found:
    | { readonly on: LedgerState | undefined; readonly id: CommandId; readonly verdict: Verdict }
    | undefined
  const verdictOn = (message: CommandMessage): Verdict => {
    const { id } = message.command
    const known = found?.on === book.state && found?.id === id ? found.verdict : undefined
    const verdict = known ?? judge(book.rules, book.state, message, latestOf(clock))
    found = { on: book.state, id, verdict }
    return verdict
  }

  setHandler(
    command,
    (message) => {
      book.inLedger(message.ledger)
      const verdict = verdictOn(message)
      if (verdict.kind === 'refused') throw refused(verdict.refusal)
      const { from, to } = verdict.kind === 'done' ? verdict : enter(verdict, message)
      return { events: book.waiting.filter(({ seq }) => seq > message.ledger), from, to }
    },
    {
      validator: (message) => {
        found = undefined
        const verdict = verdictOn(message)
        if (verdict.kind === 'refused') throw refused(verdict.refusal)
      },
    },
  )
  setHandler(commandSignal, (message) => {
    const verdict = judgeUnheard(book.rules, book.state, message, latestOf(clock))
    if (verdict?.kind === 'happens') enter(verdict, message)
    if (verdict?.kind === 'refused' && book.state) {
      const at = later(roundNow(clock), book.state.state.at)
      book.keep([signalRefused(message.command, verdict.refusal, at)], message.command.id)
    }
  })
  setHandler(backlog, () => book.waiting)
  setHandler(stateNow, () => book.state)

  if (start.first && !book.state) {
    const first = { command: start.first, ledger: 0 }
    const verdict = judge(book.rules, undefined, first, latestOf(clock))
    if (verdict.kind === 'happens') enter(verdict, first)
    carrier.ask()
  }
  if (!(book.state || (await condition(() => book.state !== undefined, REGISTERED_WITHIN)))) return

  /** The next moment in words, as of this version of the book: in the details and at the timer alike. */
  let words = ''
  let told: number | undefined
  for (let draining = false; ; ) {
    const now = roundNow(clock)
    // What the case does by itself it also carries by itself.
    if (tellDue(book, later(alarm.rang() ?? now, now)) > 0) carrier.ask()
    const { rules, state, version } = book
    if (!state) return

    const ending = hasEnded(state)
    const { continueAsNewSuggested, historyLength } = workflowInfo()
    const heavy = !ending && (continueAsNewSuggested || historyLength > HEAVY)
    if (heavy) errands.rest()
    else errands.go()
    // Under steady commands something always waits: before the next run it is carried once, and what comes then goes along.
    if (ending || (heavy && !draining)) carrier.ask()
    draining = heavy
    const quiet = carrier.idle() && errands.idle() && allHandlersFinished()
    if (ending && quiet && book.waiting.length === 0 && book.effects.length === 0) return
    if (heavy && (quiet || historyLength > TOO_HEAVY)) return continueAsNew(nextRun(start, book))

    const { next } = book
    if (version !== told) {
      words = next === undefined ? '' : momentInWords(rules, state, next)
      setCurrentDetails(detailsOf({ ...start, rules }, state, book.head.seq, words))
      told = version
    }
    alarm.set(next, () => words)
    await condition(
      () =>
        book.version !== version ||
        alarm.ringing() ||
        quiet !== (carrier.idle() && errands.idle() && allHandlersFinished()),
    )
  }
}

const nextRun = ({ first: _first, ...start }: CaseStart, book: Book): CaseStart => {
  const resumed = book.toResume()
  return { ...start, rules: book.rules, ...(resumed && { resumed }) }
}
