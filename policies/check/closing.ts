import { SEAT_TITLES, type Seat } from '../../domain/parties.js'
import type { Policy, SignOffStep, Step } from '../../domain/policy.js'
import type { Fault, Path } from '../problems.js'
import { repeated } from './repeated.js'
import { HELD_BY_ONE, mayBeEmpty, OF_SEVERAL } from './seats.js'
import { chasedTooFar, zeroDays } from './spans.js'

type Placed<S extends Step> = { readonly step: S; readonly path: Path }

const isSignOff = (placed: Placed<Step>): placed is Placed<SignOffStep> => placed.step.kind === 'sign-off'
const isOwn = ({ step: { by } }: Placed<SignOffStep>): boolean =>
  by === 'responsible-unit' || by === 'responsible-head'

const placedIn = ({ closing }: Policy): readonly Placed<Step>[] =>
  closing.chain.map((step, index) => ({ step, path: ['closing', 'chain', index] }))

const emptySeats = (policy: Policy, signOffs: readonly Placed<SignOffStep>[]): readonly Fault[] =>
  signOffs.flatMap(({ step, path }) => {
    const why = mayBeEmpty(policy, step.by)
    return why === undefined
      ? []
      : [{ path: [...path, 'by'], reason: `“${step.title}”可能永远办不完:${why}` }]
  })

const impossibleRatio = ({ step, path }: Placed<SignOffStep>): readonly Fault[] => {
  if (step.quorum.mode !== 'ratio') return []
  const { needed, of } = step.quorum
  return needed >= 1 && needed <= of
    ? []
    : [
        {
          path: [...path, 'quorum'],
          reason: `“${step.title}”要求 ${of} 份中 ${needed} 份同意,办不到;前一个数应在 1 与 ${Math.max(of, 1)} 之间,如“2 of 3”`,
        },
      ]
}

const signsTwice = (signOffs: readonly Placed<SignOffStep>[]): readonly Fault[] =>
  repeated(
    signOffs.filter(({ step }) => HELD_BY_ONE.has(step.by)),
    ({ step }) => step.by,
  ).map(({ step, path }) => ({
    path: [...path, 'by'],
    reason: `“${step.title}”与前面一关由同一人办理;同一人在一轮中只签一次(YZ-07),请换人或合并为一关`,
  }))

/** A responsible unit checks itself first and applies; it never verifies its own item (GN-08). */
const verifiesItself = (placed: Placed<SignOffStep>): readonly Fault[] => {
  const { step, path } = placed
  if (!isOwn(placed)) return []
  const fault = (key: string, reason: string): Fault => ({ path: [...path, key], reason })
  return [
    ...(step.by === 'responsible-unit' && step.form === 'signature'
      ? [
          fault(
            'form',
            `“${step.title}”由责任单位自己签字认可,等于自己验收自己(GN-08);自查请写 form: review,申请请由 responsible-head 签字`,
          ),
        ]
      : []),
    ...(step.where === 'on-site'
      ? [
          fault(
            'where',
            `“${step.title}”由责任单位自己现场核查(GN-08);现场核查请由验收单位、包案领导或整改办办理`,
          ),
        ]
      : []),
    ...(step.findings.length > 0
      ? [fault('findings', `“${step.title}”由责任单位自己认定结论(GN-08);请由验收单位认定`)]
      : []),
  ]
}

const lastWordIsOwn = (signOffs: readonly Placed<SignOffStep>[]): readonly Fault[] => {
  const last = signOffs.at(-1)
  if (!last) return [{ path: ['closing', 'chain'], reason: '没有一关由人签署,不能销号;请至少写一关核查' }]
  return isOwn(last)
    ? [
        {
          path: [...last.path, 'by'],
          reason: `最后一关“${last.step.title}”由责任单位自己办理(GN-08);请在后面加一关,由验收单位、包案领导或整改办办理`,
        },
      ]
    : []
}

/** Whoever verifies must be kept apart from the responsible unit at handing over (CD-01, HH-06). */
const notKeptApart = ({ handover }: Policy, signOffs: readonly Placed<SignOffStep>[]): readonly Fault[] =>
  signOffs.flatMap(({ step, path }) => {
    const party = step.by === 'supervising-unit' ? 'supervising-unit' : 'acceptance-units'
    const verifies =
      step.by === 'lead-unit' || step.by === 'cooperating-units' || step.by === 'supervising-unit'
    if (!verifies || handover.apart.some((kept) => kept.party === party)) return []
    const title = party === 'supervising-unit' ? '监管单位' : '验收单位'
    return [
      {
        path: [...path, 'by'],
        reason: `“${step.title}”可能由责任单位自己办理(GN-08);请在 handover.apart 里加上“party: ${title}”`,
      },
    ]
  })

