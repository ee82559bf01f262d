/**
 * Measures the month's figures over many cases in a real PostgreSQL:
 *
 *   node --import tsx scripts/bench-figures.ts [cases]      (100,000 unless said; its own throwaway PostgreSQL)
 *
 * A few hundred lives are played in the pure domain — diligent officers, late ones, silent ones, refusals and closures —
 * appended as any case is, and copied under other numbers until there are enough. Then: the month's snapshot with all that a
 * bulletin tells, the standing audits, the pace, the reconciliation, a page of the ledger as it was, each as of the month's end.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { append } from '../db/append.js'
import { connect, type Db } from '../db/connect.js'
import { migrate } from '../db/migrate.js'
import { appraised } from '../db/queries/appraisals.js'
import { audited } from '../db/queries/audits.js'
import { countsByUnit } from '../db/queries/counts.js'
import { ledgerPage } from '../db/queries/ledger.js'
import { paceBuckets } from '../db/queries/pace.js'
import { reckoned, unreconciled } from '../db/queries/reconcile.js'
import { openRound } from '../db/rounds.js'
import { calendarHash, saveRules } from '../db/rules.js'
import { takeSnapshot } from '../db/snapshots.js'
import { addDays, atTime, dateOf, endOfDay } from '../domain/calendar/dates.js'
import type { Command } from '../domain/case/commands.js'
import { chairsWhoseTurn, stepNow } from '../domain/closing/chain.js'
import type { Rules } from '../domain/context.js'
import { decide, due, evolve } from '../domain/decider.js'
import type { LedgerRecord, LedgerState } from '../domain/decider-types.js'
import type { Deadline, Entry } from '../domain/entry.js'
import { AUDITS } from '../domain/figures/audits.js'
import { BEGINNINGS } from '../domain/kinds/registry.js'
import type { Actor, Chair, Role, Seat } from '../domain/parties.js'
import { headOf, record, sha256Of } from '../domain/record/chain.js'
import { isRefusal } from '../domain/refusal.js'
import type { CaseId, CommandId, Instant, PersonId, PlainDate, RoundId, UnitName } from '../domain/words.js'
import { loadCalendar } from '../policies/calendars/load.js'
import { loadPolicy } from '../policies/load.js'
import { bringPostgres } from '../runtime/postgres.js'

const ROUND = 'bench' as RoundId
const LIVES = 400
const UNITS = 120
const day = (text: string) => text as PlainDate
const START = day('2026-03-02')
const END = day('2026-06-30')
const MONTH = { from: day('2026-06-01'), to: END }

/** The same numbers every time. */
const dice = (() => {
  let state = 20_260_630
  return (sides: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return (state >> 8) % sides
  }
})()

const unit = (n: number): UnitName => `第${String(n).padStart(3, '0')}单位` as UnitName
const LEAD = '市生态环境局' as UnitName
const HELPER = '市水利局' as UnitName
const LEADER = { person: 'leader' as PersonId, name: '包案领导' }

const ROLES: Readonly<Partial<Record<Seat, Role>>> = {
  'responsible-unit': 'unit-clerk',
  'responsible-head': 'unit-head',
  'lead-unit': 'unit-clerk',
  'cooperating-units': 'unit-clerk',
  'supervising-unit': 'unit-clerk',
  'case-leader': 'leader',
  secretary: 'secretary',
  mayor: 'mayor',
  office: 'coordinator',
  'office-head': 'office-head',
}

const sitter = ({ seat, unit: of, person }: Chair): Actor => ({
  person: person ?? (`${seat}-${of ?? ''}` as PersonId),
  name: `${seat}`,
  posts: [{ role: ROLES[seat] ?? 'coordinator', ...(of !== undefined && { unit: of }) }],
})
const PHOTO = { sha256: sha256Of('photo'), name: '照片', mediaType: 'image/jpeg', bytes: 1 }
const office: Actor = sitter({ seat: 'office' })
const head: Actor = sitter({ seat: 'office-head' })

const DEADLINES: readonly Deadline[] = [
  { kind: 'by-date', text: '5月底', date: day('2026-05-31') },
  { kind: 'by-date', text: '6月中旬', date: day('2026-06-15') },
  { kind: 'by-date', text: '9月底', date: day('2026-09-30') },
  { kind: 'by-date', text: '年底', date: day('2026-12-31') },
  { kind: 'immediate', text: '立行立改' },
  { kind: 'long-term', text: '长期坚持' },
]

const entryOf = (n: number): Entry => {
  const deadline = DEADLINES[dice(DEADLINES.length)] ?? { kind: 'immediate', text: '立行立改' }
  return {
    ...{ n, lines: [n, n], section: [], text: `第${n}项问题`, persons: ['主要负责人'] },
    units: dice(5) === 0 ? [unit(dice(UNITS)), unit(dice(UNITS))] : [unit(dice(UNITS))],
    deadline,
    nodes: deadline.kind === 'long-term' ? [{ text: '阶段目标', date: day('2026-06-20') }] : [],
    ...{ duties: [], target: '解决', measures: '整治', leadUnits: [LEAD], cooperatingUnits: [HELPER] },
    ...{ leaders: { municipal: LEADER, county: LEADER, department: LEADER }, others: [], questions: [] },
  }
}

