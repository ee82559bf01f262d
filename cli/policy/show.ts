import { yuan } from '../../domain/money.js'
import { SEAT_TITLES } from '../../domain/parties.js'
import { PAPER_TITLES, type Policy, RUNG_TITLES, type Rung } from '../../domain/policy.js'
import type { LoadedPolicy } from '../../policies/load.js'
import { FIELD_TITLES, LEVEL_TITLES, NEED_TITLES, PARTY_TITLES } from '../../policies/schema/words.js'
import { rhythm, seats, span, stepLine, trigger } from './words.js'

type Line = { readonly says: string; readonly source: string }
type Section = { readonly title: string; readonly lines: readonly Line[] }

const rungLines = (rung: Rung): readonly Line[] => [
  {
    says: `${RUNG_TITLES[rung.id]}${rung.levels ? `(限${rung.levels.map((level) => LEVEL_TITLES[level]).join('、')}来源)` : ''}:${rung.triggers.map(trigger).join(';')}`,
    source: rung.source,
  },
  {
    says: `  ${rung.by === 'engine' ? '系统自动启动' : `${SEAT_TITLES[rung.by]}决定`},${SEAT_TITLES[rung.release.by]}解除;送${seats(rung.reaches)}${
      rung.paper === undefined ? '' : `;文书:${PAPER_TITLES[rung.paper]}`
    }`,
    source: '',
  },
]

const handover = ({ handover }: Policy): readonly Line[] => [
  ...handover.requires.map(({ field, source }) => ({ says: `须填${FIELD_TITLES[field]}`, source })),
  ...handover.apart.map(({ party, source }) => ({ says: `责任单位不得兼任${PARTY_TITLES[party]}`, source })),
  { says: `签收:${span(handover.acknowledge)}`, source: handover.acknowledge.source },
  { says: `报送整改方案:${span(handover.casePlan)}`, source: handover.casePlan.source },
  ...handover.beforeStart.map(({ need, source }) => ({ says: `开始整改前须有${NEED_TITLES[need]}`, source })),
]

const classes = ({ classes }: Policy): readonly Line[] => [
  { says: `立行立改:${span(classes.immediate)}`, source: classes.immediate.source },
  {
    says: `长期坚持:${classes.longTerm.stageTarget === 'required' ? '须有' : '可以没有'}阶段目标`,
    source: classes.longTerm.source,
  },
]

const closing = ({ closing }: Policy): readonly Line[] => [
  ...(closing.collected
    ? [
        {
          says: `销号申请每月${closing.collected.days.join('、')}日集中受理`,
          source: closing.collected.source,
        },
      ]
    : []),
  ...closing.checklist.points.map((point) => ({ says: `上报前:${point}`, source: closing.checklist.source })),
  ...closing.chain.map((step, index) => ({ says: `${index + 1}. ${stepLine(step)}`, source: step.source })),
]

const extension = ({ extension }: Policy): readonly Line[] => [
  {
    says: `至多 ${extension.times} 次,最长 ${extension.longestMonths} 个月;${extension.levels
      .map(({ upToMonths, by }) => `${upToMonths} 个月以内由${SEAT_TITLES[by]}审批`)
      .join(',')}`,
    source: extension.source,
  },
]

const after = ({
  lookBack,
  referral,
  matters,
  visits,
  opinions,
  inspections,
  petitions,
  instructions,
  consequences,
  ranking,
}: Policy): readonly Line[] => [
  {
    says: `回头看:销号后第 ${lookBack.months.join('、')} 个月,立行立改第 ${lookBack.immediateMonths.join('、')} 个月;${span(lookBack.within)}内办完`,
    source: lookBack.source,
  },
  ...(visits ? [{ says: `包案督导:至少每 ${visits.everyMonths} 个月一次`, source: visits.source }] : []),
  {
    says: `重大事项:报${seats(matters.reaches)},${span(matters.acknowledgeWithin)}内签收`,
    source: matters.source,
  },
  ...(opinions
    ? [
        {
          says: `舆情:发现后 ${opinions.assignHours} 小时内交办,交办后 ${opinions.verifyHours} 小时内报送核查情况,发现后 ${opinions.respondHours} 小时内公开回应`,
          source: opinions.source,
        },
      ]
    : []),
  ...(inspections
    ? [
        {
          says: `督查检查:发现的问题没有另定期限的,${span(inspections.followUp)}内落实`,
          source: inspections.source,
        },
      ]
    : []),
  ...(petitions
    ? [
        {
          says: `信访件:收到后 ${span(petitions.accept)}内决定是否受理,受理后 ${span(petitions.close)}内办结,至多延长一次 ${petitions.extendDays} 天`,
          source: petitions.source,
        },
      ]
    : []),
  ...(instructions
    ? [
        {
          says: `批示件:${span(instructions.receipt)}内签收,其后每 ${span(instructions.feedback)}反馈进展`,
          source: instructions.source,
        },
      ]
    : []),
  ...(consequences
    ? [
        ...consequences.penalties.map(({ cause, amount, source }) => ({
          says: `${cause}:建议处罚 ${yuan(amount)}`,
          source,
        })),
        ...consequences.compensation.tiers.map(({ overPercent, amount }) => ({
          says: `水质超标 ${overPercent}% 以上:建议补偿 ${yuan(amount)}`,
          source: consequences.compensation.source,
        })),
        ...consequences.removalFirst.causes.map((cause) => ({
          says: `${cause}:先免职,再调查处理`,
          source: consequences.removalFirst.source,
        })),
      ]
    : []),
  ...(ranking
    ? [
        {
          says: `排名:核实完成 ${ranking.weights.completion} 分,序时进度 ${ranking.weights.pace} 分,按期调度 ${ranking.weights.returns} 分,没有退回和反弹 ${ranking.weights.setbacks} 分;最后 ${ranking.named} 名点名通报`,
          source: ranking.source,
        },
      ]
    : []),
  {
    says: `责任追究线索:移交${referral.organ},${span(referral.receiptWithin)}内取得回执`,
    source: referral.source,
  },
]

const returns = ({ returns }: Policy): readonly Line[] => [
  {
    says: `${rhythm(returns.rhythm)} 前报送;提前 ${span(returns.chase)}、${returns.chase.time} 催报;交办不满 ${span(returns.grace)}的首期免报`,
    source: returns.source,
  },
]

const sections = (policy: Policy): readonly Section[] => [
  { title: '交办', lines: handover(policy) },
  { title: '整改类别', lines: classes(policy) },
  { title: '调度', lines: returns(policy) },
  { title: '督办阶梯', lines: policy.ladder.flatMap(rungLines) },
  { title: '销号', lines: closing(policy) },
  { title: '延期', lines: extension(policy) },
  { title: '其他', lines: after(policy) },
]

const sourceWords = (source: string): string => {
  if (source === '') return ''
  return source === 'parameter' ? '  〔自定〕' : `  〔${source.replace(/^parameter/, '自定')}〕`
}

/** A policy as an official would want to read it, each rule with where it comes from. */
export const renderPolicy = ({ policy, hash }: LoadedPolicy): string =>
  [
    policy.title,
    `${policy.city} · ${policy.office.unit}(${policy.office.documentCode})`,
    `版本 ${hash}`,
    ...sections(policy).flatMap(({ title, lines }) => [
      '',
      title,
      ...lines.map(({ says, source }) => `  ${says}${sourceWords(source)}`),
    ]),
  ].join('\n')
