import { setTimeout as pause } from 'node:timers/promises'
import type { CaseStart } from '../../contracts/case.js'
import { roundTime } from '../../contracts/clock.js'
import { summaryOf } from '../../contracts/engine.js'
import type { Db } from '../../db/connect.js'
import { caseById } from '../../db/queries/cases.js'
import {
  entriesToRegister,
  markRegistered,
  planEntries,
  type Round,
  roundById,
  roundsToOpen,
} from '../../db/rounds.js'
import { rulesOf } from '../../db/rules.js'
import type { CaseCommand } from '../../domain/case/commands.js'
import type { AnyCommand } from '../../domain/decider-types.js'
import { caseIdOf, type Entry } from '../../domain/entry.js'
import { roundCaseId } from '../../domain/round/kind.js'
import type { AdoptedPlan } from '../../domain/round/types.js'
import type { CaseId, CommandId, RoundId } from '../../domain/words.js'
import type { Tracer } from '../../runtime/tracing/tracer.js'
import type { Commander } from '../cases/commander.js'
import { startOfEntry } from '../cases/start.js'
import { worldNow } from '../clock.js'
import type { Log } from '../log.js'

const AT_ONCE = 8
const EVERY_MILLIS = 60_000

/**
 * Opens the cases of accepted rounds, a few at a time, until every entry is on the record. Begun when a round is accepted, when
 * the process starts, and every minute: whatever stopped it, it goes on where it was, and nothing is opened twice.
 */
export class Opener {
  private readonly stopping = new AbortController()
  private readonly underWay = new Map<RoundId, Promise<void>>()
  private ticking: Promise<void> | undefined

  constructor(
    private readonly parts: {
      readonly db: Db
      readonly commander: Commander
      readonly log: Log
      readonly tracer: Tracer | undefined
    },
  ) {}

  start(): void {
    this.ticking ??= this.tick()
  }

  async stop(): Promise<void> {
    this.stopping.abort()
    await Promise.all([this.ticking, ...this.underWay.values()])
  }

  /** Begins, or goes on with, a round; does not wait for its end. */
  open(round: RoundId): void {
    if (this.underWay.has(round) || this.stopping.signal.aborted) return
    const work = this.openAll(round)
      .catch((error: unknown) => this.parts.log.warn({ err: error, round }, 'opening goes on later'))
      .finally(() => this.underWay.delete(round))
    this.underWay.set(round, work)
  }

  private async tick(): Promise<void> {
    const { db, log } = this.parts
    while (!this.stopping.signal.aborted) {
      try {
        const rounds = new Set([
          ...(await roundsToOpen(db)),
          ...(await entriesToRegister(db)).map(({ round }) => round),
        ])
        for (const round of rounds) this.open(round)
      } catch (error) {
        log.warn({ err: error }, 'rounds not to be read')
      }
      await pause(EVERY_MILLIS, undefined, { signal: this.stopping.signal }).catch(() => undefined)
    }
  }

  private async openAll(id: RoundId): Promise<void> {
    const { db } = this.parts
    const round = await roundById(db, id)
    if (!round) return
    await this.traced(roundCaseId(round.id), () => this.openRoundCase(round))
    const waiting = (await entriesToRegister(db, id)).map(({ entry }) => entry).values()
    await Promise.all(Array.from({ length: AT_ONCE }, () => this.openEach(round, waiting)))
  }

  /** The round's own case, before its cases: it keeps the plan's deadline and whatever comes round by itself. */
  private async openRoundCase(round: Round): Promise<void> {
    const { db, commander, log } = this.parts
    const caseId = roundCaseId(round.id)
    const found = await caseById(db, caseId)
    const plan = await adoptedPlan(db, round)
    if (found && !(plan && found.state.kind === 'round' && found.state.state.phase === 'awaiting-plan'))
      return
    const { openedBy: by } = round
    if (!by) return
    const at = roundTime(round.clock, worldNow())
    if (found && plan) {
      const adopt: AnyCommand = {
        ...{ id: `${caseId}#adopt-plan` as CommandId, at, by },
        command: { type: 'adopt-plan', ...plan },
      }
      const outcome = await commander.give(found, adopt, 'again')
      log.info({ case: caseId, outcome: outcome.kind }, 'adopt plan')
      return
    }
    const rules = await rulesOf(db, round.policyHash, round.calendarHash)
    const open: AnyCommand = {
      ...{ id: `${caseId}#open` as CommandId, at, by },
      command: {
        type: 'open-round',
        caseId,
        round: round.id,
        policy: round.policyHash,
        calendar: round.calendarHash,
        title: round.title,
        source: round.source,
        ...(round.feedbackDate !== null && { feedbackDate: round.feedbackDate }),
        ...(plan && { plan }),
      },
    }
    const start: CaseStart = {
      caseId,
      kind: 'round',
      round: round.id,
      units: [],
      summary: summaryOf(round, `轮次 · ${round.title}`),
      rules,
      clock: round.clock,
    }
    const outcome = await commander.register(start, open, round.title)
    log.info({ case: caseId, outcome: outcome.kind }, 'open round')
    if (outcome.kind === 'refused') log.error({ case: caseId, refusal: outcome.refusal }, 'round not opened')
  }

  private async openEach(round: Round, waiting: IterableIterator<Entry>): Promise<void> {
    for (const entry of waiting) {
      if (this.stopping.signal.aborted) return
      await this.traced(caseIdOf(round.id, entry.n), () => this.openOne(round, entry))
    }
  }

  /** Each opening is a trace of its own: a round's cases go on opening long after the request that began it. */
  private traced(caseId: CaseId, work: () => Promise<void>): Promise<void> {
    const { tracer } = this.parts
    return tracer ? tracer.around('opening', 'internal', undefined, work, { 'bihuan.case': caseId }) : work()
  }

  private async openOne(round: Round, entry: Entry): Promise<void> {
    const { db, commander, log } = this.parts
    const { openedBy, planDate } = round
    if (planDate === null) throw new TypeError(`${round.id}: entries without a plan`)
    if (!openedBy) throw new TypeError(`${round.id}: nobody opened it`)
    const caseId = caseIdOf(round.id, entry.n)
    const rules = await rulesOf(db, round.policyHash, round.calendarHash)
    const command: CaseCommand = {
      id: `${caseId}#register` as CommandId,
      at: roundTime(round.clock, worldNow()),
      by: openedBy,
      command: {
        type: 'register',
        caseId,
        round: round.id,
        entry,
        source: round.source,
        policy: round.policyHash,
        calendar: round.calendarHash,
        planDate,
      },
    }
    const outcome = await commander.register(startOfEntry(round, entry, rules), command, entry.text)
    log.info({ case: caseId, command: command.id, outcome: outcome.kind }, 'register')
    if (outcome.kind === 'done') await markRegistered(db, round.id, entry.n, worldNow())
    if (outcome.kind === 'refused')
      log.error({ case: caseId, refusal: outcome.refusal }, 'entry not registered')
  }
}

const adoptedPlan = async (db: Db, { id, planDate }: Round): Promise<AdoptedPlan | undefined> => {
  if (planDate === null) return undefined
  const entries = await planEntries(db, id)
  const units = new Set(entries.flatMap(({ entry }) => entry.units))
  return { planDate, entries: entries.length, units: [...units] }
}
