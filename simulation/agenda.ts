import type { Instant } from '../domain/words.js'

/** Who is to be heard next: the earliest instant first, of one instant in the order of their places. */
export type Agenda<T> = {
  readonly add: (at: Instant, place: number, item: T) => void
  readonly take: () => T | undefined
}

type Entry<T> = { readonly place: number; readonly item: T }
type Page<T> = { entries: Entry<T>[]; order: 'sorted' | 'unsorted' }

/** Where an instant stands, or would stand, in a list that runs from the latest to the earliest. */
const placeIn = (latestFirst: readonly Instant[], at: Instant): number => {
  let [low, high] = [0, latestFirst.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((latestFirst[middle] ?? '') > at) low = middle + 1
    else high = middle
  }
  return low
}

/** A page for each instant: the thousand cases of a city wait for a few instants, mostly the same ones. */
export const makeAgenda = <T>(): Agenda<T> => {
  const pages = new Map<Instant, Page<T>>()
  const latestFirst: Instant[] = []
  return {
    add: (at, place, item) => {
      const page = pages.get(at)
      if (page) {
        page.entries.push({ place, item })
        page.order = 'unsorted'
        return
      }
      pages.set(at, { entries: [{ place, item }], order: 'sorted' })
      latestFirst.splice(placeIn(latestFirst, at), 0, at)
    },
    take: () => {
      const at = latestFirst.at(-1)
      const page = at && pages.get(at)
      if (!page) return undefined
      if (page.order === 'unsorted') page.entries.sort((a, b) => b.place - a.place)
      page.order = 'sorted'
      const entry = page.entries.pop()
      if (page.entries.length === 0) {
        pages.delete(at)
        latestFirst.pop()
      }
      return entry?.item
    },
  }
}
