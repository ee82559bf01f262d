import type { Opening, Sent } from '../../domain/decider-types.js'
import {
  EVERYTHING,
  HEADS,
  OF_THE_CITY,
  OFFICE,
  OWN,
  PARTIES,
  SIGNED_IN,
  UNITS,
  type Viewer,
} from './viewers.js'

/** The moment at which a command is tried; what matters of it is whose turn it is, and who reads the case then. */
export type Moment =
  | 'rectifying'
  | 'application'
  | 'opinions'
  | 'verification'
  | 'leader-check'
  | 'on-notice'
  | 'office-own'
  | 'petition'
  | 'opinion'
  | 'instruction'
  | 'inspection'
  | 'follow-up'
  | 'consequence'
  | 'referral'
  | 'round'

export const MOMENTS: Readonly<
  Record<Moment, { readonly title: string; readonly reads: readonly Viewer[]; readonly note?: string }>
> = {
  rectifying: { title: '整改事项,整改中', reads: PARTIES },
  application: { title: '整改事项,轮到申请', reads: PARTIES },
  opinions: { title: '整改事项,轮到配合单位核查', reads: PARTIES },
  verification: { title: '整改事项,轮到牵头单位核查', reads: PARTIES },
  'leader-check': { title: '整改事项,轮到包案领导签字', reads: PARTIES },
  'on-notice': { title: '整改事项,公示中', reads: SIGNED_IN },
  'office-own': {
    title: '整改办自己负责的事项',
    reads: [...EVERYTHING, 'lead', 'coop', 'other-clerk', 'other-head'],
    note: '由另一单位(这里是“无关单位”)代行整改办的核查和决定(JN-17)',
  },
  petition: {
    title: '信访件,已转责任单位承办',
    reads: [...EVERYTHING, 'own-clerk', 'own-head'],
  },
  opinion: { title: '舆情,已交责任单位核查', reads: [...EVERYTHING, 'own-clerk', 'own-head'] },
  instruction: {
    title: '批示件',
    reads: ['coordinator', 'office-head', 'both', 'leader', 'own-clerk', 'own-head', 'discipline'],
    note: '只有批示的领导、整改办、承办单位和纪检监察机关看得到(HY-04)',
  },
  inspection: {
    title: '督查',
    reads: [...EVERYTHING, 'own-clerk', 'own-head', 'lead'],
    note: '督查组里有牵头验收单位的经办人;被查的是责任单位',
  },
  'follow-up': {
    title: '督查,发现的问题由责任单位落实',
    reads: [...EVERYTHING, 'own-clerk', 'own-head', 'lead'],
  },
  consequence: {
    title: '处理建议,尚未决定',
    reads: EVERYTHING,
    note: '由整改办工作人员提出;对象是责任单位',
  },
  referral: { title: '责任追究案件', reads: EVERYTHING },
  round: {
    title: '轮次',
    reads: [...EVERYTHING, 'own-clerk', 'own-head'],
  },
}

export type CommandRow = {
  readonly when: Moment
  readonly may: readonly Viewer[]
  readonly clause: string
  readonly note?: string
}

const at =
  (when: Moment) =>
  (may: readonly Viewer[], clause: string, note?: string): CommandRow => ({
    when,
    may,
    clause,
    ...(note !== undefined && { note }),
  })
const rectifying = at('rectifying')
const substituted = at('office-own')
const petition = at('petition')
const opinion = at('opinion')
const instruction = at('instruction')
const inspection = at('inspection')
const consequence = at('consequence')
const referral = at('referral')
const round = at('round')

const OFFICE_ONLY = ['coordinator', 'office-head'] as const satisfies readonly Viewer[]
/** The case leader, and the seats of 书记 and 市长 of the case's own area. */
const LEADING = ['leader', 'secretary', 'mayor'] as const satisfies readonly Viewer[]
const NOT_ONESELF = '兼任责任单位负责人的不得办理'
const SUBSTITUTES = ['other-clerk', 'other-head'] as const satisfies readonly Viewer[]
const MACHINE = '只由系统办理'

