import { z } from 'zod'
import type { RoundProgress } from '../../db/queries/rounds.js'
import type { Phase } from '../../domain/case/state.js'
import type { Rules } from '../../domain/context.js'
import { caseIdOf, type Entry } from '../../domain/entry.js'
import { handoverRefusal } from '../../domain/handover/fields.js'
import { hrefOf, titleOfPhase } from '../cases/views.js'

export const roundView = z
  .object({
    id: z.string(),
    href: z.string(),
    city: z.string(),
    title: z.string(),
    drill: z.boolean(),
    now: z.string().meta({ description: '轮次自己的时间' }),
    feedbackDate: z.string().nullable(),
    planDate: z.string().nullable(),
    openedAt: z.string(),
    entries: z.int(),
    registered: z.int(),
    rectifying: z.int(),
    closed: z.int(),
    overdue: z.int(),
    proposals: z.int(),
    opening: z.boolean().meta({ description: '案件是否还在建立' }),
  })
  .meta({ id: 'Round' })

export const roundOf = (progress: RoundProgress, now: string): z.infer<typeof roundView> => ({
  ...progress,
  href: `/rounds/${progress.id}`,
  now,
  opening: progress.registered < progress.entries,
})

export const openedView = z
  .object({
    round: roundView,
    proposals: z.array(z.string()).meta({ description: '名册上没有、已提请补充的单位' }),
    questions: z.int(),
    drill: z
      .object({
        clock: z
          .object({ worldStart: z.string(), roundStart: z.string(), speed: z.number() })
          .meta({ description: '世上 worldStart 时轮次里是 roundStart,此后快 speed 倍' }),
        password: z.string().nullable().meta({ description: '演练人员共用的密码,只在此告知一次' }),
        officers: z.array(
          z.object({
            person: z.string(),
            name: z.string(),
            post: z.object({ role: z.string(), unit: z.string().optional() }),
          }),
        ),
      })
      .optional(),
  })
  .meta({ id: 'OpenedRound' })

export const entryView = z
  .object({
    n: z.int(),
    caseId: z.string(),
    href: z.string(),
    phase: z.string().nullable().meta({ description: '尚未建立案件时为空' }),
    phaseTitle: z.string(),
    entry: z.looseObject({ n: z.int(), text: z.string() }),
    questions: z.array(z.string()),
    obstacle: z
      .object({ clause: z.string(), why: z.string() })
      .nullable()
      .meta({ description: '交办之前还缺什么;可以交办时为空' }),
  })
  .meta({ id: 'PlanEntry' })

export const entryOf = (
  rules: Rules,
  round: string,
  entry: Entry,
  phase: Phase | undefined,
): z.infer<typeof entryView> => {
  const caseId = caseIdOf(round, entry.n)
  const refusal = phase === undefined || phase === 'registered' ? handoverRefusal(rules, entry) : undefined
  return {
    n: entry.n,
    caseId,
    href: hrefOf(caseId),
    phase: phase ?? null,
    phaseTitle: phase === undefined ? '建立中' : titleOfPhase('problem', phase),
    entry: { ...entry },
    questions: [...entry.questions],
    obstacle: refusal ? { clause: refusal.clause, why: refusal.why } : null,
  }
}

export const handedOverView = z
  .object({
    handedOver: z.int(),
    cases: z.array(
      z.object({
        caseId: z.string(),
        outcome: z.enum(['handed-over', 'refused', 'pending']),
        clause: z.string().optional(),
        why: z.string().optional(),
      }),
    ),
  })
  .meta({ id: 'HandedOver' })
