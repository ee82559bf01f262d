import { parseDocument } from 'yaml'
import { z } from 'zod'
import { type CommandBody, commandBody } from '../contracts/commands.js'
import { complaint } from '../contracts/complaints.js'
import { date, list, long, short, unit } from '../contracts/fields.js'
import { openingBody } from '../contracts/openings.js'
import { addDays } from '../domain/calendar/dates.js'
import type { Source } from '../domain/case/commands.js'
import { type Opening } from '../domain/decider-types.js'
import type { Entry } from '../domain/entry.js'
import { SEAT_TITLES, type Seat } from '../domain/parties.js'
import type { PersonId, PlainDate, UnitName } from '../domain/words.js'
import type { Persona } from './personas.js'

/** 勤勉、拖延、沉默、弄虚作假: how the responsible side of a case behaves; everybody else does their work. */
export const HABITS: Readonly<Record<string, Persona>> = {
  勤勉: 'diligent',
  拖延: 'late',
  沉默: 'silent',
  弄虚作假: 'dishonest',
  约谈后行动: 'awakened',
  退回一次: 'refused',
  延期: 'extending',
  反弹: 'rebounding',
}
const habit = z.enum(['none', ...Object.keys(HABITS)])

const SEATS: ReadonlyMap<string, Seat> = new Map(
  Object.entries(SEAT_TITLES).flatMap(([seat, title]) => [
    [seat, seat as Seat],
    [title, seat as Seat],
  ]),
)
const seat = z
  .string()
  .refine((text) => SEATS.has(text), `应为席位:${Object.values(SEAT_TITLES).join('、')}`)
  .transform((text) => SEATS.get(text) as Seat)

const time = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, '应为时刻,如 10:00')
  .default('10:00')

/** `{ type: sign, … }`, or the bare type of a command that asks for nothing more. */
const act = z
  .union([z.string().transform((type) => ({ type })), z.looseObject({ type: z.string() })])
  .pipe(commandBody)

const once = z.strictObject({ on: date, at: time, by: seat, unit: unit.optional(), do: act })
const again = z.strictObject({
  every: z.enum(['day', 'week', 'month']),
  from: date,
  until: date,
  at: time,
  by: seat,
  unit: unit.optional(),
  do: act,
})

const deadline = z
  .union([
    date.transform((day) => ({ kind: 'by-date' as const, text: day, date: day })),
    z.literal('立行立改'),
    z.literal('长期坚持'),
    z.literal('立行立改、长期坚持'),
  ])
  .transform((read): Entry['deadline'] =>
    typeof read !== 'string'
      ? read
      : read === '立行立改'
        ? { kind: 'immediate', text: read }
        : read === '长期坚持'
          ? { kind: 'long-term', text: read }
          : { kind: 'mixed', text: read },
  )

const node = z.strictObject({ text: long, date })

const problem = z.strictObject({
  text: long,
  count: z.int().min(1).max(5_000).default(1),
  units: list(unit, 20).min(1),
  deadline,
  nodes: list(node).default([]),
  leadUnit: unit.default('市生态环境局' as UnitName),
  cooperatingUnits: list(unit).default(['市水利局' as UnitName]),
  supervisingUnit: unit.default('市住建局' as UnitName),
  source: z
    .strictObject({ name: short, level: z.enum(['central', 'provincial', 'municipal', 'county']) })
    .default({ name: '省生态环境保护督察', level: 'provincial' }),
  handedOver: date.optional(),
  habit: habit.default('勤勉'),
  clue: z.enum(['移交', '不移交']).default('不移交'),
  acts: list(z.union([once, again]), 2_000).default([]),
})

const other = z.strictObject({
  open: openingBody,
  on: date,
  at: time,
  by: seat,
  count: z.int().min(1).max(5_000).default(1),
  habit: z.enum(['勤勉', 'none']).default('勤勉'),
  acts: list(z.union([once, again]), 2_000).default([]),
})

const scenario = z.strictObject({
  scenario: short,
  policy: short,
  round: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,40}$/, '轮次编号由小写字母、数字和 - 组成')
    .default('drill'),
  start: date,
  until: date,
  cases: list(z.union([problem, other]), 2_000).min(1),
})

/** One act of one person on one day and hour. */
export type ScriptedAct = {
  readonly on: PlainDate
  readonly at: string
  readonly by: Seat
  readonly unit?: UnitName
  readonly do: CommandBody
}

