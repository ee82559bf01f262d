import { setTimeout as pause } from 'node:timers/promises'
import type { Db } from '../../db/connect.js'
import { proposalOn, settleOrder, type WaitingOrder, waitingOrders } from '../../db/orders.js'
import { caseById } from '../../db/queries/cases.js'
import { isToBeRegistered } from '../../db/rounds.js'
import type { AnyCommand, Opening } from '../../domain/decider-types.js'
import { refuse } from '../../domain/refusal.js'
import type { CommandId } from '../../domain/words.js'
import type { Tracer } from '../../runtime/tracing/tracer.js'
import type { Commander, Outcome } from '../cases/commander.js'
import { openCase } from '../cases/openings.js'
import type { Log } from '../log.js'

const AT_ONCE = 8
const MOST = 200
const EVERY_MILLIS = 1_000

/** Those for one case stay in their order; each that opens a case stands alone. */
const byCase = (orders: readonly WaitingOrder[]): readonly (readonly WaitingOrder[])[] => {
  const queues = new Map<string, WaitingOrder[]>()
  for (const order of orders) {
    const whose = order.caseId ?? order.key
    const queue = queues.get(whose)
    if (queue) queue.push(order)
    else queues.set(whose, [order])
  }
  return [...queues.values()]
}

/**
 * Gives what cases asked of one another: each order is a command under its key, so it happens once, whoever is killed on the
 * way. One that is refused is kept with the words of its refusal.
 */
export class Dispatcher {
  private readonly stopping = new AbortController()
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
    await this.ticking
  }

  private async tick(): Promise<void> {
    let troubled = false
    while (!this.stopping.signal.aborted) {
      try {
        await this.giveAll()
        troubled = false
      } catch (error) {
        if (!troubled) this.parts.log.warn({ err: error }, 'orders wait')
        troubled = true
      }
      await pause(EVERY_MILLIS, undefined, { signal: this.stopping.signal }).catch(() => undefined)
    }
  }

  private async giveAll(): Promise<void> {
    const queues = byCase(await waitingOrders(this.parts.db, MOST)).values()
    await Promise.all(Array.from({ length: AT_ONCE }, () => this.giveEach(queues)))
  }

  private async giveEach(queues: IterableIterator<readonly WaitingOrder[]>): Promise<void> {
    for (const queue of queues) await this.giveInTurn(queue)
  }

  /** A pause and its end reach a case in their order: what waits is not overtaken by what was ordered after it. */
  private async giveInTurn(queue: readonly WaitingOrder[]): Promise<void> {
    const { db, log } = this.parts
    for (const order of queue) {
      if (this.stopping.signal.aborted) return
      const outcome = await this.traced(order)
      log.info({ case: order.caseId, command: order.key, outcome: outcome.kind }, 'order')
      if (outcome.kind === 'done') await settleOrder(db, order.key, 'done', outcome.caseId)
      else if (outcome.kind === 'refused')
        await settleOrder(db, order.key, 'refused', `${outcome.refusal.clause} ${outcome.refusal.why}`)
      else return
    }
  }

  /** A trace of its own: the key names the event that the order follows from. */
  private traced(order: WaitingOrder): Promise<Outcome> {
    const { tracer } = this.parts
    if (!tracer) return this.give(order)
    return tracer.around('order', 'internal', undefined, () => this.give(order), {
      'bihuan.command': order.key,
      ...(order.caseId !== null && { 'bihuan.case': order.caseId }),
    })
  }

  private async give(order: WaitingOrder): Promise<Outcome> {
    const { db, commander } = this.parts
    const { key, round, command, by, at } = order
    if (order.caseId === null && command.type === 'mark-ground-gone') {
      const found = await proposalOn(db, round, command)
      if (found === 'waiting') return { kind: 'pending' }
      if (found !== undefined) return this.give({ ...order, caseId: found })
      return {
        kind: 'refused',
        refusal: refuse('not-found', 'HH-08', `没有据 ${command.period} 排名对${command.unit}提出的处理建议`),
      }
    }
    const { caseId } = order
    const id = key as string as CommandId
    if (caseId === null)
      return openCase({ db, commander }, { round, id, at, by, opening: command as Opening })
    const known = await caseById(db, caseId)
    if (!known)
      return (await isToBeRegistered(db, round, caseId))
        ? { kind: 'pending' }
        : { kind: 'refused', refusal: refuse('not-found', 'CD-18', `台账上没有 ${caseId}`) }
    return commander.give(known, { id, at, by, command } as AnyCommand, 'again')
  }
}
