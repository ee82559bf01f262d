import { dateOf, endOfDay } from '../calendar/dates.js'
import { dueWithin } from '../calendar/deadlines.js'
import type { Rules } from '../context.js'
import { draw, populationHash } from '../draw/draw.js'
import type { OwnEvent } from '../kinds/kind.js'
import { type Given, type LightMoment, type LightReaction, lightKind } from '../kinds/light.js'
import { type Author, OFFICE } from '../parties.js'
import type { InspectionRules } from '../policy.js'
import { firstRefusal, isRefusal, never, type Refusal, refuse } from '../refusal.js'
import type { CaseId, PersonId, UnitName } from '../words.js'
import { assessorRefusal, teamRefusal } from './team.js'
import {
  type Finding,
  FORM_TITLES,
  type InspectionCommand,
  type InspectionEvent,
  type InspectionOpening,
  type InspectionPhase,
  type InspectionState,
  type Subjects,
} from './types.js'

export const INSPECTION_TITLES: Readonly<
  Record<InspectionOpening['type'] | InspectionCommand['type'], string>
> = {
  'order-inspection': '部署督查检查',
  'draw-sample': '抽取样本',
  'change-team': '调整督查组',
  'record-result': '报送督查结果',
  'follow-finding': '报送整改落实情况',
  'confirm-finding': '核定落实情况',
  'record-campaign-result': '登记回头看结果',
  'end-inspection': '办结',
}

type Own = OwnEvent<InspectionEvent>

const ruleOf = ({ policy }: Rules): InspectionRules | Refusal =>
  policy.inspections ?? refuse('conflict', 'HY-03', '本市规则没有写督查检查的期限,请先补充规则')

/** 书记、县(区)长 of an area order inspections of that area; those of the city, of all (GN-08). */
const beyondArea = (by: Author, { areas }: Subjects): Refusal | undefined => {
  if (by.kind !== 'person' || (by.role !== 'secretary' && by.role !== 'mayor')) return undefined
  const { unit } = by
  return unit === undefined || (areas.length > 0 && areas.every((area) => area === String(unit)))
    ? undefined
    : refuse('forbidden', 'GN-08', `${unit}的领导只能部署对本县区的督查`)
}

const open = (rules: Rules, { command, by, at }: Given<InspectionOpening>): readonly Own[] | Refusal => {
  const rule = ruleOf(rules)
  if (isRefusal(rule)) return rule
  const { type: _type, caseId: _caseId, ...what } = command
  const { form, subjects, team, assessor, until } = what
  const refusal = firstRefusal(
    beyondArea(by, subjects),
    (form === 'random' || form === 'campaign') && subjects.cases.length === 0
      ? refuse('invalid', form === 'random' ? 'JN-11' : 'YZ-16', `${FORM_TITLES[form]}没有可查的事项`)
      : undefined,
    subjects.cases.length + subjects.units.length + subjects.areas.length === 0
      ? refuse('invalid', 'HY-03', '请写明查什么:事项、单位或县区')
      : undefined,
    until < dateOf(at) ? refuse('invalid', 'HY-03', '报送结果的期限已经过去') : undefined,
    teamRefusal(rules, form, subjects, team),
    assessorRefusal(form, subjects, assessor),
  )
  return refusal ?? [{ type: 'inspection-ordered', ...what }]
}

/** In which phases a command has its turn. */
const TURN: Readonly<Record<InspectionCommand['type'], readonly InspectionPhase[]>> = {
  'draw-sample': ['ordered'],
  'change-team': ['ordered', 'under-way'],
  'record-result': ['under-way'],
  'follow-finding': ['follow-up'],
  'confirm-finding': ['follow-up'],
  'record-campaign-result': ['under-way'],
  'end-inspection': ['under-way', 'follow-up'],
}

