import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { z } from 'zod'
import type { Policy } from '../domain/policy.js'
import type { Sha256 } from '../domain/words.js'
import { faultsOf } from './check.js'
import { policyHash } from './hash.js'
import { inherit } from './inherit.js'
import { mended } from './mend.js'
import { type Fault, type Path, PolicyProblems, type Problem, UnreadablePolicy } from './problems.js'
import { readPolicyText, refuseFlood } from './read.js'
import { policyFile } from './schema.js'
import { type Mapping, readYaml } from './yaml-text.js'

export { PolicyProblems, UnreadablePolicy } from './problems.js'

export type LoadedPolicy = {
  readonly policy: Policy
  /** Over what the policy says once resolved, the defaults included. */
  readonly hash: Sha256
  /** The file's own text. */
  readonly text: string
  readonly file: string
}

const SHIPPED_NAME = /^[a-z][a-z0-9-]*$/

const shipped = (name: string): string => fileURLToPath(new URL(`./${name}.yaml`, import.meta.url))

/** Names of the policies that come with the programme, in order. */
export const shippedPolicies = (): readonly string[] =>
  readdirSync(new URL('.', import.meta.url))
    .filter((file) => file.endsWith('.yaml') && file !== 'defaults.yaml')
    .map((file) => file.slice(0, -'.yaml'.length))
    .toSorted()

/**
 * A bare name (`yongzhou`) is a policy that comes with the programme; anything else is a path.
 * @throws UnreadablePolicy when none comes by that name.
 */
const policyPath = (nameOrFile: string): string => {
  if (!SHIPPED_NAME.test(nameOrFile)) return nameOrFile
  const file = shipped(nameOrFile)
  if (existsSync(file)) return file
  throw new UnreadablePolicy(
    `没有“${nameOrFile}”这份规则;随程序提供的有:${shippedPolicies().join('、')}。自己的规则请写出文件路径,如 ./${nameOrFile}.yaml。`,
  )
}

/** What all policies start from, as the file writes it. */
export const readDefaults = (): Mapping => {
  const file = shipped('defaults')
  const read = readYaml(readPolicyText(file))
  if ('place' in read) return read.value
  throw new PolicyProblems(file, read)
}

/** One fault for each issue, and for each of the keys an issue names: their messages come line by line. */
const faultsIn = (error: z.ZodError): readonly Fault[] =>
  error.issues.flatMap((issue): readonly Fault[] => {
    const path = issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key))
    if (issue.code !== 'unrecognized_keys') return [{ path, reason: issue.message }]
    const reasons = issue.message.split('\n')
    return issue.keys.map((key, index) => ({ path: [...path, key], reason: reasons[index] ?? issue.message }))
  })

/** A fault of a rule the file does not write itself, but takes over, says so. */
const saysWhence =
  (own: Mapping) =>
  ({ path, reason }: Fault): Fault => {
    const [section = ''] = path
    return Object.hasOwn(own, section)
      ? { path, reason }
      : { path, reason: `${reason}(这一条来自通用规则,也可在本文件另写“${section}”)` }
  }

/** Nobody mends more than this at one sitting. */
const MOST_PROBLEMS = 200

const isWithin = (inner: Path, outer: Path): boolean => outer.every((key, index) => inner[index] === key)

/** What is wrong besides values that are badly written, as far as it can be told without them. */
const furtherFaults = (defaults: Mapping, own: Mapping, faults: readonly Fault[]): readonly Fault[] => {
  if (faults.length > MOST_PROBLEMS) return []
  const rest = policyFile.safeParse(inherit(defaults, mended(own, faults)))
  return rest.success
    ? faultsOf(rest.data)
        .filter(({ path }) => !faults.some((known) => isWithin(path, known.path)))
        .map(saysWhence(own))
    : []
}

const inOrder = (a: Problem, b: Problem): number => a.line - b.line || a.column - b.column

/**
 * Reads a policy's text; `file` only names it in the problems.
 * @throws UnreadablePolicy when the text is larger than 64 KB.
 * @throws PolicyProblems when it may not be used.
 */
export const readPolicy = (text: string, file: string): LoadedPolicy => {
  refuseFlood(text, file)
  const read = readYaml(text)
  if (!('place' in read)) throw new PolicyProblems(file, read)
  const refuse = (faults: readonly Fault[]): never => {
    throw new PolicyProblems(file, faults.slice(0, MOST_PROBLEMS).map(read.place).toSorted(inOrder))
  }
  const own = read.value
  const defaults = readDefaults()
  const checked = policyFile.safeParse(inherit(defaults, own))
  if (!checked.success) {
    const faults = faultsIn(checked.error)
    return refuse([...faults, ...furtherFaults(defaults, own, faults)])
  }
  const faults = faultsOf(checked.data)
  if (faults.length > 0) return refuse(faults.map(saysWhence(own)))
  return { policy: checked.data, hash: policyHash(checked.data), text, file }
}

/**
 * Loads a policy by the name of a shipped one (`jinan`) or by its path, with the defaults it starts from.
 * @throws UnreadablePolicy when there is no text to read.
 * @throws PolicyProblems when it may not be used, with the line and the reason of each problem.
 */
export const loadPolicy = (nameOrFile: string): LoadedPolicy => {
  const file = policyPath(nameOrFile)
  return readPolicy(readPolicyText(file), file)
}
