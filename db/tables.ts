import type { ColumnType, Generated, GeneratedAlways } from 'kysely'
import type { Clock } from '../contracts/clock.js'
import type { Calendar } from '../domain/calendar/working-days.js'
import type { ReturnContent, Source } from '../domain/case/commands.js'
import type {
  AnyCommand,
  AnyPhase,
  CaseKind,
  LedgerEvent,
  LedgerState,
  Opening,
} from '../domain/decider-types.js'
import type { EffectKey, PaperOrder } from '../domain/effects/types.js'
import type { CaseClass, Entry } from '../domain/entry.js'
import type { Facts } from '../domain/figures/facts.js'
import type { Figures } from '../domain/figures/types.js'
import type { Giver } from '../domain/kinds/kind.js'
import type { PaceBucket } from '../domain/pace.js'
import type { Actor, AreaTier, Author, Role, Seat } from '../domain/parties.js'
import type { PaperKind, Policy, RungId } from '../domain/policy.js'
import type {
  CaseId,
  Clause,
  CommandId,
  Instant,
  PersonId,
  PlainDate,
  RoundId,
  Sha256,
  UnitName,
} from '../domain/words.js'

/** Read as a value, written as JSON text. */
type Json<T> = ColumnType<T, string, string>
type Now = ColumnType<Instant, Instant | undefined, Instant>

/** The tables as `migrations/` makes them, in camelCase. Comments on columns are there. */
export type Tables = {
  // The record.
  readonly events: EventsTable
  readonly intents: IntentsTable
  readonly requests: RequestsTable
  readonly caseNumbers: CaseNumbersTable
  readonly caseOpenings: CaseOpeningsTable
  readonly orders: OrdersTable
  readonly refusals: RefusalsTable
  // Built from the record (projections/).
  readonly cases: CasesTable
  readonly caseStates: CaseStatesTable
  readonly caseTexts: CaseTextsTable
  readonly todos: TodosTable
  readonly returns: ReturnsTable
  readonly signOffs: SignOffsTable
  readonly rungs: RungsTable
  readonly caseEvidence: CaseEvidenceTable
  readonly caseVersions: CaseVersionsTable
  readonly caseParties: CasePartiesTable
  // Kept beside it: not to be had from the record.
  readonly policies: PoliciesTable
  readonly calendars: CalendarsTable
  readonly rounds: RoundsTable
  readonly planEntries: PlanEntriesTable
  readonly units: UnitsTable
  readonly officers: OfficersTable
  readonly posts: PostsTable
  readonly proposals: ProposalsTable
  readonly areas: AreasTable
  readonly areaLeaders: AreaLeadersTable
  readonly paperSeries: PaperSeriesTable
  readonly papers: PapersTable
  readonly notices: NoticesTable
  readonly mails: MailsTable
  readonly papersAwaited: PapersAwaitedTable
  readonly paperFailures: PaperFailuresTable
  readonly evidence: EvidenceTable
  readonly snapshots: SnapshotsTable
  readonly sessions: SessionsTable
}

export type EventsTable = {
  readonly caseId: CaseId
  readonly seq: number
  readonly at: Instant
  readonly type: string
  readonly author: Json<Author>
  readonly event: Json<LedgerEvent>
  readonly commandId: CommandId | null
  readonly prev: Sha256
  readonly hash: Sha256
}

export type IntentsTable = {
  readonly caseId: CaseId
  readonly commandId: CommandId
  readonly at: Now
}

export type RequestsTable = {
  readonly person: string
  readonly key: string
  readonly fingerprint: Sha256
  readonly at: Now
}

export type CaseNumbersTable = { readonly round: RoundId; readonly prefix: string; readonly last: number }
export type CaseOpeningsTable = { readonly commandId: CommandId; readonly caseId: CaseId; readonly at: Now }

export type RefusalsTable = {
  readonly id: GeneratedAlways<number>
  readonly caseId: CaseId
  readonly seq: number
  readonly commandId: CommandId
  readonly act: string
  readonly person: string
  readonly name: string
  readonly clause: Clause
  readonly why: string
  readonly at: Instant
}

export type OrdersTable = {
  readonly key: EffectKey
  readonly round: RoundId
  readonly caseId: CaseId | null
  readonly command: Json<AnyCommand['command'] | Opening>
  readonly by: Json<Giver>
  readonly at: Instant
  readonly placedAt: Now
  readonly state: Generated<'waiting' | 'done' | 'refused'>
  readonly answer: string | null
}

