import type { CaseEvent } from '../case/events.js'
import type { CaseState } from '../case/state.js'
import { tellCase } from '../case/tell.js'
import { chairsWhoseTurn, stepNow } from '../closing/chain.js'
import type { Rules } from '../context.js'
import type { LedgerRecord } from '../decider-types.js'
import { effectKey, noticeOf, orderOf } from '../kinds/effects.js'
import { readersOf } from '../oversight/restricted.js'
import type { Seat } from '../parties.js'
import type { SignOffStep } from '../policy.js'
import type { CommandId } from '../words.js'
import { audienceOf, audienceOfAll, audienceOfChair } from './audience.js'
import { filingReport, handoverSlip, reminderSlip, rungPaper } from './papers.js'
import type { Audience, Effect, OrderEffect, PaperOrder, ReferralEffect } from './types.js'

/**
 * What follows from one event outside the case: papers, notices, referrals. `state` is the state after the record. Events that
 * nobody needs to be told of have none.
 */
export const effectsOfCase = (
  rules: Rules,
  state: CaseState,
  record: LedgerRecord,
  drill: 'drill' | 'real',
): readonly Effect[] => {
  const event = record.event as CaseEvent
  return [...papers(rules, state, record, event, drill), ...notices(rules, state, record, event, drill)]
}

/** What a problem asks of other cases: a referral to be opened, a campaign to hear of its look-back. */
export const ordersOfCase = (
  rules: Rules,
  state: CaseState,
  record: LedgerRecord,
): readonly (OrderEffect | ReferralEffect)[] => {
  const event = record.event as CaseEvent
  return [...referrals(rules, state, record, event), ...campaignResults(state, record, event)]
}

const papers = (
  rules: Rules,
  state: CaseState,
  record: LedgerRecord,
  event: CaseEvent,
  drill: 'drill' | 'real',
): readonly Effect[] => {
  const about = { rules, state, seq: record.seq, at: record.at, drill }
  const paper = (order: PaperOrder): readonly Effect[] => [
    { kind: 'paper', key: effectKey(record, order.paper), order },
  ]
  switch (event.type) {
    case 'handed-over':
      return paper(handoverSlip(about))
    case 'rung-raised':
      return event.paper ? paper(rungPaper(about, event.paper, event.rung, event.cause)) : []
    case 'deadline-near':
      return event.slip ? paper(reminderSlip(about, event.slip, event.due, event.days)) : []
    case 'filing-sent':
      return paper(filingReport(about, event.to, event.noticeResult))
    default:
      return []
  }
}

/** Those whose turn it is in the chain: the chairs that may sign now, added ones too, or the office that posts and files. */
const turnAudience = (rules: Rules, state: CaseState): readonly Audience[] => {
  const step = stepNow(rules, state)
  if (!step) return []
  return step.kind === 'sign-off'
    ? chairsWhoseTurn(rules, state, step).flatMap(audienceOfChair)
    : audienceOf(rules, state, 'office')
}

/** Those who are told because of their part in the closing chain, whatever seat that is. */
const toldByTurn = (rules: Rules, state: CaseState, event: CaseEvent): readonly Audience[] => {
  switch (event.type) {
    case 'closing-submitted':
    case 'step-completed':
    case 'step-chased':
    case 'step-late':
    case 'sign-offs-voided':
      return turnAudience(rules, state)
    case 'signed': {
      const step = stepNow(rules, state)
      return step?.kind === 'sign-off' && step.id === event.step && isSequence(step)
        ? turnAudience(rules, state)
        : []
    }
    case 'signer-added': {
      const step = stepNow(rules, state)
      return step?.id === event.step ? audienceOfChair(event.chair) : []
    }
    case 'delegated':
      return [{ person: event.to }]
    case 'observers-invited':
      return event.observers.flatMap(({ person }) => (person === undefined ? [] : [{ person }]))
    default:
      return []
  }
}

/** One after another: each is told when the one before has signed. */
const isSequence = ({ quorum }: SignOffStep): boolean =>
  quorum.mode === 'all' && quorum.order === 'sequential'

