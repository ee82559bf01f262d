import { afterAll, beforeAll, it, vi } from 'vitest'
import { dateOf } from '../../domain/calendar/dates.js'
import type { MarkGroundGone } from '../../domain/consequence/types.js'
import type { Rules } from '../../domain/context.js'
import type { LedgerRecord, Opening } from '../../domain/decider-types.js'
import type { Audience, PaperOrder } from '../../domain/effects/types.js'
import type { Giver, Pinned } from '../../domain/kinds/kind.js'
import { kindOf, kindOfCommand } from '../../domain/kinds/registry.js'
import type { PaperKind } from '../../domain/policy.js'
import { isRefusal } from '../../domain/refusal.js'
import { roundCaseId } from '../../domain/round/kind.js'
import type { RoundOpening } from '../../domain/round/types.js'
import type { CaseId, CommandId, Instant } from '../../domain/words.js'
import type { CityRules } from '../support/policies.js'
import { aCase, anOpened, Story } from '../support/story.js'
import { skippedWorld } from '../workflows/skipped.js'
import { type WorkflowStage, workflowStage } from '../workflows/stage.js'
import type { World } from '../workflows/world.js'

type About = Omit<NonNullable<Parameters<typeof aCase>[1]>, 'stage' | 'id'> & {
  /** Absent: the city's own. Several rounds run side by side (CD-20). */
  readonly round?: string
}

/** A case of a city's policy, running as a real workflow under skipped time. */
export type GivenCase = (city: string | CityRules, about?: About) => Promise<Story>

type Unpinned<C> = Omit<C, keyof Pinned>

/** A case of a kind that is opened one by one, or a round, running as a real workflow under skipped time. */
export type GivenOpened = (
  city: string | CityRules,
  by: Giver,
  opening: Opening | Unpinned<RoundOpening>,
  about?: { readonly on?: string; readonly time?: string; readonly round?: string },
) => Promise<Story>

/** What a case brought about outside itself. */
export type Outside = {
  readonly opened: GivenOpened
  /** Everything the case asked of others is given to their workflows, as the door does; those it opened, in order. */
  readonly delivered: (story: Story) => Promise<readonly Story[]>
  readonly papersOf: (story: Story, kind: PaperKind) => readonly PaperOrder[]
  /** Who was told of each event of this type, in the order of the events. */
  readonly toldOf: (
    story: Story,
    type: LedgerRecord['event']['type'],
  ) => Promise<readonly (readonly Audience[])[]>
  /** The case of accountability that a referred clue became: a workflow of its own (CD-14). */
  readonly referralOf: (story: Story, clue: number) => Promise<Story>
}

type Told = (given: GivenCase, outside: Outside) => Promise<void>

const proposedOn = async (
  stages: readonly WorkflowStage[],
  { unit, cause, period }: MarkGroundGone,
): Promise<readonly WorkflowStage[]> => {
  const found = await Promise.all(
    stages
      .filter(({ start }) => start.kind === 'consequence')
      .map(async (stage) => ({ stage, ledger: await stage.state() })),
  )
  return found.flatMap(({ stage, ledger: { kind, state } }) =>
    kind === 'consequence' && state.unit === unit && state.cause === cause && state.ground?.period === period
      ? [stage]
      : [],
  )
}

/**
 * Acceptance tests of clauses: each test's title begins with the clauses it keeps, and drives real workflows. `bihuan conformance`
 * counts a clause only by these.
 */
export const acceptance = () => {
  let world: World
  let cases = 0
  beforeAll(async () => {
    world = await skippedWorld()
  })
  afterAll(() => world.close())

  /** The server's clock is one for all: what a finished story left running would go on being chased in the next. */
  const tell = async (told: Told): Promise<void> => {
    const running: WorkflowStage[] = []
    const staged = async (rules: Rules, caseId: CaseId, start: Instant): Promise<WorkflowStage> => {
      const stage = await workflowStage(world, rules, caseId, start)
      running.push(stage)
      return stage
    }

    const given: GivenCase = (city, { round, ...about } = {}) => {
      cases += 1
      const name = round ?? `${typeof city === 'string' ? city : city.policy.id}-accept`
      return aCase(city, { ...about, id: `${name}/${String(cases).padStart(3, '0')}`, stage: staged })
    }
    const opened: GivenOpened = (city, by, opening, { round, ...about } = {}) => {
      cases += 1
      const kind = kindOfCommand(opening.type)
      if (!kind) throw new Error(`nothing is opened by ${opening.type}`)
      const name = round ?? `${typeof city === 'string' ? city : city.policy.id}-accept`
      const id =
        kind === 'round'
          ? roundCaseId(round ?? `${name}-${cases}`)
          : `${name}/${kindOf(kind).prefix}-${String(cases).padStart(4, '0')}`
      return anOpened(city, by, opening, { ...about, id, stage: staged })
    }
    const handed = new Set<string>()
    const delivered: Outside['delivered'] = async (story) => {
      const stories: Story[] = []
      for (const { key, round, at, by, order } of world.notebook.orders.values()) {
        if (!key.startsWith(`${story.stage.caseId}#`) || handed.has(key)) continue
        handed.add(key)
        const day = dateOf(at)
        if (order.kind === 'opening') {
          const rules = { ...story.rules, hash: (await story.stage.state()).state.policy }
          stories.push(await opened(rules, by, order.opening, { on: day, round }))
          continue
        }
        const ofRound = running.filter(({ start }) => start.round === round)
        const concerned =
          order.kind === 'command'
            ? running.filter(({ caseId }) => caseId === order.to)
            : order.kind === 'to-a-proposal'
              ? await proposedOn(ofRound, order.command)
              : ofRound.filter(({ start }) => start.kind === 'problem')
        if (concerned.length === 0) throw new Error(`nobody told of ${key}`)
        for (const stage of concerned) {
          const answer = await stage.give(order.command, by, `${key}-${stage.caseId}` as CommandId)
          if (isRefusal(answer)) throw new Error(`${order.command.type} was refused: ${answer.why}`)
        }
      }
      return stories
    }
    const outside: Outside = {
      opened,
      delivered,
      papersOf: ({ stage }, kind) =>
        [...world.notebook.papers.values()].filter(
          ({ caseId, paper }) => caseId === stage.caseId && paper === kind,
        ),
      toldOf: async ({ stage }, type) => {
        const notices = [...world.notebook.notices.values()].filter(({ caseId }) => caseId === stage.caseId)
        return (await stage.record())
          .filter(({ event }) => event.type === type)
          .map(({ seq }) => notices.find((notice) => notice.seq === seq)?.audience ?? [])
      },
      referralOf: async (story, clue) => {
        const referred = (await story.events('clue-referred')).find((event) => event.clue === clue)
        if (!referred) throw new Error(`clue ${clue} was not referred`)
        const { referral } = referred
        await vi.waitUntil(() => world.notebook.ledger(referral).length > 0, {
          timeout: 10_000,
          interval: 20,
        })
        return new Story(await staged(story.rules, referral, story.stage.now()))
      },
    }
    try {
      await told(given, outside)
    } finally {
      for (const { end } of running) await end()
    }
  }

  /** `clauses`: one or several ids, separated by spaces. */
  const clause = (clauses: string, keeps: string, told: Told) =>
    it(`${clauses} ${keeps}`, () => tell(told), 20_000)

  /** On a machine without what the story reads it is not told, and counts for nothing. */
  const onlyIf = (present: boolean) => (clauses: string, keeps: string, told: Told) =>
    it.runIf(present)(`${clauses} ${keeps}`, () => tell(told), 20_000)

  return { clause, onlyIf }
}
