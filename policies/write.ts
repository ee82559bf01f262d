import { stringify } from 'yaml'
import type { Money } from '../domain/money.js'
import { AREA_TIER_TITLES } from '../domain/parties.js'
import {
  type CadenceRule,
  type ConsequenceRules,
  CRITERION_TITLES,
  PAPER_TITLES,
  type Policy,
  type Quorum,
  type Rhythm,
  RUNG_TITLES,
  type Rung,
  type Span,
  type Step,
  type Trigger,
} from '../domain/policy.js'
import { never } from '../domain/refusal.js'
import { weekdayName } from './schema/spans.js'
import { FIELD_TITLES, NEED_TITLES, PARTY_TITLES } from './schema/words.js'

const days = (count: number, of: string): string => `${count} ${of}${count === 1 ? 'day' : 'days'}`
const span = (written: Span): string => days(written.days, `${written.of} `)
const hours = (count: number): string => `${count} ${count === 1 ? 'hour' : 'hours'}`
const months = (count: number): string => `${count} ${count === 1 ? 'month' : 'months'}`

const periodic = (rule: CadenceRule) => ({
  every: rule.every,
  'cut-off': rule.cutOff,
  within: span(rule.within),
  source: rule.source,
})

const rhythm = (written: Rhythm): { readonly each: string; readonly due: string } => {
  switch (written.every) {
    case 'week':
      return { each: 'week', due: `${weekdayName(written.weekday)} ${written.time}` }
    case 'month':
      return {
        each: 'month',
        due: `${written.day === 'last-working-day' ? 'last working day' : `day ${written.day}`} ${written.time}`,
      }
    case 'ten-days':
      return { each: 'ten days', due: `day ${written.days.join(', ')} ${written.time}` }
    case 'day':
      return { each: 'day', due: `working day ${written.time}` }
    default:
      return never(written)
  }
}

const trigger = (written: Trigger): string => {
  switch (written.on) {
    case 'before-deadline':
      return `${days(written.days, '')} before deadline${written.slip ? `, ${written.slip}` : ''}`
    case 'after-deadline':
      return `${days(written.days, '')} after deadline`
    case 'missing-returns':
      return `${written.inARow} missing ${written.inARow === 1 ? 'return' : 'returns'} in a row`
    case 'refusals':
      return `${written.count} ${written.count === 1 ? 'refusal' : 'refusals'}`
    case 'rebound':
    case 'falsehood':
      return written.on
    default:
      return never(written)
  }
}

const rung = ({ id, triggers, by, reaches, paper, release, levels, source }: Rung) => ({
  rung: RUNG_TITLES[id],
  when: triggers.map(trigger),
  by,
  whom: reaches,
  ...(paper === undefined ? {} : { paper: PAPER_TITLES[paper] }),
  release: release.by,
  ...(levels === undefined ? {} : { for: levels }),
  source,
})

const quorum = (written: Quorum): string => {
  switch (written.mode) {
    case 'one':
      return 'one'
    case 'all':
      return written.order === 'sequential' ? 'all in order' : 'all side by side'
    case 'ratio':
      return `${written.needed} of ${written.of}${written.veto === 'veto' ? ' with veto' : ''}`
    default:
      return never(written)
  }
}

const step = (written: Step) => {
  const { id, title, source } = written
  switch (written.kind) {
    case 'sign-off':
      return {
        id,
        step: title,
        by: written.by,
        form: written.form,
        quorum: quorum(written.quorum),
        deputy: written.deputy,
        where: written.where,
        evidence: written.evidence,
        findings: written.findings,
        within: span(written.within),
        'chase-after': span(written.chaseAfter),
        'on-refusal': written.onRefusal,
        source,
      }
    case 'notice':
      return {
        id,
        kind: '公示',
        step: title,
        period: span(written.period),
        counting: written.counting,
        answer: span(written.objection.answer),
        channels: written.channels,
        within: span(written.within),
        source,
      }
    case 'filing':
      return {
        id,
        kind: '备案',
        step: title,
        to: written.to,
        receipt: written.receipt,
        within: span(written.within),
        source,
      }
    default:
      return never(written)
  }
}

const yuanOf = ({ fen }: Money): string =>
  `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')} yuan`

const consequencesOf = (rules: ConsequenceRules) => ({
  penalties: rules.penalties.map(({ cause, amount, when, source }) => ({
    cause,
    amount: yuanOf(amount),
    ...(when === undefined ? {} : { when }),
    source,
  })),
  compensation: {
    tiers: rules.compensation.tiers.map(({ overPercent, amount }) => ({
      'over-percent': overPercent,
      amount: yuanOf(amount),
    })),
    source: rules.compensation.source,
  },
  'removal-first': { causes: rules.removalFirst.causes, source: rules.removalFirst.source },
  'pay-within': { within: span(rules.payWithin), source: rules.payWithin.source },
  'chase-before': span(rules.chase),
})

