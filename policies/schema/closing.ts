import { z } from 'zod'
import type { ClosingRules, FilingStep, NoticeStep, Quorum, SignOffStep, Step } from '../../domain/policy.js'
import { absentOr, count, list, mapping, text } from './mapping.js'
import { source } from './sources.js'
import { span } from './spans.js'
import {
  COUNTING_TITLES,
  DEPUTY_TITLES,
  EVIDENCE_TITLES,
  FORM_TITLES,
  RECEIPT_TITLES,
  seat,
  WHERE_TITLES,
  word,
} from './words.js'

const RATIO = /^(\d{1,2}) of (\d{1,2})( with veto)?$/
const QUORUM = new RegExp(`^one$|^all in order$|^all side by side$|${RATIO.source}`)
const QUORUM_HELP =
  '几人办理可以写:one(任一人)、all in order(全体依次)、all side by side(全体同时)、' +
  '2 of 3(三分之二同意)、2 of 3 with veto(三分之二同意,一票否决)'

const quorumOf = (written: string): Quorum => {
  switch (written) {
    case 'one':
      return { mode: 'one' }
    case 'all in order':
      return { mode: 'all', order: 'sequential' }
    case 'all side by side':
      return { mode: 'all', order: 'parallel' }
    default: {
      const [, needed, of, veto] = RATIO.exec(written) ?? []
      return { mode: 'ratio', needed: Number(needed), of: Number(of), veto: veto ? 'veto' : 'no-veto' }
    }
  }
}

const quorum = z
  .string({ error: absentOr(QUORUM_HELP) })
  .regex(QUORUM, QUORUM_HELP)
  .meta({
    description: QUORUM_HELP,
    examples: ['one', 'all in order', 'all side by side', '2 of 3', '2 of 3 with veto'],
  })
  .transform(quorumOf)

const stepId = z
  .string({ error: absentOr('每一关要有一个代号,如 self-check') })
  .regex(/^[a-z][a-z0-9-]{0,40}$/, '代号用小写英文字母、数字和连字符,如 self-check')
  .describe('代号:小写英文字母、数字和连字符,全链不重复')

const form = word(FORM_TITLES, '办理方式')
const deputy = word(DEPUTY_TITLES, '能否委托代办')
const where = word(WHERE_TITLES, '办理地点')
const evidence = word(EVIDENCE_TITLES, '是否须附材料')
const within = span('办理期限')
const chaseAfter = span('轮到之后多久催办')
const onRefusal = z
  .enum(['back-to-rectifying'], { error: absentOr('退回之后只能写 back-to-rectifying(退回整改)') })
  .meta({ titles: { 'back-to-rectifying': '退回整改,本轮签署全部失效' } })
  .describe('退回之后怎么办')
const counting = word(COUNTING_TITLES, '公示期从哪天算起')
const channels = list(text('公示渠道'), '公示渠道').min(1, '公示渠道至少写一个')
const receipt = word(RECEIPT_TITLES, '备案回执')

const signOff = mapping(
  {
    id: stepId,
    kind: z
      .literal(['sign-off', '签署'])
      .meta({ description: '种类:签署(可以不写)', titles: { 'sign-off': '签署' } })
      .optional(),
    step: text('这一关的名称'),
    by: seat('由谁办理'),
    form,
    quorum: quorum.optional(),
    deputy: deputy.optional(),
    where: where.optional(),
    evidence: evidence.optional(),
    findings: list(text('须逐项认定的结论'), '须逐项认定并附材料的结论').optional(),
    within: within.optional(),
    'chase-after': chaseAfter.optional(),
    'on-refusal': onRefusal.optional(),
    source: source('GN-07'),
  },
  '签署的一关',
)

const notice = mapping(
  {
    id: stepId,
    kind: z.literal(['notice', '公示']).meta({ description: '种类:公示', titles: { notice: '公示' } }),
    step: text('这一关的名称'),
    period: span('公示期').optional(),
    counting: counting.optional(),
    answer: span('答复异议的期限').optional(),
    channels: channels.optional(),
    within: within.optional(),
    source: source('CD-09'),
  },
  '公示的一关',
)

