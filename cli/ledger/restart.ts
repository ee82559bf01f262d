import { type Client, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client'
import { CASE_WORKFLOW, type CaseStart, TASK_QUEUE } from '../../contracts/case.js'
import { searchAttributesOf, summaryOf } from '../../contracts/engine.js'
import type { Db } from '../../db/connect.js'
import { fold } from '../../db/fold.js'
import { effectsDone } from '../../db/queries/effects-done.js'
import { type OpenCase, openCases } from '../../db/queries/open-cases.js'
import { recordedCases } from '../../db/record-stream.js'
import { rulesAlong, rulesOf } from '../../db/rules.js'
import { firstBrokenLink, headOf } from '../../domain/record/chain.js'
import type { CaseId } from '../../domain/words.js'
import { owedEffects } from './owed.js'

export type Restarted = {
  readonly known: number
  readonly started: number
  readonly failed: readonly { readonly id: CaseId; readonly why: string }[]
}

/** Cases looked after at the same time. */
const SIDE_BY_SIDE = 16

/** Everything a case's workflow goes on from: its state from its events, its pinned rules, its round's clock. */
const startOf = async (db: Db, open: OpenCase): Promise<CaseStart> => {
  const { id, kind, round, units, clock } = open
  const rules = await rulesOf(db, open.policy, open.calendar)
  for await (const records of recordedCases(db, id)) {
    const broken = firstBrokenLink(records)
    if (broken) throw new Error(`第 ${broken.seq} 号事件处断链,请先核验台账`)
    const steps = fold(undefined, records)
    const { after } = steps.at(-1) ?? steps[0]
    const drill = clock.kind === 'drill' ? 'drill' : 'real'
    const effects = owedEffects(await rulesAlong(db, steps), steps, drill, await effectsDone(db, id))
    return {
      caseId: id,
      kind,
      round,
      units,
      summary: summaryOf(open, open.text),
      rules,
      clock,
      resumed: { state: after, head: headOf(records), waiting: [], effects },
    }
  }
  throw new Error('台账上没有它的事件')
}

const isRunning = async (client: Client, id: CaseId): Promise<boolean> => {
  try {
    return (await client.workflow.getHandle(id).describe()).status.name === 'RUNNING'
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false
    throw error
  }
}

/** Somebody who started it between our look and our start has started the same. */
const begin = async (client: Client, start: CaseStart): Promise<'started' | 'known'> => {
  try {
    await client.workflow.start(CASE_WORKFLOW, {
      workflowId: start.caseId,
      taskQueue: TASK_QUEUE,
      args: [start],
      workflowIdConflictPolicy: 'FAIL',
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      typedSearchAttributes: searchAttributesOf(start),
      staticSummary: start.summary,
      staticDetails: `由台账第 ${start.resumed?.head.seq ?? 0} 号事件处重新启动。`,
    })
    return 'started'
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return 'known'
    throw error
  }
}

const lookAfter = async (db: Db, client: Client, open: OpenCase): Promise<'started' | 'known'> =>
  (await isRunning(client, open.id)) ? 'known' : begin(client, await startOf(db, open))

const reasonOf = (error: unknown): string => {
  const { message, cause } = error as { message?: string; cause?: { message?: string } }
  return cause?.message ?? message ?? String(error)
}

/** Every open case, in pages. */
async function* allOpen(db: Db): AsyncGenerator<OpenCase> {
  let after: CaseId | '' = ''
  for (;;) {
    const page: readonly OpenCase[] = await openCases(db, after)
    yield* page
    const last = page.at(-1)
    if (!last) return
    after = last.id
  }
}

/**
 * Starts again, from their events, the open cases that Temporal does not run. Twice, or from two places at once, starts
 * each once. What one case cannot is told of it, and the others go on.
 */
export const restartCases = async (db: Db, client: Client): Promise<Restarted> => {
  let known = 0
  let started = 0
  const failed: { readonly id: CaseId; readonly why: string }[] = []
  const open = allOpen(db)
  const work = async (): Promise<void> => {
    for (let next = await open.next(); !next.done; next = await open.next()) {
      try {
        if ((await lookAfter(db, client, next.value)) === 'started') started += 1
        else known += 1
      } catch (error) {
        failed.push({ id: next.value.id, why: reasonOf(error) })
      }
    }
  }
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work))
  return { known, started, failed: failed.toSorted((a, b) => (a.id < b.id ? -1 : 1)) }
}
