import type { Clock } from '../../contracts/clock.js'
import type { AdoptPlanBody, OpenRoundBody } from '../../contracts/rounds.js'
import { areaLeadersOn, areas } from '../../db/areas.js'
import type { Db } from '../../db/connect.js'
import {
  appoint,
  officersOn,
  propose,
  saveOfficers,
  saveUnits,
  units,
  unknownAmong,
} from '../../db/register.js'
import { keepPlan, openRound, type Round, roundById } from '../../db/rounds.js'
import { calendarHash, saveRules } from '../../db/rules.js'
import { expandAreas, leaderOfPlace, placeOf } from '../../domain/areas/areas.js'
import { atTime, dateOf } from '../../domain/calendar/dates.js'
import type { Source } from '../../domain/case/commands.js'
import type { Entry, NamedOfficer } from '../../domain/entry.js'
import type { Actor } from '../../domain/parties.js'
import { drillOf } from '../../domain/people/drill.js'
import { type Instant, instant, millis, type PlainDate, type UnitName } from '../../domain/words.js'
import { leadersNamed, ledgerEntryOf } from '../../intake/ledger-entry.js'
import { loadCalendar } from '../../policies/calendars/load.js'
import { problem } from '../problems/problem.js'
import { type DrillOfficer, type DrillStaff, drillStaff, enrolled } from './drill-officers.js'
import { planOf, policyOf } from './plan.js'
import { mustFit } from './plan-limits.js'
import type { PlanRead } from './plan-reading.js'

export type Accepted = {
  readonly round: Round
  readonly entries: readonly Entry[]
  readonly proposals: readonly UnitName[]
  /** Of a drill: everybody who may sign in, and the one password, told here and never again. */
  readonly drill?: { readonly password: string; readonly officers: readonly DrillOfficer[] }
}

/**
 * Reads the plan, and keeps round, rules and entries in one transaction: a plan once accepted is never half there. Its cases
 * are opened afterwards (`opener.ts`).
 * @throws Problem 422 for a plan or rules that cannot be used, 409 when the round is there already.
 */
export const acceptRound = async (
  db: Db,
  body: OpenRoundBody,
  by: Actor,
  now: Instant,
): Promise<Accepted> => {
  const loaded = policyOf(body)
  const calendar = loadCalendar()
  const { plan: file, ...rest } = body
  if (!file) return acceptFeedback(db, rest, by, now)
  const plan = await planOf({ ...rest, plan: file })
  const planDate = dayOfPlan(body, plan)
  if (await roundById(db, body.id)) throw alreadyOpen(body.id)
  const registered = await namesInRegister(db)
  const parties = unitsIn(plan, registered)
  const staff = body.drill && drillStaff(body.id, parties, plan.reading.entries.flatMap(leadersNamed))
  const people = await leadersKnown(db, dateOf(now))
  const located = await inAreas(db, dateOf(now))
  const entries = plan.reading.entries.map((read): Entry => {
    const entry = located(renamed(ledgerEntryOf(read, read.n, staff ? staff.leader : people), registered))
    return staff ? staffed(entry, staff) : entry
  })
  mustFit(entries)
  const round: Round = {
    id: body.id,
    city: loaded.policy.city,
    title: body.title ?? plan.reading.source.title ?? `${loaded.policy.city}整改方案`,
    policyHash: loaded.hash,
    calendarHash: calendarHash(calendar),
    source: body.source ?? sourceOf(plan),
    feedbackDate: body.feedbackDate ?? plan.reading.facts.feedbackDate ?? null,
    planDate,
    clock: clockOf(body, now),
    plan: plan.text,
    reading: plan.reading,
    openedAt: now,
    openedBy: by,
  }
  await saveRules(db, loaded, calendar)
  const drill = staff && (await enrol(db, staff, parties))
  if ((await openRound(db, round, entries)) === 'already-open') throw alreadyOpen(body.id)
  const proposals = await propose(db, round.id, namedBy(entries))
  return { round, entries, proposals, ...(drill && { drill }) }
}

