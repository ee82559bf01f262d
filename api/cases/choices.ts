import type { CommandBody } from '../../contracts/commands.js'
import { areas } from '../../db/areas.js'
import type { Db } from '../../db/connect.js'
import type { LedgerFilter } from '../../db/queries/ledger.js'
import { ledgerPage } from '../../db/queries/ledger-page.js'
import { officersOn, units } from '../../db/register.js'
import { dateOf } from '../../domain/calendar/dates.js'
import type { Opening } from '../../domain/decider-types.js'
import { type Actor, ROLE_TITLES } from '../../domain/parties.js'
import type { RoundId } from '../../domain/words.js'
import { worldNow } from '../clock.js'
import { isAllowed, scopeOf, within } from '../permission.js'
import type { ActForm } from './form.js'

/** Lists that are not the case's own: of the register, and of the round's cases. */
type Source = 'units' | 'areas' | 'people' | 'problems' | 'petitions'

type Choices = ActForm['choices'][string]

/** Which field of which command names something of which list. */
const CHOSEN: Readonly<
  Partial<Record<CommandBody['type'] | Opening['type'], Readonly<Record<string, Source>>>>
> = {
  'receive-petition': { area: 'areas' },
  'register-instruction': { units: 'units', problem: 'problems' },
  'order-inspection': {
    'subjects.cases': 'problems',
    'subjects.units': 'units',
    'subjects.areas': 'areas',
    'team.person': 'people',
  },
  'report-opinion': { area: 'areas' },
  'propose-consequence': { unit: 'units', problem: 'problems' },
  'amend-entry': {
    'patch.units': 'units',
    'patch.leadUnits': 'units',
    'patch.cooperatingUnits': 'units',
    'patch.supervisingUnit': 'units',
    'patch.officeSubstitute': 'units',
  },
  'assign-petition': { unit: 'units' },
  'link-petition': { problem: 'problems' },
  'merge-petition': { into: 'petitions' },
  'assign-opinion': { units: 'units' },
  'record-result': { 'findings.unit': 'units' },
  'change-team': { 'team.person': 'people' },
  delegate: { to: 'people' },
  transfer: { to: 'units' },
}

/** More than that nobody looks through: then it is written. */
const MOST = 500
const LONGEST_TITLE = 40

const named = (name: string): Choices[number] => ({ value: name, title: name })

const casesOf = async (db: Db, filter: LedgerFilter): Promise<Choices> =>
  (await ledgerPage(db, filter, { limit: MOST + 1 })).rows.map(({ id, text }) => ({
    value: id,
    title: `${id.slice(id.indexOf('/') + 1)} ${text.slice(0, LONGEST_TITLE)}`,
  }))

const LISTS: Readonly<Record<Source, (db: Db, actor: Actor, round: RoundId) => Promise<Choices>>> = {
  units: async (db) => (await units(db)).map(({ name }) => named(name)),
  areas: async (db) => (await areas(db)).map(({ name }) => named(name)),
  people: async (db) =>
    (await officersOn(db, dateOf(worldNow())))
      .filter(({ active }) => active)
      .map(({ person, name, posts }) => ({
        value: person,
        title: `${name} ${posts.map(({ role, unit }) => unit ?? ROLE_TITLES[role]).join('、')}`.trim(),
      })),
  problems: (db, actor, round) => casesOf(db, within(scopeOf(actor), { round, kind: 'problem' })),
  petitions: (db, actor, round) => casesOf(db, within(scopeOf(actor), { round, kind: 'petition' })),
}

const sourcesOf = (act: string): readonly (readonly [path: string, source: Source])[] =>
  Object.entries((CHOSEN as Readonly<Record<string, Readonly<Record<string, Source>>>>)[act] ?? {})

/**
 * Acts whose forms say what may be chosen from the register and the ledger, for whoever may read the register; others write the
 * names, as they stand on paper.
 */
export const withListed = async <A extends { readonly act: string; readonly form?: ActForm | undefined }>(
  db: Db,
  { actor, round }: { readonly actor: Actor; readonly round: RoundId },
  acts: readonly A[],
): Promise<readonly A[]> => {
  if (!isAllowed(actor, 'read-register')) return acts
  const wanted = new Set(
    acts.flatMap(({ act, form }) => (form ? sourcesOf(act) : [])).map(([, source]) => source),
  )
  const found = await Promise.all(
    [...wanted].map(async (source) => [source, await LISTS[source](db, actor, round)] as const),
  )
  const lists = new Map(found.filter(([, list]) => list.length > 0 && list.length <= MOST))
  const listed = (act: string): ActForm['choices'] =>
    Object.fromEntries(
      sourcesOf(act).flatMap(([path, source]) => {
        const list = lists.get(source)
        return list ? [[path, list] as const] : []
      }),
    )
  return acts.map((one) =>
    one.form ? { ...one, form: { ...one.form, choices: { ...listed(one.act), ...one.form.choices } } } : one,
  )
}
