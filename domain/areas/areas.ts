import type { Entry } from '../entry.js'
import type { PersonId, UnitName } from '../words.js'

/** An area as the register has it, with the bodies a plan means by its 党委 and its 政府. */
export type KnownArea = {
  readonly name: string
  readonly level: 'county' | 'town'
  readonly parent: string | null
  readonly party: UnitName | null
  readonly government: UnitName | null
}

const partyOf = ({ name, party }: KnownArea): UnitName => party ?? (`${name}党委` as UnitName)
const governmentOf = ({ name, government }: KnownArea): UnitName => government ?? (`${name}政府` as UnitName)

/** 各县区、各县(市、区)、各旗县区…: every county-level area of the register, with what is said of it. */
const EVERY_AREA = /^(?:全市)?各(?:县(?:[((]?市[、,,]?区[))]?|市区|区)|区县|旗县区|县市区|区|县)(.*)$/

const PARTY = /^(?:党委|区委|县委|委|党工委)/
const GOVERNMENT = /^(?:人民政府|政府|管委会)/

/** Which of an area's bodies a phrase means, and what is left of it: 党委主要负责人 is the party committee's head. */
const bodiesSaid = (area: KnownArea, phrase: string): readonly string[] => {
  const party = PARTY.exec(phrase)?.[0]
  if (party !== undefined) return [`${partyOf(area)}${phrase.slice(party.length)}`]
  const government = GOVERNMENT.exec(phrase)?.[0]
  if (government !== undefined) return [`${governmentOf(area)}${phrase.slice(government.length)}`]
  return phrase === '' ? [partyOf(area), governmentOf(area)] : []
}

/** A name that means every county stands for each of them; a name the register cannot expand stays as it is (JN-03). */
const expanded = (areas: readonly KnownArea[], name: string): readonly string[] => {
  const said = EVERY_AREA.exec(name)?.[1]
  if (said === undefined) return [name]
  const bodies = areas.filter(({ level }) => level === 'county').flatMap((area) => bodiesSaid(area, said))
  return bodies.length > 0 ? bodies : [name]
}

const each = (areas: readonly KnownArea[], names: readonly string[]): readonly string[] => [
  ...new Set(names.flatMap((name) => expanded(areas, name))),
]

/** 各县区党委、政府 becomes the bodies of the register's areas, in units and in responsible persons alike (JN-03). */
export const expandAreas = <Named extends Partial<Pick<Entry, Expanded>>>(
  areas: readonly KnownArea[],
  named: Named,
): Named => ({
  ...named,
  ...Object.fromEntries(
    EXPANDED.flatMap((field) => {
      const names = named[field]
      return names === undefined || areas.length === 0 ? [] : [[field, each(areas, names)]]
    }),
  ),
})

const EXPANDED = ['units', 'persons', 'leadUnits', 'cooperatingUnits'] as const
type Expanded = (typeof EXPANDED)[number]

/** The area whose body answers for an entry; undefined when none does, or bodies of several do. */
export const placeOf = (
  areas: readonly KnownArea[],
  areaOfUnit: (unit: UnitName) => string | undefined,
  { area, units }: Entry,
): string | undefined => {
  if (area !== undefined) return area
  const found = new Set(
    units.map(
      (unit) =>
        areaOfUnit(unit) ?? areas.find((one) => partyOf(one) === unit || governmentOf(one) === unit)?.name,
    ),
  )
  const [only, ...others] = [...found].filter((one) => one !== undefined)
  return others.length === 0 ? only : undefined
}

/** Whoever is attached to the place, or to the area above it (HH-07). */
export const leaderOfPlace = <L extends { readonly person: PersonId }>(
  areas: readonly KnownArea[],
  attached: ReadonlyMap<string, L>,
  place: string,
): L | undefined => {
  const parent = areas.find(({ name }) => name === place)?.parent
  return attached.get(place) ?? (parent ? leaderOfPlace(areas, attached, parent) : undefined)
}
