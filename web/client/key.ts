import { useRef } from 'react'

/**
 * The key of what is being sent: the same for the same content until it is answered, so that a double click or a retry
 * happens once. `settled` is told when an answer came.
 */
export const useKey = (): { readonly keyFor: (content: unknown) => string; readonly settled: () => void } => {
  const held = useRef<{ key: string; content: string } | undefined>(undefined)
  return {
    keyFor: (content) => {
      const text = JSON.stringify(content)
      if (held.current?.content !== text) held.current = { key: crypto.randomUUID(), content: text }
      return held.current.key
    },
    settled: () => {
      held.current = undefined
    },
  }
}
