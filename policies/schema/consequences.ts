import { z } from 'zod'
import { parseYuan } from '../../domain/money.js'
import type { ConsequenceRules, InstructionRules } from '../../domain/policy.js'
import { absentOr, count, list, mapping, text } from './mapping.js'
import { source } from './sources.js'
import { span } from './spans.js'
import { word } from './words.js'

const YUAN_HELP = '应写作“50000 yuan”(元,至多两位小数)'

/** Yuan in the file, whole fen in the rules. */
const amount = (what: string) =>
  z
    .string({ error: absentOr(`${what}${YUAN_HELP}`) })
    .regex(/^\d{1,12}(\.\d{1,2})? yuan$/, `${what}${YUAN_HELP}`)
    .meta({ description: `${what}:如 50000 yuan(元)`, examples: ['50000 yuan'] })
    .transform((written, context) => {
      const money = parseYuan(written.slice(0, -' yuan'.length))
      if (money) return money
      context.issues.push({ code: 'custom', input: written, message: `${what}${YUAN_HELP}` })
      return z.NEVER
    })

/** 批示件 */
export const instructions = mapping(
  {
    'receipt-within': span('批示件应在多久内签收'),
    'feedback-within': span('签收后多久反馈进展,以后每隔多久'),
    'chase-before': span('到期前多久催办'),
    source: source('HY-04'),
  },
  '领导批示件',
).transform(
  (file): InstructionRules => ({
    receipt: file['receipt-within'],
    feedback: file['feedback-within'],
    chase: file['chase-before'],
    ...file.source,
  }),
)

const PENALTY_TITLES = { 'bottom-of-ranking': '排名靠后' } as const

const penalty = mapping(
  {
    cause: text('处罚的事由'),
    amount: amount('处罚金额'),
    when: word(PENALTY_TITLES, '何时由系统建议').optional(),
    source: source('HH-09'),
  },
  '一条处罚标准',
).transform((file) => ({
  cause: file.cause,
  amount: file.amount,
  ...(file.when === undefined ? {} : { when: file.when }),
  ...file.source,
}))

const tier = mapping(
  { 'over-percent': count('超过标准限值百分之几', 0, 100_000), amount: amount('补偿金额') },
  '一档补偿标准',
).transform((file) => ({ overPercent: file['over-percent'], amount: file.amount }))

const ascending = (tiers: readonly { readonly overPercent: number }[]): boolean =>
  tiers.every(({ overPercent }, index) => overPercent > (tiers[index - 1]?.overPercent ?? -1))

/** 经济处罚、水质超标补偿、先免职再调查 */
export const consequences = mapping(
  {
    penalties: list(penalty, '处罚标准,按事由'),
    compensation: mapping(
      {
        tiers: list(tier, '补偿标准,由低到高').refine(ascending, '补偿标准各档应由低到高、不重复'),
        source: source('HH-11'),
      },
      '水质超标补偿',
    ).transform((file) => ({ tiers: file.tiers, ...file.source })),
    'removal-first': mapping(
      { causes: list(text('先免职再调查的事由'), '先免职再调查的事由'), source: source('HH-10') },
      '先免职,再调查处理',
    ).transform((file) => ({ causes: file.causes, ...file.source })),
    'pay-within': mapping({ within: span('多久缴清'), source: source('HH-09') }, '缴款期限').transform(
      (file) => ({ ...file.within, ...file.source }),
    ),
    'chase-before': span('到期前多久催缴'),
  },
  '处罚、补偿与免职建议',
).transform(
  (file): ConsequenceRules => ({
    penalties: file.penalties,
    compensation: file.compensation,
    removalFirst: file['removal-first'],
    payWithin: file['pay-within'],
    chase: file['chase-before'],
  }),
)