/** Every command that may be sent to a case, and who may give it when. A new command does not compile without its row. */
export const COMMANDS: Readonly<Record<Sent['type'], readonly CommandRow[]>> = {
  'amend-entry': [rectifying(OFFICE, 'GN-07')],
  'hand-over': [rectifying(OFFICE, 'CD-01')],
  'withdraw-handover': [rectifying(OFFICE, 'GN-10')],
  'return-handover': [rectifying(OWN, 'GN-10')],
  acknowledge: [rectifying(OWN, 'CD-01')],
  'submit-case-plan': [rectifying(OWN, 'YZ-02')],
  'submit-return': [rectifying(OWN, 'JN-07')],
  'confirm-immediate': [rectifying(OWN, 'JN-04')],
  'complete-node': [rectifying(OWN, 'JN-05')],
  'discharge-duty': [rectifying([...OWN, ...OFFICE_ONLY], 'JN-06')],
  'report-matter': [rectifying([...OWN, 'lead', 'coop', 'supervisor', 'leader', ...OFFICE_ONLY], 'JN-08')],
  'acknowledge-matter': [rectifying([...OFFICE, 'leader', 'deputy'], 'JN-08')],
  'add-evidence': [rectifying(OWN, 'YZ-09')],
  'request-extension': [rectifying(OWN, 'GN-03')],
  'decide-extension': [rectifying(['leader'], 'GN-03', '三个月以内的由包案领导批')],
  'record-visit': [rectifying(LEADING, 'CD-12')],
  'attach-supervision-note': [rectifying(['discipline'], 'CD-15')],
  'answer-supervision-note': [rectifying([...OWN, ...OFFICE_ONLY], 'CD-15')],
  chase: [rectifying([...OFFICE, 'leader', 'deputy', 'supervisor', 'lead'], 'GN-10')],
  'submit-closing': [rectifying(OWN, 'YZ-05')],
  'withdraw-closing': [rectifying(OWN, 'GN-10')],
  sign: [
    at('application')(['own-head', 'both'], 'CD-07', '由责任单位主要负责人本人'),
    at('opinions')(['coop'], 'CD-06'),
    at('verification')(['lead'], 'CD-08'),
    at('leader-check')(['leader'], 'YZ-06'),
  ],
  'refuse-step': [
    at('application')(['own-head', 'both'], 'YZ-08'),
    at('opinions')(['coop'], 'YZ-08'),
    at('verification')(['lead'], 'YZ-08'),
    at('leader-check')(['leader'], 'YZ-08'),
    at('on-notice')([...OFFICE_ONLY, 'supervisor'], 'CD-05', NOT_ONESELF),
  ],
  'add-signer': [rectifying([...OFFICE, 'leader'], 'GN-10')],
  'post-notice': [at('on-notice')([...OFFICE, 'own-clerk', 'own-head', 'supervisor'], 'CD-09')],
  'take-down-notice': [at('on-notice')(OFFICE, 'GN-04')],
  object: [
    rectifying(PARTIES, 'CD-09', '不在公示的,答复还没有轮到'),
    at('on-notice')(SIGNED_IN, 'CD-09', '公示期间人人可提'),
  ],
  'answer-objection': [
    at('on-notice')([...OFFICE_ONLY, 'lead', 'supervisor'], 'CD-09', NOT_ONESELF),
    substituted(['lead', ...SUBSTITUTES], 'JN-17'),
  ],
  'send-filing': [rectifying([...OFFICE, 'supervisor'], 'CD-10')],
  'record-filing-receipt': [rectifying([...OFFICE, 'supervisor'], 'CD-10')],
  'call-look-back': [rectifying([...OFFICE, ...LEADING], 'YZ-16')],
  'look-back': [
    rectifying([...OFFICE, 'lead', 'supervisor', 'leader'], 'JN-12'),
    substituted(['lead', 'leader', ...SUBSTITUTES], 'JN-17'),
  ],
  'report-rebound': [
    rectifying([...OFFICE, 'lead', 'supervisor', 'leader', 'discipline'], 'JN-12'),
    substituted(['lead', 'leader', 'discipline', ...SUBSTITUTES], 'JN-17'),
  ],
  'decide-rung': [
    rectifying(['office-head'], 'CD-11', NOT_ONESELF),
    substituted(['other-head'], 'JN-17', '由代行单位的主要负责人'),
  ],
  'release-rung': [
    rectifying(['office-head'], 'GN-05', NOT_ONESELF),
    substituted(['other-head'], 'JN-17', '由代行单位的主要负责人'),
  ],
  'record-interview': [
    rectifying([...OFFICE_ONLY, 'leader'], 'YZ-11', NOT_ONESELF),
    substituted(['leader', ...SUBSTITUTES], 'JN-17'),
  ],
  'settle-commitment': [rectifying(OFFICE_ONLY, 'YZ-11', NOT_ONESELF), substituted(SUBSTITUTES, 'JN-17')],
  'decide-clue': [rectifying(LEADING, 'JN-15')],
  transfer: [rectifying(OFFICE, 'GN-10')],
  delegate: [
    rectifying(
      ['own-head', 'both', 'lead', 'coop', 'supervisor', 'leader', 'secretary', 'mayor', 'office-head'],
      'GN-09',
      '以自己在本件中的席位',
    ),
  ],
  'end-delegation': [
    rectifying(
      ['own-head', 'both', 'lead', 'coop', 'supervisor', 'leader', 'secretary', 'mayor', 'office-head'],
      'GN-09',
    ),
  ],
  'hand-over-office': [rectifying(OFFICE, 'YZ-17')],
  'put-under-supervision': [
    rectifying(['office-head', ...LEADING], 'JN-10', NOT_ONESELF),
    substituted(['other-head', ...LEADING], 'JN-17'),
  ],
  'record-watching': [rectifying(['other-leader'], 'JN-10', '挂账时指定的盯办人')],
  'end-supervision': [
    rectifying(['office-head', ...LEADING], 'JN-10', NOT_ONESELF),
    substituted(['other-head', ...LEADING], 'JN-17'),
  ],
  'mark-key': [rectifying([...OFFICE, ...LEADING], 'HH-14')],
  'unmark-key': [rectifying([...OFFICE, ...LEADING], 'HH-14')],
  'inspect-key': [
    rectifying([...OFFICE, 'lead', 'supervisor', 'leader'], 'HH-14'),
    substituted(['lead', 'leader', ...SUBSTITUTES], 'JN-17'),
  ],
  'invite-observers': [rectifying([...OFFICE, 'lead', 'supervisor', 'leader'], 'YZ-15')],
  'record-observation': [rectifying([], 'YZ-15', '只有受邀的人;本件没有邀请')],
  'restrict-case': [rectifying(['office-head', 'secretary', 'mayor'], 'GN-08', NOT_ONESELF)],
  'unrestrict-case': [rectifying([...HEADS, 'secretary', 'mayor'], 'GN-08')],

  'accept-petition': [petition(OFFICE, 'GN-11')],
  'decline-petition': [petition(OFFICE, 'GN-11')],
  'assign-petition': [petition(OFFICE, 'JN-19')],
  'link-petition': [petition(OFFICE, 'JN-19')],
  'answer-petition': [petition(OWN, 'HH-13')],
  'close-petition': [petition(OFFICE_ONLY, 'GN-11', NOT_ONESELF)],
  'request-petition-extension': [petition(OWN, 'GN-11')],
  'decide-petition-extension': [petition(['office-head'], 'GN-11', NOT_ONESELF)],
  'merge-petition': [petition(OFFICE, 'HY-05')],
  'unmerge-petition': [petition(OFFICE, 'HY-05')],
  'take-in-petition': [petition([], 'HY-05', MACHINE)],
  'let-go-petition': [petition([], 'HY-05', MACHINE)],
  'answer-merged-petition': [petition([], 'HH-13', MACHINE)],
  'call-reexamination': [petition([], 'HH-12', MACHINE)],
  'reexamine-petition': [petition([...OFFICE, 'discipline'], 'HH-12')],
  'decide-petition-supervision': [petition(['office-head', 'leader', 'other-leader'], 'HY-05', NOT_ONESELF)],

  'assign-opinion': [opinion(OFFICE, 'HY-12')],
  'verify-opinion': [opinion(OWN, 'HY-12')],
  'respond-opinion': [opinion(OFFICE, 'HY-12')],
  'end-opinion': [opinion(['office-head'], 'HY-12', NOT_ONESELF)],

  'receipt-instruction': [instruction(OWN, 'HY-04')],
  'feed-back-instruction': [instruction(OWN, 'HY-04')],
  'report-instruction-result': [instruction(['own-head', 'both'], 'HY-04')],
  'return-instruction-result': [instruction([...OFFICE, 'leader'], 'HY-04')],
  'deliver-instruction-result': [instruction(OFFICE, 'HY-04')],
  'delegate-instruction': [instruction(['leader'], 'GN-09', '批示的领导本人')],
  'end-instruction-delegation': [instruction(['leader'], 'GN-09', '批示的领导本人')],
  'confirm-instruction-result': [instruction(['leader', ...OFFICE_ONLY], 'HY-04', NOT_ONESELF)],

  'draw-sample': [inspection([...OFFICE_ONLY, 'discipline'], 'JN-11', NOT_ONESELF)],
  'change-team': [
    inspection([...OFFICE_ONLY, 'leader', 'other-leader', 'secretary', 'mayor'], 'HY-03', NOT_ONESELF),
  ],
  'record-result': [inspection([...OFFICE_ONLY, 'lead'], 'HY-03', '督查组或整改办')],
  'follow-finding': [at('follow-up')(OWN, 'HY-03')],
  'confirm-finding': [at('follow-up')(OFFICE_ONLY, 'HY-03', NOT_ONESELF)],
  'record-campaign-result': [inspection([], 'YZ-16', MACHINE)],
  'end-inspection': [inspection(['office-head'], 'HY-03', NOT_ONESELF)],

  'review-excuse': [consequence(['discipline', 'deputy', 'leader', 'other-leader'], 'HY-10', '不是提出的人')],
  'decide-consequence': [consequence(['leader', 'other-leader', 'secretary', 'mayor'], 'HH-09')],
  'record-payment': [consequence(OFFICE_ONLY, 'HH-09', NOT_ONESELF)],
  'appeal-consequence': [consequence(['both'], 'HY-10', '由责任单位主要负责人;处理决定送达之后单位才看得到')],
  'decide-appeal': [consequence(['leader', 'other-leader', 'secretary', 'mayor'], 'HY-10', NOT_ONESELF)],
  'cancel-consequence': [consequence(['leader', 'other-leader', 'secretary', 'mayor'], 'HH-09', NOT_ONESELF)],
  'record-refund': [consequence(OFFICE_ONLY, 'HH-09', NOT_ONESELF)],
  'mark-ground-gone': [consequence([], 'HH-08', MACHINE)],
  'raise-removal': [consequence([...OFFICE_ONLY, 'secretary', 'mayor'], 'HH-10', NOT_ONESELF)],
  'record-removal-decision': [consequence([...OFFICE_ONLY, 'discipline'], 'HH-10', NOT_ONESELF)],

  'transfer-clue': [referral(OFFICE, 'CD-14')],
  'record-transfer-receipt': [referral(OFFICE, 'CD-14')],
  'transfer-to-police': [referral([...HEADS, 'discipline'], 'JN-16')],
  'record-police-receipt': [referral([...OFFICE, 'discipline'], 'JN-16')],
  'begin-verification': [referral(['discipline'], 'CD-14')],
  'decline-clue': [referral(['discipline'], 'CD-14')],
  'record-outcome': [referral(['discipline'], 'CD-14')],
  'publish-outcome': [referral([...OFFICE, 'discipline'], 'CD-14')],

  'adopt-plan': [round(OFFICE, 'GN-12', '方案全文由系统读取,不在此报送')],
  'pause-cadence': [round(HEADS, 'CD-17')],
  'resume-cadence': [round(HEADS, 'CD-17')],
  'settle-returns': [round(HEADS, 'JN-07')],
  'catch-up': [round(OFFICE, 'CD-17')],
  'issue-period': [round(HEADS, 'HH-03')],
  'correct-period': [round(OFFICE, 'HH-03')],
  'sign-account': [round(['own-head', 'both'], 'HH-04')],
  'issue-circular': [round(HEADS, 'HH-08')],
  'end-round': [round(HEADS, 'GN-12')],
}

/** What opens a case, and who may. */
export const OPENINGS: Readonly<
  Record<
    Opening['type'],
    { readonly may: readonly Viewer[]; readonly clause: string; readonly note?: string }
  >
> = {
  'order-inspection': {
    may: [...OFFICE, 'leader', 'other-leader', 'secretary', 'mayor'],
    clause: 'HY-03',
  },
  'propose-consequence': {
    may: [
      ...OFFICE_ONLY,
      'lead',
      'coop',
      'supervisor',
      'other-clerk',
      'other-head',
      'leader',
      'other-leader',
    ],
    clause: 'HH-09',
    note: '不得对本单位提出',
  },
  'register-instruction': { may: OFFICE, clause: 'HY-04' },
  'receive-petition': { may: OFFICE, clause: 'JN-19', note: '群众在公开页面提交,无须登录' },
  'report-opinion': { may: [...OFFICE, ...UNITS], clause: 'HY-12' },
}

/** Whoever signs in knows that cases may be opened. */
export const OPENING_READERS = OF_THE_CITY
