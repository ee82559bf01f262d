import type { Sha256 } from '../words.js'

/** Every file a message points at: each `sha256`, and the hashes a list called `evidence` is made of. */
export const hashesIn = (value: unknown, name = ''): ReadonlySet<Sha256> => {
  if (typeof value === 'string') return new Set(name === 'sha256' ? [value as Sha256] : [])
  if (Array.isArray(value))
    return new Set(
      value.flatMap((item) => [
        ...(typeof item === 'string' && name === 'evidence' ? [item as Sha256] : hashesIn(item)),
      ]),
    )
  if (typeof value === 'object' && value !== null)
    return new Set(Object.entries(value).flatMap(([key, field]) => [...hashesIn(field, key)]))
  return new Set()
}