/** GN-12: a round begins with the feedback; its plan is due 30 working days after it. */
const acceptFeedback = async (
  db: Db,
  body: Omit<OpenRoundBody, 'plan'>,
  by: Actor,
  now: Instant,
): Promise<Accepted> => {
  const { feedbackDate, drill } = body
  if (drill)
    throw problem('invalid', '演练须带整改方案建立,各方人员按方案里的单位配备', {
      errors: [{ path: 'plan', message: '演练须有方案' }],
    })
  if (feedbackDate === undefined)
    throw problem('invalid', '没有方案的,请填写 feedbackDate:方案自反馈之日起 30 个工作日内报送', {
      errors: [{ path: 'feedbackDate', message: '没有方案时必填' }],
      clause: 'GN-12',
    })
  if (feedbackDate > dateOf(now))
    throw problem('invalid', '反馈日期不能晚于今天', {
      errors: [{ path: 'feedbackDate', message: '晚于今天' }],
      clause: 'GN-12',
    })
  const loaded = policyOf(body)
  const calendar = loadCalendar()
  const round: Round = {
    id: body.id,
    city: loaded.policy.city,
    title: body.title ?? `${loaded.policy.city}督察整改`,
    policyHash: loaded.hash,
    calendarHash: calendarHash(calendar),
    source: body.source ?? { name: '督察反馈', level: 'municipal' },
    feedbackDate,
    planDate: null,
    clock: clockOf(body, now),
    plan: '',
    reading: null,
    openedAt: now,
    openedBy: by,
  }
  await saveRules(db, loaded, calendar)
  if ((await openRound(db, round, [])) === 'already-open') throw alreadyOpen(body.id)
  return { round, entries: [], proposals: [] }
}

/**
 * The plan of a round that was opened on the feedback alone. Its cases are opened afterwards (`opener.ts`).
 * @throws Problem 422 for a plan that cannot be used, 409 when the round has one already.
 */
export const acceptPlan = async (
  db: Db,
  round: Round,
  body: AdoptPlanBody,
  now: Instant,
): Promise<Accepted> => {
  if (round.planDate !== null) throw planThere()
  const plan = await planOf(body)
  const planDate = dayOfPlan(body, plan)
  if (planDate > dateOf(now))
    throw problem('invalid', '方案日期不能晚于今天', {
      errors: [{ path: 'planDate', message: '晚于今天' }],
      clause: 'GN-12',
    })
  const registered = await namesInRegister(db)
  const [people, located] = await Promise.all([leadersKnown(db, dateOf(now)), inAreas(db, dateOf(now))])
  const entries = plan.reading.entries.map(
    (read): Entry => located(renamed(ledgerEntryOf(read, read.n, people), registered)),
  )
  mustFit(entries)
  const accepted = { ...round, planDate, plan: plan.text, reading: plan.reading }
  if ((await keepPlan(db, round.id, accepted, entries)) === 'already-there') throw planThere()
  return { round: accepted, entries, proposals: await propose(db, round.id, namedBy(entries)) }
}

const planThere = () => problem('conflict', '整改方案已经收下,不必重复', { clause: 'GN-12' })

const alreadyOpen = (id: string) => problem('conflict', `轮次 ${id} 已经建立,不必重复`, { clause: 'CD-20' })

const dayOfPlan = ({ planDate }: Pick<OpenRoundBody, 'planDate'>, { reading }: PlanRead): PlainDate => {
  const day = planDate ?? reading.facts.documentDate ?? reading.source.published
  if (day) return day
  throw problem('invalid', '方案没有写明日期,请填写 planDate', {
    errors: [{ path: 'planDate', message: '方案里没有读到日期' }],
    clause: 'JN-02',
  })
}

const LEVELS: readonly (readonly [RegExp, Source])[] = [
  [/中央/, { name: '中央生态环境保护督察', level: 'central' }],
  [/省/, { name: '省级生态环境保护督察', level: 'provincial' }],
  [/市/, { name: '市级督察', level: 'municipal' }],
]

const sourceOf = ({ text, reading }: PlanRead): Source => {
  const words = `${reading.source.title ?? ''}${text.slice(0, 2_000)}`
  return LEVELS.find(([pattern]) => pattern.test(words))?.[1] ?? { name: '督察反馈', level: 'municipal' }
}

const DAY_SECONDS = 86_400

const clockOf = ({ drill }: Pick<OpenRoundBody, 'drill'>, now: Instant): Clock =>
  drill
    ? {
        kind: 'drill',
        worldStart: instant(millis(now) + (drill.beginsInSeconds ?? 0) * 1_000),
        roundStart: atTime(drill.start, '09:00'),
        speed: drill.daysPerSecond * DAY_SECONDS,
      }
    : { kind: 'real' }

