import { z } from 'zod'
import type { CaseRow } from '../../db/queries/cases.js'
import type { Rules } from '../../domain/context.js'
import type { CaseKind, LedgerRecord, LedgerState } from '../../domain/decider-types.js'
import { CLASS_TITLES } from '../../domain/entry.js'
import { CASE_KINDS, KIND_TITLES, kindOf } from '../../domain/kinds/registry.js'
import { SEAT_TITLES } from '../../domain/parties.js'
import { tell, tellAuthor } from '../../domain/tell.js'
import type { CaseId } from '../../domain/words.js'

/** A phase of any kind of case, in words. */
export const titleOfPhase = (kind: CaseKind, phase: string): string =>
  (kindOf(kind).phases as Readonly<Record<string, string>>)[phase] ?? phase

/** How an act of this kind of case is called. */
export const titleOfAct = (kind: CaseKind, act: string): string =>
  (kindOf(kind).commands as Readonly<Record<string, string>>)[act] ?? act

export const hrefOf = (id: CaseId): string => `/cases/${id}`

/** A case as one line of the ledger. */
export const caseLine = z
  .object({
    id: z.string().meta({ example: 'jinan-2018/041' }),
    href: z.string(),
    kind: z.enum(CASE_KINDS as [CaseKind, ...CaseKind[]]),
    kindTitle: z.string().meta({ example: '整改事项' }),
    round: z.string(),
    n: z.int(),
    phase: z.string(),
    phaseTitle: z.string().meta({ example: '整改中' }),
    class: z.string().nullable(),
    classTitle: z.string().nullable(),
    text: z.string(),
    units: z.array(z.string()),
    leadUnit: z.string().nullable(),
    cooperatingUnits: z.array(z.string()),
    supervisingUnit: z.string().nullable(),
    caseLeader: z.string().nullable(),
    source: z.string().nullable(),
    due: z.string().nullable(),
    dueNote: z.string().nullable().meta({ description: '没有期限的,为什么', example: '交办后起算' }),
    originalDue: z.string().nullable(),
    overdueSince: z.string().nullable(),
    claimed: z.int().meta({ description: '责任单位自报进度,百分之几' }),
    verified: z.int().meta({ description: '经核实的进度,百分之几' }),
    pace: z.string().nullable(),
    rectificationRound: z.int(),
    closingRound: z.int(),
    closingStep: z.string().nullable(),
    turn: z.string().nullable().meta({ description: '现在轮到谁' }),
    rung: z.string().nullable(),
    returnsMissed: z.int(),
    nextMoment: z.string().nullable(),
    events: z.int().meta({ description: '记录已有多少条' }),
  })
  .meta({ id: 'CaseLine' })

/** Why no day stands there; null where one does, or nothing is to be said. */
const dueNoteOf = ({ kind, due, handedOverAt, class: of }: CaseRow): string | null => {
  if (kind !== 'problem' || due !== null) return null
  if (handedOverAt === null) return '交办后起算'
  return of === 'long-term' ? CLASS_TITLES[of] : null
}

export const lineOf = (row: CaseRow): z.infer<typeof caseLine> => ({
  id: row.id,
  href: hrefOf(row.id),
  kind: row.kind,
  kindTitle: KIND_TITLES[row.kind],
  round: row.round,
  n: row.n,
  phase: row.phase,
  phaseTitle: titleOfPhase(row.kind, row.phase),
  class: row.class,
  classTitle: row.class && CLASS_TITLES[row.class],
  text: row.text,
  units: [...row.units],
  leadUnit: row.leadUnit,
  cooperatingUnits: [...row.cooperatingUnits],
  supervisingUnit: row.supervisingUnit,
  caseLeader: row.caseLeader,
  source: row.sourceName,
  due: row.due,
  dueNote: dueNoteOf(row),
  originalDue: row.originalDue,
  overdueSince: row.overdueSince,
  claimed: row.claimed,
  verified: row.verified,
  pace: row.pace,
  rectificationRound: row.rectificationRound,
  closingRound: row.closingRound,
  closingStep: row.closingStep,
  turn: row.turn,
  rung: row.rung,
  returnsMissed: row.returnsMissed,
  nextMoment: row.nextMoment,
  events: row.headSeq,
})

export const eventView = z
  .object({
    seq: z.int(),
    at: z.string(),
    type: z.string(),
    told: z.string().meta({ description: '一句话', example: '报送7月6日调度,进度 40%' }),
    author: z.string().meta({ example: '市环保局经办人' }),
    by: z.looseObject({ kind: z.string() }),
    event: z.looseObject({ type: z.string() }),
    command: z.string().optional(),
    prev: z.string(),
    hash: z.string(),
  })
  .meta({ id: 'Event' })

export const eventOf = ({
  seq,
  at,
  by,
  event,
  command,
  prev,
  hash,
}: LedgerRecord): z.infer<typeof eventView> => ({
  seq,
  at,
  type: event.type,
  told: tell(event),
  author: tellAuthor(by),
  by: { ...by },
  event: { ...event },
  ...(command !== undefined && { command }),
  prev,
  hash,
})

