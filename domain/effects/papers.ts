import { fullDay } from '../calendar/chinese.js'
import { dateOf } from '../calendar/dates.js'
import { dueWithin } from '../calendar/deadlines.js'
import type { CaseState, SignOff } from '../case/state.js'
import type { Rules } from '../context.js'
import { CLASS_TITLES } from '../entry.js'
import { PAPER_TITLES, type PaperKind, RUNG_TITLES, SLIP_TITLES, type SlipColour } from '../policy.js'
import type { Instant, PlainDate } from '../words.js'
import type { PaperOrder } from './types.js'

type About = {
  readonly rules: Rules
  readonly state: CaseState
  readonly seq: number
  readonly at: Instant
  readonly drill: 'drill' | 'real'
}

/** Working days a unit is given to answer a letter. Parameter, no source. */
const REPLY_WITHIN = { days: 5, of: 'working' } as const

const listed = (names: readonly string[]): string => (names.length > 0 ? names.join('、') : '(方案未列)')

const base = ({ rules, state, seq, at, drill }: About, paper: PaperKind) => ({
  paper,
  caseId: state.id,
  round: state.round,
  seq,
  at,
  drill,
  letterhead: rules.policy.office.letterhead,
  documentCode: rules.policy.office.documentCode,
})

const deadlineWords = ({ entry, deadline }: CaseState): string =>
  deadline?.due && deadline.class !== 'long-term'
    ? `${fullDay(deadline.due)}(${CLASS_TITLES[deadline.class]})`
    : entry.deadline.text

/** 交办单: number, source, the problem's own words, units, deadline, feedback date. */
export const handoverSlip = (about: About): PaperOrder => {
  const { state } = about
  const { entry, handover, source } = state
  return {
    ...base(about, 'handover-slip'),
    to: entry.units,
    copies: copiesOf(state),
    subject: '生态环境督察整改事项交办单',
    facts: [
      { label: '事项编号', value: state.id },
      { label: '问题来源', value: source.name },
      { label: '问题表述', value: entry.text },
      { label: '责任单位', value: listed(entry.units) },
      { label: '责任人', value: listed(entry.persons) },
      ...(entry.leadUnits.length > 0 ? [{ label: '牵头验收单位', value: listed(entry.leadUnits) }] : []),
      ...(entry.cooperatingUnits.length > 0
        ? [{ label: '配合验收单位', value: listed(entry.cooperatingUnits) }]
        : []),
      ...(entry.supervisingUnit ? [{ label: '监管单位', value: entry.supervisingUnit }] : []),
      ...(entry.leaders.municipal ? [{ label: '包案领导', value: entry.leaders.municipal.name }] : []),
      ...(entry.target ? [{ label: '整改目标', value: entry.target }] : []),
      ...(entry.measures ? [{ label: '整改措施', value: entry.measures }] : []),
      ...(entry.shutsWholeClass
        ? [
            {
              label: '关停一类的理由',
              value: `${entry.shutsWholeClass.reason}(${entry.shutsWholeClass.approvedBy}批准)`,
            },
          ]
        : []),
      { label: '整改时限', value: deadlineWords(state) },
      ...entry.nodes.map(({ text, date }, index) => ({
        label: `阶段目标 ${index + 1}`,
        value: `${fullDay(date)}:${text}`,
      })),
      ...(handover
        ? [
            { label: '签收期限', value: fullDay(handover.acknowledgeBy) },
            { label: '反馈日期', value: `${fullDay(handover.planBy)}前报送整改方案` },
          ]
        : []),
    ],
    body: ['请按要求签收,制定整改方案,按期报送整改情况。'],
    ...(handover && { replyBy: handover.planBy }),
  }
}

/** The paper of a rung: 督办函, 挂牌督办通知, 约谈通知书 or 通报, with the overdue facts, the demand and the day to answer by. */
export const rungPaper = (
  about: About,
  paper: PaperKind,
  rung: keyof typeof RUNG_TITLES,
  cause: string,
): PaperOrder => {
  const { rules, state, at } = about
  const replyBy = dueWithin(rules.calendar, dateOf(at), REPLY_WITHIN).date
  return {
    ...base(about, paper),
    to: rung === 'referral-draft' ? [rules.policy.referral.organ] : state.entry.units,
    copies: rung === 'referral-draft' ? [] : copiesOf(state),
    subject: subjectOf(paper, state),
    facts: [
      { label: '事项编号', value: state.id },
      { label: '问题表述', value: state.entry.text },
      { label: '责任单位', value: listed(state.entry.units) },
      { label: '整改时限', value: deadlineWords(state) },
      { label: '督办事由', value: cause },
      { label: '缺报调度', value: `累计 ${state.returns.missed} 期` },
      { label: '最近进度', value: state.returns.last ? `${state.returns.last.progress}%` : '未报' },
      { label: '督办措施', value: RUNG_TITLES[rung] },
    ],
    body: demands(paper, state, cause, replyBy),
    replyBy,
  }
}