const fileOf = (policy: Policy) => ({
  extends: 'defaults',
  id: policy.id,
  city: policy.city,
  title: policy.title,
  office: {
    unit: policy.office.unit,
    aliases: policy.office.aliases,
    'document-code': policy.office.documentCode,
    letterhead: policy.office.letterhead,
  },
  handover: {
    requires: policy.handover.requires.map(({ field, source }) => ({ field: FIELD_TITLES[field], source })),
    apart: policy.handover.apart.map(({ party, source }) => ({ party: PARTY_TITLES[party], source })),
    acknowledge: { within: span(policy.handover.acknowledge), source: policy.handover.acknowledge.source },
    'case-plan': { within: span(policy.handover.casePlan), source: policy.handover.casePlan.source },
    'before-start': policy.handover.beforeStart.map(({ need, source }) => ({
      need: NEED_TITLES[need],
      source,
    })),
  },
  classes: {
    immediate: { within: span(policy.classes.immediate), source: policy.classes.immediate.source },
    'long-term': {
      'stage-target': policy.classes.longTerm.stageTarget,
      source: policy.classes.longTerm.source,
    },
  },
  returns: {
    ...rhythm(policy.returns.rhythm),
    chase: { before: span(policy.returns.chase), at: policy.returns.chase.time },
    grace: span(policy.returns.grace),
    source: policy.returns.source,
  },
  ladder: policy.ladder.map(rung),
  closing: {
    checklist: { points: policy.closing.checklist.points, source: policy.closing.checklist.source },
    ...(policy.closing.collected === undefined
      ? {}
      : {
          collected: {
            days: policy.closing.collected.days,
            source: policy.closing.collected.source,
          },
        }),
    chain: policy.closing.chain.map(step),
  },
  extension: {
    times: policy.extension.times,
    longest: months(policy.extension.longestMonths),
    levels: policy.extension.levels.map(({ upToMonths, by }) => ({ 'up-to': months(upToMonths), by })),
    source: policy.extension.source,
  },
  ...(policy.visits === undefined
    ? {}
    : { visits: { every: months(policy.visits.everyMonths), source: policy.visits.source } }),
  'look-back': {
    months: policy.lookBack.months,
    'immediate-months': policy.lookBack.immediateMonths,
    within: span(policy.lookBack.within),
    source: policy.lookBack.source,
  },
  referral: {
    organ: policy.referral.organ,
    'receipt-within': span(policy.referral.receiptWithin),
    source: policy.referral.source,
  },
  matters: {
    whom: policy.matters.reaches,
    'acknowledge-within': span(policy.matters.acknowledgeWithin),
    source: policy.matters.source,
  },
  ...(policy.opinions === undefined
    ? {}
    : {
        opinions: {
          'assign-within': hours(policy.opinions.assignHours),
          'verify-within': hours(policy.opinions.verifyHours),
          'respond-within': hours(policy.opinions.respondHours),
          source: policy.opinions.source,
        },
      }),
  ...(policy.inspections === undefined
    ? {}
    : {
        inspections: {
          'follow-up-within': span(policy.inspections.followUp),
          source: policy.inspections.source,
        },
      }),
  ...(policy.petitions === undefined
    ? {}
    : {
        petitions: {
          'accept-within': span(policy.petitions.accept),
          'close-within': span(policy.petitions.close),
          'extend-days': policy.petitions.extendDays,
          'chase-days': policy.petitions.chaseDays,
          'reopen-within': span(policy.petitions.reopen),
          repeat: policy.petitions.repeat,
          'supervise-at': policy.petitions.superviseAt,
          source: policy.petitions.source,
        },
      }),
  ...(policy.instructions === undefined
    ? {}
    : {
        instructions: {
          'receipt-within': span(policy.instructions.receipt),
          'feedback-within': span(policy.instructions.feedback),
          'chase-before': span(policy.instructions.chase),
          source: policy.instructions.source,
        },
      }),
  ...(policy.consequences === undefined ? {} : { consequences: consequencesOf(policy.consequences) }),
  ...(policy.ranking === undefined
    ? {}
    : {
        ranking: {
          weights: policy.ranking.weights,
          named: policy.ranking.named,
          source: policy.ranking.source,
        },
      }),
  ...(policy.cadence === undefined
    ? {}
    : {
        cadence: {
          bulletin: periodic(policy.cadence.bulletin),
          review: periodic(policy.cadence.review),
          account: periodic(policy.cadence.account),
          chase: span(policy.cadence.chase),
          'chase-time': policy.cadence.chaseTime,
          named: policy.cadence.named,
          source: policy.cadence.source,
        },
      }),
  ...oversight(policy),
})

const oversight = ({ acceptance, accountability, keyChecks, areaLeaders, wholeClass }: Policy) => ({
  ...(acceptance && {
    acceptance: {
      keeps: acceptance.keeps.map((part) => CRITERION_TITLES[part]),
      source: acceptance.source,
    },
  }),
  ...(accountability && {
    accountability: {
      refusals: accountability.refusals,
      rebounds: accountability.rebounds,
      'missing-returns': accountability.missingReturns,
      source: accountability.source,
    },
  }),
  ...(keyChecks && { 'key-checks': { before: span(keyChecks.before), source: keyChecks.source } }),
  ...(areaLeaders && {
    'area-leaders': {
      tells: areaLeaders.tells.map(({ rung: id, tiers }) => ({
        rung: RUNG_TITLES[id],
        tiers: tiers.map((tier) => AREA_TIER_TITLES[tier]),
      })),
      source: areaLeaders.source,
    },
  }),
  ...(wholeClass && { 'whole-class': { words: wholeClass.words, source: wholeClass.source } }),
})

/** A policy as a file that leaves nothing to the defaults; read again it is the same policy with the same hash. */
export const writePolicy = (policy: Policy): string =>
  stringify(fileOf(policy), { lineWidth: 0, aliasDuplicateObjects: false })
