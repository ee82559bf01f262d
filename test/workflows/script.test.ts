import fc from 'fast-check'
import { afterAll, beforeAll, describe, it } from 'vitest'
import type { Actor } from '../../domain/parties.js'
import { plainDate } from '../../domain/words.js'
import { returned, until, 材料 } from '../support/entries.js'
import * as people from '../support/people.js'
import { aCase, type Story } from '../support/story.js'
import { expectSameAsPure } from './retold.js'
import { skippedWorld } from './skipped.js'
import { playedOn } from './stage.js'
import type { World } from './world.js'

let world: World
let stories = 0
beforeAll(async () => {
  world = await skippedWorld()
})
afterAll(() => world.close())

/** Each may be refused: what matters is that the workflow and the domain refuse and decide alike. */
const ACTS: Readonly<Record<string, (story: Story) => Promise<unknown>>> = {
  交办: (story) => story.tries(people.整改办, { type: 'hand-over' }),
  签收: (story) => story.tries(people.经办人, { type: 'acknowledge' }),
  方案: (story) =>
    story.tries(people.经办人, { type: 'submit-case-plan', plan: '三步走', team: ['老周'], evidence: [] }),
  调度: (story) => story.tries(people.经办人, { type: 'submit-return', content: returned(30) }),
  材料: (story) => story.tries(people.经办人, { type: 'add-evidence', evidence: [材料(story.stage.now())] }),
  催办: (story) => story.tries(people.整改办, { type: 'chase', whom: 'responsible-unit', words: '请抓紧' }),
  延期: (story) =>
    story.tries(people.单位负责人, {
      type: 'request-extension',
      until: plainDate('2020-02-28'),
      reason: '天气',
      measures: '增加人手',
    }),
  准延期: (story) =>
    story.tries(people.包案领导, { type: 'decide-extension', decision: 'approve', reason: '同意' }),
  提请: async (story) =>
    story.tries(people.经办人, {
      type: 'submit-closing',
      statement: '已完成',
      checklist: story.rules.policy.closing.checklist.points.map((point) => ({ point, met: 'met' })),
      evidence: [材料('竣工验收')],
    }),
  签字: async (story) => {
    const by: Actor = await story.signerNow().catch(() => people.书记)
    return story.tries(by, await story.signing())
  },
  撤回交办: (story) => story.tries(people.整改办, { type: 'withdraw-handover', reason: '有误' }),
  次日: (story) => story.daysLater(1),
  一周后: (story) => story.daysLater(7),
  一月后: (story) => story.daysLater(30),
}

const scripts = fc.array(fc.constantFrom(...Object.keys(ACTS)), { minLength: 10, maxLength: 25 })

describe('whatever is asked of a case, in whatever order', () => {
  it('the running workflow decides what the pure domain decides', async () => {
    await fc.assert(
      fc.asyncProperty(scripts, async (script) => {
        stories += 1
        const { story, stage } = await playedOn(world, (set) =>
          aCase('yongzhou', {
            id: `script/${String(stories).padStart(3, '0')}`,
            entry: { deadline: until('2019-12-31') },
            stage: set,
          }),
        )
        for (const act of ['交办', '签收', '方案', ...script]) await ACTS[act]?.(story)
        await expectSameAsPure(stage)
        await stage.end()
      }),
      // Shrinking would tell each shorter story under a real server: the failing script itself says enough.
      { numRuns: 6, endOnFailure: true },
    )
  })
})
