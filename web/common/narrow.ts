import { useSyncExternalStore } from 'react'

const narrow = matchMedia('(max-width: 767px)')

const watch = (changed: () => void): (() => void) => {
  narrow.addEventListener('change', changed)
  return () => narrow.removeEventListener('change', changed)
}

/** A telephone: tables become cards, the navigation goes to the foot. */
export const useNarrow = (): boolean => useSyncExternalStore(watch, () => narrow.matches)
