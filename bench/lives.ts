import { addDays, atTime, dateOf, endOfDay } from '../domain/calendar/dates.js'
import type { CaseState } from '../domain/case/state.js'
import type { Rules } from '../domain/context.js'
import { decide, due, evolve } from '../domain/decider.js'
import type { AnyCommand, LedgerRecord, LedgerState } from '../domain/decider-types.js'
import type { Deadline, Entry } from '../domain/entry.js'
import type { Actor } from '../domain/parties.js'
import { headOf, record } from '../domain/record/chain.js'
import { isRefusal } from '../domain/refusal.js'
import type {
  CaseId,
  CommandId,
  Instant,
  PersonId,
  PlainDate,
  RoundId,
  Sha256,
  UnitName,
} from '../domain/words.js'
import {
  type Act,
  CASE_PLAN,
  clerkOf,
  closing,
  filingReceived,
  HAND_OVER,
  office,
  officeHead,
  PHOTO,
  posting,
  SEND_FILING,
  turn,
  weeklyReturn,
} from './acts.js'
import { SOURCE } from './ground.js'

export type BenchRules = Rules & { readonly hash: Sha256 }

const day = (text: string): PlainDate => text as PlainDate

/** Lives of the ledger go from here to the end of the month that is counted. */
const BEGIN = day('2026-03-02')
export const END = day('2026-06-30')

const UNITS = 120
export const unitOf = (n: number): UnitName => `第${String((n % UNITS) + 1).padStart(3, '0')}单位` as UnitName
const LEADER = { person: 'leader' as PersonId, name: '包案领导' }

/** The same numbers every time. */
const dice = (() => {
  let state = 20_260_630
  return (sides: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return (state >> 8) % sides
  }
})()

const DEADLINES: readonly Deadline[] = [
  { kind: 'by-date', text: '5月底', date: day('2026-05-31') },
  { kind: 'by-date', text: '6月中旬', date: day('2026-06-15') },
  { kind: 'by-date', text: '9月底', date: day('2026-09-30') },
  { kind: 'by-date', text: '年底', date: day('2026-12-31') },
  { kind: 'immediate', text: '立行立改' },
  { kind: 'long-term', text: '长期坚持' },
]

const variedEntry = (n: number): Entry => {
  const deadline = DEADLINES[dice(DEADLINES.length)] ?? { kind: 'immediate', text: '立行立改' }
  return {
    ...{ n, lines: [n, n], section: [], text: `第${n}项问题`, persons: ['主要负责人'] },
    units: dice(5) === 0 ? [unitOf(dice(UNITS)), unitOf(dice(UNITS))] : [unitOf(dice(UNITS))],
    deadline,
    nodes: deadline.kind === 'long-term' ? [{ text: '阶段目标', date: day('2026-06-20') }] : [],
    ...{ duties: [], target: '解决', measures: '整治' },
    ...{ leadUnits: ['市生态环境局' as UnitName], cooperatingUnits: ['市水利局' as UnitName] },
    ...{ leaders: { municipal: LEADER, county: LEADER, department: LEADER }, others: [], questions: [] },
  }
}

/** One case, played in the pure domain. */
export class Life {
  private state: LedgerState | undefined
  readonly records: LedgerRecord[] = []
  private commands = 0

  constructor(
    readonly rules: BenchRules,
    private readonly id: CaseId,
    public at: Instant,
  ) {}