export type CasesTable = {
  readonly id: CaseId
  readonly kind: CaseKind
  readonly round: RoundId
  readonly n: number
  readonly origin: CaseId | null
  readonly phase: AnyPhase
  readonly open: boolean
  readonly class: CaseClass | null
  readonly sourceName: string | null
  readonly sourceLevel: Source['level'] | null
  readonly text: string
  readonly units: readonly UnitName[]
  readonly parties: readonly UnitName[]
  readonly leadUnit: UnitName | null
  readonly cooperatingUnits: readonly UnitName[]
  readonly supervisingUnit: UnitName | null
  readonly area: string | null
  readonly caseLeader: PersonId | null
  readonly people: readonly PersonId[]
  readonly supervisedSince: Instant | null
  readonly due: PlainDate | null
  readonly originalDue: PlainDate | null
  readonly sortDue: PlainDate
  readonly overdueSince: Instant | null
  readonly claimed: number
  readonly verified: number
  readonly pace: PaceBucket | null
  readonly pressedFrom: PlainDate | null
  readonly rectificationRound: number
  readonly closingRound: number
  readonly closingStep: string | null
  readonly turn: string | null
  readonly rung: RungId | null
  readonly returnsSubmitted: number
  readonly returnsLate: number
  readonly returnsMissed: number
  readonly missedInARow: number
  readonly registeredAt: Instant
  readonly handedOverAt: Instant | null
  readonly closedAt: Instant | null
  /** Who alone may read it; null: whoever reads cases of its kind. */
  readonly readers: readonly string[] | null
  readonly nextMoment: Instant | null
  readonly policy: Sha256
  readonly calendar: Sha256
  readonly at: Instant
  readonly headSeq: number
  readonly headHash: Sha256
}

export type CaseEvidenceTable = { readonly caseId: CaseId; readonly sha256: Sha256; readonly seq: number }

export type AreasTable = {
  readonly name: string
  readonly level: 'county' | 'town'
  readonly parent: string | null
  readonly party: UnitName | null
  readonly government: UnitName | null
  readonly addedAt: Now
}

export type AreaLeadersTable = {
  readonly id: GeneratedAlways<number>
  readonly area: string
  readonly tier: AreaTier
  readonly person: PersonId
  readonly fromDay: PlainDate
  readonly toDay: PlainDate | null
}

export type CasePartiesTable = {
  readonly caseId: CaseId
  readonly part: 'unit' | 'party' | 'person'
  readonly party: UnitName | PersonId
  readonly kind: CaseKind
  readonly phase: AnyPhase
  readonly sortDue: PlainDate
  readonly readers: readonly string[] | null
}

export type CaseStatesTable = { readonly caseId: CaseId; readonly state: Json<LedgerState> }
export type CaseTextsTable = {
  readonly caseId: CaseId
  readonly text: string
  readonly pairs: readonly string[]
}

export type TodosTable = {
  readonly caseId: CaseId
  readonly ordinal: number
  readonly round: RoundId
  readonly act: string
  readonly title: string
  readonly seat: Seat
  readonly unit: UnitName | null
  readonly person: PersonId | null
  readonly area: string | null
  readonly deputies: readonly PersonId[]
  readonly due: PlainDate | null
}

export type ReturnsTable = {
  readonly caseId: CaseId
  readonly period: PlainDate
  readonly round: RoundId
  readonly chasedAt: Instant | null
  readonly missedAt: Instant | null
  readonly inARow: number | null
  /** It fell due in a pause of the round; waived afterwards, or called in by a day. */
  readonly passedOverAt: Instant | null
  readonly waivedAt: Instant | null
  readonly calledInBy: PlainDate | null
  readonly submittedAt: Instant | null
  readonly timeliness: 'on-time' | 'late' | null
  readonly byPerson: PersonId | null
  readonly byName: string | null
  readonly progress: number | null
  readonly content: Json<ReturnContent> | null
}

export type SignOffsTable = {
  readonly caseId: CaseId
  readonly seq: number
  readonly round: RoundId
  readonly closing: number
  readonly step: string
  readonly title: string
  readonly verdict: 'for' | 'against'
  readonly seat: Seat
  readonly unit: UnitName | null
  readonly person: PersonId
  readonly name: string
  readonly role: Role
  readonly principal: PersonId | null
  readonly saw: Sha256
  readonly opinion: string
  readonly at: Instant
  readonly lapsedAt: Instant | null
  readonly lapsedSeq: number | null
}

export type RungsTable = {
  readonly caseId: CaseId
  readonly rung: RungId
  readonly rectification: number
  readonly round: RoundId
  readonly state: 'drafted' | 'raised' | 'dismissed' | 'skipped' | 'released'
  readonly cause: string
  readonly reason: string | null
  readonly paper: PaperKind | null
  readonly seq: number
  readonly draftedAt: Instant | null
  readonly raisedAt: Instant | null
  readonly decidedBy: string | null
  readonly endedAt: Instant | null
}

/** What a case's row said from one event to the next; what only the present needs is left out. */
export type CaseVersionsTable = Omit<
  CasesTable,
  | 'id'
  | 'text'
  | 'supervisedSince'
  | 'overdueSince'
  | 'nextMoment'
  | 'policy'
  | 'calendar'
  | 'at'
  | 'headSeq'
  | 'headHash'
