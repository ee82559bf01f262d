import type { CadenceRule, Policy } from '../../domain/policy.js'
import type { Fault } from '../problems.js'
import { chasedTooFar, zeroDays } from './spans.js'

const LONGEST: Readonly<Record<CadenceRule['every'], number>> = { month: 28, quarter: 90, 'half-year': 181 }
const THINGS = [
  ['bulletin', '通报'],
  ['review', '讲评'],
  ['account', '交账'],
] as const

/** What comes round by itself is issued before it comes round again, and chased before it is due (HH-03, HY-02, HH-04). */
const cadenceFaults = ({ cadence }: Policy): readonly Fault[] => {
  if (!cadence) return []
  return THINGS.flatMap(([thing, title]) => {
    const { every, within } = cadence[thing]
    const path = ['cadence', thing, 'within']
    return [
      ...zeroDays(path, within, `${title}的办理期限`),
      ...chasedTooFar(
        path,
        within,
        { days: LONGEST[every], of: 'calendar' },
        `${title}要到下一期截数之后才办成;请写得短一些`,
      ),
      ...chasedTooFar(
        ['cadence', 'chase'],
        cadence.chase,
        within,
        `催办早于${title}截数之日;请提前得少一些,短于“${thing}”的 within`,
      ),
    ]
  })
}

const instructionFaults = ({ instructions }: Policy): readonly Fault[] =>
  instructions
    ? [
        ...zeroDays(['instructions', 'feedback-within'], instructions.feedback, '反馈期限'),
        ...chasedTooFar(
          ['instructions', 'chase-before'],
          instructions.chase,
          instructions.feedback,
          '催办早于上一次反馈;请提前得少一些,短于 feedback-within',
        ),
      ]
    : []

const petitionFaults = ({ petitions }: Policy): readonly Fault[] =>
  petitions
    ? [
        ...zeroDays(['petitions', 'accept-within'], petitions.accept, '决定是否受理的期限'),
        ...zeroDays(['petitions', 'close-within'], petitions.close, '办结期限'),
        ...chasedTooFar(
          ['petitions', 'chase-days'],
          { days: petitions.chaseDays, of: 'calendar' },
          petitions.close,
          '催办早于受理之日;请提前得少一些,短于 close-within',
        ),
      ]
    : []

const consequenceFaults = ({ consequences }: Policy): readonly Fault[] =>
  consequences
    ? [
        ...zeroDays(['consequences', 'pay-within', 'within'], consequences.payWithin, '缴款期限'),
        ...chasedTooFar(
          ['consequences', 'chase-before'],
          consequences.chase,
          consequences.payWithin,
          '催缴早于决定之日;请提前得少一些,短于 pay-within',
        ),
      ]
    : []

/** Nobody is chased before there is anything to do. */
export const periodicFaults = (policy: Policy): readonly Fault[] => [
  ...cadenceFaults(policy),
  ...instructionFaults(policy),
  ...petitionFaults(policy),
  ...consequenceFaults(policy),
]