const answer = (
  rules: Rules,
  state: InspectionState,
  given: Given<InspectionCommand>,
): readonly Own[] | Refusal => {
  const { command, by, posts } = given
  if (command.type !== 'follow-finding' && posts.some(({ unit }) => isInspected(state, unit)))
    return refuse('forbidden', 'GN-08', `被查单位的人不得${INSPECTION_TITLES[command.type]}`)
  if (!TURN[command.type].includes(state.phase)) return outOfTurn(state, command.type)
  switch (command.type) {
    case 'draw-sample':
      return drawn(rules, state, { ...given, command })
    case 'change-team':
      return (
        firstRefusal(
          command.reason.trim() ? undefined : refuse('invalid', 'GN-07', '请写明调整的理由'),
          teamRefusal(rules, state.form, state.subjects, command.team),
        ) ?? [{ type: 'team-changed', team: command.team, reason: command.reason }]
      )
    case 'record-result':
      return recorded(rules, state, { ...given, command })
    case 'follow-finding': {
      const finding = state.findings[command.finding]
      if (!finding) return noSuchFinding(command.finding)
      if (finding.state !== 'open' && finding.state !== 'late')
        return refuse('out-of-turn', 'HY-03', '这个问题不在整改落实中')
      if (by.kind === 'person' && by.unit !== finding.unit)
        return refuse('forbidden', 'HY-03', `这个问题由${finding.unit ?? '责任单位'}落实`)
      return command.evidence.length === 0
        ? refuse('invalid', 'HY-03', '落实情况须附佐证材料')
        : [
            {
              type: 'finding-followed',
              finding: command.finding,
              result: command.result,
              evidence: command.evidence,
            },
          ]
    }
    case 'confirm-finding': {
      const finding = state.findings[command.finding]
      if (!finding) return noSuchFinding(command.finding)
      if (finding.state !== 'followed') return refuse('out-of-turn', 'HY-03', '责任单位还没有报送落实情况')
      return [
        {
          type: 'finding-confirmed',
          finding: command.finding,
          decision: command.decision,
          reason: command.reason,
        },
      ]
    }
    case 'record-campaign-result':
      return campaignResult(state, command)
    case 'end-inspection':
      return ended(state, command.conclusion)
    default:
      return never(command)
  }
}

const isInspected = ({ subjects, findings }: InspectionState, unit: UnitName | undefined): boolean =>
  unit !== undefined && (subjects.units.includes(unit) || findings.some((finding) => finding.unit === unit))

const noSuchFinding = (n: number): Refusal => refuse('not-found', 'HY-03', `没有第 ${n + 1} 个问题`)

/** 随机抽查 (JN-11): once, from a recorded seed, by somebody with no part in what is sampled (GN-08). */
const drawn = (
  rules: Rules,
  { subjects }: InspectionState,
  { command, by }: Given<Extract<InspectionCommand, { type: 'draw-sample' }>>,
): readonly Own[] | Refusal => {
  if (subjects.units.includes(rules.policy.office.unit) && by.kind === 'person' && OFFICE.includes(by.role))
    return refuse('forbidden', 'JN-17', '样本里有整改办自己负责的事项,请由纪检监察机关抽取')
  if (command.take > subjects.cases.length)
    return refuse('invalid', 'JN-11', `可抽的事项只有 ${subjects.cases.length} 件`)
  const { seed, take } = command
  return [
    {
      type: 'sample-drawn',
      seed,
      take,
      population: populationHash(subjects.cases),
      selected: draw(subjects.cases, seed, take),
    },
  ]
}

const isOfTeam = ({ team }: InspectionState, person: PersonId): boolean =>
  team.some((member) => member.person === person)

const recorded = (
  rules: Rules,
  state: InspectionState,
  { command, by, at }: Given<Extract<InspectionCommand, { type: 'record-result' }>>,
): readonly Own[] | Refusal => {
  if (state.form === 'campaign')
    return refuse('conflict', 'YZ-16', '回头看行动的结果由各事项的回头看逐件形成')
  if (by.kind === 'person' && !isOfTeam(state, by.person) && !OFFICE.includes(by.role))
    return refuse('forbidden', 'HY-03', '督查结果由督查组或整改办报送')
  const rule = ruleOf(rules)
  if (isRefusal(rule)) return rule
  const missing = missingSubject(state, command.findings)
  if (missing !== undefined) return refuse('invalid', 'JN-11', `样本 ${missing} 没有写检查情况`)
  const unowned = command.findings.find(({ gravity, unit }) => gravity === 'problem' && unit === undefined)
  if (unowned) return refuse('invalid', 'HY-03', `发现的问题须写明由谁整改:${unowned.text}`)
  const bare = command.findings.find(
    ({ gravity, evidence }) => gravity === 'problem' && evidence.length === 0,
  )
  if (bare) return refuse('invalid', 'HY-09', `发现的问题须附佐证材料:${bare.text}`)
  const usual = dueWithin(rules.calendar, dateOf(at), rule.followUp).date
  return [
    {
      type: 'result-recorded',
      summary: command.summary,
      findings: command.findings.map((finding) =>
        finding.gravity === 'fine' ? finding : { ...finding, due: finding.by ?? usual },
      ),
    },
  ]
}

