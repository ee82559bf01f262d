import { z } from 'zod'
import { date, long, roundId, short } from './fields.js'

const PLAN_CHARACTERS = 10_000_000
/** 8 MB of a file, as base64. */
const PLAN_FILE = 11_200_000
const POLICY_CHARACTERS = 200_000

export const source = z.strictObject({
  name: short.meta({ example: '中央环境保护督察' }),
  level: z.enum(['central', 'provincial', 'municipal', 'county']),
})

/** 演练: a round with a clock of its own. */
export const drill = z
  .strictObject({
    daysPerSecond: z.number().gt(0).max(400).meta({ description: '世上一秒,轮次里过几天', example: 3 }),
    start: date.meta({ description: '演练从哪一天的上午九时开始' }),
    beginsInSeconds: z
      .int()
      .min(0)
      .max(600)
      .exactOptional()
      .meta({ description: '多少秒之后开始走时,先让各方就位;不写则立即' }),
  })
  .meta({ id: 'Drill' })

const plan = z.union([
  z.strictObject({ text: z.string().min(1).max(PLAN_CHARACTERS) }),
  z.strictObject({ docx: z.base64('应为 base64').min(1).max(PLAN_FILE) }),
])

/** What `POST /rounds/{id}/plan` takes: the plan of a round that was opened on the feedback alone (GN-12). */
export const adoptPlanBody = z
  .strictObject({
    plan: plan.meta({ description: '整改方案:文字,或 docx 文件的 base64' }),
    planDate: date.exactOptional().meta({ description: '方案日期;不写则取方案里的' }),
  })
  .meta({ id: 'AdoptPlan' })
export type AdoptPlanBody = z.output<typeof adoptPlanBody>

/** What `POST /rounds` takes: a published plan, and the rules by which it is to be carried out. */
export const openRoundBody = z
  .strictObject({
    id: roundId.meta({ example: 'jinan-2018' }),
    title: short.exactOptional().meta({ description: '不写则用方案的标题' }),
    policy: z
      .union([
        z.string().regex(/^[a-z][a-z0-9-]{0,40}$/, '规则的名称形如 jinan'),
        z.strictObject({ yaml: z.string().min(1).max(POLICY_CHARACTERS) }),
      ])
      .meta({ description: '随程序提供的规则的名称,或规则文件的全文' }),
    plan: plan.exactOptional().meta({
      description:
        '整改方案:文字,或 docx 文件的 base64;可以先凭反馈建立轮次,方案自反馈之日起 30 个工作日内报送',
    }),
    source: source.exactOptional(),
    feedbackDate: date.exactOptional().meta({ description: '督察反馈日期;不写则取方案里的' }),
    planDate: date.exactOptional().meta({ description: '方案日期;不写则取方案里的' }),
    drill: drill.exactOptional(),
  })
  .meta({ id: 'OpenRound' })
export type OpenRoundBody = z.output<typeof openRoundBody>

const day = z.string().regex(/^\d{2}-\d{2}$/, '日期写作 月-日,如 02-14')
const days = z.array(day).max(366)

/** What a round goes over to: other rules, another calendar, or both. */
export const adoptRulesBody = z
  .strictObject({
    policy: z
      .union([
        z.string().regex(/^[a-z][a-z0-9-]{0,40}$/, '规则的名称形如 jinan'),
        z.strictObject({ yaml: z.string().min(1).max(POLICY_CHARACTERS) }),
      ])
      .exactOptional()
      .meta({ description: '不写则规则不变' }),
    calendar: z
      .strictObject({
        years: z.record(
          z.string().regex(/^\d{4}$/),
          z.strictObject({ off: days, on: days, source: z.string().min(1).max(2_000) }),
        ),
      })
      .exactOptional()
      .meta({ description: '放假安排;不写则用随程序提供的最新日历,本轮已有更新的年份则不变' }),
  })
  .meta({ id: 'AdoptRules' })
export type AdoptRulesBody = z.output<typeof adoptRulesBody>

/** The same once it is decided, with the reason that goes on the record. */
export const decideRulesBody = adoptRulesBody.extend({ reason: long })
export type DecideRulesBody = z.output<typeof decideRulesBody>