/** Leaders of the register by their names; a name two people bear is nobody's. */
const leadersKnown = async (db: Db, day: PlainDate): Promise<(name: string) => NamedOfficer | undefined> => {
  const leaders = (await officersOn(db, day)).filter(
    ({ active, person, posts }) =>
      active && drillOf(person) === undefined && posts.some(({ role }) => role === 'leader'),
  )
  return (name) => {
    const [found, ...others] = leaders.filter((leader) => leader.name === name)
    return found && others.length === 0 ? { person: found.person, name: found.name } : undefined
  }
}

/** A plan may call a unit by another name than the register does: its officers sit under the register's. */
const namesInRegister = async (db: Db): Promise<(name: UnitName) => UnitName> => {
  const known = new Map<UnitName, UnitName>()
  const listed = await units(db)
  for (const { name, aliases } of listed) for (const alias of aliases) known.set(alias as UnitName, name)
  for (const { name } of listed) known.set(name, name)
  return (name) => known.get(name) ?? name
}

const renamed = (entry: Entry, inRegister: (name: UnitName) => UnitName): Entry => ({
  ...entry,
  units: entry.units.map(inRegister),
  leadUnits: entry.leadUnits.map(inRegister),
  cooperatingUnits: entry.cooperatingUnits.map(inRegister),
  ...(entry.supervisingUnit !== undefined && { supervisingUnit: inRegister(entry.supervisingUnit) }),
})

/** 各县区 is expanded by the register of areas (JN-03); an entry's leader follows from its place (HH-07). */
const inAreas = async (db: Db, day: PlainDate): Promise<(entry: Entry) => Entry> => {
  const [known, leaders, listed] = await Promise.all([areas(db), areaLeadersOn(db, day), units(db)])
  const attached = new Map(
    leaders.flatMap(({ area, tier, person, name }) =>
      tier === 'attached' ? [[area, { person, name }] as const] : [],
    ),
  )
  const areaOfUnit = new Map(
    listed.flatMap(({ name, area }) => (area === null ? [] : [[name, area] as const])),
  )
  return (read) => {
    const entry = expandAreas(known, read)
    const area = placeOf(known, (unit) => areaOfUnit.get(unit), entry)
    const leader = area === undefined ? undefined : leaderOfPlace(known, attached, area)
    return {
      ...entry,
      ...(area !== undefined && { area }),
      leaders: { ...(leader && { municipal: leader }), ...entry.leaders },
    }
  }
}

/** A drill gets somebody for every leader's seat the plan leaves open. */
const staffed = (entry: Entry, { leaderFor }: DrillStaff): Entry => ({
  ...entry,
  leaders: {
    municipal: entry.leaders.municipal ?? leaderFor(entry.n),
    county: entry.leaders.county ?? leaderFor(entry.n + 1),
    department: entry.leaders.department ?? leaderFor(entry.n + 2),
  },
})

const partiesOf = (entry: Entry): readonly UnitName[] => [
  ...entry.units,
  ...entry.leadUnits,
  ...entry.cooperatingUnits,
  ...(entry.supervisingUnit === undefined ? [] : [entry.supervisingUnit]),
]

const unitsIn = ({ reading }: PlanRead, inRegister: (name: UnitName) => UnitName): readonly UnitName[] => [
  ...new Set(reading.entries.flatMap((read) => partiesOf(ledgerEntryOf(read, read.n))).map(inRegister)),
]

const namedBy = (entries: readonly Entry[]): ReadonlyMap<UnitName, readonly number[]> => {
  const named = new Map<UnitName, readonly number[]>()
  for (const entry of entries)
    for (const unit of new Set(partiesOf(entry))) named.set(unit, [...(named.get(unit) ?? []), entry.n])
  return named
}

/** Units the register lacks, and everybody of the drill. */
const enrol = async (db: Db, staff: DrillStaff, parties: readonly UnitName[]) => {
  const { password, people, appointments } = await enrolled(staff, DRILL_POSTS_FROM)
  await db.transaction().execute(async (trx) => {
    const lacking = await unknownAmong(trx, parties)
    await saveUnits(
      trx,
      lacking.map((name) => ({ name })),
    )
    await saveOfficers(trx, people)
    await appoint(trx, appointments)
  })
  return { password, officers: staff.officers }
}

/** Notices are told to holders in the round's own time, which may lie years back: a drill's posts count from long ago. */
const DRILL_POSTS_FROM = '1949-10-01' as PlainDate