/** Every case of a sample has its finding, also where all is well. */
const missingSubject = (
  { sample }: InspectionState,
  findings: readonly { readonly about: string }[],
): CaseId | undefined => sample?.selected.find((id) => !findings.some(({ about }) => about === id))

const campaignResult = (
  { form, subjects, results }: InspectionState,
  command: Extract<InspectionCommand, { type: 'record-campaign-result' }>,
): readonly Own[] | Refusal => {
  if (form !== 'campaign') return refuse('conflict', 'YZ-16', '只有回头看行动才逐件登记结果')
  if (!subjects.cases.includes(command.case))
    return refuse('not-found', 'YZ-16', `${command.case}不在这次行动之内`)
  if (results.some((one) => one.case === command.case))
    return refuse('conflict', 'YZ-16', `${command.case}已有结果`)
  const { type: _type, ...result } = command
  return [{ type: 'campaign-result-recorded', ...result }]
}

const ended = (state: InspectionState, conclusion: string): readonly Own[] | Refusal => {
  const { form, findings, subjects, results, phase } = state
  if (form === 'campaign') {
    const left = subjects.cases.length - results.length
    if (left > 0) return refuse('out-of-turn', 'YZ-16', `还有 ${left} 件没有回头看`)
  } else if (phase === 'under-way') {
    return refuse('out-of-turn', 'HY-03', '还没有报送结果,不能办结', {
      act: 'record-result',
      title: INSPECTION_TITLES['record-result'],
    })
  }
  const open = findings.filter(({ state: now }) => now !== 'settled' && now !== 'noted').length
  return open > 0
    ? refuse('out-of-turn', 'HY-03', `还有 ${open} 个问题没有落实`)
    : [{ type: 'inspection-ended', conclusion }]
}

const outOfTurn = ({ phase, form }: InspectionState, type: InspectionCommand['type']): Refusal => {
  if (phase === 'ended') return refuse('out-of-turn', 'HY-03', `这次${FORM_TITLES[form]}已经办结`)
  if (phase === 'ordered')
    return refuse('out-of-turn', 'JN-11', '须先抽取样本', {
      act: 'draw-sample',
      title: INSPECTION_TITLES['draw-sample'],
    })
  return refuse('out-of-turn', 'HY-03', `现在不能“${INSPECTION_TITLES[type]}”`)
}

const begin = (
  id: CaseId,
  { at, by, event }: { at: InspectionState['at']; by: Given<unknown>['by']; event: Own },
) => {
  if (event.type !== 'inspection-ordered') throw new TypeError(`${id}: ${event.type} before it was ordered`)
  const { type: _type, ...what } = event
  const state: InspectionState = {
    ...what,
    id,
    at,
    openedAt: at,
    phase: what.form === 'random' ? 'ordered' : 'under-way',
    findings: [],
    results: [],
    late: 'in-time',
    recent: [],
    ...(by.kind === 'person' && { orderedBy: by.person }),
  }
  return state
}

const withFinding = (state: InspectionState, index: number, now: Finding['state']): InspectionState => ({
  ...state,
  findings: state.findings.map((finding, n) => (n === index ? { ...finding, state: now } : finding)),
})