/** One case, played by officers of one temper until the month's end. */
class Life {
  private state: LedgerState | undefined
  readonly records: LedgerRecord[] = []
  private commands = 0

  constructor(
    readonly rules: Rules & { readonly hash: string },
    private readonly id: CaseId,
    public at: Instant,
  ) {}

  private happened(happenings: ReturnType<typeof due>, command?: string): void {
    const next = record(headOf(this.records), this.id, happenings, command as CommandId | undefined)
    for (const one of next) this.state = evolve(this.state, one)
    this.records.push(...next)
  }
  give(by: Actor, command: Command): boolean {
    this.commands += 1
    const id = `${this.id}-${this.commands}` as CommandId
    const answer = decide(this.rules, this.state, { id, at: this.at, by, command } as never)
    if (isRefusal(answer)) return false
    this.happened(answer, id)
    return true
  }
  passTo(moment: Instant): void {
    if (this.state) this.happened(due(this.rules, this.state, moment))
    this.at = moment
  }
  problem() {
    if (this.state?.kind !== 'problem') throw new Error('not a problem')
    return this.state.state
  }
  signs(verdict: 'sign' | 'refuse-step'): boolean {
    const state = this.problem()
    const step = stepNow(this.rules, state)
    if (step?.kind !== 'sign-off') return false
    const [chair] = chairsWhoseTurn(this.rules, state, step)
    if (!chair) return false
    const site = { place: '现场', at: this.at, photos: [PHOTO], observers: [] }
    const findings = step.findings.map((title) => ({
      ...{ title, met: 'met' as const, note: '', evidence: [PHOTO.sha256] },
    }))
    return this.give(
      sitter(chair),
      verdict === 'sign'
        ? { type: 'sign', step: step.id, saw: state.seal, opinion: '同意', findings, site }
        : { type: 'refuse-step', step: step.id, saw: state.seal, reasons: '仍有渗漏' },
    )
  }
}

/** What is left after the last signature: the notice, its days, the filing. */
const closes = (life: Life, postedOn: PlainDate): void => {
  const step = stepNow(life.rules, life.problem())
  if (step?.kind === 'notice') {
    const channels = step.channels.map((channel) => ({ channel, where: '头版' }))
    life.give(office, { type: 'post-notice', postedOn, result: '已解决', contact: '12345', channels })
    const until = life.problem().closing?.notice?.until
    if (until !== undefined) life.passTo(atTime(addDays(until, 1), '10:00'))
  }
  life.give(office, { type: 'send-filing', to: '省整改办', noticeResult: '无异议' })
  life.give(office, { type: 'record-filing-receipt', receipt: '收悉', receivedOn: dateOf(life.at) })
}

type Temper = 'diligent' | 'steady' | 'late' | 'silent'
const TEMPERS: readonly Temper[] = ['diligent', 'diligent', 'steady', 'late', 'silent']

const lived = (rules: Rules & { readonly hash: string }, n: number): readonly LedgerRecord[] => {
  const temper = TEMPERS[n % TEMPERS.length] ?? 'silent'
  const id = `${ROUND}/${String(n).padStart(3, '0')}` as CaseId
  const life = new Life(rules, id, atTime(START, '09:00'))
  const entry = entryOf(n)
  life.give(office, {
    ...{ type: 'register', caseId: id, round: ROUND, entry, source: { name: '省督察', level: 'provincial' } },
    ...{ policy: rules.hash as never, calendar: rules.calendar.version as never, planDate: START },
  } as Command)
  if (n % 50 === 49) return life.records
  if (!life.give(office, { type: 'hand-over' })) throw new Error('not handed over')
  const [first] = entry.units
  if (!first) throw new Error('no unit')
  const clerk = sitter({ seat: 'responsible-unit', unit: first })
  life.give(clerk, { type: 'acknowledge' })
  life.give(clerk, { type: 'submit-case-plan', plan: '分步实施', team: ['专班'], evidence: [] })
  const closesOn = temper === 'diligent' ? 5 + dice(12) : -1
  for (let week = 1; addDays(START, week * 7) <= END; week += 1) {
    const today = atTime(addDays(START, week * 7 - 4), '10:00')
    if (today > life.at) life.passTo(today)
    for (const { rung, state } of life.problem().ladder.rungs) {
      if (state === 'drafted')
        life.give(head, { type: 'decide-rung', rung, decision: 'issue', reason: '情况属实' })
      if (state === 'raised' && dice(6) === 0)
        life.give(head, { type: 'release-rung', rung, reason: '已整改' })
    }
    const progress = Math.min(99, week * 6)
    const content = { progress, done: '推进', hinders: '', help: '', nodes: [], duties: [], evidence: [] }
    if (temper !== 'silent' && (temper !== 'late' || week % 3 !== 0))
      life.give(clerk, { type: 'submit-return', content })
    if (temper === 'diligent' && entry.nodes.length > 0 && week === 9)
      life.give(clerk, { type: 'complete-node', node: 0, evidence: [PHOTO] })
    if (week === closesOn) {
      const { points } = rules.policy.closing.checklist
      life.give(clerk, {
        ...{ type: 'submit-closing', statement: '已完成', evidence: [PHOTO] },
        checklist: points.map((point) => ({ point, met: 'met' as const })),
      })
      if (n % 7 === 0) {
        life.signs('sign')
        life.signs('refuse-step')
      } else {
        while (life.signs('sign')) life.passTo(atTime(addDays(START, week * 7 - 4), '11:00'))
        closes(life, addDays(START, week * 7 - 4))
      }
    }
  }
  life.passTo(endOfDay(END))
  return life.records
}

