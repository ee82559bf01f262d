import type { Instant } from '../domain/words.js'

/** Who is to be heard next: the earliest instant first, of one instant in the order of their places. */
export type Agenda<T> = {
  readonly add: (at: Instant, place: number, item: T) => void
  readonly take: () => T | undefined
}

type Entry<T> = { readonly at: Instant; readonly place: number; readonly item: T }

const before = <T>(a: Entry<T>, b: Entry<T>): boolean => a.at < b.at || (a.at === b.at && a.place < b.place)

/** A binary heap: a city-year has a hundred thousand steps of a thousand cases. */
export const makeAgenda = <T>(): Agenda<T> => {
  const heap: Entry<T>[] = []
  const swap = (i: number, j: number): void => {
    const [a, b] = [heap[i], heap[j]]
    if (a && b) [heap[i], heap[j]] = [b, a]
  }
  const isBefore = (i: number, j: number): boolean => {
    const [a, b] = [heap[i], heap[j]]
    return a !== undefined && b !== undefined && before(a, b)
  }
  return {
    add: (at, place, item) => {
      heap.push({ at, place, item })
      for (let i = heap.length - 1; i > 0; ) {
        const parent = (i - 1) >> 1
        if (!isBefore(i, parent)) return
        swap(i, parent)
        i = parent
      }
    },
    take: () => {
      const [first] = heap
      const last = heap.pop()
      if (!first || !last) return undefined
      if (heap.length === 0) return first.item
      heap[0] = last
      for (let i = 0; ; ) {
        const [left, right] = [2 * i + 1, 2 * i + 2]
        const least = isBefore(right, left) ? right : left
        if (!isBefore(least, i)) return first.item
        swap(i, least)
        i = least
      }
    },
  }
}
