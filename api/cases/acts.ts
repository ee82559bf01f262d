import { z } from 'zod'
import type { CommandBody } from '../../contracts/commands.js'
import type { Rules } from '../../domain/context.js'
import { decide } from '../../domain/decider.js'
import type { AnyCommand, LedgerState } from '../../domain/decider-types.js'
import { kindOf } from '../../domain/kinds/registry.js'
import type { Actor } from '../../domain/parties.js'
import { isRefusal, type Refusal } from '../../domain/refusal.js'
import type { CommandId, Instant } from '../../domain/words.js'
import { actForm, formOf } from './form.js'
import { NOWHERE, SAMPLES } from './samples.js'

export const actView = z
  .object({
    act: z.string(),
    title: z.string().meta({ example: '报送调度' }),
    open: z.boolean().meta({ description: '现在能否由我办理' }),
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

/**
 * Every command of this kind of case, tried on the domain itself without anything happening: open to this person now, or why
 * not. What the domain only misses in a sample's words is left to whoever fills them in.
 */
export const actsOpenTo = (
  rules: Rules,
  ledger: LedgerState,
  by: Actor,
  at: Instant,
  href: string,
): readonly z.infer<typeof actView>[] =>
  samplesFor(rules, ledger, at).map((body) => {
    const asked = { id: 'preview' as CommandId, at, by, command: body } as AnyCommand
    const answer = decide(rules, ledger, asked)
    const refusal = isRefusal(answer) && !onlyWords(body, answer) ? answer : undefined
    return {
      act: body.type,
      title: (kindOf(ledger.kind).commands as Readonly<Record<string, string>>)[body.type] ?? body.type,
      open: refusal === undefined,
      ...(refusal && { why: refusal.why, clause: refusal.clause }),
      href,
      ...(refusal === undefined && { form: formOf(rules, ledger, body) }),
    }
  })

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
