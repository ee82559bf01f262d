import type { Phase } from '../../domain/case/state.js'
import type { Actor, Role } from '../../domain/parties.js'
import type { PersonId } from '../../domain/words.js'
import { unit } from '../support/people.js'
import type { CityRules } from '../support/policies.js'
import { aCase, type Story } from '../support/story.js'

type Given = NonNullable<Parameters<typeof aCase>[1]>

/** How a case gets one phase further, without a hitch. */
const FURTHER: readonly (readonly [Phase, (story: Story) => Promise<unknown>])[] = [
  ['registered', async () => undefined],
  ['handed-over', (story) => story.handedOver()],
  ['acknowledged', (story) => story.acknowledged()],
  ['rectifying', (story) => story.planned()],
  ['closing', (story) => story.submits()],
  ['on-notice', (story) => story.signedUpTo()],
  [
    'filing',
    async (story) => {
      await story.posts()
      await story.noticeOver()
    },
  ],
  ['closed', (story) => story.files()],
]

/** A case that has come as far as this phase. `on-notice`: it is the notice's turn, nothing is posted yet. */
export const aCaseThatIs = async (
  phase: Phase,
  city: string | CityRules = 'yongzhou',
  given: Given = {},
): Promise<Story> => {
  const story = await aCase(city, given)
  for (const [reached, go] of FURTHER) {
    await go(story)
    if (reached === phase) return story.phase(phase)
  }
  throw new Error(`no way leads to ${phase}`)
}

/** A notice is up. */
export const aNoticeUp = async (city: string | CityRules = 'yongzhou', given: Given = {}): Promise<Story> => {
  const story = await aCaseThatIs('on-notice', city, given)
  return story.posts()
}

/** Somebody of a unit that is not in the cast. */
export const personOf = (name: string, role: Role, of?: string): Actor => ({
  person: `p-${name}` as PersonId,
  name,
  posts: [{ role, ...(of !== undefined && { unit: unit(of) }) }],
})