  private happened(happenings: ReturnType<typeof due>, command?: CommandId): void {
    const next = record(headOf(this.records), this.id, happenings, command)
    for (const one of next) this.state = evolve(this.state, one)
    this.records.push(...next)
  }
  private tried(by: Actor, command: AnyCommand['command']): boolean {
    this.commands += 1
    const id = `${this.id}-${this.commands}` as CommandId
    const answer = decide(this.rules, this.state, { id, at: this.at, by, command } as AnyCommand)
    if (isRefusal(answer)) return false
    this.happened(answer, id)
    return true
  }
  register(entry: Entry): void {
    const { hash, calendar } = this.rules
    const round = this.id.split('/')[0] as RoundId
    this.tried(office, {
      ...{ type: 'register', caseId: this.id, round, entry, source: SOURCE, planDate: dateOf(this.at) },
      ...{ policy: hash, calendar: calendar.version as Sha256 },
    })
  }
  /** @returns whether it was done. */
  give(act: Act | undefined): boolean {
    return act !== undefined && this.tried(act.by, act.command)
  }
  passTo(moment: Instant): void {
    if (this.state) this.happened(due(this.rules, this.state, moment))
    this.at = moment
  }
  ledger(): LedgerState {
    if (!this.state) throw new Error(`${this.id} is not registered`)
    return this.state
  }
  problem(): CaseState {
    const { kind, state } = this.ledger()
    if (kind !== 'problem') throw new Error(`${this.id} is no problem`)
    return state
  }
  turn(verdict: 'sign' | 'refuse-step'): boolean {
    return this.give(turn(this.rules, this.problem(), verdict, this.at))
  }
}

/** What is left after the last signature: the notice, its days, the filing. */
const closes = (life: Life, postedOn: PlainDate): void => {
  life.give(posting(life.rules, life.problem(), postedOn))
  const until = life.problem().closing?.notice?.until
  if (until !== undefined) life.passTo(atTime(addDays(until, 1), '10:00'))
  life.give(SEND_FILING)
  life.give(filingReceived(dateOf(life.at)))
}

type Temper = 'diligent' | 'steady' | 'late' | 'silent'
const TEMPERS: readonly Temper[] = ['diligent', 'diligent', 'steady', 'late', 'silent']

const rungsAnswered = (life: Life): void => {
  for (const { rung, state } of life.problem().ladder.rungs) {
    if (state === 'drafted')
      life.give({
        by: officeHead,
        command: { type: 'decide-rung', rung, decision: 'issue', reason: '情况属实' },
      })
    if (state === 'raised' && dice(6) === 0)
      life.give({ by: officeHead, command: { type: 'release-rung', rung, reason: '已整改' } })
  }
}

/** A case of four months, by officers of one temper: diligent, late, silent, refused, closed. */
export const varied = (rules: BenchRules, round: string, n: number): readonly LedgerRecord[] => {
  const temper = TEMPERS[n % TEMPERS.length] ?? 'silent'
  const life = new Life(rules, `${round}/${String(n).padStart(3, '0')}` as CaseId, atTime(BEGIN, '09:00'))
  const entry = variedEntry(n)
  life.register(entry)
  if (n % 50 === 49) return life.records
  if (!life.give(HAND_OVER)) throw new Error('not handed over')
  const clerk = clerkOf(entry.units[0] ?? unitOf(0))
  life.give({ by: clerk, command: { type: 'acknowledge' } })
  life.give({ by: clerk, command: CASE_PLAN })
  const closesOn = temper === 'diligent' ? 5 + dice(12) : -1
  for (let week = 1; addDays(BEGIN, week * 7) <= END; week += 1) {
    const today = addDays(BEGIN, week * 7 - 4)
    if (atTime(today, '10:00') > life.at) life.passTo(atTime(today, '10:00'))
    rungsAnswered(life)
    if (temper !== 'silent' && (temper !== 'late' || week % 3 !== 0))
      life.give({ by: clerk, command: weeklyReturn(Math.min(99, week * 6)) })
    if (temper === 'diligent' && entry.nodes.length > 0 && week === 9)
      life.give({ by: clerk, command: { type: 'complete-node', node: 0, evidence: [PHOTO] } })
    if (week !== closesOn) continue
    life.give({ by: clerk, command: closing(rules) })
    if (n % 7 === 0) {
      life.turn('sign')
      life.turn('refuse-step')
    } else {
      while (life.turn('sign')) life.passTo(atTime(today, '11:00'))
      closes(life, today)
    }
  }
  life.passTo(endOfDay(END))
  return life.records
}
