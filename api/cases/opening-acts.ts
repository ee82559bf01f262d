import { z } from 'zod'
import type { Round } from '../../db/rounds.js'
import { dateOf } from '../../domain/calendar/dates.js'
import type { Rules } from '../../domain/context.js'
import { decide } from '../../domain/decider.js'
import type { AnyCommand, Opening } from '../../domain/decider-types.js'
import { SAMPLE_WORDS, sampleCase } from '../../domain/kinds/kind.js'
import { kindOf, kindOfCommand } from '../../domain/kinds/registry.js'
import type { Actor } from '../../domain/parties.js'
import { isRefusal } from '../../domain/refusal.js'
import type { CommandId, Instant, UnitName } from '../../domain/words.js'
import { actForm, EMPTY_FORM } from './form.js'
import { openingIn } from './openings.js'

export const openingView = z
  .object({
    act: z.string(),
    kind: z.string(),
    title: z.string().meta({ example: '登记信访件' }),
    open: z.boolean().meta({ description: '能否由我登记' }),
    why: z.string().optional().meta({ description: '不能登记的原因' }),
    clause: z.string().optional(),
    form: actForm.optional().meta({ description: '可以登记的,表单从这里起' }),
  })
  .meta({ id: 'OpeningAct' })

/** What opens a case of each kind that is opened one by one, as somebody might fill it in on this day. */
const SAMPLES: { readonly [T in Opening['type']]: (at: Instant) => Extract<Opening, { type: T }> } = {
  'receive-petition': (at) => ({
    type: 'receive-petition',
    channel: 'letter',
    petitioner: { name: SAMPLE_WORDS, contact: SAMPLE_WORDS },
    place: SAMPLE_WORDS,
    subject: SAMPLE_WORDS,
    text: SAMPLE_WORDS,
    receivedOn: dateOf(at),
  }),
  'register-instruction': (at) => ({
    type: 'register-instruction',
    leader: { name: SAMPLE_WORDS, level: 'municipal' },
    text: SAMPLE_WORDS,
    about: SAMPLE_WORDS,
    given: dateOf(at),
    units: [SAMPLE_WORDS as UnitName],
    due: dateOf(at),
  }),
  'order-inspection': (at) => ({
    type: 'order-inspection',
    form: 'patrol',
    title: SAMPLE_WORDS,
    order: SAMPLE_WORDS,
    subjects: { cases: [], units: [SAMPLE_WORDS as UnitName], areas: [] },
    team: [],
    until: dateOf(at),
  }),
  'report-opinion': (at) => ({
    type: 'report-opinion',
    text: SAMPLE_WORDS,
    channel: SAMPLE_WORDS,
    where: SAMPLE_WORDS,
    seenAt: at,
  }),
  'propose-consequence': () => ({
    type: 'propose-consequence',
    sort: 'penalty',
    cause: SAMPLE_WORDS,
    unit: SAMPLE_WORDS as UnitName,
    facts: SAMPLE_WORDS,
    evidence: [],
  }),
}

/**
 * Which cases this person may open in a round, tried on the domain without anything happening. What a sample's words miss is
 * left to whoever fills them in; that somebody may not, or that the city has no rule for it, is an answer.
 */
export const openingsFor = (
  rules: Rules,
  round: Round,
  { by, at }: { readonly by: Actor; readonly at: Instant },
): readonly z.output<typeof openingView>[] =>
  Object.values(SAMPLES).flatMap((make) => {
    const sample = make(at)
    const kind = kindOfCommand(sample.type)
    if (!kind) return []
    const { commands, prefix } = kindOf(kind)
    const command = openingIn(round, sampleCase(round.id, prefix), sample)
    const asked = { id: 'preview' as CommandId, at, by, command } as unknown as AnyCommand
    const answer = decide(rules, undefined, asked)
    const refusal =
      isRefusal(answer) && (answer.kind === 'forbidden' || answer.kind === 'conflict') ? answer : undefined
    return [
      {
        act: sample.type,
        kind,
        title: (commands as Readonly<Record<string, string>>)[sample.type] ?? sample.type,
        open: refusal === undefined,
        ...(refusal ? { why: refusal.why, clause: refusal.clause } : { form: EMPTY_FORM }),
      },
    ]
  })
