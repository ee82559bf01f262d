import type { CommandBody } from '../../contracts/commands.js'
import type { Db } from '../../db/connect.js'
import { keptAmong } from '../../db/evidence.js'
import { type CaseInLedger } from '../../db/queries/cases.js'
import { noteRefusal } from '../../db/refusals.js'
import { saveRules } from '../../db/rules.js'
import { dateOf } from '../../domain/calendar/dates.js'
import type { AnyCommand, Opening } from '../../domain/decider-types.js'
import type { Giver } from '../../domain/kinds/kind.js'
import { hashesIn } from '../../domain/record/hashes.js'
import type { CaseId, CommandId, RoundId } from '../../domain/words.js'
import type { Clocks } from '../clock.js'
import type { Log } from '../log.js'
import type { ApiMetrics } from '../metrics.js'
import { unavailable } from '../problems/filter.js'
import { problem, problemOf } from '../problems/problem.js'
import { adoptionOf, type NextRules } from '../rounds/next-rules.js'
import { type Commander, type Done, type Outcome, type Sent, TemporalAway } from './commander.js'
import { completed } from './completion.js'
import { openCase } from './openings.js'
import { mustLetAct } from './restriction.js'
import { hrefOf } from './views.js'
import { mustWatchAnothers } from './watcher.js'

export type Asked = {
  readonly known: CaseInLedger
  readonly sent: Sent
  readonly id: CommandId
  readonly by: Giver
  readonly body: CommandBody
}

export type AskedToAdopt = Omit<Asked, 'body'> & { readonly next: NextRules; readonly reason: string }

/** Where commands are handed in: stamps them with their round's time, and turns what became of them into an answer. */
export class Desk {
  constructor(
    private readonly parts: {
      readonly db: Db
      readonly commander: Commander
      readonly clocks: Clocks
      readonly log: Log
      readonly metrics: Pick<ApiMetrics, 'answered'>
    },
  ) {}

  /**
   * @returns undefined when the answer is not there yet.
   * @throws Problem for everything but success.
   */
  async handIn({ known, sent, id, by, body }: Asked): Promise<Done | undefined> {
    const { db, clocks } = this.parts
    const { id: caseId, round } = known.row
    // What was done is told again, also when it could not be done any more.
    const done = sent === 'again' ? await this.askAgain(caseId, id) : undefined
    if (done) return done
    await this.mustBeKept(body)
    const at = await clocks.now(round)
    const command = await completed(db, { round, day: dateOf(at), of: known.row.id }, body)
    const asked = { id, at, by, command } as AnyCommand
    await mustLetAct(db, known, asked)
    await mustWatchAnothers(db, known, asked)
    return this.given({ known, sent, by }, asked)
  }

  /** One case goes over to other rules: they are kept before the case is pinned to them. Answers as `handIn` does. */
  async adopt({ known, sent, id, by, next, reason }: AskedToAdopt): Promise<Done | undefined> {
    const done = sent === 'again' ? await this.askAgain(known.row.id, id) : undefined
    if (done) return done
    await saveRules(this.parts.db, next.loaded, next.calendar)
    const at = await this.parts.clocks.now(known.row.round)
    return this.given({ known, sent, by }, { id, at, by, command: adoptionOf(next, reason, 'case') })
  }

  private async given(
    { known, sent, by }: Pick<Asked, 'known' | 'sent' | 'by'>,
    command: AnyCommand,
  ): Promise<Done | undefined> {
    const { db, commander, log } = this.parts
    const { id: caseId } = known.row
    const { id, at } = command
    const { type } = command.command
    const outcome = await this.measured(type, caseId, () => commander.give(known, command, sent))
    if (outcome.kind === 'refused' && 'person' in by) {
      const { clause, why } = outcome.refusal
      const { person, name } = by
      const seq = known.row.headSeq
      await noteRefusal(db, { caseId, seq, commandId: id, act: type, person, name, clause, why, at })
    }
    log.info({ case: caseId, command: id, act: type, outcome: outcome.kind }, 'command')
    return this.answerTo(outcome, caseId)
  }

  /**
   * Opens a case of a kind that is opened one by one.
   * @returns undefined when the answer is not there yet.
   * @throws Problem for everything but success.
   */
  async open(asked: {
    readonly round: RoundId
    readonly id: CommandId
    readonly by: Giver
    readonly opening: Opening
  }): Promise<Done | undefined> {
    const { db, commander, clocks, log } = this.parts
    const { round, id } = asked
    await this.mustBeKept(asked.opening)
    const at = await clocks.now(round)
    const opening = await completed(db, { round, day: dateOf(at) }, asked.opening)
    const where = `${round}/${id}` as CaseId
    const outcome = await this.measured(opening.type, where, () =>
      openCase({ db, commander }, { ...asked, opening, at }),
    )
    log.info({ round, command: id, act: opening.type, outcome: outcome.kind }, 'opening')
    return this.answerTo(outcome, outcome.kind === 'done' ? outcome.caseId : where)
  }

  /** What became of a command sent before; undefined when nothing is known of it. */
  askAgain(caseId: CaseId, id: CommandId): Promise<Done | undefined> {
    return this.tried(caseId, () => this.parts.commander.askAgain(caseId, id))
  }

  private answerTo(outcome: Outcome, caseId: CaseId): Done | undefined {
    switch (outcome.kind) {
      case 'done':
        return outcome
      case 'pending':
        return undefined
      case 'refused':
        throw problemOf(outcome.refusal, `${hrefOf(caseId)}/commands`)
      case 'not-running':
        throw problem('unavailable', '这件案件暂未运行,请管理员执行 bihuan ledger restart-cases', {
          headers: { 'retry-after': '60' },
        })
    }
  }

  private async measured(act: string, caseId: CaseId, work: () => Promise<Outcome>): Promise<Outcome> {
    const began = performance.now()
    const tell = (outcome: string): void =>
      this.parts.metrics.answered(act, outcome, (performance.now() - began) / 1_000)
    try {
      const outcome = await this.tried(caseId, work)
      tell(outcome.kind)
      return outcome
    } catch (error) {
      tell('failed')
      throw error
    }
  }

  private async tried<T>(caseId: CaseId, work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof TemporalAway)) throw error
      this.parts.log.warn({ err: error, case: caseId }, 'Temporal not to be reached')
      throw unavailable('流程引擎', error)
    }
  }

  /** A command may only point at files that are kept here. */
  private async mustBeKept(body: CommandBody | Opening): Promise<void> {
    const named = [...hashesIn(body)]
    const kept = await keptAmong(this.parts.db, named)
    const missing = named.filter((hash) => !kept.has(hash))
    if (missing.length > 0)
      throw problem('invalid', '材料还没有上传', {
        errors: missing.map((hash) => ({ path: hash, message: '没有这份材料,请先上传' })),
        instead: [{ act: 'upload', title: '上传材料', href: '/evidence' }],
      })
  }
}
