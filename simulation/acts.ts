import { addDays, addMonths, dateOf } from '../domain/calendar/dates.js'
import type { Command, EvidenceItem, SiteVisit } from '../domain/case/commands.js'
import type { CaseState } from '../domain/case/state.js'
import type { PetitionCommand } from '../domain/petition/types.js'
import type { ReferralCommand } from '../domain/referral/types.js'
import { never } from '../domain/refusal.js'
import type { Instant, PlainDate } from '../domain/words.js'
import type { Persona } from './personas.js'

export type RoundTodo = {
  readonly caseId: string
  readonly act: string
  readonly title: string
  readonly seat: string
  readonly unit: string | null
  readonly person: string | null
  readonly due: string | null
}

/** What somebody who acts in the drill knows: the case as the door shows it, and the round's time. */
export type Scene = {
  readonly persona: Persona
  readonly state: CaseState
  readonly step: string | null
  readonly channels: readonly string[]
  readonly findings: readonly string[]
  readonly now: Instant
  /** Returns sent so far: progress grows with them. */
  readonly returns: number
  /** What the leader makes of a clue: refers it, or holds an interview first. */
  readonly clue: 'refer' | 'dismiss'
  /** Points that must be met before submission (YZ-05). */
  readonly checklist: readonly string[]
  /** Where the papers and photos come from that an act names. */
  readonly files: Files
}

export type Files = {
  readonly documentOf: (title: string) => EvidenceItem
  readonly photoOf: (title: string) => EvidenceItem
}

export type Act = Command | ReferralCommand | PetitionCommand

const site = ({ state, now, files }: Scene): SiteVisit => ({
  place: `${state.entry.units[0] ?? '现场'}整改现场`,
  at: now,
  photos: [files.photoOf(`${state.id} ${now}`)],
  observers: [],
})

/** The return's progress: an eighth a week, never the whole by one's own word. */
const progressOf = ({ returns, persona }: Scene): number =>
  persona === 'dishonest' ? 100 : Math.min(95, 10 + returns * 12)

const worksAgain = ({ state }: Scene): boolean => state.interview.commitments.length > 0

/** Does the responsible unit of this case do its work now? */
export const works = (scene: Scene): boolean =>
  scene.persona === 'silent' ? false : scene.persona === 'awakened' ? worksAgain(scene) : true

const REFUSED_AT: ReadonlySet<string> = new Set(['case-leader', 'lead-unit', 'supervising-unit', 'office'])