const apply = (
  state: InspectionState,
  { at, event }: { at: InspectionState['at']; event: Own },
): InspectionState => {
  switch (event.type) {
    case 'inspection-ordered':
      throw new TypeError(`${state.id}: ordered twice`)
    case 'sample-drawn':
      return { ...state, phase: 'under-way', sample: { seed: event.seed, selected: event.selected } }
    case 'team-changed':
      return { ...state, team: event.team }
    case 'result-recorded':
      return {
        ...state,
        phase: 'follow-up',
        summary: event.summary,
        findings: event.findings.map((finding) => ({
          ...finding,
          state: finding.gravity === 'fine' ? 'noted' : 'open',
        })),
      }
    case 'result-late':
      return { ...state, late: 'late' }
    case 'finding-followed':
      return withFinding(state, event.finding, 'followed')
    case 'finding-confirmed':
      return withFinding(state, event.finding, event.decision === 'settled' ? 'settled' : 'late')
    case 'finding-late':
      return withFinding(state, event.finding, 'late')
    case 'campaign-result-recorded':
      return { ...state, results: [...state.results, { case: event.case, result: event.result }] }
    case 'inspection-ended':
      return { ...state, phase: 'ended', endedAt: at }
    default:
      return never(event)
  }
}

const moments = (_rules: Rules, state: InspectionState): readonly LightMoment<Own>[] => [
  ...(state.phase !== 'follow-up' && state.phase !== 'ended' && state.late === 'in-time'
    ? [
        {
          at: endOfDay(state.until),
          clause: 'HY-03' as const,
          rule: `${FORM_TITLES[state.form]}到期未报结果`,
          events: [{ type: 'result-late' as const }],
        },
      ]
    : []),
  ...(state.phase === 'follow-up'
    ? state.findings.flatMap((finding, index) =>
        finding.state === 'open' && finding.due !== undefined
          ? [
              {
                at: endOfDay(finding.due),
                clause: 'HY-03' as const,
                rule: '督查发现的问题到期未落实',
                events: [{ type: 'finding-late' as const, finding: index }],
              },
            ]
          : [],
      )
    : []),
]

/** A result without a problem, and a campaign all of whose cases hold, need nobody to end them by hand. */
const react = (_rules: Rules, state: InspectionState, event: Own): readonly LightReaction<Own>[] => {
  const ends = (conclusion: string, rule: string): readonly LightReaction<Own>[] => [
    {
      event: { type: 'inspection-ended', conclusion },
      clause: state.form === 'campaign' ? 'YZ-16' : 'HY-03',
      rule,
    },
  ]
  if (event.type === 'result-recorded' && state.findings.every(({ state: now }) => now === 'noted'))
    return ends('未发现问题', '没有需要跟踪的问题,办结')
  if (
    event.type === 'finding-confirmed' &&
    state.findings.every(({ state: now }) => now === 'noted' || now === 'settled')
  )
    return ends('发现的问题全部落实', '发现的问题全部落实,办结')
  if (event.type === 'campaign-result-recorded' && state.results.length === state.subjects.cases.length) {
    const rebounds = state.results.filter(({ result }) => result === 'rebound').length
    return ends(`回头看 ${state.results.length} 件,反弹 ${rebounds} 件`, '逐件回头看完毕,办结')
  }
  return []
}

/** Units whose clerk or head may act: those who answer for a finding, or the team's. */
const unitsIn = (
  { findings, team }: InspectionState,
  type: InspectionCommand['type'],
): readonly UnitName[] =>
  type === 'follow-finding'
    ? findings.flatMap(({ unit }) => (unit === undefined ? [] : [unit]))
    : team.flatMap(({ unit }) => (unit === undefined ? [] : [unit]))

const INSPECTORS = ['coordinator', 'office-head', 'leader', 'unit-clerk', 'unit-head', 'observer'] as const

/** 督查、交办、巡查、约谈、专项督察 … (HY-03): each a record with its order, its result and its follow-up. */
export const inspectionLife = lightKind<InspectionState, InspectionOpening, InspectionCommand, Own>({
  clause: 'HY-03',
  titles: INSPECTION_TITLES,
  permissions: {
    'order-inspection': ['coordinator', 'office-head', 'leader', 'secretary', 'mayor'],
    'draw-sample': ['coordinator', 'office-head', 'discipline'],
    'change-team': ['coordinator', 'office-head', 'leader', 'secretary', 'mayor'],
    'record-result': INSPECTORS,
    'follow-finding': ['unit-clerk', 'unit-head'],
    'confirm-finding': OFFICE,
    'record-campaign-result': 'machine',
    'end-inspection': ['office-head'],
  },
  units: unitsIn,
  opening: 'order-inspection',
  open,
  answer,
  begin,
  apply,
  moments,
  react,
})
