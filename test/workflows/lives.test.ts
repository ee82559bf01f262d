import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aCase } from '../support/story.js'
import { skippedWorld } from './skipped.js'
import { workflowStage } from './stage.js'
import type { World } from './world.js'

let skipped: World
beforeAll(async () => {
  skipped = await skippedWorld()
})
afterAll(() => skipped.close())

describe('a diligent case', () => {
  it('goes from registration to the archive', async () => {
    const story = await aCase('yongzhou', {
      id: 'lives/001',
      stage: (rules, caseId, start) => workflowStage(skipped, rules, caseId, start),
    })
    await story.closed()
    await story.phase('closed')
    console.log((await story.told()).join('\n'))
    expect(1).toBe(1)
  })
})