> &
  Pick<
    Facts,
    | 'standing'
    | 'overdueFrom'
    | 'completed'
    | 'openNodes'
    | 'owner'
    | 'awaits'
    | 'answerBy'
    | 'answer'
    | 'leaders'
  > & {
    readonly caseId: CaseId
    readonly seq: number
    readonly validFrom: Instant
    readonly validUntil: Instant | null
  }

export type SnapshotsTable = {
  readonly key: string
  readonly round: RoundId
  readonly cutOff: Instant
  readonly fromDay: PlainDate
  readonly toDay: PlainDate
  readonly figures: Json<Figures>
  readonly hash: Sha256
  readonly takenAt: Now
}

export type PoliciesTable = {
  readonly hash: Sha256
  readonly id: string
  readonly city: string
  readonly title: string
  readonly yaml: string
  readonly resolved: Json<Policy>
  readonly savedAt: Now
}

export type CalendarsTable = {
  readonly hash: Sha256
  readonly calendar: Json<Calendar>
  readonly savedAt: Now
}

export type RoundsTable = {
  readonly id: RoundId
  readonly city: string
  readonly title: string
  readonly policyHash: Sha256
  readonly calendarHash: Sha256
  readonly source: Json<Source>
  readonly feedbackDate: PlainDate | null
  readonly planDate: PlainDate | null
  readonly clock: Json<Clock>
  readonly drill: boolean
  readonly plan: string
  readonly reading: Json<unknown>
  readonly openedAt: Instant
  readonly openedBy: ColumnType<Actor | null, string | null | undefined, never>
}

export type PlanEntriesTable = {
  readonly round: RoundId
  readonly n: number
  readonly entry: Json<Entry>
  readonly registeredAt: Instant | null
}

export type UnitsTable = {
  readonly name: UnitName
  readonly aliases: Generated<readonly string[]>
  readonly area: string | null
  readonly addedAt: Now
}

export type OfficersTable = {
  readonly person: PersonId
  readonly name: string
  readonly email: string | null
  readonly password: string | null
  readonly active: Generated<boolean>
  readonly addedAt: Now
}

export type PostsTable = {
  readonly id: GeneratedAlways<number>
  readonly person: PersonId
  readonly role: Role
  readonly unit: UnitName | null
  readonly fromDay: PlainDate
  readonly toDay: PlainDate | null
}

export type ProposalsTable = {
  readonly round: RoundId
  readonly name: UnitName
  readonly entries: readonly number[]
  readonly state: Generated<'open' | 'accepted' | 'dismissed'>
  readonly at: Now
}

export type PaperSeriesTable = {
  readonly documentCode: string
  readonly year: number
  readonly series: 'real' | 'drill'
  readonly last: Generated<number>
}

export type PapersTable = {
  readonly key: EffectKey
  readonly caseId: CaseId
  readonly round: RoundId
  readonly seq: number
  readonly paper: PaperKind
  readonly number: string
  readonly documentCode: string
  readonly year: number
  readonly series: 'real' | 'drill'
  readonly ordinal: number
  readonly subject: string
  readonly content: Uint8Array
  readonly sha256: Sha256
  readonly paperOrder: Json<PaperOrder>
  readonly at: Instant
}

export type PapersAwaitedTable = Pick<PapersTable, 'key' | 'caseId' | 'round' | 'seq' | 'paper' | 'at'>

export type PaperFailuresTable = {
  readonly key: EffectKey
  readonly times: Generated<number>
  readonly answer: string
  readonly at: Now
}

export type NoticesTable = {
  readonly id: GeneratedAlways<number>
  readonly key: EffectKey
  readonly person: PersonId
  readonly caseId: CaseId
  readonly round: RoundId
  readonly seq: number
  readonly drill: boolean
  readonly subject: string
  readonly text: string
  readonly at: Instant
  readonly readAt: Instant | null
}

/** `waiting`: not tried yet or failed for now; `refused`: the server will never take it. */
export type MailState = 'waiting' | 'sending' | 'sent' | 'refused'

export type MailsTable = {
  readonly key: EffectKey
  readonly person: PersonId
  readonly address: string
  readonly messageId: string
  readonly state: MailState
  readonly attempts: Generated<number>
  readonly answer: string | null
  readonly at: Now
}

export type EvidenceTable = {
  readonly sha256: Sha256
  readonly name: string
  readonly mediaType: string
  readonly bytes: number
  readonly content: Uint8Array
  readonly person: PersonId | null
  readonly at: Now
}

export type SessionsTable = {
  readonly hash: Sha256
  readonly person: PersonId
  readonly createdAt: Instant
  readonly usedAt: Instant
  readonly endsAt: Instant
}
