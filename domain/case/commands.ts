import type { Entry, Leaders, NamedOfficer } from '../entry.js'
import type { Machine } from '../kinds/kind.js'
import type { Actor, Chair, Role, Seat } from '../parties.js'
import type { RungId } from '../policy.js'
import type {
  CaseId,
  CommandId,
  Instant,
  Percent,
  PersonId,
  PlainDate,
  RoundId,
  Sha256,
  UnitName,
} from '../words.js'

import type { Target } from './events.js'
import type { Check } from './state.js'

/** What someone asks of a case. `at` is the round's own time, stamped at the door. */
export type CaseCommand = {
  readonly id: CommandId
  readonly at: Instant
  readonly by: Actor | Stranger | Machine
  readonly command: Command
}

/** Somebody without an account: may lodge an objection, nothing else (CD-09). */
export type Stranger = { readonly stranger: string }

/** True for somebody who has not signed in. */
export const isStranger = (by: Actor | Stranger | Machine): by is Stranger => 'stranger' in by

/** 督察轮次的来源与层级 (CD-20). */
export type Source = {
  /** 中央督察、省级督察、警示片、执法检查、信访 … as the plan words it. */
  readonly name: string
  readonly level: 'central' | 'provincial' | 'municipal' | 'county'
}

export type EvidenceItem = {
  readonly sha256: Sha256
  readonly name: string
  readonly mediaType: string
  readonly bytes: number
}

/** 整改情况调度 (domain, table of periodic things): what a return holds. */
export type ReturnContent = {
  readonly progress: Percent
  readonly done: string
  readonly hinders: string
  readonly help: string
  readonly nodes: readonly { readonly node: number; readonly state: NodeReport }[]
  readonly duties: readonly { readonly duty: number; readonly state: string }[]
  readonly evidence: readonly EvidenceItem[]
}
export type NodeReport = 'not-started' | 'under-way' | 'done'

/** 敷衍整改、表面整改、假装整改 (CD-16): any of them drafts an accountability clue. */
export type FalsehoodCode = 'perfunctory' | 'superficial' | 'feigned'
export const FALSEHOOD_TITLES: Readonly<Record<FalsehoodCode, string>> = {
  perfunctory: '敷衍整改',
  superficial: '表面整改',
  feigned: '假装整改',
}

export type Finding = {
  readonly title: string
  readonly met: 'met' | 'not-met'
  readonly note: string
  readonly evidence: readonly Sha256[]
}

/** On-site: place, time, photos (YZ-09). */
export type SiteVisit = {
  readonly place: string
  readonly at: Instant
  readonly photos: readonly EvidenceItem[]
  /** Outside observers present, and their words (YZ-15). */
  readonly observers: readonly { readonly name: string; readonly words: string }[]
  /** Invited and did not come (YZ-15). */
  readonly absent?: readonly string[]
}

/** What the coordinator fills or corrects before handing over; an answered question is struck off by its text. */
export type EntryPatch = Partial<Omit<Entry, 'n' | 'lines' | 'questions'>> & {
  readonly answered?: readonly string[]
}

