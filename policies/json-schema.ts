import { z } from 'zod'
import { policyFile } from './schema.js'
import { isMapping, type Mapping } from './yaml-text.js'

type JsonSchema = z.core.JSONSchema.BaseSchema

/** Every spelling of a word with what it means, so that an editor offers and explains it. */
const choices = (spellings: readonly unknown[], titles: Mapping): JsonSchema[] => {
  const described = Object.entries(titles).flatMap(([id, title]) => [
    { const: id, description: String(title) },
    { const: String(title), description: `同 ${id}` },
  ])
  return described.filter((choice) => spellings.includes(choice.const))
}

const describeWords = (schema: JsonSchema): void => {
  const { titles } = schema
  if (!isMapping(titles) || schema.enum === undefined) return
  schema.anyOf = choices(schema.enum, titles)
  delete schema.enum
  delete schema.titles
}

/** Keys that must still be written where the defaults have a mapping: its `source` belongs to whoever writes in it. */
const stillOwed = ({ required = [] }: JsonSchema): readonly string[] =>
  required.filter((key) => key !== 'source')

/** What the defaults give need not be written again; whoever changes a rule names its source. */
const relax = (schema: JsonSchema, given: Mapping): JsonSchema => {
  const { properties = {}, required = [] } = schema
  const relaxed = Object.fromEntries(
    Object.entries(properties).map(([key, inner]) => {
      const below = given[key]
      return [key, isJsonSchema(inner) && isMapping(below) ? relax(inner, below) : inner]
    }),
  )
  const owed = (key: string): boolean => {
    if (!Object.hasOwn(given, key) || key === 'source') return true
    const inner = relaxed[key]
    return isMapping(given[key]) && isJsonSchema(inner) && stillOwed(inner).length > 0
  }
  return { ...schema, properties: relaxed, required: required.filter(owed) }
}

const isJsonSchema = (value: unknown): value is JsonSchema => isMapping(value)

/** JSON Schema (draft 2020-12) of a policy as its file writes it, over these defaults. */
export const policyJsonSchema = (defaults: Mapping): JsonSchema => {
  const whole = z.toJSONSchema(policyFile, {
    io: 'input',
    target: 'draft-2020-12',
    override: ({ jsonSchema }) => describeWords(jsonSchema),
  })
  return { ...relax(whole, defaults), title: '整改规则' }
}
