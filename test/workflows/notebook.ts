import type { CaseActivities } from '../../contracts/activities.js'
import type { LedgerRecord } from '../../contracts/case.js'
import type { Rules } from '../../domain/context.js'
import type { NoticeEffect, OrderEffect, PaperOrder } from '../../domain/effects/types.js'
import { caseThen, figuresFromRecords, type Then } from '../../domain/figures/from-records.js'
import { canonical, firstBrokenLink, sha256Of } from '../../domain/record/chain.js'
import { digestOf } from '../../domain/round/digest.js'
import { roundCaseId } from '../../domain/round/kind.js'
import type { Commitment } from '../../domain/round/types.js'
import type { CaseId, Instant } from '../../domain/words.js'

/** The activities of a case kept in memory: a ledger that refuses gaps and forks, papers by key, notices by key. */
export type Notebook = {
  readonly activities: CaseActivities
  /** Figures are counted by the rules each case is pinned to. */
  readonly knowRules: (caseId: CaseId, rules: Rules) => void
  readonly ledger: (caseId: CaseId) => readonly LedgerRecord[]
  /** What a caller does with the events an Update gave it. */
  readonly append: (caseId: CaseId, events: readonly LedgerRecord[]) => number
  readonly papers: ReadonlyMap<string, PaperOrder>
  readonly notices: ReadonlyMap<string, NoticeEffect>
  /** What cases asked of one another, in the order it was placed; nobody gives it to them here. */
  readonly orders: ReadonlyMap<string, OrderEffect>
  readonly batches: readonly (readonly NoticeEffect[])[]
  /** What does not answer for now, as a dead mail server or a dead PostgreSQL would not. */
  readonly away: Set<'ledger' | 'mail'>
}

const commitmentsOf = (cutOff: Instant, cases: readonly Then[]): readonly Commitment[] =>
  cases.flatMap(({ id, facts }) =>
    facts.kind !== 'problem' || facts.standing === 'merged' || facts.pace === 'not-yet'
      ? []
      : [
          {
            case: id,
            units: facts.units,
            due: facts.due,
            standing: facts.standing,
            overdue: facts.overdueFrom !== null && facts.overdueFrom <= cutOff ? 'overdue' : 'not-overdue',
          },
        ],
  )

export const openNotebook = (): Notebook => {
  const ledgers = new Map<string, readonly LedgerRecord[]>()
  const papers = new Map<string, PaperOrder>()
  const notices = new Map<string, NoticeEffect>()
  const batches: (readonly NoticeEffect[])[] = []
  const orders = new Map<string, OrderEffect>()
  const rulesOf = new Map<CaseId, Rules>()
  const snapshots = new Map<string, Awaited<ReturnType<CaseActivities['takeSnapshot']>>>()
  const away = new Set<'ledger' | 'mail'>()
  const reach = (what: 'ledger' | 'mail'): void => {
    if (away.has(what)) throw new Error(`${what} does not answer`)
  }

  const append = (caseId: CaseId, events: readonly LedgerRecord[]): number => {
    const before = ledgers.get(caseId) ?? []
    for (const event of events) {
      const known = before[event.seq - 1]
      if (known && known.hash !== event.hash)
        throw new Error(`${caseId}: another event ${event.seq} is there`)
    }
    const after = [...before, ...events.filter(({ seq }) => seq > before.length)]
    const broken = firstBrokenLink(after)
    if (broken) throw new Error(`${caseId}: ${broken.why} of ${broken.seq}`)
    ledgers.set(caseId, after)
    return after.length
  }

  return {
    activities: {
      carry: async (events) => {
        reach('ledger')
        const [first] = events
        return { ledger: first ? append(first.case, events) : 0 }
      },
      writePaper: async ({ key, order }) => {
        reach('ledger')
        papers.set(key, order)
        const ordinal = [...papers.keys()].indexOf(key) + 1
        return { number: `${order.documentCode}〔2020〕${ordinal}号`, sha256: sha256Of(key) }
      },
      placeOrders: async (placed) => {
        reach('ledger')
        for (const order of placed) if (!orders.has(order.key)) orders.set(order.key, order)
      },
      takeSnapshot: async ({ key, thing, ...asked }) => {
        reach('ledger')
        const before = snapshots.get(key)
        if (before) return before
        const cases = [...ledgers.values()].flatMap((records) => {
          const [first] = records
          const rules = first && rulesOf.get(first.case)
          const then = rules && caseThen(asked, { rulesThen: () => rules, records })
          return then ? [then] : []
        })
        const rules = rulesOf.get(roundCaseId(asked.round))
        if (!rules) throw new Error(`nobody knows the rules of ${asked.round}`)
        const figures = figuresFromRecords(rules.policy, asked, cases)
        const commitments = thing === 'account' ? commitmentsOf(asked.cutOff, cases) : []
        const taken = { snapshot: sha256Of(canonical(figures)), digest: digestOf(figures, commitments) }
        snapshots.set(key, taken)
        return taken
      },
      notify: async (batch) => {
        reach('mail')
        batches.push(batch)
        for (const notice of batch) notices.set(notice.key, notice)
      },
    },
    knowRules: (caseId, rules) => {
      rulesOf.set(caseId, rules)
    },
    ledger: (caseId) => ledgers.get(caseId) ?? [],
    append,
    papers,
    notices,
    orders,
    batches,
    away,
  }
}
