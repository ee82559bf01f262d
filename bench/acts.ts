import type { Command, EvidenceItem, SiteVisit } from '../domain/case/commands.js'
import type { CaseState } from '../domain/case/state.js'
import { chairsWhoseTurn, stepNow } from '../domain/closing/chain.js'
import type { Rules } from '../domain/context.js'
import { type Actor, type Chair, ROLE_OF_SEAT } from '../domain/parties.js'
import { sha256Of } from '../domain/record/chain.js'
import type { Instant, PersonId, PlainDate, UnitName } from '../domain/words.js'

/** What somebody does, and who. */
export type Act = { readonly by: Actor; readonly command: Command }

/** Somebody who sits in this chair. */
export const sitter = ({ seat, unit, person }: Chair): Actor => ({
  person: person ?? (`${seat}-${unit ?? ''}` as PersonId),
  name: seat,
  posts: [{ role: ROLE_OF_SEAT[seat], ...(unit !== undefined && { unit }) }],
})

export const office: Actor = sitter({ seat: 'office' })
export const officeHead: Actor = sitter({ seat: 'office-head' })
export const clerkOf = (unit: UnitName): Actor => sitter({ seat: 'responsible-unit', unit })

export const PHOTO: EvidenceItem = {
  sha256: sha256Of('photo'),
  name: '照片.jpg',
  mediaType: 'image/jpeg',
  bytes: 1,
}

const siteAt = (at: Instant): SiteVisit => ({ place: '现场', at, photos: [PHOTO], observers: [] })

/** Somebody urges: a command any open case takes, again and again. */
export const chasing = (n: number): Act => ({
  by: office,
  command: { type: 'chase', whom: 'responsible-unit', words: `第 ${n} 次催办` },
})

export const HAND_OVER: Act = { by: office, command: { type: 'hand-over' } }

export const CASE_PLAN: Command = {
  type: 'submit-case-plan',
  plan: '建成二期扩建工程,分三步走:先排查管网,再建成主体,后接管运行',
  team: ['主要负责人', '经办人'],
  evidence: [],
}

/** What is reported week after week, in an official's length. */
export const weeklyReturn = (progress: number): Command => ({
  type: 'submit-return',
  content: {
    progress,
    done: '完成管网排查 3.2 公里,整改错接点 4 处;二期主体工程浇筑至二层',
    hinders: '雨季施工进度放慢',
    help: '',
    nodes: [],
    duties: [],
    evidence: [],
  },
})

export const closing = ({ policy }: Rules): Command => ({
  type: 'submit-closing',
  statement: '已按方案全部完成',
  evidence: [PHOTO],
  checklist: policy.closing.checklist.points.map((point) => ({ point, met: 'met' })),
})

/** The act of whoever's signature is due now; undefined when none is. */
export const turn = (
  rules: Rules,
  state: CaseState,
  verdict: 'sign' | 'refuse-step',
  at: Instant,
): Act | undefined => {
  const step = stepNow(rules, state)
  if (step?.kind !== 'sign-off') return undefined
  const [chair] = chairsWhoseTurn(rules, state, step)
  if (!chair) return undefined
  const saw = { step: step.id, saw: state.seal }
  if (verdict === 'refuse-step')
    return { by: sitter(chair), command: { type: 'refuse-step', ...saw, reasons: '清单未附监测报告' } }
  const findings = step.findings.map((title) => ({
    ...{ title, met: 'met' as const, note: '', evidence: [PHOTO.sha256] },
  }))
  return {
    by: sitter(chair),
    command: { type: 'sign', ...saw, opinion: '同意', findings, site: siteAt(at) },
  }
}

/** The public notice, when it is its turn. */
export const posting = (rules: Rules, state: CaseState, postedOn: PlainDate): Act | undefined => {
  const step = stepNow(rules, state)
  if (step?.kind !== 'notice') return undefined
  const channels = step.channels.map((channel) => ({ channel, where: '头版' }))
  return {
    by: office,
    command: { type: 'post-notice', postedOn, result: '已完成整改', contact: '市整改办 12345', channels },
  }
}

export const SEND_FILING: Act = {
  by: office,
  command: { type: 'send-filing', to: '省整改办', noticeResult: '无异议' },
}

export const filingReceived = (receivedOn: PlainDate): Act => ({
  by: office,
  command: { type: 'record-filing-receipt', receipt: '湘督改备〔2020〕7号', receivedOn },
})