/** Whom an event is told to. Every rung is copied to the two deputy secretaries-general (CD-13). */
const toldTo = (rules: Rules, event: CaseEvent): readonly Seat[] => {
  switch (event.type) {
    case 'handed-over':
      return ['responsible-unit', 'lead-unit', 'supervising-unit', 'case-leader']
    case 'transferred':
    case 'return-chased':
    case 'returns-paused':
    case 'returns-resumed':
    case 'returns-waived':
    case 'returns-called-in':
      return ['responsible-unit']
    case 'acknowledgement-missed':
    case 'case-plan-missed':
    case 'return-missed':
    case 'deadline-near':
    case 'duty-missed':
    case 'commitment-missed':
      return ['responsible-unit', 'office']
    case 'overdue':
      return ['responsible-unit', 'office', 'case-leader']
    case 'rung-raised':
      return [...event.reaches, 'deputy-secretaries-general']
    case 'rung-drafted':
      return [event.decider]
    case 'rung-released':
      return ['responsible-unit', 'deputy-secretaries-general']
    case 'matter-reported':
      return rules.policy.matters.reaches
    case 'matter-unacknowledged':
    case 'visit-missed':
    case 'handover-returned':
    case 'look-back-due':
    case 'look-back-late':
    case 'look-back-call-late':
    case 'notice-ended':
    case 'objection-lodged':
    case 'objection-unanswered':
    case 'filing-received':
      return ['office']
    case 'supervision-note-attached':
      return ['responsible-unit', 'office']
    case 'supervision-note-answered':
      return ['discipline']
    case 'chased':
      return [event.whom]
    case 'extension-requested':
      return [event.decider]
    case 'extension-approved':
    case 'extension-refused':
      return ['responsible-unit', 'office']
    case 'step-late':
      return ['office']
    case 'step-refused':
    case 'sign-offs-voided':
      return ['responsible-unit', 'office']
    case 'objection-answered':
      return event.decision === 'accept' ? ['responsible-unit', 'office'] : []
    case 'closed':
      return ['responsible-unit', 'lead-unit', 'supervising-unit', 'case-leader']
    case 'rebounded':
      return ['responsible-unit', 'office', 'case-leader', 'deputy-secretaries-general']
    case 'supervision-listed':
    case 'supervision-ended':
      return ['responsible-unit', 'case-leader']
    case 'watched':
      return ['office-head', 'case-leader']
    case 'key-marked':
      return ['responsible-unit']
    case 'key-inspection-due':
      return ['responsible-unit', 'office', 'case-leader']
    case 'key-inspection-missed':
      return ['office-head', 'case-leader']
    case 'key-inspected':
      return event.result === 'behind' ? ['responsible-unit', 'case-leader'] : ['responsible-unit']
    case 'observed':
      return ['office']
    case 'clue-drafted':
      return ['office', 'case-leader', 'discipline']
    default:
      return []
  }
}

/** The leaders of the case's area whom the policy has told of this rung, tier by tier (HH-15). */
const areaLeaders = ({ policy }: Rules, { entry }: CaseState, event: CaseEvent): readonly Audience[] => {
  if (event.type !== 'rung-raised' || entry.area === undefined) return []
  const told = policy.areaLeaders?.tells.find(({ rung }) => rung === event.rung)
  return told ? [{ area: entry.area, tiers: told.tiers }] : []
}

/** The watcher of a supervised case is told whatever anybody is told of it (JN-10). */
const watcher = (rules: Rules, state: CaseState, event: CaseEvent): readonly Audience[] => {
  if (event.type === 'supervision-ended') return [{ person: event.watcher.person }]
  if (!state.supervised) return []
  const toldToSomebody = toldByTurn(rules, state, event).length + toldTo(rules, event).length > 0
  return toldToSomebody ? [{ person: state.supervised.watcher.person }] : []
}

const notices = (
  rules: Rules,
  state: CaseState,
  record: LedgerRecord,
  event: CaseEvent,
  drill: 'drill' | 'real',
): readonly Effect[] => {
  const audience = [
    ...toldByTurn(rules, state, event),
    ...audienceOfAll(rules, state, toldTo(rules, event)),
    ...areaLeaders(rules, state, event),
    ...watcher(rules, state, event),
  ]
  const said =
    event.type === 'step-completed' || event.type === 'signed' ? turnWords(rules, state) : tellCase(event)
  const readers = readersOf(rules, state)
  return noticeOf(state, record, drill, audience, {
    about: state.entry.text,
    said,
    ...(readers && { readers }),
  })
}

const turnWords = ({ policy }: Rules, { closing }: CaseState): string => {
  const step = closing && policy.closing.chain[closing.step]
  return step ? `请办理“${step.title}”` : '各关办结'
}

/** The campaign hears of each look-back it called for (YZ-16): written down by the machine, from the case's own record. */
const campaignResults = (state: CaseState, record: LedgerRecord, event: CaseEvent): readonly OrderEffect[] =>
  event.type === 'called-look-back-done'
    ? [
        orderOf(state, record, {
          key: 'order',
          by: { machine: 'YZ-16', rule: '按事项的回头看记录登记结果' },
          to: event.campaign,
          command: {
            type: 'record-campaign-result',
            case: state.id,
            result: event.result,
            findings: event.findings,
          },
        }),
      ]
    : []

const referrals = (
  rules: Rules,
  state: CaseState,
  record: LedgerRecord,
  event: CaseEvent,
): readonly ReferralEffect[] => {
  const { by, at } = record
  if (event.type !== 'clue-referred' || by.kind !== 'person') return []
  const clue = state.clues[event.clue]
  if (!clue) return []
  return [
    {
      kind: 'referral',
      key: effectKey(record, 'referral'),
      referral: event.referral,
      first: {
        id: `${event.referral}#open` as CommandId,
        at,
        by: {
          person: by.person,
          name: by.name,
          posts: [{ role: by.role, ...(by.unit !== undefined && { unit: by.unit }) }],
        },
        command: {
          type: 'open-referral',
          caseId: event.referral,
          origin: state.id,
          ...(!state.restricted && {
            about: { text: state.entry.text, source: state.source.name, n: state.entry.n },
          }),
          round: state.round,
          cause: clue.cause,
          clause: clue.clause,
          organ: rules.policy.referral.organ,
          units: state.entry.units,
          policy: state.policy,
          calendar: state.calendar,
        },
      },
    },
  ]
}
