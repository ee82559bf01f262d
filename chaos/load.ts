import { setTimeout as pause } from 'node:timers/promises'
import { loadPlan } from '../cli/load-plan.js'
import { type Session, signIn } from '../cli/session.js'
import { planWish } from '../cli/start/wish.js'
import { type Clock, roundTime } from '../contracts/clock.js'
import { direct } from '../demo/director.js'
import { fillGaps } from '../demo/gaps.js'
import { drillOfficers, type Officers } from '../demo/officers.js'
import type { CaseClass } from '../domain/entry.js'
import { instant, type PlainDate } from '../domain/words.js'
import { loadPolicy } from '../policies/load.js'
import type { Stack } from '../runtime/stack.js'
import { cast } from '../simulation/personas.js'
import type { Register } from './asked.js'
import { persistentDoor } from './door.js'
import { LANES } from './lanes.js'
import { randomFrom } from './random.js'
import { openSecondRound } from './second-round.js'

const OFFICE = { username: 'office', password: 'bihuan' } as const
const HEAD = { username: 'officehead', password: 'bihuan' } as const
const START = '2026-06-18' as PlainDate
/** Seconds until the drill's clock runs: everybody is in place by then. */
const LEAD_IN = 4
const SECOND_ROUND = 30

export type Staged = {
  readonly round: string
  readonly clock: Clock
  readonly officers: Officers
  /** Of the real office, for a real round. */
  readonly real: Session
}

/** A drill round with everybody in place, before anything dies. */
export const stage = async (
  { urls }: Stack,
  register: Register,
  seed: string,
  daysPerSecond: number,
): Promise<Staged> => {
  const loaded = await loadPlan({
    apiUrl: urls.api,
    issuer: urls.issuer,
    ...(await planWish(undefined, undefined)),
    session: await signIn({ issuer: urls.issuer, ...OFFICE }),
    drill: { daysPerSecond, start: START, beginsInSeconds: LEAD_IN },
  })
  if (!loaded.drill) throw new Error('演练没有建立起来')
  const door = persistentDoor(urls.api, register, randomFrom(`${seed}/patience`))
  const officers = drillOfficers(urls.issuer, loaded.drill, door)
  await officers.signInAll()
  const office = await officers.doorOf(`office@${loaded.round}`)
  await fillGaps(office, loaded.round, loaded.drill.officers, START)
  const real = await signIn({ issuer: urls.issuer, ...HEAD })
  return { round: loaded.round, clock: { kind: 'drill', ...loaded.drill.clock }, officers, real }
}

/** Everybody works until it is over; resolves when the last of them has an answer. */
export const work = async (
  { urls }: Stack,
  { round, clock, officers, real }: Staged,
  {
    register,
    seed,
    isOver,
  }: { readonly register: Register; readonly seed: string; readonly isOver: () => boolean },
): Promise<void> => {
  const office = await officers.doorOf(`office@${round}`)
  const chair = { seat: 'responsible-unit', person: null }
  const { cases } = await office.get<{
    cases: readonly { id: string; class: CaseClass | null; units: readonly string[] }[]
  }>(`/cases?round=${round}&limit=500`)
  const unit = cases.find(({ units }) => units.length > 0)?.units[0] ?? ''
  const lane = {
    ...{ round, office, unit, isOver },
    head: await officers.doorOf(`discipline@${round}`),
    clerk: await officers.doorOf(officers.inChair({ ...chair, unit }) ?? `office@${round}`),
    now: () => roundTime(clock, instant(Date.now())),
  }
  const { policy } = loadPolicy('sample')
  await Promise.all([
    direct({
      ...{ round, office, officers, policy, clock, isOver },
      personas: cast(cases.flatMap(({ id, class: kind }) => (kind ? [{ id, class: kind }] : []))),
      heard: () => undefined,
      // Answers are kept at the door; what an officer did not expect in such a storm is nothing to report.
      unexpected: () => undefined,
    }),
    ...LANES.map((run, index) => run({ ...lane, random: randomFrom(`${seed}/lane ${index}`) })),
    pause(2_000).then(() =>
      openSecondRound(persistentDoor(urls.api, register, randomFrom(`${seed}/second`))(real), SECOND_ROUND),
    ),
  ])
}
