import { momentFromInput } from '../dates'

/** The part of JSON Schema that commands are written in, read as a form needs it. */
export type Schema = {
  readonly type?: string
  readonly title?: string
  readonly description?: string
  readonly format?: string
  readonly enum?: readonly string[]
  readonly const?: string
  readonly 'x-titles'?: Readonly<Record<string, string>>
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly oneOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly pattern?: string
}

export type Choice = { readonly value: string | number; readonly title: string }

/** How a field is filled in. */
export type Field =
  | { readonly kind: 'fixed'; readonly value: string }
  | { readonly kind: 'choice'; readonly choices: readonly Choice[] }
  | { readonly kind: 'choices'; readonly choices: readonly Choice[] }
  | { readonly kind: 'files'; readonly as: 'items' | 'hashes' }
  | { readonly kind: 'day' }
  | { readonly kind: 'moment' }
  | { readonly kind: 'number'; readonly least: number | undefined; readonly most: number | undefined }
  /** Written in yuan, sent in whole fen. */
  | { readonly kind: 'money' }
  | { readonly kind: 'words' }
  | { readonly kind: 'line' }
  | { readonly kind: 'lines' }
  | { readonly kind: 'list'; readonly item: Schema }
  | { readonly kind: 'group'; readonly group: Schema }
  | { readonly kind: 'variants'; readonly by: string; readonly variants: readonly Schema[] }

const LONGEST_LINE = 200

const fixedValue = ({ const: one, enum: values }: Schema): string | undefined =>
  one ?? (values?.length === 1 ? values[0] : undefined)

const choicesOf = ({ const: one, enum: values, 'x-titles': titles = {} }: Schema): readonly Choice[] =>
  (values ?? (one === undefined ? [] : [one])).map((value) => ({ value, title: titles[value] ?? value }))

const isFile = ({ properties }: Schema): boolean =>
  properties !== undefined && 'sha256' in properties && 'mediaType' in properties

const isHash = ({ pattern }: Schema): boolean => pattern === '^[0-9a-f]{64}$'

/** The property whose fixed value is another one in each variant. */
const toldApartBy = (variants: readonly Schema[]): string | undefined =>
  Object.keys(variants[0]?.properties ?? {}).find((name) => {
    const values = variants.map(({ properties }) => fixedValue(properties?.[name] ?? {}))
    return !values.includes(undefined) && new Set(values).size === variants.length
  })

/** What the variants are called, by the property that tells them apart; nothing where there is but one. */
export const shapesOf = (variants: readonly Schema[]): readonly Choice[] => {
  const by = variants.length > 1 ? toldApartBy(variants) : undefined
  return by === undefined ? [] : variants.flatMap(({ properties }) => choicesOf(properties?.[by] ?? {}))
}

const listField = ({ items = {} }: Schema): Field => {
  if (isFile(items)) return { kind: 'files', as: 'items' }
  if (isHash(items)) return { kind: 'files', as: 'hashes' }
  if (items.enum) return { kind: 'choices', choices: choicesOf(items) }
  return items.type === 'object' ? { kind: 'list', item: items } : { kind: 'lines' }
}

const textField = ({ format, maxLength = LONGEST_LINE }: Schema): Field => {
  if (format === 'date') return { kind: 'day' }
  if (format === 'date-time') return { kind: 'moment' }
  return maxLength > LONGEST_LINE ? { kind: 'words' } : { kind: 'line' }
}

/** How a schema is filled in; `choices` are the case's own for this field, where it has any. */
export const fieldOf = (schema: Schema, choices: readonly Choice[] | undefined): Field => {
  if (choices) return schema.type === 'array' ? { kind: 'choices', choices } : { kind: 'choice', choices }
  const fixed = fixedValue(schema)
  if (fixed !== undefined) return { kind: 'fixed', value: fixed }
  const variants = schema.oneOf ?? schema.anyOf
  if (variants) {
    const by = toldApartBy(variants)
    if (by !== undefined) return { kind: 'variants', by, variants }
    return fieldOf(variants.find((one) => one.enum !== undefined) ?? variants[0] ?? {}, undefined)
  }
  if (schema.enum) return { kind: 'choice', choices: choicesOf(schema) }
  switch (schema.type) {
    case 'array':
      return listField(schema)
    case 'object':
      return { kind: 'group', group: schema }
    case 'integer':
      if (schema.format === 'fen') return { kind: 'money' }
      return { kind: 'number', least: schema.minimum, most: schema.maximum }
    case 'number':
      return { kind: 'number', least: schema.minimum, most: schema.maximum }
    default:
      return textField(schema)
  }
}

/** Must something be filled in? A text or a list that may be empty need not. */
export const isWanted = (schema: Schema, parent: Schema, name: string): boolean => {
  if (!parent.required?.includes(name)) return false
  if (schema.type === 'array') return (schema.minItems ?? 0) > 0
  if (schema.type === 'string' && !schema.enum && !schema.pattern && !schema.format)
    return (schema.minLength ?? 0) > 0
  return true
}

/** May the property be left out altogether? */
export const isOptional = (parent: Schema, name: string): boolean => !parent.required?.includes(name)

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === ''

/** What was filled in, as the schema wants it: empty texts and lists where they are required, nothing where they are not. */
export const filled = (schema: Schema, value: unknown): unknown => {
  const field = fieldOf(schema, undefined)
  switch (field.kind) {
    case 'fixed':
      return field.value
    case 'group':
      return filledGroup(field.group, value)
    case 'variants': {
      const told = (value as Record<string, unknown> | undefined)?.[field.by]
      const variant = field.variants.find(
        ({ properties }) => fixedValue(properties?.[field.by] ?? {}) === told,
      )
      return variant ? filledGroup(variant, value) : undefined
    }
    case 'list':
      return ((value as unknown[] | undefined) ?? []).map((item) => filledGroup(field.item, item))
    case 'files':
    case 'choices':
    case 'lines':
      return value ?? []
    case 'words':
    case 'line':
      return value ?? ''
    case 'moment':
      return momentFromInput(value)
    case 'money':
      return typeof value === 'number' ? Math.round(value * 100) : value
    default:
      return value
  }
}

const filledGroup = (schema: Schema, value: unknown): Record<string, unknown> => {
  const given = (value ?? {}) as Record<string, unknown>
  return Object.fromEntries(
    Object.entries(schema.properties ?? {}).flatMap(([name, part]) => {
      const optional = isOptional(schema, name)
      if (optional && isBlank(given[name])) return []
      return [[name, filled(part, given[name])]]
    }),
  )
}

/** Nothing in it that anybody wrote. */
const isBlank = (value: unknown): boolean => {
  if (isEmpty(value)) return true
  if (Array.isArray(value)) return value.length === 0
  return typeof value === 'object' && Object.values(value as object).every(isBlank)
}

/** The variants of a union of commands of one type: one, or several shapes of it. */
export const variantsOf = (union: Schema, type: string): readonly Schema[] =>
  (union.oneOf ?? [])
    .flatMap((one) => one.oneOf ?? one.anyOf ?? [one])
    .filter(({ properties }) => fixedValue(properties?.type ?? {}) === type)

/** The variant of a union of commands, by its type. */
export const variantOf = (union: Schema, type: string): Schema | undefined => variantsOf(union, type)[0]
