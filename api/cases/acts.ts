import { z } from 'zod'
import type { CommandBody } from '../../contracts/commands.js'
import type { Rules } from '../../domain/context.js'
import { decide } from '../../domain/decider.js'
import type { AnyCommand, LedgerState } from '../../domain/decider-types.js'
import { kindOf } from '../../domain/kinds/registry.js'
import type { Actor } from '../../domain/parties.js'
import { isRefusal, type Refusal } from '../../domain/refusal.js'
import type { CommandId, Instant, PlainDate } from '../../domain/words.js'
import { actForm, formOf } from './form.js'
import { NOWHERE, SAMPLES } from './samples.js'
import { titleOfAct } from './views.js'

export const actView = z
  .object({
    act: z.string(),
    title: z.string().meta({ example: '报送调度' }),
    open: z.boolean().meta({ description: '现在能否由我办理' }),
    standing: z
      .enum(['owed', 'open', 'not-now', 'not-mine'])
      .meta({ description: '轮到我办;可以办;现在还不能办;不由我办' }),
    due: z.string().nullable().meta({ description: '轮到我办的,何时之前' }),
    why: z.string().optional().meta({ description: '不能办的原因' }),
    clause: z.string().optional(),
    href: z.string(),
    form: actForm.optional().meta({ description: '可以办的,表单从这里起' }),
  })
  .meta({ id: 'Act' })

const samplesFor = (rules: Rules, ledger: LedgerState, at: Instant): readonly CommandBody[] =>
  ledger.kind === 'problem'
    ? Object.values(SAMPLES).map((make) => make({ rules, state: ledger.state, at }))
    : (kindOf(ledger.kind).samples(rules, ledger.state, at) as readonly CommandBody[])

type Act = z.infer<typeof actView>

/** What somebody is expected to do about a case: the act, and the last day for it. */
export type Expected = { readonly act: string; readonly due: PlainDate | null }

/**
 * Every command of this kind of case, tried on the domain itself without anything happening: open to this person now, or why
 * not. What the domain only misses in a sample's words is left to whoever fills them in. What is expected of this person comes
 * first, in the order given; then what they may do, then what waits for its time, then what is others' to do.
 */
export const actsOpenTo = (
  rules: Rules,
  ledger: LedgerState,
  { by, at, href, expected }: Asking,
): readonly Act[] =>
  samplesFor(rules, ledger, at)
    .map((body): Act => {
      const asked = { id: 'preview' as CommandId, at, by, command: body } as AnyCommand
      const answer = decide(rules, ledger, asked)
      const refusal = isRefusal(answer) && !onlyWords(body, answer) ? answer : undefined
      const owed = expected.find(({ act }) => act === body.type)
      return {
        act: body.type,
        title: titleOfAct(ledger.kind, body.type),
        open: refusal === undefined,
        standing: standingOf(refusal, owed),
        due: refusal === undefined ? (owed?.due ?? null) : null,
        ...(refusal && { why: refusal.why, clause: refusal.clause }),
        href,
        ...(refusal === undefined && { form: formOf(rules, ledger, body) }),
      }
    })
    .toSorted((a, b) => placeOf(a, expected) - placeOf(b, expected))

type Asking = {
  readonly by: Actor
  readonly at: Instant
  readonly href: string
  /** What waits for this person in this case, the most urgent first. */
  readonly expected: readonly Expected[]
}

const standingOf = (refusal: Refusal | undefined, owed: Expected | undefined): Act['standing'] => {
  if (refusal) return refusal.kind === 'forbidden' ? 'not-mine' : 'not-now'
  return owed ? 'owed' : 'open'
}

const ORDER: readonly Act['standing'][] = ['owed', 'open', 'not-now', 'not-mine']
/** More than there are acts. */
const FAR = 1_000

const placeOf = ({ act, standing }: Act, expected: readonly Expected[]): number =>
  ORDER.indexOf(standing) * FAR + (standing === 'owed' ? expected.findIndex((owed) => owed.act === act) : 0)

/** Commands whose sample is as good as anybody's: what the domain then misses is missing in the case itself. */
const COMPLETE: ReadonlySet<CommandBody['type']> = new Set([
  'hand-over',
  'acknowledge',
  'decide-rung',
  'release-rung',
  'begin-verification',
])

const onlyWords = (body: CommandBody, { kind }: Refusal): boolean =>
  kind === 'invalid' && !COMPLETE.has(body.type) && !Object.values(body).includes(NOWHERE)