/** A case named beside another. */
export const namedOf = ({ id, kind, text }: CaseRow) => ({
  id,
  href: hrefOf(id),
  kindTitle: KIND_TITLES[kind],
  text,
})

/** Where a case stands, in a few words. */
export const summaryView = z
  .object({
    phase: z.string(),
    phaseTitle: z.string(),
    at: z.string(),
    due: z.string().optional(),
    overdue: z.boolean(),
    seal: z.string().optional().meta({ description: '材料的哈希,签署时作为 saw 报送' }),
    closing: z.object({ round: z.int(), step: z.int() }).optional(),
  })
  .meta({ id: 'CaseSummary' })

export const summaryOf = ({ kind, state }: LedgerState): z.infer<typeof summaryView> => {
  const common = { phase: state.phase, phaseTitle: titleOfPhase(kind, state.phase), at: state.at }
  if (kind !== 'problem') return { ...common, overdue: false }
  const { deadline, closing, seal } = state
  return {
    ...common,
    ...(deadline?.due !== undefined && { due: deadline.due }),
    overdue: (deadline?.overdue.length ?? 0) > 0,
    seal,
    ...(closing && { closing: { round: closing.number, step: closing.step } }),
  }
}

/** What became of a command. */
export const doneView = z
  .object({
    caseId: z.string(),
    from: z.int(),
    to: z.int(),
    events: z.array(eventView),
    state: summaryView,
  })
  .meta({ id: 'Done' })

export const pendingView = z
  .object({ status: z.literal('pending'), href: z.string().meta({ description: '稍后到这里查询结果' }) })
  .meta({ id: 'Pending' })

const chainStep = z
  .object({
    id: z.string(),
    title: z.string(),
    who: z.string().nullable().meta({ description: '由谁办' }),
    standing: z.enum(['done', 'now', 'to-come']),
    signed: z.array(z.object({ name: z.string(), at: z.string() })),
  })
  .meta({ id: 'ChainStep' })

/** The closing chain of a case's rules, and how far this case has come in it. */
export const chainOf = ({ policy }: Rules, { kind, state }: LedgerState): z.infer<typeof chainStep>[] => {
  if (kind !== 'problem') return []
  const { closing, phase } = state
  const now = phase === 'closed' || phase === 'archived' ? policy.closing.chain.length : (closing?.step ?? -1)
  return policy.closing.chain.map((step, place) => ({
    id: step.id,
    title: step.title,
    who: step.kind === 'sign-off' ? SEAT_TITLES[step.by] : null,
    standing: place < now ? 'done' : place === now ? 'now' : 'to-come',
    signed: (closing?.signOffs ?? []).flatMap((sign) =>
      sign.step === step.id ? [{ name: sign.name, at: sign.at }] : [],
    ),
  }))
}

/** All there is of a case, for those who may read it whole. `state` is what its events made it. */
export const caseWhole = z
  .object({
    ...caseLine.shape,
    reading: z.literal('whole'),
    state: z.looseObject({ phase: z.string() }),
    origin: z
      .object({ id: z.string(), href: z.string(), kindTitle: z.string(), text: z.string() })
      .nullable()
      .meta({ description: '由哪一件产生或关联到哪一件;没有,或者您无权查看那一件时为空' }),
    chain: z.array(chainStep).meta({ description: '销号各环节,依次' }),
    closingStepId: z.string().nullable().meta({ description: '签署时作为 step 报送' }),
    todos: z.array(
      z.object({
        act: z.string(),
        title: z.string(),
        seat: z.string(),
        unit: z.string().nullable(),
        person: z.string().nullable(),
        due: z.string().nullable(),
      }),
    ),
    returns: z.array(z.looseObject({ period: z.string() })),
    signOffs: z.array(z.looseObject({ step: z.string() })),
    rungs: z.array(z.looseObject({ rung: z.string() })),
    links: z.object({
      events: z.string(),
      papers: z.string(),
      acts: z.string(),
      commands: z.string(),
      engine: z.string().optional().meta({ description: 'Temporal 页面上的这件案件,只给整改办' }),
    }),
  })
  .meta({ id: 'CaseWhole' })

/** What is posted of a case during its public notice; nothing else of it. */
export const casePublic = z
  .object({
    reading: z.literal('public'),
    id: z.string(),
    text: z.string(),
    units: z.array(z.string()),
    postedOn: z.string().nullable(),
    until: z.string().nullable(),
  })
  .meta({ id: 'CasePublic' })

/** @returns undefined for what is not on notice. */
export const publicOf = ({ kind, state }: LedgerState): z.infer<typeof casePublic> | undefined => {
  if (kind !== 'problem') return undefined
  const { entry, closing } = state
  return {
    reading: 'public',
    id: state.id,
    text: entry.text,
    units: [...entry.units],
    postedOn: closing?.notice?.postedOn ?? null,
    until: closing?.notice?.until ?? null,
  }
}
