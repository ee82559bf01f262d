import { atTime, dateOf } from '../calendar/dates.js'
import { dueWithin } from '../calendar/deadlines.js'
import { isStranger } from '../case/commands.js'
import { MORNING } from '../case/moment.js'
import type { Rules } from '../context.js'
import type { Waiting } from '../kinds/kind.js'
import type { Author, Role } from '../parties.js'
import { isRefusal, never, type Refusal, refuse } from '../refusal.js'
import { type Instant, later, type PlainDate } from '../words.js'
import { evolveReferral } from './evolve.js'
import type {
  ReferralCaseCommand,
  ReferralCommand,
  ReferralEvent,
  ReferralHappening,
  ReferralState,
} from './types.js'

/** Who may give which command of a referral; `engine` opens it on the leading group's decision. */
export const REFERRAL_PERMISSIONS: Readonly<Record<ReferralCommand['type'], readonly Role[]>> = {
  'open-referral': ['office-head', 'leader', 'secretary', 'mayor'],
  'transfer-clue': ['office-head', 'coordinator'],
  'record-transfer-receipt': ['office-head', 'coordinator'],
  'transfer-to-police': ['office-head', 'discipline'],
  'record-police-receipt': ['office-head', 'coordinator', 'discipline'],
  'begin-verification': ['discipline'],
  'decline-clue': ['discipline'],
  'record-outcome': ['discipline'],
  'publish-outcome': ['office-head', 'coordinator', 'discipline'],
}

export const REFERRAL_TITLES: Readonly<Record<ReferralCommand['type'], string>> = {
  'open-referral': '立案',
  'transfer-clue': '移交线索',
  'record-transfer-receipt': '登记移交回执',
  'transfer-to-police': '移送公安机关',
  'record-police-receipt': '登记公安机关回执',
  'begin-verification': '开始调查核实',
  'decline-clue': '不予受理',
  'record-outcome': '登记处理结果',
  'publish-outcome': '公开处理结果',
}

/** Referral and closure do not wait for each other (domain rule 8): a referral has a life and a clock of its own. */
export const decideReferral = (
  rules: Rules,
  before: ReferralState | undefined,
  asked: ReferralCaseCommand,
): readonly ReferralHappening[] | Refusal => {
  const { command, by } = asked
  if (isStranger(by)) return refuse('forbidden', 'GN-08', `“${REFERRAL_TITLES[command.type]}”须登录后办理`)
  const post = by.posts.find(({ role }) => REFERRAL_PERMISSIONS[command.type].includes(role))
  if (!post) return refuse('forbidden', 'CD-14', `“${REFERRAL_TITLES[command.type]}”不由您办理`)
  const author: Author = { kind: 'person', person: by.person, name: by.name, ...post }
  if (command.type === 'open-referral') return before ? opened() : open(command, author, asked.at)
  if (!before) return refuse('not-found', 'CD-14', '没有这件责任追究案件')
  const at = later(asked.at, before.at)
  const happened = dueReferral(rules, before, at)
  const state = happened.reduce((now, fact) => evolveReferral(before.id, now, fact), before)
  const answer = answerTo(rules, state, command, at)
  return isRefusal(answer) ? answer : [...happened, ...answer.map((event) => ({ at, by: author, event }))]
}

const opened = (): Refusal => refuse('conflict', 'CD-14', '这件责任追究案件已经立案')

const open = (
  command: Extract<ReferralCommand, { type: 'open-referral' }>,
  by: Author,
  at: Instant,
): readonly ReferralHappening[] => {
  const { type: _type, caseId: _caseId, ...what } = command
  return [{ at, by, event: { type: 'referral-opened', ...what } }]
}

