import {
  type Client,
  isGrpcServiceError,
  ServiceError,
  type WithStartWorkflowOperation,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client'
import { WorkflowNotFoundError } from '@temporalio/common'
import { MissingKey } from '../../codec/encryption.js'
import {
  type AnyCommand,
  BACKLOG_QUERY,
  type CaseStart,
  COMMAND_UPDATE,
  type CommandAnswer,
  type CommandMessage,
  type Head,
  type LedgerRecord,
  type LedgerState,
} from '../../contracts/case.js'
import { append, type Seen } from '../../db/append.js'
import { GapInChain } from '../../db/chain-errors.js'
import type { Db } from '../../db/connect.js'
import { forgetIntent, intend } from '../../db/intents.js'
import { type CaseInLedger, caseById, eventsOf, eventsOfCommand } from '../../db/queries/cases.js'
import { roundById } from '../../db/rounds.js'
import { rulesOf } from '../../db/rules.js'
import { decide, evolve, hasEnded, lineOf } from '../../domain/decider.js'
import { GENESIS } from '../../domain/record/chain.js'
import { isRefusal, type Refusal } from '../../domain/refusal.js'
import type { CaseId, CommandId } from '../../domain/words.js'
import type { TemporalCalls } from './calls.js'
import { starting } from './start.js'
import { refusalIn } from './temporal.js'

/** The command's own events, and the case as they left it. */
export type Done = {
  readonly kind: 'done'
  readonly caseId: CaseId
  readonly from: number
  readonly to: number
  readonly events: readonly LedgerRecord[]
  readonly ledger: LedgerState
}

export type Outcome =
  | Done
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** The caller's patience ended first; the command goes on, and the same key asks for what became of it. */
  | { readonly kind: 'pending' }
  /** The ledger has the case open, Temporal does not know it: `bihuan ledger restart-cases` is wanted. */
  | { readonly kind: 'not-running' }

/** Temporal does not answer: nothing is known of the command, and the same key may be used again. */
export class TemporalAway extends Error {
  override readonly name = 'TemporalAway'
}

/** Whether a command was sent under its id before. */
export type Sent = 'new' | 'again'

/** The case as it was looked up before the command was sent. */
type Held = { readonly head: Head; readonly ledger: LedgerState | undefined; readonly seen?: Seen }

const NOTHING: Held = { head: GENESIS, ledger: undefined }

const heldOf = ({ row, state, version }: CaseInLedger): Held => {
  const head = { seq: row.headSeq, hash: row.headHash }
  return { head, ledger: state, seen: { head, state, version } }
}

/**
 * Sends commands to cases and brings what became of them to the ledger before it answers: history first, then the record.
 * Used by the door, by the opening of rounds, by whoever has a command and a key.
 */
export class Commander {
  constructor(
    private readonly parts: {
      readonly db: Db
      readonly client: Client
      readonly calls: TemporalCalls
      /** How long a caller waits before being told to ask again. */
      readonly patienceMillis: number
    },
  ) {}

  /** Gives a command to a case the ledger has. Its id makes it happen once, however often it is sent. */
  async give(known: CaseInLedger, command: AnyCommand, sent: Sent): Promise<Outcome> {
    const { id } = known.row
    const done = sent === 'again' ? await this.doneBefore(id, command.id) : undefined
    if (done) return done
    return this.sent(id, command, heldOf(known), (message) => this.update(id, message))
  }

  /** Starts the case, or finds it started, and registers it. */
  async register(start: CaseStart, command: AnyCommand, details: string): Promise<Outcome> {
    const { caseId } = start
    const done = await this.doneBefore(caseId, command.id)
    if (done) return done
    const found = await caseById(this.parts.db, caseId)
    return this.sent(caseId, command, found ? heldOf(found) : NOTHING, (message) =>
      this.updateWithStart(starting(start, details), message),
    )
  }

  /** What became of a command sent earlier: done, or not known (yet). */
  async askAgain(caseId: CaseId, command: CommandId): Promise<Done | undefined> {
    const known = await this.doneBefore(caseId, command)
    if (known) return known
    try {
      await this.fetchBacklog(caseId)
    } catch (error) {
      // Nothing runs that could have done it.
      if (!(error instanceof WorkflowNotFoundError)) throw error
    }
    return this.doneBefore(caseId, command)
  }

  /** Everything the case has and the ledger has not: fetched and appended. @returns the ledger's last number. */
  async fetchBacklog(caseId: CaseId): Promise<number> {
    const waiting = await this.asked(() =>
      this.parts.client.workflow.getHandle(caseId).query<readonly LedgerRecord[]>(BACKLOG_QUERY),
    )
    const { ledger } = await append(this.parts.db, waiting)
    return ledger
  }

  private async sent(
    caseId: CaseId,
    command: AnyCommand,
    held: Held,
    send: (message: CommandMessage) => Promise<CommandAnswer>,
  ): Promise<Outcome> {
    const { db } = this.parts
    await intend(db, caseId, command.id)
    try {
      const answer = await this.asked(() => send({ command, ledger: held.head.seq }))
      await this.bring(caseId, answer.events, held.seen)
      return await this.outcome(caseId, command.id, held, answer)
    } catch (error) {
      const refusal = refusalIn(error)
      if (refusal) {
        await forgetIntent(db, caseId, command.id)
        return { kind: 'refused', refusal }
      }
      if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return { kind: 'pending' }
      if (error instanceof WorkflowNotFoundError) return this.notRunning(caseId, command, held)
      throw error
    }
  }

  /** No such workflow. One that has ended is started again, from its events, when the domain lets the command reopen it. */
  private async notRunning(caseId: CaseId, command: AnyCommand, held: Held): Promise<Outcome> {
    const { db } = this.parts
    const { head, ledger } = held
    // It may have been the command's own first sending that ended the case.
    const done = await this.doneBefore(caseId, command.id)
    await forgetIntent(db, caseId, command.id)
    if (done) return done
    if (!ledger) return { kind: 'not-running' }
    const { state } = ledger
    const rules = await rulesOf(db, state.policy, state.calendar)
    const answer = decide(rules, ledger, command)
    if (isRefusal(answer)) return { kind: 'refused', refusal: answer }
    if (!hasEnded(ledger)) return { kind: 'not-running' }
    const round = await roundById(db, state.round)
    if (!round) return { kind: 'not-running' }
    const { units } = lineOf(rules, ledger)
    const start: CaseStart = {
      caseId,
      kind: ledger.kind,
      round: state.round,
      units,
      summary: `重新开启 · ${caseId}`,
      rules,
      clock: round.clock,
      resumed: { state: ledger, head, waiting: [], effects: [] },
    }
    return this.sent(caseId, command, held, (message) =>
      this.updateWithStart(starting(start, `${caseId} 归档后重新开启。`), message),
    )
  }

  private update(caseId: CaseId, message: CommandMessage): Promise<CommandAnswer> {
    return this.parts.client.workflow
      .getHandle(caseId)
      .executeUpdate<CommandAnswer, [CommandMessage]>(COMMAND_UPDATE, {
        args: [message],
        updateId: message.command.id,
      })
  }

  private updateWithStart(
    startWorkflowOperation: WithStartWorkflowOperation<(start: CaseStart) => Promise<void>>,
    message: CommandMessage,
  ): Promise<CommandAnswer> {
    return this.parts.client.workflow.executeUpdateWithStart<
      (start: CaseStart) => Promise<void>,
      CommandAnswer,
      [CommandMessage]
    >(COMMAND_UPDATE, { args: [message], updateId: message.command.id, startWorkflowOperation })
  }

  /** Appends; where somebody else's events are missing before these, the case is asked for all it has. */
  private async bring(
    caseId: CaseId,
    events: readonly LedgerRecord[],
    seen: Seen | undefined,
  ): Promise<void> {
    try {
      await append(this.parts.db, events, seen)
    } catch (error) {
      if (!(error instanceof GapInChain)) throw error
      await this.fetchBacklog(caseId)
      await append(this.parts.db, events)
    }
  }

  private async outcome(
    caseId: CaseId,
    id: CommandId,
    { head, ledger }: Held,
    { events, from, to }: CommandAnswer,
  ): Promise<Outcome> {
    const before = events[0]?.seq === head.seq + 1 && from > head.seq
    if (!before) {
      // Somebody else brought it in meanwhile; a note made after that would wait for nothing.
      const done = await this.doneBefore(caseId, id)
      if (done) await forgetIntent(this.parts.db, caseId, id)
      return done ?? { kind: 'pending' }
    }
    const until = events.filter(({ seq }) => seq <= to)
    const after = until.reduce<LedgerState | undefined>(evolve, ledger)
    if (!after) throw new TypeError(`${caseId}: a command was done on nothing`)
    return {
      kind: 'done',
      caseId,
      from,
      to,
      events: until.filter(({ seq }) => seq >= from),
      ledger: after,
    }
  }

  /** From the record alone: the same answer as the first time, also when the case is long over. */
  private async doneBefore(caseId: CaseId, id: CommandId): Promise<Done | undefined> {
    const { db } = this.parts
    const events = (await eventsOfCommand(db, id)).filter((record) => record.case === caseId)
    const [first] = events
    const last = events.at(-1)
    if (!first || !last) return undefined
    const ledger = await stateAfter(db, caseId, last.seq)
    return { kind: 'done', caseId, from: first.seq, to: last.seq, events, ledger }
  }

  /** Within the caller's patience; what cannot be reached is told from what takes its time. */
  private async asked<T>(work: () => Promise<T>): Promise<T> {
    const { calls, patienceMillis } = this.parts
    let silence: NodeJS.Timeout | undefined
    /** Fails when no answer came for a while and Temporal itself gives none either; never resolves. */
    const foundAway = new Promise<never>((_, fail) => {
      silence = setTimeout(() => calls.probe(PROBE_MILLIS).catch(fail), SILENCE_MILLIS)
    })
    try {
      return await Promise.race([calls.within(patienceMillis, work), foundAway])
    } catch (error) {
      if (isAway(error) || error instanceof MissingKey)
        throw new TemporalAway('Temporal does not answer', { cause: error })
      throw error
    } finally {
      clearTimeout(silence)
    }
  }
}

/** After so long without an answer Temporal itself is asked, and has so long to say that it is there. */
const SILENCE_MILLIS = 2_000
const PROBE_MILLIS = 1_500

const PAGE = 1_000

const stateAfter = async (db: Db, caseId: CaseId, seq: number): Promise<LedgerState> => {
  let state: LedgerState | undefined
  for (let after = 0; after < seq; ) {
    const page = await eventsOf(db, caseId, { after, limit: Math.min(PAGE, seq - after) })
    const last = page.at(-1)
    if (!last) break
    state = page.reduce<LedgerState | undefined>(evolve, state)
    after = last.seq
  }
  if (!state) throw new TypeError(`${caseId}: no events up to ${seq}`)
  return state
}

/** gRPC: CANCELLED, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, FAILED_PRECONDITION (between two runs of a case), UNAVAILABLE. */
const AWAY = new Set([1, 4, 8, 9, 14])

const isAway = (error: unknown): boolean => {
  const cause = error instanceof ServiceError ? error.cause : error
  return isGrpcServiceError(cause) && AWAY.has(cause.code)
}
