import {
  WithStartWorkflowOperation,
  type WorkflowHandle,
  WorkflowUpdateFailedError,
} from '@temporalio/client'
import { ApplicationFailure } from '@temporalio/common'
import { defineUpdate } from '@temporalio/workflow'
import {
  BACKLOG_QUERY,
  CASE_WORKFLOW,
  type CaseStart,
  COMMAND_UPDATE,
  type CommandAnswer,
  type CommandMessage,
  type LedgerRecord,
  type LedgerState,
  REFUSED,
  STATE_QUERY,
  TASK_QUEUE,
} from '../../contracts/case.js'
import type { Clock } from '../../contracts/clock.js'
import { searchAttributesOf } from '../../contracts/engine.js'
import { rulesBroughtBy } from '../../domain/adoption/decide.js'
import type { Rules } from '../../domain/context.js'
import { evolve, hasEnded, nextMoment } from '../../domain/decider.js'
import type { AnyCommand, CaseKind } from '../../domain/decider-types.js'
import { CASE_KINDS, kindOf } from '../../domain/kinds/registry.js'
import { isRefusal, type Refusal } from '../../domain/refusal.js'
import { type CaseId, type Instant, instant, later, millis, type RoundId } from '../../domain/words.js'
import type { caseWorkflow } from '../../workflows/case.js'
import { unit } from '../support/people.js'
import type { Stage } from '../support/stage.js'
import type { SetStage, Story } from '../support/story.js'
import { askedWhenItCan, settled, type World } from './world.js'

const command = defineUpdate<CommandAnswer, [CommandMessage]>(COMMAND_UPDATE)

/** What a story did to its case, step by step: to be retold on the pure domain. */
export type Told =
  | { readonly kind: 'passed'; readonly to: Instant }
  | { readonly kind: 'given'; readonly command: AnyCommand; readonly answer: 'done' | Refusal }

export type WorkflowStage = Stage & {
  readonly script: readonly Told[]
  readonly handle: WorkflowHandle<typeof caseWorkflow>
  readonly start: CaseStart
  readonly send: (message: CommandMessage) => Promise<CommandAnswer | Refusal>
  readonly end: () => Promise<void>
}

/** The round's time begins with the story and then runs as the server's does. */
export const clockFor = async (world: World, caseId: CaseId, roundStart: Instant): Promise<Clock> => ({
  kind: 'drill',
  worldStart: instant(await world.now(caseId)),
  roundStart,
  speed: 1,
})

/** `jinan-2018/xf-0001`: a petition. */
const kindByNumber = (caseId: CaseId): CaseKind =>
  (caseId.endsWith('/round') ? 'round' : undefined) ??
  CASE_KINDS.find((kind) => kindOf(kind).prefix !== '' && caseId.includes(`/${kindOf(kind).prefix}-`)) ??
  'problem'

/** A running workflow under skipped time: the same words as on the pure stage. */
export const workflowStage = async (
  world: World,
  pinned: Rules,
  caseId: CaseId,
  storyStart: Instant,
  given?: Clock,
): Promise<WorkflowStage> => {
  const { notebook } = world
  const { workflow } = world.client
  notebook.knowRules(caseId, pinned)
  const clock = given ?? (await clockFor(world, caseId, storyStart))
  const start: CaseStart = {
    caseId,
    kind: kindByNumber(caseId),
    round: caseId.slice(0, caseId.indexOf('/')) as RoundId,
    units: [unit('甲县政府')],
    summary: '甲县污水处理厂超负荷运转',
    rules: pinned,
    clock,
  }
  let rules = pinned
  const handle = workflow.getHandle<typeof caseWorkflow>(caseId)
  let now = storyStart
  const script: Told[] = []

  const send = async (message: CommandMessage): Promise<CommandAnswer | Refusal> => {
    try {
      return await workflow.executeUpdateWithStart(command, {
        updateId: message.command.id,
        args: [message],
        startWorkflowOperation: new WithStartWorkflowOperation(CASE_WORKFLOW, {
          workflowId: caseId,
          taskQueue: TASK_QUEUE,
          args: [start],
          workflowIdConflictPolicy: 'USE_EXISTING',
          typedSearchAttributes: searchAttributesOf(start),
          staticSummary: start.summary,
        }),
      })
    } catch (error) {
      const refusal = refusalIn(error)
      if (refusal) return refusal
      throw error
    }
  }
  /** A case that has ended has brought everything to the ledger; the skipping server may not answer for it any more. */
  const atTheEnd = (): LedgerState | undefined => {
    const told = notebook.ledger(caseId).reduce<LedgerState | undefined>(evolve, undefined)
    return told && hasEnded(told) ? told : undefined
  }
  const stateNow = async (): Promise<LedgerState | undefined> =>
    atTheEnd() ?? askedWhenItCan(() => handle.query<LedgerState | undefined>(STATE_QUERY))

  return {
    get rules() {
      return rules
    },
    caseId,
    handle,
    start,
    script,
    send,
    now: () => now,
    passTo: async (moment) => {
      now = later(now, moment)
      script.push({ kind: 'passed', to: now })
      if (clock.kind === 'real') throw new TypeError('a story has a clock of its own')
      const target = millis(clock.worldStart) + (millis(now) - millis(clock.roundStart))
      const ahead = target - (await world.now(caseId))
      if (ahead > 0) await world.sleep(caseId, ahead)
      for (let next: Instant | undefined = now; next !== undefined && next <= now; ) {
        await settled(world, caseId)
        const state = await stateNow()
        next = state && nextMoment(rules, state)
      }
    },
    give: async (asked, by, id) => {
      const given = { id, at: now, by, command: asked } as AnyCommand
      const answer = await send({ command: given, ledger: notebook.ledger(caseId).length })
      script.push({ kind: 'given', command: given, answer: isRefusal(answer) ? answer : 'done' })
      if (isRefusal(answer)) return answer
      rules = rulesBroughtBy(asked) ?? rules
      notebook.append(caseId, answer.events)
      await settled(world, caseId)
      return answer.events
    },
    state: async () => {
      const state = await stateNow()
      if (!state) throw new Error('the case has not been registered')
      return state
    },
    record: async () => {
      if (atTheEnd()) return notebook.ledger(caseId)
      const waiting = await askedWhenItCan(() => handle.query<readonly LedgerRecord[]>(BACKLOG_QUERY))
      notebook.append(caseId, waiting)
      return notebook.ledger(caseId)
    },
    end: async () => {
      // The test server's clock stands still for good once a case is ended in the middle of an activity.
      await settled(world, caseId)
      await handle.terminate('the story is told').catch(() => undefined)
    },
  }
}

export type Played = { readonly story: Story; readonly stage: WorkflowStage }

/** A story that is told on a running workflow, and that workflow; `clock`: another than the story's own. */
export const playedOn = async (
  world: World,
  begin: (stage: SetStage) => Promise<Story>,
  clock?: Clock,
): Promise<Played> => {
  const stages: WorkflowStage[] = []
  const story = await begin(async (rules, caseId, start) => {
    const stage = await workflowStage(world, rules, caseId, start, clock)
    stages.push(stage)
    return stage
  })
  const [stage] = stages
  if (!stage) throw new Error('the story has no stage')
  return { story, stage }
}

const refusalIn = (error: unknown): Refusal | undefined => {
  if (!(error instanceof WorkflowUpdateFailedError)) return undefined
  const { cause } = error
  if (!(cause instanceof ApplicationFailure) || cause.type !== REFUSED) return undefined
  const [refusal] = cause.details ?? []
  return isRefusal(refusal) ? refusal : undefined
}
