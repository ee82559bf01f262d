import { randomBytes } from 'node:crypto'
import type { Appointment, Officer } from '../../db/register.js'
import type { NamedOfficer } from '../../domain/entry.js'
import type { Post } from '../../domain/parties.js'
import { drillOfficer } from '../../domain/people/drill.js'
import type { PersonId, PlainDate, RoundId, UnitName } from '../../domain/words.js'
import { hashPassword, RANDOM_COST } from '../issuer/password.js'

/** An officer made for a drill, as told to whoever opened it. */
export type DrillOfficer = { readonly person: PersonId; readonly name: string; readonly post: Post }

export type DrillStaff = {
  readonly officers: readonly DrillOfficer[]
  /** A leader for a name the plan writes, or for an entry that names none. */
  readonly leader: (name: string) => NamedOfficer
  readonly leaderFor: (n: number) => NamedOfficer
}

/** Leaders standing in where the plan names nobody. */
const STAND_INS = 6

const two = (n: number): string => String(n).padStart(2, '0')

/**
 * An officer for every seat of a drill: the city's, two for each unit, a leader for each name. Their sign-in names end in
 * the round's id (`office@jinan-2018`), and outside that round they hold nothing.
 */
export const drillStaff = (
  round: RoundId,
  units: readonly UnitName[],
  leaders: readonly string[],
): DrillStaff => {
  const person = (name: string): PersonId => drillOfficer(name, round)
  const city: readonly DrillOfficer[] = [
    { person: person('office'), name: '演练整改办', post: { role: 'coordinator' } },
    { person: person('officehead'), name: '演练整改办主任', post: { role: 'office-head' } },
    { person: person('secretary'), name: '演练书记', post: { role: 'secretary' } },
    { person: person('mayor'), name: '演练市长', post: { role: 'mayor' } },
    { person: person('deputy1'), name: '演练市委副秘书长', post: { role: 'deputy-secretary-general' } },
    { person: person('deputy2'), name: '演练市政府副秘书长', post: { role: 'deputy-secretary-general' } },
    { person: person('discipline'), name: '演练纪检监察', post: { role: 'discipline' } },
    { person: person('observer'), name: '演练监督员', post: { role: 'observer' } },
  ]
  const ofUnits = units.flatMap((unit, index): readonly DrillOfficer[] => [
    {
      person: person(`u${two(index + 1)}`),
      name: `${unit}经办人`,
      post: { role: 'unit-clerk', unit },
    },
    {
      person: person(`u${two(index + 1)}h`),
      name: `${unit}主要负责人`,
      post: { role: 'unit-head', unit },
    },
  ])
  const named = new Map<string, NamedOfficer>(
    [...new Set(leaders)].map((name, index) => [name, { person: person(`leader${two(index + 1)}`), name }]),
  )
  const standIns = Array.from(
    { length: STAND_INS },
    (_, index): NamedOfficer => ({
      person: person(`standin${two(index + 1)}`),
      name: `演练市领导${index + 1}`,
    }),
  )
  const leading = [...named.values(), ...standIns].map(
    (officer): DrillOfficer => ({ ...officer, post: { role: 'leader' } }),
  )
  const standIn = (n: number): NamedOfficer => {
    const found = standIns[n % STAND_INS]
    if (!found) throw new RangeError(`no stand-in for ${n}`)
    return found
  }
  return {
    officers: [...city, ...ofUnits, ...leading],
    leader: (name) => named.get(name) ?? standIn(0),
    leaderFor: standIn,
  }
}

/** Rows for the register: one password for all of a drill's officers, told once. */
export const enrolled = async (
  { officers }: DrillStaff,
  from: PlainDate,
): Promise<{
  readonly password: string
  readonly people: readonly Officer[]
  readonly appointments: readonly Appointment[]
}> => {
  const password = randomBytes(9).toString('base64url')
  const hash = await hashPassword(password, RANDOM_COST)
  return {
    password,
    people: officers.map((officer) => ({ person: officer.person, name: officer.name, password: hash })),
    appointments: officers.map(({ person, post }) => ({ person, post, from })),
  }
}
