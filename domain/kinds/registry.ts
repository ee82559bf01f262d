import { problemKind } from '../case/kind.js'
import { consequenceKind } from '../consequence/kind.js'
import type { CaseKind, Kinds, LedgerEvent } from '../decider-types.js'
import { inspectionKind } from '../inspection/kind.js'
import { instructionKind } from '../instruction/kind.js'
import { opinionKind } from '../opinion/kind.js'
import { petitionKind } from '../petition/kind.js'
import { referralKind } from '../referral/kind.js'
import { roundKind } from '../round/kind.js'
import type { CommonState, Kind } from './kind.js'

type AnyKind = Kind<CommonState, { readonly type: string }, LedgerEvent>

/** Every kind of case there is: one line a kind. */
const KINDS: { readonly [K in CaseKind]: Kind<Kinds[K]['state'], Kinds[K]['command'], Kinds[K]['event']> } = {
  problem: problemKind,
  consequence: consequenceKind,
  inspection: inspectionKind,
  instruction: instructionKind,
  opinion: opinionKind,
  petition: petitionKind,
  referral: referralKind,
  round: roundKind,
}

export const CASE_KINDS = Object.keys(KINDS) as readonly CaseKind[]

/** What a kind does, for whoever holds a state of it: a state and its kind always come together. */
export const kindOf = (kind: CaseKind): AnyKind => KINDS[kind] as unknown as AnyKind

export const KIND_TITLES: Readonly<Record<CaseKind, string>> = Object.fromEntries(
  CASE_KINDS.map((kind) => [kind, kindOf(kind).title]),
) as Record<CaseKind, string>

const byCommand: ReadonlyMap<string, CaseKind> = new Map(
  CASE_KINDS.flatMap((kind) => Object.keys(kindOf(kind).commands).map((command) => [command, kind] as const)),
)

/** The kind a command is for; undefined for a word no kind has. A command's type belongs to one kind alone. */
export const kindOfCommand = (type: string): CaseKind | undefined => byCommand.get(type)

/** The kind whose lives begin with this event. */
export const kindBegunBy = (event: string): CaseKind | undefined =>
  CASE_KINDS.find((kind) => kindOf(kind).begins === event)

/** The events lives begin with. */
export const BEGINNINGS: readonly string[] = CASE_KINDS.map((kind) => kindOf(kind).begins)

type Telling = (event: LedgerEvent) => string

const tellings: ReadonlyMap<string, Telling> = new Map(
  CASE_KINDS.flatMap((kind) => Object.entries(kindOf(kind).tellings as Readonly<Record<string, Telling>>)),
)

/** One event, of whatever kind of case, as one Chinese sentence without its author. */
export const tellEvent = (event: LedgerEvent): string => tellings.get(event.type)?.(event) ?? event.type