export type ScenarioCase =
  | {
      readonly kind: 'problem'
      readonly entry: Entry
      readonly source: Source
      readonly handedOver: PlainDate | undefined
      readonly persona: Persona | 'none'
      /** What the case leader makes of a clue for accountability. */
      readonly clue: 'refer' | 'dismiss'
      readonly acts: readonly ScriptedAct[]
    }
  | {
      readonly kind: 'opened'
      readonly opening: Opening
      readonly on: PlainDate
      readonly at: string
      readonly by: Seat
      readonly persona: Persona | 'none'
      readonly acts: readonly ScriptedAct[]
    }

export type Scenario = {
  readonly title: string
  readonly policy: string
  readonly round: string
  readonly start: PlainDate
  readonly until: PlainDate
  readonly cases: readonly ScenarioCase[]
}

/** A scenario that cannot be played; one line a fault, with its place in the file. */
export class UnfitScenario extends Error {
  override readonly name = 'UnfitScenario'
  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'))
  }
}

const STEP_DAYS = { day: 1, week: 7, month: 30 } as const

const spread = (acts: z.output<typeof problem>['acts']): readonly ScriptedAct[] =>
  acts.flatMap((one): readonly ScriptedAct[] => {
    const common = { at: one.at, by: one.by, do: one.do, ...(one.unit !== undefined && { unit: one.unit }) }
    if ('on' in one) return [{ ...common, on: one.on }]
    const days: PlainDate[] = []
    for (let day = one.from; day <= one.until; day = addDays(day, STEP_DAYS[one.every])) days.push(day)
    return days.map((on) => ({ ...common, on }))
  })

const entryOf = (read: z.output<typeof problem>, n: number): Entry => ({
  n,
  lines: [1, 1],
  section: [],
  text: read.text,
  units: read.units,
  persons: read.units.map((name) => `${name}主要负责人`),
  deadline: read.deadline,
  nodes: read.nodes,
  duties: [],
  target: `完成整改:${read.text}`,
  measures: '按整改方案落实',
  leadUnits: [read.leadUnit],
  cooperatingUnits: read.cooperatingUnits,
  supervisingUnit: read.supervisingUnit,
  leaders: {
    municipal: { person: 'leader' as PersonId, name: '包案领导' },
    county: { person: 'county' as PersonId, name: '牵头县级领导' },
    department: { person: 'department' as PersonId, name: '部门负责领导' },
  },
  others: [],
  questions: [],
})

const personaOf = (name: string): Persona | 'none' => HABITS[name] ?? 'none'

const casesOf = (read: z.output<typeof scenario>): readonly ScenarioCase[] => {
  const cases: ScenarioCase[] = []
  for (const one of read.cases) {
    for (let copy = 0; copy < one.count; copy += 1) {
      const acts = spread(one.acts)
      if ('open' in one) {
        const { open: opening, on, at, by } = one
        cases.push({ kind: 'opened', opening, on, at, by, persona: personaOf(one.habit), acts })
      } else {
        const n = cases.filter(({ kind }) => kind === 'problem').length + 1
        cases.push({
          kind: 'problem',
          entry: entryOf(one, n),
          source: one.source,
          handedOver: one.handedOver,
          persona: personaOf(one.habit),
          clue: one.clue === '移交' ? 'refer' : 'dismiss',
          acts,
        })
      }
    }
  }
  return cases
}

/** @throws UnfitScenario with every fault and its line. */
export const readScenario = (text: string): Scenario => {
  const document = parseDocument(text)
  const at = (path: readonly PropertyKey[]): string => {
    for (let length = path.length; length > 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true) as { range?: readonly number[] } | undefined
      const from = node?.range?.[0]
      if (from !== undefined) return `第 ${text.slice(0, from).split('\n').length} 行`
    }
    return '第 1 行'
  }
  if (document.errors.length > 0)
    throw new UnfitScenario(
      document.errors.map(({ pos }) => `第 ${text.slice(0, pos[0]).split('\n').length} 行:不是 YAML 的写法`),
    )
  const read = scenario.safeParse(document.toJS(), { error: complaint })
  if (!read.success)
    throw new UnfitScenario(
      read.error.issues.map(({ path, message }) => `${at(path)} ${path.map(String).join('.')}:${message}`),
    )
  if (read.data.until < read.data.start) throw new UnfitScenario([`${at(['until'])} until:早于 start`])
  const { scenario: title, policy, round, start, until } = read.data
  return { title, policy, round, start, until, cases: casesOf(read.data) }
}