/** Rows of these tables are copied as they are, under another case's number. */
const COPIED: Readonly<Record<string, string>> = {
  cases: 'id',
  case_versions: 'case_id',
  events: 'case_id',
  returns: 'case_id',
  rungs: 'case_id',
  sign_offs: 'case_id',
}

const copied = async (db: Db, table: string, key: string, times: number): Promise<void> => {
  const { rows } = await sql<{ name: string }>`
    select column_name as name from information_schema.columns
    where table_name = ${table} and column_name not in ('position', 'transaction')`.execute(db)
  const columns = rows.map(({ name }) => sql.ref(name))
  const values = rows.map(({ name }) =>
    name === key ? sql`${sql.ref(key)} || '-' || copy` : name === 'hash' ? sql`hash` : sql.ref(name),
  )
  await sql`insert into ${sql.table(table)} (${sql.join(columns)})
    select ${sql.join(values)} from (select * from ${sql.table(table)}) as one
      cross join generate_series(1, ${sql.lit(times)}) as copy`.execute(db)
}

const timed = async <T>(title: string, work: () => Promise<T>): Promise<T> => {
  const began = performance.now()
  const result = await work()
  process.stdout.write(`  ${title.padEnd(22)} ${((performance.now() - began) / 1000).toFixed(2)} s\n`)
  return result
}

const filled = async (db: Db, cases: number): Promise<void> => {
  const calendar = loadCalendar()
  const policy = loadPolicy('jinan')
  await saveRules(db, policy, calendar)
  const rules = { policy: policy.policy, calendar, hash: policy.hash }
  const source = { name: '省督察', level: 'provincial' } as const
  await openRound(
    db,
    {
      ...{
        id: ROUND,
        city: '某市',
        title: '某市整改方案',
        policyHash: policy.hash,
        plan: '',
        reading: {},
        source,
      },
      ...{
        calendarHash: calendarHash(calendar),
        feedbackDate: null,
        planDate: START,
        clock: { kind: 'real' },
      },
      openedAt: atTime(START, '08:00'),
    },
    [],
  )
  await timed(`${LIVES} lives appended`, async () => {
    for (let n = 1; n <= LIVES; n += 1) await append(db, lived(rules, n))
  })
  await timed(`copied to ${cases}`, async () => {
    const times = Math.ceil(cases / LIVES) - 1
    if (times > 0) for (const [table, key] of Object.entries(COPIED)) await copied(db, table, key, times)
    await sql`vacuum analyze`.execute(db)
  })
}

const measured = async (db: Db): Promise<void> => {
  const at = endOfDay(END)
  const asked = { round: ROUND, cutOff: at, ...MONTH }
  const filter = { round: ROUND, at }
  for (const turn of [1, 2, 3]) {
    const { figures } = await timed(`snapshot ${turn}`, () =>
      takeSnapshot(db, { key: `june-${turn}`, ...asked }),
    )
    if (turn > 1) continue
    const { totals, overdue, missing, rungs, refusals, ranking } = figures
    process.stdout.write(
      `    ${JSON.stringify({
        ...totals,
        overdueListed: overdue.length,
        missing: missing.length,
        raised: rungs.raised.length,
        refusals: refusals.length,
        ranked: ranking?.rows.length,
      })}\n`,
    )
  }
  for (const audit of AUDITS) await timed(`audit ${audit}`, () => audited(db, audit, filter, 200))
  await timed('pace', () => paceBuckets(db, at, filter))
  await timed('reconciliation', () =>
    Promise.all([reckoned(db, BEGINNINGS, filter), unreconciled(db, BEGINNINGS, filter)]),
  )
  await timed('by leader', () => appraised(db, filter, MONTH))
  await timed('by unit', () => countsByUnit(db, filter))
  await timed('a page as it was', () => ledgerPage(db, filter))
}

const home = mkdtempSync(join(tmpdir(), 'bihuan-bench-'))
const postgres = await bringPostgres({ home, durability: 'throwaway', env: {} })
const db = connect(postgres.url)
try {
  await migrate(postgres.url)
  await filled(db, Number(process.argv[2] ?? 100_000))
  await measured(db)
} finally {
  await db.destroy()
  await postgres.stop()
  rmSync(home, { recursive: true, force: true })
}
