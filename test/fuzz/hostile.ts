import fc from 'fast-check'

/** What no honest hand writes into a field. */
const VALUES: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1e308,
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udc00\ud800',
  '\u202e\ufeff\u200b',
  '因'.repeat(201),
  '因'.repeat(5_001),
  'x'.repeat(200_000),
  "'; drop table events; --",
  '<script>alert(1)</script>',
  '../../etc/passwd',
  '{{7*7}}',
  '0000-00-00',
  '9999-12-31',
  '2026-02-30',
  '275760-09-13T00:00:00Z',
  '9999-12-31T23:59:59Z',
  [],
  [[[[[[[[[[]]]]]]]]]],
  {},
  { length: -1 },
  { toString: null, valueOf: 1 },
  { type: 'sign' },
]

/** JSON text, nested beyond what anybody reads; keys that reach for the prototype; the same key twice; a number too big for one. */
const TEXTS: readonly string[] = [
  `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`,
  '{"__proto__":{"type":"acknowledge"}}',
  '{"constructor":{"prototype":{"admin":true}}}',
  '1e999',
  '9007199254740993',
  '{"then":"later"}',
  '-0',
  '"\\ud800"',
]

/** Text that stands for a value while a body is built, and is put in its place as it is once the body is text. */
const MARK = '@@hostile@@'

export type Hostile = { readonly where: number; readonly what: string }

export const hostile: fc.Arbitrary<Hostile> = fc.record({
  where: fc.nat(1_000),
  what: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...VALUES).map((value) => JSON.stringify(value)) },
    { weight: 2, arbitrary: fc.constantFrom(...TEXTS) },
    { weight: 1, arbitrary: fc.json() },
    {
      weight: 1,
      arbitrary: fc.string({ unit: 'binary', maxLength: 300 }).map((text) => JSON.stringify(text)),
    },
  ),
})

type Path = readonly (string | number)[]

const pathsOf = (value: unknown, path: Path = []): readonly Path[] => {
  const own = path.length > 0 ? [path] : []
  if (typeof value !== 'object' || value === null) return own
  return [...own, ...Object.entries(value).flatMap(([key, field]) => pathsOf(field, [...path, key]))]
}

const replaced = (value: unknown, [key, ...rest]: Path, by: unknown): unknown => {
  if (key === undefined) return by
  if (Array.isArray(value))
    return value.map((item, at) => (String(at) === String(key) ? replaced(item, rest, by) : item))
  return { ...(value as object), [key]: replaced((value as Record<string, unknown>)[key], rest, by) }
}

/** The body with one field, or one field more, of another making; as the text that is sent. */
export const spoiled = (body: object, { where, what }: Hostile): string => {
  const paths: readonly Path[] = [...pathsOf(body), ['more']]
  const path = paths[where % paths.length] ?? []
  return JSON.stringify(replaced(body, path, MARK)).replace(JSON.stringify(MARK), () => what)
}

/** Every text of a body ends in what PostgreSQL cannot hold as text: those that are words stay words. */
export const unstorable = (value: unknown): unknown => {
  if (typeof value === 'string') return value.startsWith('(') ? `${value}\u0000\ud800` : value
  if (Array.isArray(value)) return value.map(unstorable)
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, unstorable(field)]))
  return value
}