const filing = mapping(
  {
    id: stepId,
    kind: z.literal(['filing', '备案']).meta({ description: '种类:备案', titles: { filing: '备案' } }),
    step: text('这一关的名称'),
    to: text('报谁备案'),
    receipt: receipt.optional(),
    within: within.optional(),
    source: source('CD-10'),
  },
  '备案的一关',
)

const step = z.discriminatedUnion('kind', [signOff, notice, filing], {
  error: (issue) =>
    issue.code === 'invalid_union'
      ? '种类可以写:sign-off(签署,可以不写)、notice(公示)、filing(备案)'
      : '每一关应逐项写成“项: 值”',
})

const usualSignOff = mapping(
  {
    quorum,
    deputy,
    where,
    evidence,
    findings: list(text('须逐项认定的结论'), '须逐项认定并附材料的结论'),
    within,
    'chase-after': chaseAfter,
    'on-refusal': onRefusal,
    source: source('GN-07'),
  },
  '签署各关没有另写时,一律如此',
)
const usualNotice = mapping(
  {
    period: span('公示期'),
    counting,
    answer: span('答复异议的期限'),
    channels,
    within,
    source: source('CD-09'),
  },
  '公示没有另写时,一律如此',
)
const usualFiling = mapping({ receipt, within, source: source('CD-10') }, '备案没有另写时,一律如此')

type Usual = {
  readonly signOff: z.output<typeof usualSignOff>
  readonly notice: z.output<typeof usualNotice>
  readonly filing: z.output<typeof usualFiling>
}

const signOffStep = (file: z.output<typeof signOff>, usual: Usual['signOff']): SignOffStep => ({
  kind: 'sign-off',
  id: file.id,
  title: file.step,
  by: file.by,
  quorum: file.quorum ?? usual.quorum,
  form: file.form,
  deputy: file.deputy ?? usual.deputy,
  where: file.where ?? usual.where,
  evidence: file.evidence ?? usual.evidence,
  findings: file.findings ?? usual.findings,
  within: file.within ?? usual.within,
  chaseAfter: file['chase-after'] ?? usual['chase-after'],
  onRefusal: file['on-refusal'] ?? usual['on-refusal'],
  ...file.source,
})

const noticeStep = (file: z.output<typeof notice>, usual: Usual['notice']): NoticeStep => ({
  kind: 'notice',
  id: file.id,
  title: file.step,
  period: file.period ?? usual.period,
  counting: file.counting ?? usual.counting,
  objection: { answer: file.answer ?? usual.answer },
  channels: file.channels ?? usual.channels,
  within: file.within ?? usual.within,
  ...file.source,
})

const filingStep = (file: z.output<typeof filing>, usual: Usual['filing']): FilingStep => ({
  kind: 'filing',
  id: file.id,
  title: file.step,
  to: file.to,
  receipt: file.receipt ?? usual.receipt,
  within: file.within ?? usual.within,
  ...file.source,
})

const stepOf = (file: z.output<typeof step>, usual: Usual): Step => {
  switch (file.kind) {
    case 'notice':
    case '公示':
      return noticeStep(file, usual.notice)
    case 'filing':
    case '备案':
      return filingStep(file, usual.filing)
    default:
      return signOffStep(file, usual.signOff)
  }
}

const checklist = mapping(
  { points: list(text('须逐条满足的要求'), '上报前须逐条满足的要求'), source: source('YZ-05') },
  '上报前的自查清单',
).transform(({ points, source }) => ({ points, ...source }))

const collected = mapping(
  {
    days: list(count('每月几日', 1, 31), '每月哪几日集中受理').min(1, '至少写一个日子'),
    source: source('CD-05'),
  },
  '销号申请集中受理',
).transform(({ days, source }) => ({ days, ...source }))

export const closing = mapping(
  {
    checklist,
    collected: collected.optional(),
    'sign-off': usualSignOff,
    notice: usualNotice,
    filing: usualFiling,
    chain: list(step, '销号各关,按先后顺序').min(1, '销号至少要有一关,否则永远办不完'),
  },
  '销号',
).transform((file): ClosingRules => {
  const usual = { signOff: file['sign-off'], notice: file.notice, filing: file.filing }
  return {
    checklist: file.checklist,
    ...(file.collected === undefined ? {} : { collected: file.collected }),
    chain: file.chain.map((one) => stepOf(one, usual)),
  }
})