export type Command =
  // from the plan to the unit
  | {
      readonly type: 'register'
      readonly caseId: CaseId
      readonly round: RoundId
      readonly entry: Entry
      readonly source: Source
      readonly policy: Sha256
      readonly calendar: Sha256
      readonly planDate: PlainDate
    }
  | { readonly type: 'amend-entry'; readonly patch: EntryPatch; readonly reason: string }
  | { readonly type: 'hand-over' }
  | { readonly type: 'acknowledge' }
  | {
      readonly type: 'submit-case-plan'
      readonly plan: string
      readonly team: readonly string[]
      readonly evidence: readonly EvidenceItem[]
    }
  // rectifying
  | {
      readonly type: 'submit-return' /** A missed period made up for late; absent: the period now awaited. */
      readonly period?: PlainDate
      readonly content: ReturnContent
    }
  | { readonly type: 'confirm-immediate'; readonly done: string; readonly evidence: readonly EvidenceItem[] }
  | { readonly type: 'complete-node'; readonly node: number; readonly evidence: readonly EvidenceItem[] }
  | {
      readonly type: 'discharge-duty'
      readonly duty: number
      readonly body: string
      readonly what: string
      readonly evidence: readonly EvidenceItem[]
    }
  | {
      readonly type: 'report-matter'
      readonly what: string
      readonly where: string
      readonly since: Instant
      readonly done: string
    }
  | { readonly type: 'acknowledge-matter'; readonly matter: number }
  | { readonly type: 'add-evidence'; readonly evidence: readonly EvidenceItem[] }
  | {
      readonly type: 'request-extension'
      readonly until: PlainDate
      readonly reason: string
      readonly measures: string
    }
  | { readonly type: 'decide-extension'; readonly decision: 'approve' | 'refuse'; readonly reason: string }
  | { readonly type: 'record-visit'; readonly visit: SiteVisit; readonly opinion: string }
  | { readonly type: 'attach-supervision-note'; readonly text: string }
  | { readonly type: 'answer-supervision-note'; readonly note: number; readonly answer: string }
  | { readonly type: 'chase'; readonly whom: Seat; readonly words: string }
  // closing
  | {
      readonly type: 'submit-closing'
      readonly statement: string
      readonly checklist: readonly ChecklistMark[]
      readonly evidence: readonly EvidenceItem[]
    }
  | { readonly type: 'withdraw-closing'; readonly reason: string }
  | {
      readonly type: 'sign'
      readonly step: string
      readonly saw: Sha256
      readonly opinion: string
      readonly findings: readonly Finding[]
      readonly site?: SiteVisit
    }
  | {
      readonly type: 'refuse-step'
      readonly step: string
      readonly saw: Sha256
      readonly reasons: string
      readonly code?: FalsehoodCode
    }
  | { readonly type: 'add-signer'; readonly step: string; readonly chair: Chair; readonly reason: string }
  | {
      readonly type: 'post-notice'
      readonly postedOn: PlainDate
      readonly result: string
      readonly contact: string
      readonly channels: readonly { readonly channel: string; readonly where: string }[]
    }
  | { readonly type: 'take-down-notice'; readonly reason: string }
  | { readonly type: 'object'; readonly text: string; readonly contact: string }
  | {
      readonly type: 'answer-objection'
      readonly objection: number
      readonly decision: 'accept' | 'reject'
      readonly answer: string
    }
  | { readonly type: 'send-filing'; readonly to: string; readonly noticeResult: string }
  | { readonly type: 'record-filing-receipt'; readonly receipt: string; readonly receivedOn: PlainDate }
  // after closure
  | {
      readonly type: 'look-back'
      /** The campaign whose call it answers (YZ-16); absent: the case's own rhythm. */
      readonly campaign?: CaseId
      readonly result: 'holds' | 'rebound'
      readonly findings: string
      readonly site: SiteVisit
      readonly code?: FalsehoodCode
      /** The criteria of the first acceptance, each answered (JN-13). */
      readonly checks?: readonly Finding[]
    }
  | {
      readonly type: 'call-look-back'
      readonly campaign: CaseId
      readonly by: PlainDate
      readonly words: string
    }
  | { readonly type: 'report-rebound'; readonly findings: string; readonly code?: FalsehoodCode }
  // ladder
  | {
      readonly type: 'decide-rung'
      readonly rung: RungId
      readonly decision: 'issue' | 'dismiss' | 'skip'
      readonly reason: string
    }
  | { readonly type: 'release-rung'; readonly rung: RungId; readonly reason: string }
  | {
      readonly type: 'record-interview'
      readonly minutes: string
      readonly present: readonly string[]
      readonly commitments: readonly { readonly text: string; readonly by: PlainDate }[]
    }
  | { readonly type: 'settle-commitment'; readonly commitment: number; readonly result: string }
  | {
      readonly type: 'decide-clue'
      readonly clue: number
      readonly decision: 'refer' | 'dismiss'
      readonly reason: string
    }
  // people and units
  | { readonly type: 'transfer'; readonly from: UnitName; readonly to: UnitName; readonly reason: string }
  | {
      readonly type: 'delegate'
      readonly to: PersonId
      readonly toName: string
      readonly until: PlainDate
      readonly document: string
      /** Which of several own seats; absent: the most particular. */
      readonly seat?: Seat
    }
  | { readonly type: 'end-delegation'; readonly to: PersonId }
  | { readonly type: 'hand-over-office'; readonly leaders: Leaders; readonly reason: string }
  // special watching
  | {
      readonly type: 'put-under-supervision'
      readonly watcher: NamedOfficer
      readonly reason: string
      readonly release: string
    }
  | { readonly type: 'record-watching'; readonly findings: string }
  | { readonly type: 'end-supervision'; readonly reason: string }
  | { readonly type: 'mark-key'; readonly target: Target; readonly reason: string }
  | { readonly type: 'unmark-key'; readonly target: Target; readonly reason: string }
  | {
      readonly type: 'inspect-key'
      readonly target: Target
      readonly result: 'on-track' | 'behind'
      readonly findings: string
      readonly site: SiteVisit
    }
  | { readonly type: 'invite-observers'; readonly check: Check; readonly observers: readonly Observer[] }
  | { readonly type: 'record-observation'; readonly words: string }
  | {
      readonly type: 'restrict-case'
      readonly persons: readonly NamedOfficer[]
      readonly roles: readonly Role[]
      readonly units: readonly UnitName[]
      readonly reason: string
    }
  | { readonly type: 'unrestrict-case'; readonly reason: string }
  // what the round decided for every case of it, brought by the machine
  | RoundDecision
  // the case as such
  | { readonly type: 'withdraw-handover'; readonly reason: string }
  | { readonly type: 'return-handover'; readonly reason: string }

