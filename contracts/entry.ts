import { z } from 'zod'
import { date, list, long, personId, short, unit } from './fields.js'

const deadline = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('immediate'), text: short }),
  z.strictObject({ kind: z.literal('by-date'), text: short, date }),
  z.strictObject({ kind: z.literal('long-term'), text: short }),
  z.strictObject({ kind: z.literal('mixed'), text: short }),
  z.strictObject({ kind: z.literal('unknown'), text: z.string().max(200) }),
])

export const officer = z.strictObject({ person: personId, name: short })

export const leaders = z.strictObject({
  municipal: officer.exactOptional(),
  county: officer.exactOptional(),
  department: officer.exactOptional(),
})

/** What the coordinator may correct of an entry; where it came from and its questions are not among them. */
const amendable = {
  section: list(short, 10),
  text: z.string().min(1).max(20_000),
  units: list(unit, 300),
  persons: list(short, 300),
  deadline,
  nodes: list(z.strictObject({ text: long, date })),
  duties: list(z.strictObject({ text: long, period: z.string().max(20), bodies: list(short) })),
  target: long.exactOptional(),
  measures: z.string().min(1).max(20_000).exactOptional(),
  leadUnits: list(unit, 20),
  cooperatingUnits: list(unit),
  supervisingUnit: unit.exactOptional(),
  leaders,
  officeSubstitute: unit.exactOptional(),
  area: short.exactOptional(),
  enterprise: short.exactOptional(),
  others: list(z.strictObject({ role: short, name: short }), 300),
  shutsWholeClass: z.strictObject({ reason: long, approvedBy: short }).exactOptional(),
}

const { section, text, units, persons, nodes, duties, leadUnits, cooperatingUnits, others } = amendable

/** What `amend-entry` changes: any field left out stays; `answered` strikes off questions by their text. */
export const entryPatch = z.strictObject({
  ...amendable,
  section: section.exactOptional(),
  text: text.exactOptional(),
  units: units.exactOptional(),
  persons: persons.exactOptional(),
  deadline: deadline.exactOptional(),
  nodes: nodes.exactOptional(),
  duties: duties.exactOptional(),
  leadUnits: leadUnits.exactOptional(),
  cooperatingUnits: cooperatingUnits.exactOptional(),
  leaders: leaders.exactOptional(),
  others: others.exactOptional(),
  answered: list(long).exactOptional(),
})
