import { afterAll, beforeAll, it } from 'vitest'
import { aCase, type Story } from '../support/story.js'
import { skippedWorld } from '../workflows/skipped.js'
import { workflowStage } from '../workflows/stage.js'
import type { World } from '../workflows/world.js'

type Given = Omit<NonNullable<Parameters<typeof aCase>[1]>, 'stage' | 'id'>

/** A case of a city's policy, running as a real workflow under skipped time. */
export type GivenCase = (policy: string, given?: Given) => Promise<Story>

/**
 * Acceptance tests of clauses: each test's title begins with the clauses it keeps, and drives real workflows. `bihuan conformance`
 * counts a clause only by these.
 */
export const acceptance = () => {
  let world: World
  let cases = 0
  const running: (() => Promise<void>)[] = []
  beforeAll(async () => {
    world = await skippedWorld()
  })
  afterAll(async () => {
    for (const end of running) await end()
    await world.close()
  })

  const given: GivenCase = (policy, about = {}) => {
    cases += 1
    return aCase(policy, {
      ...about,
      id: `${policy}-accept/${String(cases).padStart(3, '0')}`,
      stage: async (rules, caseId, start) => {
        const stage = await workflowStage(world, rules, caseId, start)
        running.push(stage.end)
        return stage
      },
    })
  }
  /** `clauses`: one or several ids, separated by spaces. */
  return (clauses: string, keeps: string, story: (given: GivenCase) => Promise<void>) =>
    it(`${clauses} ${keeps}`, () => story(given), 60_000)
}