/**
 * What was decided for a whole round about its returns (CD-17): paused, resumed, and which of the periods passed over are waived or
 * called in, by a day. `decidedBy` is the name of the person whose decision it was.
 */
export type RoundDecision = { readonly reason: string; readonly decidedBy: string } & (
  | { readonly type: 'pause-returns' }
  | { readonly type: 'resume-returns' }
  | { readonly type: 'waive-returns'; readonly periods: readonly PlainDate[] }
  | { readonly type: 'call-in-returns'; readonly periods: readonly PlainDate[]; readonly by: PlainDate }
)

/** Somebody from outside who is invited to a check; with an account where `person` is given. */
export type Observer = { readonly name: string; readonly from: string; readonly person?: PersonId }

export type CommandType = Command['type']
export type ChecklistMark = { readonly point: string; readonly met: 'met' | 'not-met' }

/** 命令的中文名,按钮与拒绝里用同一个。 */
export const COMMAND_TITLES: Readonly<Record<CommandType, string>> = {
  register: '立项登记',
  'amend-entry': '补充台账',
  'hand-over': '交办',
  acknowledge: '签收',
  'submit-case-plan': '报送整改方案',
  'submit-return': '报送调度',
  'confirm-immediate': '确认立行立改',
  'complete-node': '完成节点',
  'discharge-duty': '履行定期义务',
  'report-matter': '报告重大事项',
  'acknowledge-matter': '签收重大事项',
  'add-evidence': '补充材料',
  'request-extension': '申请延期',
  'decide-extension': '审批延期',
  'record-visit': '记录督导',
  'attach-supervision-note': '提出监督意见',
  'answer-supervision-note': '答复监督意见',
  chase: '催办',
  'submit-closing': '提请销号',
  'withdraw-closing': '撤回销号申请',
  sign: '签署',
  'refuse-step': '退回',
  'add-signer': '加签',
  'post-notice': '发布公示',
  'take-down-notice': '撤下公示',
  object: '提出异议',
  'answer-objection': '答复异议',
  'send-filing': '报送备案',
  'record-filing-receipt': '登记备案回执',
  'call-look-back': '部署回头看',
  'look-back': '回头看',
  'report-rebound': '报告反弹',
  'decide-rung': '决定督办措施',
  'release-rung': '解除督办措施',
  'record-interview': '记录约谈',
  'settle-commitment': '落实约谈承诺',
  'decide-clue': '决定移交线索',
  transfer: '转办',
  delegate: '委托代签',
  'end-delegation': '终止委托',
  'hand-over-office': '交接包案领导',
  'pause-returns': '暂停调度',
  'resume-returns': '恢复调度',
  'waive-returns': '免报调度',
  'call-in-returns': '补报调度',
  'withdraw-handover': '撤回交办',
  'return-handover': '退回交办',
  'put-under-supervision': '挂账督办',
  'record-watching': '记录盯办情况',
  'end-supervision': '销账',
  'mark-key': '列为重点',
  'unmark-key': '不再列为重点',
  'inspect-key': '到期前督查',
  'invite-observers': '邀请社会监督',
  'record-observation': '记录监督意见',
  'restrict-case': '限定知悉范围',
  'unrestrict-case': '解除知悉限定',
}
