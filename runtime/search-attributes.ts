import type { Connection } from '@temporalio/client'
import { SEARCH_ATTRIBUTES } from '../contracts/case.js'

/** What an operator filters cases by in Temporal's own lists. */
export const searchAttributeTypes = {
  [SEARCH_ATTRIBUTES.round]: 'Keyword',
  [SEARCH_ATTRIBUTES.unit]: 'KeywordList',
  [SEARCH_ATTRIBUTES.kind]: 'Keyword',
} as const

/** Of Temporal's protocol. */
const NUMBERS = { Keyword: 2, KeywordList: 7 } as const

/** gRPC: ALREADY_EXISTS, another worker was first; PERMISSION_DENIED, UNIMPLEMENTED, UNAUTHENTICATED: an administrator has to. */
const ALREADY = 6
const NOT_OURS = new Set([7, 12, 16])

/** What came of it; `missing`: the commands by which an administrator registers what we may not. */
export type Registered =
  | { readonly kind: 'there' }
  | { readonly kind: 'added'; readonly names: readonly string[] }
  | { readonly kind: 'missing'; readonly commands: readonly string[] }

const codeOf = (error: unknown): number | undefined =>
  (error as { code?: number; cause?: { code?: number } }).code ??
  (error as { cause?: { code?: number } }).cause?.code

const commandFor = (namespace: string, name: string, type: string): string =>
  `temporal operator search-attribute create --namespace ${namespace} --name ${name} --type ${type}`

/**
 * Registers what cases are found by, where this namespace does not have it yet: without it no case can be started.
 * @throws what Temporal fails by, when it is away.
 */
export const registerSearchAttributes = async (
  { operatorService }: Pick<Connection, 'operatorService'>,
  namespace: string,
): Promise<Registered> => {
  const known = await operatorService.listSearchAttributes({ namespace }).catch((error: unknown) => {
    if (NOT_OURS.has(codeOf(error) ?? -1)) return { customAttributes: {} }
    throw error
  })
  const missing = Object.entries(searchAttributeTypes).filter(
    ([name]) => !(name in (known.customAttributes ?? {})),
  )
  if (missing.length === 0) return { kind: 'there' }
  try {
    await operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(missing.map(([name, type]) => [name, NUMBERS[type]])),
    })
    return { kind: 'added', names: missing.map(([name]) => name) }
  } catch (error) {
    const code = codeOf(error) ?? -1
    if (code === ALREADY) return { kind: 'there' }
    if (NOT_OURS.has(code))
      return { kind: 'missing', commands: missing.map(([name, type]) => commandFor(namespace, name, type)) }
    throw error
  }
}
