import type { CaseCommand, EvidenceItem, Stranger } from '../case/commands.js'
import type { DoneCommand } from '../case/state.js'
import type { ShellEvent } from '../kinds/kind.js'
import type { Actor, Author } from '../parties.js'
import type { CaseId, Clause, Instant, PlainDate, RoundId, Sha256 } from '../words.js'

/** 责任追究: clue → transfer with receipt → verification → outcome under the organ's document number → publication (CD-14). */
export type ReferralPhase = 'clue' | 'transferred' | 'verifying' | 'decided' | 'published' | 'declined'

export const REFERRAL_PHASE_TITLES: Readonly<Record<ReferralPhase, string>> = {
  clue: '线索待移交',
  transferred: '已移交',
  verifying: '调查核实中',
  decided: '已作出处理',
  published: '已公开',
  declined: '不予受理',
}

/** What the case it came from is about: an organ outside knows no numbers of ours. */
export type OriginInWords = { readonly text: string; readonly source: string; readonly n: number }

export type ReferralCommand =
  | {
      readonly type: 'open-referral'
      readonly caseId: CaseId
      readonly origin: CaseId
      /** Absent: of a restricted case, whose words are not for everybody who reads referrals (GN-08). */
      readonly about?: OriginInWords
      readonly round: RoundId
      readonly cause: string
      readonly clause: Clause
      readonly organ: string
      readonly units: readonly string[]
      readonly policy: Sha256
      readonly calendar: Sha256
    }
  | { readonly type: 'transfer-clue'; readonly letter: string; readonly evidence: readonly EvidenceItem[] }
  | { readonly type: 'record-transfer-receipt'; readonly receipt: string; readonly receivedOn: PlainDate }
  | {
      readonly type: 'transfer-to-police'
      readonly organ: string
      readonly letter: string
      readonly evidence: readonly EvidenceItem[]
    }
  | { readonly type: 'record-police-receipt'; readonly receipt: string; readonly receivedOn: PlainDate }
  | { readonly type: 'begin-verification' }
  | { readonly type: 'decline-clue'; readonly reason: string; readonly document: string }
  | { readonly type: 'record-outcome'; readonly outcomes: readonly Outcome[] }
  | {
      readonly type: 'publish-outcome'
      readonly channels: readonly string[]
      readonly publishedOn: PlainDate
    }

/** Never recorded without the deciding organ's document number (domain rule 7). */
export type Outcome = {
  readonly person: string
  readonly measure: string
  readonly organ: string
  readonly document: string
  readonly decidedOn: PlainDate
}

export type ReferralEvent =
  | {
      readonly type: 'referral-opened'
      readonly origin: CaseId
      readonly about?: OriginInWords
      readonly round: RoundId
      readonly cause: string
      readonly clause: Clause
      readonly organ: string
      readonly units: readonly string[]
      readonly policy: Sha256
      readonly calendar: Sha256
    }
  | {
      readonly type: 'clue-transferred'
      readonly letter: string
      readonly evidence: readonly EvidenceItem[]
      readonly receiptBy: PlainDate
    }
  | { readonly type: 'transfer-receipt-chased' }
  | { readonly type: 'transfer-received'; readonly receipt: string; readonly receivedOn: PlainDate }
  | {
      readonly type: 'transferred-to-police'
      readonly organ: string
      readonly letter: string
      readonly evidence: readonly EvidenceItem[]
      readonly receiptBy: PlainDate
    }
  | { readonly type: 'police-receipt-chased' }
  | { readonly type: 'police-received'; readonly receipt: string; readonly receivedOn: PlainDate }
  | { readonly type: 'verification-begun' }
  | { readonly type: 'clue-declined'; readonly reason: string; readonly document: string }
  | { readonly type: 'outcome-recorded'; readonly outcomes: readonly Outcome[] }
  | {
      readonly type: 'outcome-published'
      readonly channels: readonly string[]
      readonly publishedOn: PlainDate
    }
  | ShellEvent

export type ReferralState = {
  readonly id: CaseId
  readonly origin: CaseId
  readonly about?: OriginInWords
  readonly round: RoundId
  readonly cause: string
  readonly clause: Clause
  readonly organ: string
  readonly units: readonly string[]
  readonly policy: Sha256
  readonly calendar: Sha256
  readonly phase: ReferralPhase
  readonly at: Instant
  readonly openedAt: Instant
  readonly receiptBy?: PlainDate
  /** From when the receipt's working days are counted. */
  readonly transferredOn?: PlainDate
  readonly receiptChased: boolean
  /** The organ's receipt of the transferred clue, once recorded. */
  readonly receipt?: string
  readonly outcomes: readonly Outcome[]
  /** A clue of crime, handed to the police beside everything else (JN-16); absent where there is none. */
  readonly police?: {
    readonly organ: string
    readonly receiptBy: PlainDate
    readonly chased: boolean
    readonly receipt?: string
  }
  readonly recent: readonly DoneCommand[]
}

export type ReferralHappening = { readonly at: Instant; readonly by: Author; readonly event: ReferralEvent }
export type ReferralCaseCommand = Omit<CaseCommand, 'command' | 'by'> & {
  readonly by: Actor | Stranger
  readonly command: ReferralCommand
}