/** What is done about a to-do, or `undefined` when this case's people leave it lying. */
export const actOn = (todo: RoundTodo, scene: Scene): Act | undefined => {
  const { state, now } = scene
  switch (todo.act) {
    case 'acknowledge':
      return { type: 'acknowledge' }
    case 'submit-case-plan':
      return works(scene)
        ? {
            type: 'submit-case-plan',
            plan: '成立专班,查明原因,分三步整改:先堵漏,再治理,后建制。',
            team: ['主要负责人', '分管负责人', '经办人'],
            evidence: [scene.files.documentOf(`${state.id} 整改方案`)],
          }
        : undefined
    case 'submit-return':
      return works(scene)
        ? {
            type: 'submit-return',
            content: {
              progress: progressOf(scene),
              done: '按方案推进,本周完成计划内工作。',
              hinders: '',
              help: '',
              nodes: [],
              duties: [],
              evidence: [],
            },
          }
        : undefined
    case 'confirm-immediate':
      return works(scene)
        ? {
            type: 'confirm-immediate',
            done: '已立即整改到位,并建立长效机制。',
            evidence: [scene.files.documentOf(`${state.id} 立行立改`)],
          }
        : undefined
    case 'complete-node': {
      const node = state.nodes.findIndex(({ completedAt }) => !completedAt)
      return works(scene) && node >= 0
        ? { type: 'complete-node', node, evidence: [scene.files.documentOf(`${state.id} 节点 ${node + 1}`)] }
        : undefined
    }
    case 'sign':
      return signing(todo, scene)
    case 'post-notice':
      return {
        type: 'post-notice',
        postedOn: dateOf(now),
        result: '已完成整改,经逐级审核和现场核实。',
        contact: '整改办,12345',
        channels: scene.channels.map((channel) => ({ channel, where: '要闻版' })),
      }
    case 'send-filing':
      return { type: 'send-filing', to: '省整改工作领导小组办公室', noticeResult: '公示期间无异议。' }
    case 'record-filing-receipt':
      return {
        type: 'record-filing-receipt',
        receipt: `省整改备〔${now.slice(0, 4)}〕${Number(state.id.split('/')[1])}号`,
        receivedOn: dateOf(now),
      }
    case 'look-back': {
      const rebounds = scene.persona === 'rebounding' && state.rectification.round === 1
      return {
        type: 'look-back',
        result: rebounds ? 'rebound' : 'holds',
        findings: rebounds ? '设施停运,污染重现' : '整改成效保持',
        site: site(scene),
        ...(state.criteria && {
          checks: state.criteria.map((title) => ({
            title,
            met: rebounds ? ('not-met' as const) : ('met' as const),
            note: '',
            evidence: state.evidence.slice(0, 1).map(({ sha256 }) => sha256),
          })),
        }),
      }
    }
    case 'decide-rung': {
      const draft = state.ladder.rungs.find((rung) => rung.state === 'drafted')
      return draft
        ? { type: 'decide-rung', rung: draft.rung, decision: 'issue', reason: '情况属实,同意' }
        : undefined
    }
    case 'decide-clue': {
      const clue = state.clues.findIndex((one) => one.state === 'drafted')
      return clue < 0
        ? undefined
        : {
            type: 'decide-clue',
            clue,
            decision: scene.clue,
            reason: scene.clue === 'refer' ? '长期不整改,移交核实' : '先行约谈,暂不移交',
          }
    }
    case 'decide-extension':
      return { type: 'decide-extension', decision: 'approve', reason: '汛期停工,理由充分' }
    case 'acknowledge-matter':
      return { type: 'acknowledge-matter', matter: 0 }
    default:
      return undefined
  }
}

/** What is done about a to-do of a referral: it goes its own way, to publication (CD-14). */
export const actOnReferral = (todo: RoundTodo, now: Instant): Act | undefined => {
  switch (todo.act) {
    case 'transfer-clue':
      return { type: 'transfer-clue', letter: '移交责任追究问题线索,请依规依纪依法核实。', evidence: [] }
    case 'record-transfer-receipt':
      return {
        type: 'record-transfer-receipt',
        receipt: `演练纪收〔${now.slice(0, 4)}〕1号`,
        receivedOn: dateOf(now),
      }
    case 'begin-verification':
      return { type: 'begin-verification' }
    case 'record-outcome':
      return {
        type: 'record-outcome',
        outcomes: [
          {
            person: '有关责任人',
            measure: '诫勉',
            organ: '市纪委监委',
            document: `演练纪〔${now.slice(0, 4)}〕3号`,
            decidedOn: dateOf(now),
          },
        ],
      }
    case 'publish-outcome':
      return { type: 'publish-outcome', channels: ['市政府网站'], publishedOn: dateOf(now) }
    default:
      return undefined
  }
}

