import { setTimeout as pause } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import type { Client } from '@temporalio/client'
import { type LedgerState, STATE_QUERY } from '../../contracts/case.js'
import { type Clock, worldMillisUntil } from '../../contracts/clock.js'
import type { Db } from '../../db/connect.js'
import { caseById } from '../../db/queries/cases.js'
import { roundById } from '../../db/rounds.js'
import { rulesOf } from '../../db/rules.js'
import { hasEnded, nextMoment } from '../../domain/decider.js'
import type { CaseId, Instant } from '../../domain/words.js'
import { type OpenTimer, openTimersOf } from './timers.js'
import { type Violation, violation } from './violation.js'

const SAME = '流程中的状态与台账一致'
const MOMENT = '下一时点与计时一致'
const WORKS = '没有反复失败的流程任务'

/**
 * A drill goes on while we look: a case that moved meanwhile is looked at again, so often. What a worker had in hand when it died is
 * missed only after a minute, and until then its case has not ended.
 */
const LOOKS = 160
const PAUSE_MILLIS = 500
/** A task that failed so often will fail again. */
const MOST_ATTEMPTS = 10
const SIDE_BY_SIDE = 6
/** A timer counts whole milliseconds, from the task that set it. */
const TIMER_TOLERANCE_MILLIS = 2

type Tools = { readonly db: Db; readonly client: Client }

/** Every case the ledger has: the workflow's state, its one timer, its tasks. */
export const checkWorkflows = async (tools: Tools): Promise<readonly Violation[]> => {
  const ids = (await tools.db.selectFrom('cases').select('id').orderBy('id').execute()).values()
  const found: Violation[] = []
  const next = async (): Promise<void> => {
    for (const { id } of ids) found.push(...(await checkCase(tools, id)))
  }
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, next))
  return found
}

const checkCase = async (tools: Tools, id: CaseId): Promise<readonly Violation[]> => {
  let last: readonly Violation[] = []
  for (let look = 0; look < LOOKS; look += 1) {
    try {
      last = await lookAt(tools, id)
    } catch (error) {
      last = [violation(WORKS, id, `流程没有应答:${error instanceof Error ? error.message : String(error)}`)]
    }
    if (last.length === 0) return []
    await pause(PAUSE_MILLIS)
  }
  return last
}

const lookAt = async ({ db, client }: Tools, id: CaseId): Promise<readonly Violation[]> => {
  const handle = client.workflow.getHandle(id)
  const known = await caseById(db, id)
  if (!known) return []
  const { raw, status } = await handle.describe()
  const attempt = raw.pendingWorkflowTask?.attempt ?? 0
  if (attempt > MOST_ATTEMPTS) return [violation(WORKS, id, `流程任务已试 ${attempt} 次`)]
  const ended = hasEnded(known.state)
  if (ended !== (status.name === 'COMPLETED'))
    return [violation(SAME, id, `台账${ended ? '已结' : '未结'},流程 ${status.name}`)]
  const state = await handle.query<LedgerState | undefined>(STATE_QUERY)
  if (!isDeepStrictEqual(state, known.state))
    return [
      violation(SAME, id, `台账至 ${known.row.headSeq} 号 ${known.state.state.at},流程 ${state?.state.at}`),
    ]
  if (ended) return []
  const rules = await rulesOf(db, known.state.state.policy, known.state.state.calendar)
  const round = await roundById(db, known.row.round)
  const timers = openTimersOf(await handle.fetchHistory())
  const wrong = round && wrongTimer(timers, round.clock, nextMoment(rules, known.state))
  return wrong === undefined ? [] : [violation(MOMENT, id, wrong)]
}

/** @returns what is wrong with a case's timers, when it waits for `moment`. */
const wrongTimer = (
  timers: readonly OpenTimer[],
  clock: Clock,
  moment: Instant | undefined,
): string | undefined => {
  const [timer, ...others] = timers
  if (moment === undefined) return timer ? `不待时点,却有 ${timers.length} 个计时` : undefined
  if (!timer) return `待 ${moment},没有计时`
  if (others.length > 0) return `待 ${moment},有 ${timers.length} 个计时`
  const wanted = worldMillisUntil(clock, timer.setAt, moment)
  return Math.abs(wanted - timer.millis) <= TIMER_TOLERANCE_MILLIS
    ? undefined
    : `待 ${moment},应计 ${wanted} 毫秒,实计 ${timer.millis}`
}