/** 黄、橙、红提醒单: one each at most in a round, each as near as the deadline is. */
export const reminderSlip = (about: About, slip: SlipColour, due: PlainDate, days: number): PaperOrder => {
  const { state } = about
  return {
    ...base(about, 'reminder-slip'),
    to: state.entry.units,
    copies: copiesOf(state),
    subject: `${SLIP_TITLES[slip].replace('提醒单', '')}整改提醒单`,
    facts: [
      { label: '提醒等级', value: SLIP_TITLES[slip] },
      { label: '事项编号', value: state.id },
      { label: '问题表述', value: state.entry.text },
      { label: '责任单位', value: listed(state.entry.units) },
      { label: '期限', value: `${fullDay(due)}(还有 ${days} 天)` },
      { label: '最近进度', value: state.returns.last ? `${state.returns.last.progress}%` : '未报' },
    ],
    body: [],
  }
}

/** A title names the problem by its first sentence, and of a long one by its beginning. */
const headOf = (text: string): string => {
  const [first = text] = text.split(/[。\n]/)
  return first.length > LONGEST_HEAD ? `${first.slice(0, LONGEST_HEAD)}…` : first
}
const LONGEST_HEAD = 30

const subjectOf = (paper: PaperKind, { entry }: CaseState): string => {
  if (paper === 'referral-letter') return '关于移交责任追究问题线索的函'
  return `关于${PAPER_TITLES[paper] === '督办函' ? '督办' : PAPER_TITLES[paper].replace(/通知书?$/, '')}“${headOf(entry.text)}”整改事项的${paper === 'supervision-letter' ? '函' : '通知'}`
}

const demands = (
  paper: PaperKind,
  state: CaseState,
  cause: string,
  replyBy: PlainDate,
): readonly string[] => {
  const opening = `你单位负责的整改事项(编号 ${state.id}),${cause}。`
  switch (paper) {
    case 'listed-supervision-notice':
      return [
        `${opening}经研究,决定对该事项挂牌督办。`,
        '挂牌督办期间,请主要负责人亲自调度,每周报告进展;整改到位并经核实后,方可申请解除。',
        `请于 ${fullDay(replyBy)}前书面报告整改安排。`,
      ]
    case 'interview-notice':
      return [
        `${opening}经研究,决定约谈你单位主要负责人${state.entry.enterprise ? `及${state.entry.enterprise}负责人` : ''}。`,
        '约谈时间、地点另行通知。请准备书面说明材料,并提出限期整改的承诺。',
        `请于 ${fullDay(replyBy)}前反馈参加人员。`,
      ]
    case 'referral-letter':
      return [
        `在整改督办中发现,编号 ${state.id} 的整改事项${cause},可能存在应予追究责任的情形。`,
        '现将线索及有关材料移交你单位,请依规依纪依法调查核实,并将受理情况函告我办。',
        `请于 ${fullDay(replyBy)}前反馈回执。`,
      ]
    case 'circular':
      return [
        `${opening}现予通报。`,
        '请深刻反思,查明原因,采取有力措施加快整改;各责任单位要引以为戒。',
        `请于 ${fullDay(replyBy)}前书面报告整改情况。`,
      ]
    default:
      return [
        opening,
        '请你单位切实履行整改主体责任,查明原因,倒排工期,采取有力措施加快整改,并如实报送调度。',
        `请于 ${fullDay(replyBy)}前将整改进展和下一步安排书面函复我办。逾期仍无进展的,将按规定进一步督办。`,
      ]
  }
}

/** Both names stand on the paper (GN-09). */
const signerOf = ({ name, principalName }: SignOff): string =>
  principalName === undefined ? name : `${name}(受${principalName}委托)`

/** 备案报告: an upward paper, drafted when the filing is sent (CD-10). */
export const filingReport = (about: About, to: string, noticeResult: string): PaperOrder => {
  const { state } = about
  return {
    ...base(about, 'filing-report'),
    to: [to],
    copies: [],
    subject: `关于“${headOf(state.entry.text)}”整改事项销号备案的报告`,
    facts: [
      { label: '事项编号', value: state.id },
      { label: '问题表述', value: state.entry.text },
      { label: '责任单位', value: listed(state.entry.units) },
      { label: '整改时限', value: deadlineWords(state) },
      { label: '公示结果', value: noticeResult },
      ...(state.closing?.signOffs.map((signOff) => ({
        label: signOff.title,
        value: `${signerOf(signOff)},${fullDay(dateOf(signOff.at))}`,
      })) ?? []),
    ],
    body: ['该事项已完成整改,经逐级审核、现场核实并公示,现予报送备案。'],
  }
}

/** The case leader and those who verify are told of every paper to the unit. */
const copiesOf = ({ entry }: CaseState): readonly string[] => [
  ...(entry.leaders.municipal ? [entry.leaders.municipal.name] : []),
  ...entry.leadUnits,
  ...(entry.supervisingUnit ? [entry.supervisingUnit] : []),
]
