import type { PetitionRules } from '../policy.js'
import type { CaseId, Percent } from '../words.js'
import type { PetitionState } from './types.js'

/** Petitions that may be about the same matter (HY-05): proposed, never merged by the machine. */
export type Repeats = {
  /** The earliest of them: the others would be merged into it. */
  readonly main: CaseId
  readonly petitions: readonly { readonly id: CaseId; readonly place: Percent; readonly subject: Percent }[]
  /** So many that supervision is proposed as soon as they are merged. */
  readonly supervise: 'supervise' | 'merge-only'
}

const bare = (text: string): string => text.toLowerCase().replace(/[\s\p{P}\p{S}]/gu, '')

const pairs = (text: string): ReadonlySet<string> => {
  const letters = [...bare(text)]
  return letters.length === 1
    ? new Set(letters)
    : new Set(letters.slice(1).map((letter, index) => `${letters[index]}${letter}`))
}

/** How alike two texts are, in per cent: pairs of neighbouring characters they share, of the shorter one's. */
export const alike = (a: string, b: string): Percent => {
  const [one, other] = [pairs(a), pairs(b)]
  const shorter = Math.min(one.size, other.size)
  if (shorter === 0) return 0
  return Math.floor((100 * [...one].filter((pair) => other.has(pair)).length) / shorter)
}

const HANDLED: ReadonlySet<PetitionState['phase']> = new Set(['merged', 'merged-closed', 'declined'])

/** Each petition is proposed once, with the earliest it is like; those merged or declined are not proposed again. */
export const repeatsAmong = (
  petitions: readonly PetitionState[],
  { repeat, superviseAt }: Pick<PetitionRules, 'repeat' | 'superviseAt'>,
): readonly Repeats[] => {
  const ordered = petitions
    .filter(({ phase }) => !HANDLED.has(phase))
    .toSorted((a, b) => (a.receivedOn + a.id < b.receivedOn + b.id ? -1 : 1))
  const groups = new Map<PetitionState, Repeats['petitions'][number][]>()
  for (const petition of ordered) {
    const found = [...groups.keys()].flatMap((main) => {
      const place = alike(main.place, petition.place)
      const subject = alike(main.subject, petition.subject)
      const mayMerge = petition.phase !== 'answered' && petition.phase !== 'closed'
      return mayMerge && place >= repeat.place && subject >= repeat.subject ? [{ main, place, subject }] : []
    })[0]
    if (found) groups.get(found.main)?.push({ id: petition.id, place: found.place, subject: found.subject })
    else groups.set(petition, [])
  }
  return [...groups].flatMap(([main, others]) =>
    others.length === 0
      ? []
      : [
          {
            main: main.id,
            petitions: others,
            supervise:
              1 + main.takenIn.length + others.length >= superviseAt
                ? ('supervise' as const)
                : ('merge-only' as const),
          },
        ],
  )
}
