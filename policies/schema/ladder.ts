import { z } from 'zod'
import type { Rung, Trigger } from '../../domain/policy.js'
import { absentOr, list, mapping } from './mapping.js'
import { source } from './sources.js'
import { LEVEL_TITLES, paper, RAISER_TITLES, RELEASER_TITLES, rungName, seat, word } from './words.js'

type Wording = { readonly pattern: RegExp; readonly trigger: (count: number) => Trigger }

/** How a file words what calls for a rung. */
const WORDINGS: readonly Wording[] = [
  { pattern: /^(\d{1,3}) days? before deadline$/, trigger: (days) => ({ on: 'before-deadline', days }) },
  ...(['yellow', 'orange', 'red'] as const).map(
    (slip): Wording => ({
      pattern: new RegExp(`^(\\d{1,3}) days? before deadline, ${slip}$`),
      trigger: (days) => ({ on: 'before-deadline', days, slip }),
    }),
  ),
  { pattern: /^(\d{1,3}) days? after deadline$/, trigger: (days) => ({ on: 'after-deadline', days }) },
  {
    pattern: /^(\d{1,2}) missing returns? in a row$/,
    trigger: (inARow) => ({ on: 'missing-returns', inARow }),
  },
  { pattern: /^(\d{1,2}) refusals?$/, trigger: (times) => ({ on: 'refusals', count: times }) },
  { pattern: /^(rebound)$/, trigger: () => ({ on: 'rebound' }) },
  { pattern: /^(falsehood)$/, trigger: () => ({ on: 'falsehood' }) },
]

const HELP =
  '何时启动可以写:15 days before deadline(期限前;后面可加提醒单的颜色,如“15 days before deadline, orange”)、1 day after deadline(逾期)、' +
  '2 missing returns in a row(连续缺报)、2 refusals(退回次数)、rebound(反弹)、falsehood(弄虚作假)'

const triggerOf = (text: string): Trigger | undefined => {
  for (const { pattern, trigger } of WORDINGS) {
    const found = pattern.exec(text)
    if (found && found[1] !== '0') return trigger(Number(found[1]))
  }
  return undefined
}

const PATTERN = new RegExp(WORDINGS.map(({ pattern }) => pattern.source).join('|'))

const trigger = z
  .string({ error: absentOr(HELP) })
  .regex(PATTERN, HELP)
  .meta({
    description: HELP,
    examples: [
      '15 days before deadline',
      '1 day after deadline',
      '2 missing returns in a row',
      '2 refusals',
      'rebound',
      'falsehood',
    ],
  })
  .transform((text, context): Trigger => {
    const read = triggerOf(text)
    if (read) return read
    context.issues.push({ code: 'custom', input: text, message: `天数、次数至少为 1;${HELP}` })
    return z.NEVER
  })

const rung = mapping(
  {
    rung: rungName,
    when: list(trigger, '何时启动(其中一项成立即可)').min(1, '何时启动至少写一项'),
    by: word(RAISER_TITLES, '由谁决定'),
    whom: list(seat('送达对象'), '送达对象').min(1, '送达对象至少写一个'),
    paper: paper.optional(),
    release: word(RELEASER_TITLES, '由谁解除'),
    for: list(word(LEVEL_TITLES, '来源层级'), '只适用于哪些来源层级;不写则全部适用')
      .min(1, '来源层级至少写一个')
      .optional(),
    source: source('CD-11'),
  },
  '督办阶梯的一级',
).transform(
  (file): Rung => ({
    id: file.rung,
    triggers: file.when,
    by: file.by,
    reaches: file.whom,
    ...(file.paper === undefined ? {} : { paper: file.paper }),
    release: { by: file.release },
    ...(file.for === undefined ? {} : { levels: file.for }),
    ...file.source,
  }),
)

/** 预警、通报、挂牌督办、约谈、责任追究线索 */
export const ladder = list(rung, '督办阶梯,由轻到重')