const tooLate = ({ step, path }: Placed<SignOffStep>): readonly Fault[] =>
  chasedTooFar([...path, 'chase-after'], step.chaseAfter, step.within, `“${step.title}”的催办应早于办理期限`)

/** A share of one chair is no share. */
const shareOfOne = ({ step, path }: Placed<SignOffStep>): readonly Fault[] =>
  step.quorum.mode === 'ratio' && step.quorum.of > 1 && !OF_SEVERAL.has(step.by)
    ? [
        {
          path: [...path, 'quorum'],
          reason: `“${step.title}”由${SEAT_TITLES[step.by]}办理,只有一席,谈不上 ${step.quorum.needed} of ${step.quorum.of};请写 one`,
        },
      ]
    : []

const OF_A_UNIT: ReadonlySet<Seat> = new Set([
  'responsible-unit',
  'lead-unit',
  'cooperating-units',
  'supervising-unit',
])

/** A unit's review is the unit's: whoever of it may do it (CD-07 asks for its head, and for a signature). */
const inPersonOfAUnit = ({ step, path }: Placed<SignOffStep>): readonly Fault[] =>
  step.form === 'review' && step.deputy === 'in-person' && OF_A_UNIT.has(step.by)
    ? [
        {
          path: [...path, 'deputy'],
          reason: `“${step.title}”是单位的审核,由单位的人办理即可,谈不上本人;须主要负责人本人的,请写 by: responsible-head、form: signature`,
        },
      ]
    : []

const spans = ({ step, path }: Placed<Step>): readonly Fault[] => [
  ...zeroDays([...path, 'within'], step.within, `“${step.title}”的办理期限`),
  ...(step.kind === 'notice'
    ? [
        ...zeroDays([...path, 'period'], step.period, `“${step.title}”的公示期`),
        ...zeroDays([...path, 'answer'], step.objection.answer, `“${step.title}”答复异议的期限`),
      ]
    : []),
]

const onlyOnce = (placed: readonly Placed<Step>[]): readonly Fault[] =>
  repeated(
    placed.filter((one) => !isSignOff(one)),
    ({ step }) => step.kind,
  ).map(({ step, path }) => ({
    path: [...path, 'kind'],
    reason: `${step.kind === 'notice' ? '公示' : '备案'}只能有一关`,
  }))

const afterFiling = (placed: readonly Placed<Step>[]): readonly Fault[] => {
  const filing = placed.findIndex(({ step }) => step.kind === 'filing')
  return filing < 0
    ? []
    : placed.slice(filing + 1).map(({ step, path }) => ({
        path,
        reason: `“${step.title}”写在备案之后;备案即销号,应是最后一关(CD-10)`,
      }))
}

/** A chain that can come to its end, and in which nobody verifies what is their own. */
export const closingFaults = (policy: Policy): readonly Fault[] => {
  const placed = placedIn(policy)
  const signOffs = placed.filter(isSignOff)
  return [
    ...repeated(placed, ({ step }) => step.id).map(({ step, path }) => ({
      path: [...path, 'id'],
      reason: `代号“${step.id}”已经用过,每一关的代号不能重复`,
    })),
    ...emptySeats(policy, signOffs),
    ...signOffs.flatMap(impossibleRatio),
    ...signOffs.flatMap(shareOfOne),
    ...signOffs.flatMap(inPersonOfAUnit),
    ...signsTwice(signOffs),
    ...signOffs.flatMap(verifiesItself),
    ...lastWordIsOwn(signOffs),
    ...notKeptApart(policy, signOffs),
    ...placed.flatMap(spans),
    ...signOffs.flatMap(tooLate),
    ...onlyOnce(placed),
    ...afterFiling(placed),
    ...repeated(
      policy.closing.checklist.points.map((point, index) => ({ point, index })),
      ({ point }) => point,
    ).map(({ index }) => ({ path: ['closing', 'checklist', 'points', index], reason: '这一条与前面重复' })),
    ...repeated(
      (policy.closing.collected?.days ?? []).map((day, index) => ({ day, index })),
      ({ day }) => String(day),
    ).map(({ day, index }) => ({
      path: ['closing', 'collected', 'days', index],
      reason: `${day} 日前面已经写过`,
    })),
  ]
}