/** Everybody signs; in the case cast for it, the first who reviews sends it back once. */
const signing = (todo: RoundTodo, scene: Scene): Act => {
  const { state, step, persona } = scene
  const saw = state.seal
  if (persona === 'dishonest' && state.closings.begun === 1 && REFUSED_AT.has(todo.seat)) {
    return { type: 'refuse-step', step: step ?? '', saw, reasons: '现场与材料不符', code: 'feigned' }
  }
  if (persona === 'refused' && state.closings.begun === 1 && REFUSED_AT.has(todo.seat)) {
    return { type: 'refuse-step', step: step ?? '', saw, reasons: '清单未附监测报告,现场仍有渗漏' }
  }
  return {
    type: 'sign',
    step: step ?? '',
    saw,
    opinion: '情况属实,同意。',
    findings: [...new Set([...scene.findings, ...(state.criteria ?? [])])].map((title) => ({
      title,
      met: 'met',
      note: '经核查属实',
      evidence: [scene.files.documentOf(`${state.id} ${title}`).sha256],
    })),
    site: site(scene),
  }
}

/** Days after handing over at which each unit thinks it is done, spread so that a round is not one day long. */
const FIRST_DONE = 18
const SPREAD = 37

/** The day a unit thinks it is done. */
export const readyOn = ({ state, persona }: Scene, n: number): PlainDate => {
  const since = dateOf(state.rectification.since ?? state.handover?.at ?? state.at)
  switch (persona) {
    case 'rebounding':
    case 'refused':
    case 'awakened':
    case 'dishonest':
      return addDays(since, 12)
    case 'late':
      return state.deadline?.due && state.deadline.due > since
        ? addDays(state.deadline.due, LATE_DAYS)
        : addDays(since, FIRST_DONE)
    default:
      return addDays(since, FIRST_DONE + ((n * 7) % SPREAD))
  }
}

/** How long after its deadline a late unit is done. */
const LATE_DAYS = 20

/** What people do unasked: an interview held, an extension asked for, the closing submitted. */
export type Wish = 'interview' | 'extension' | 'closing'

/** Who does what they wish. */
export const WISHES_OF: Readonly<Record<Wish, 'responsible-unit' | 'case-leader'>> = {
  interview: 'case-leader',
  extension: 'responsible-unit',
  closing: 'responsible-unit',
}

/** What somebody would now do unasked; `n` spreads a round's cases over its days. */
export const wishIn = (scene: Scene, n: number): Wish | undefined => {
  const { state, persona, now } = scene
  const { handover, ladder, deadline } = state
  if (!handover) return undefined
  const interviewed = ladder.rungs.some(({ rung, state: up }) => rung === 'interview' && up === 'raised')
  if (interviewed && persona === 'awakened' && !worksAgain(scene)) return 'interview'
  if (state.phase !== 'rectifying' || !works(scene)) return undefined
  if (persona === 'extending' && state.extensions.length === 0 && deadline?.due) return 'extension'
  const open = state.nodes.some(({ completedAt }) => !completedAt)
  const unconfirmed = deadline?.class === 'mixed' && !deadline.immediateConfirmedAt
  const undecided = persona === 'extending' && state.extensions[0]?.outcome === 'pending'
  return open || unconfirmed || undecided || dateOf(now) < readyOn(scene, n) ? undefined : 'closing'
}

/** The act by which a wish is done. */
export const actOfWish = (wish: Wish, { state, now, checklist, files }: Scene): Act => {
  switch (wish) {
    case 'interview':
      return {
        type: 'record-interview',
        minutes: '约谈责任单位主要负责人,指出问题,提出要求;责任单位表态限期整改。',
        present: ['责任单位主要负责人', '整改办主任'],
        commitments: [{ text: '一个月内整改到位', by: addDays(dateOf(now), 30) }],
      }
    case 'extension':
      return {
        type: 'request-extension',
        until: addMonths(state.deadline?.due ?? dateOf(now), 2),
        reason: '汛期不能施工',
        measures: '先行应急处置,汛后抢抓工期',
      }
    case 'closing':
      return {
        type: 'submit-closing',
        statement: '整改任务全部完成,达到整改目标。',
        checklist: checklist.map((point) => ({ point, met: 'met' })),
        evidence: [files.documentOf(`${state.id} 竣工验收 ${state.closings.begun + 1}`)],
      }
    default:
      return never(wish)
  }
}
