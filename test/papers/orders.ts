import { paperFile } from '../../activities/papers/write-paper.js'
import { effectsOf, evolve } from '../../domain/decider.js'
import type { LedgerState } from '../../domain/decider-types.js'
import type { PaperEffect, PaperOrder } from '../../domain/effects/types.js'
import type { PaperKind } from '../../domain/policy.js'
import type { CaseId, RoundId } from '../../domain/words.js'
import { at, type Story } from '../support/story.js'

/** An order as the domain gives it; a test changes what it is about. */
export const orderFor = (paper: PaperKind, changed: Partial<PaperOrder> = {}): PaperOrder => ({
  paper,
  caseId: 'changde-2024/007' as CaseId,
  round: 'changde-2024' as RoundId,
  seq: 3,
  at: at('2024-03-01', '09:00'),
  drill: 'real',
  letterhead: '常德市生态环境保护督察整改工作领导小组办公室',
  documentCode: '常督改办',
  to: ['市生态环境局'],
  copies: ['副市长老唐', '市住建局'],
  subject: '污水处理厂提标改造滞后',
  facts: [
    { label: '问题来源', value: '省生态环境保护督察' },
    { label: '问题表述', value: '部分县区生活污水处理厂提标改造滞后,出水不能稳定达标。' },
    { label: '责任单位', value: '市生态环境局' },
    { label: '整改时限', value: '2024年6月30日(限时整改)' },
  ],
  body: ['该事项至今未见进展。', '请倒排工期,加快整改。'],
  ...changed,
})

export const aDrill = { drill: 'drill' } as const
export const asFile = (order: PaperOrder, number = '常督改办〔2024〕1号'): Promise<Uint8Array> =>
  paperFile(order, number)

export const KINDS = [
  'handover-slip',
  'supervision-letter',
  'circular',
  'listed-supervision-notice',
  'interview-notice',
  'filing-report',
  'referral-letter',
  'decision-notice',
  'reminder-slip',
] as const satisfies readonly PaperKind[]

/** Every paper the domain ordered in a case's life. */
export const papersOf = async (
  story: Story,
  drill: 'drill' | 'real' = 'real',
): Promise<readonly PaperEffect[]> => {
  let state: LedgerState | undefined
  const papers: PaperEffect[] = []
  for (const record of await story.stage.record()) {
    state = evolve(state, record)
    for (const effect of effectsOf(story.rules, state, record, drill)) {
      if (effect.kind === 'paper') papers.push(effect)
    }
  }
  return papers
}