const answerTo = (
  rules: Rules,
  state: ReferralState,
  command: Exclude<ReferralCommand, { type: 'open-referral' }>,
  at: Instant,
): readonly ReferralEvent[] | Refusal => {
  const outOfTurn = (why: string) => refuse('out-of-turn', 'CD-14', why)
  const today = dateOf(at)
  switch (command.type) {
    case 'transfer-clue':
      if (state.phase !== 'clue') return outOfTurn('线索已经移交')
      if (!command.letter.trim()) return refuse('invalid', 'CD-14', '请填写线索移交函的内容')
      return [
        {
          type: 'clue-transferred',
          letter: command.letter,
          evidence: command.evidence,
          receiptBy: dueWithin(rules.calendar, today, rules.policy.referral.receiptWithin).date,
        },
      ]
    case 'record-transfer-receipt':
      if (state.phase !== 'transferred' || state.receipt !== undefined) {
        return outOfTurn('线索尚未移交或回执已登记')
      }
      if (!command.receipt.trim()) return refuse('invalid', 'CD-14', '请填写回执文号')
      if (command.receivedOn > today) return refuse('invalid', 'CD-14', '回执日期不能晚于今天')
      return [{ type: 'transfer-received', receipt: command.receipt, receivedOn: command.receivedOn }]
    case 'transfer-to-police':
      return toPolice(rules, state, command, today)
    case 'record-police-receipt':
      if (!state.police || state.police.receipt !== undefined)
        return refuse('out-of-turn', 'JN-16', '没有移送公安机关,或者回执已经登记')
      if (!command.receipt.trim()) return refuse('invalid', 'JN-16', '请填写公安机关的回执文号')
      if (command.receivedOn > today) return refuse('invalid', 'JN-16', '回执日期不能晚于今天')
      return [{ type: 'police-received', receipt: command.receipt, receivedOn: command.receivedOn }]
    case 'begin-verification':
      return state.phase === 'transferred' ? [{ type: 'verification-begun' }] : outOfTurn('线索尚未移交')
    case 'decline-clue':
      if (state.phase !== 'transferred' && state.phase !== 'verifying') return outOfTurn('线索尚未移交')
      return command.document.trim() && command.reason.trim()
        ? [{ type: 'clue-declined', reason: command.reason, document: command.document }]
        : refuse('invalid', 'CD-14', '不予受理须写明理由和决定机关文号')
    case 'record-outcome':
      if (state.phase !== 'verifying') return outOfTurn('尚未调查核实,不能登记处理结果')
      if (command.outcomes.length === 0) return refuse('invalid', 'CD-14', '请逐人填写处理结果')
      return command.outcomes.some(({ document }) => !document.trim())
        ? refuse('invalid', 'CD-14', '处理结果须有决定机关文号')
        : [{ type: 'outcome-recorded', outcomes: command.outcomes }]
    case 'publish-outcome':
      if (state.phase !== 'decided') return outOfTurn('尚无处理结果可以公开')
      if (command.publishedOn > today) return refuse('invalid', 'CD-14', '公开日期不能晚于今天')
      return command.channels.length > 0
        ? [{ type: 'outcome-published', channels: command.channels, publishedOn: command.publishedOn }]
        : refuse('invalid', 'CD-14', '请填写公开的渠道')
    default:
      return never(command)
  }
}

/** 案件移交 (JN-16): once, in any phase, whatever the discipline organ does; against a receipt. */
const toPolice = (
  rules: Rules,
  state: ReferralState,
  { organ, letter, evidence }: Extract<ReferralCommand, { type: 'transfer-to-police' }>,
  today: PlainDate,
): readonly ReferralEvent[] | Refusal => {
  if (state.police) return refuse('conflict', 'JN-16', `已经移送${state.police.organ}`)
  if (evidence.length === 0) return refuse('invalid', 'JN-16', '移送涉嫌犯罪线索须附证据')
  return [
    {
      type: 'transferred-to-police',
      organ,
      letter,
      evidence,
      receiptBy: dueWithin(rules.calendar, today, rules.policy.referral.receiptWithin).date,
    },
  ]
}

const policeMoment = ({ police, at }: ReferralState): Instant | undefined =>
  police && police.receipt === undefined && !police.chased
    ? later(atTime(police.receiptBy, MORNING), at)
    : undefined

const receiptMoment = (state: ReferralState): Instant | undefined =>
  state.phase === 'transferred' &&
  state.receiptBy !== undefined &&
  state.receipt === undefined &&
  !state.receiptChased
    ? later(atTime(state.receiptBy, MORNING), state.at)
    : undefined

type Chase = Waiting & { readonly event: ReferralEvent }

const chases = (state: ReferralState): readonly Chase[] => {
  const organ = receiptMoment(state)
  const police = policeMoment(state)
  const all: readonly Chase[] = [
    ...(organ === undefined
      ? []
      : [
          {
            at: organ,
            clause: 'CD-14' as const,
            rule: '移交回执到期,催办',
            event: { type: 'transfer-receipt-chased' as const },
          },
        ]),
    ...(police === undefined
      ? []
      : [
          {
            at: police,
            clause: 'JN-16' as const,
            rule: '公安机关回执到期,催办',
            event: { type: 'police-receipt-chased' as const },
          },
        ]),
  ]
  return all.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

/** Everything a referral waits for by itself, the earliest first. */
export const referralMoments = (_rules: Rules, state: ReferralState): readonly Waiting[] => chases(state)

/** Each receipt is chased once on its day. */
export const dueReferral = (
  _rules: Rules,
  state: ReferralState,
  until: Instant,
): readonly ReferralHappening[] =>
  chases(state)
    .filter(({ at }) => at <= until)
    .map(({ at, clause, rule, event }) => ({ at, by: { kind: 'engine', clause, rule }, event }))

/** The earliest of them. */
export const nextReferralMoment = (state: ReferralState): Instant | undefined => chases(state)[0]?.at
