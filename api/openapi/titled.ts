import { titleOfField, titleOfValue } from '../../contracts/titles.js'

type JsonSchema = Record<string, unknown>

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Where schemas stand inside a schema, apart from properties. */
const NESTED = ['oneOf', 'anyOf', 'allOf'] as const

const commandOf = ({ properties }: JsonSchema): string | undefined => {
  const { type } = (properties ?? {}) as { type?: { const?: unknown; enum?: readonly unknown[] } }
  const named = type?.const ?? (type?.enum?.length === 1 ? type.enum[0] : undefined)
  return typeof named === 'string' ? named : undefined
}

const titlesOfValues = (field: string, values: readonly unknown[]): JsonSchema | undefined => {
  const titles = Object.fromEntries(
    values.map((value) => [String(value), titleOfValue(field, String(value)) ?? String(value)]),
  )
  return { 'x-titles': titles }
}

const inside = (schema: JsonSchema, command: string, parent: string): JsonSchema => ({
  ...schema,
  ...(Array.isArray(schema.enum) && titlesOfValues(parent, schema.enum)),
  ...(typeof schema.const === 'string' && titlesOfValues(parent, [schema.const])),
  ...(isSchema(schema.items) && { items: inside(schema.items, command, parent) }),
  ...Object.fromEntries(
    NESTED.flatMap((name) => {
      const parts = schema[name]
      return Array.isArray(parts) ? [[name, parts.map((part) => inside(part, command, parent))]] : []
    }),
  ),
  ...(isSchema(schema.properties) && {
    properties: Object.fromEntries(
      Object.entries(schema.properties).map(([field, part]) => {
        if (!isSchema(part) || field === 'type') return [field, part]
        const title = titleOfField(command, parent, field)
        return [field, { ...inside(part, command, field), ...(title !== undefined && { title }) }]
      }),
    ),
  }),
})

/** Commands and openings with the Chinese names of their fields (`title`) and values (`x-titles`), as forms show them. */
export const titled = (schema: JsonSchema): JsonSchema => {
  const command = commandOf(schema)
  if (command !== undefined) return inside(schema, command, command)
  const choices = schema.oneOf
  return Array.isArray(choices) ? { ...schema, oneOf: choices.map(titled) } : schema
}
