import { z } from 'zod'
import type { CommandBody } from '../../contracts/commands.js'
import { fullDay } from '../../domain/calendar/chinese.js'
import type { CaseState } from '../../domain/case/state.js'
import { stepNow } from '../../domain/closing/chain.js'
import { REVIEWS } from '../../domain/consequence/kind.js'
import type { ConsequenceState } from '../../domain/consequence/types.js'
import type { Rules } from '../../domain/context.js'
import type { LedgerState } from '../../domain/decider-types.js'
import { isSampleCase, SAMPLE_WORDS } from '../../domain/kinds/kind.js'
import { fenOf, yuan } from '../../domain/money.js'
import { RUNG_TITLES } from '../../domain/policy.js'
import { NOWHERE } from './samples.js'

/** What a form of an act starts with: the case knows it, nobody has to fill it in. */
export const actForm = z
  .object({
    known: z.looseObject({}).meta({ description: '系统已经知道、随命令报送的内容' }),
    choices: z
      .record(z.string(), z.array(z.object({ value: z.union([z.string(), z.int()]), title: z.string() })))
      .meta({ description: '某一栏(以点相连的路径)可选的值' }),
    asked: z.array(z.string()).meta({ description: '此时必填的选填栏' }),
    shown: z
      .object({
        facts: z.array(z.object({ title: z.string(), text: z.string() })),
        files: z.array(z.object({ name: z.string(), bytes: z.int(), href: z.string() })).optional(),
      })
      .optional()
      .meta({ description: '办理之前应当阅看的:一件一件的事实,和材料' }),
  })
  .meta({ id: 'ActForm' })
export type ActForm = z.infer<typeof actForm>

type Choice = ActForm['choices'][string][number]

/** Nothing is known beforehand. */
export const EMPTY_FORM: ActForm = { known: {}, choices: {}, asked: [] }

const placesOf = <T>(
  items: readonly T[],
  title: (item: T) => string,
  isOpen: (item: T) => boolean,
): Choice[] => items.flatMap((item, value) => (isOpen(item) ? [{ value, title: title(item) }] : []))

const every = (): boolean => true

const nodesOf = ({ nodes }: CaseState, isOpen: (node: CaseState['nodes'][number]) => boolean) =>
  placesOf(nodes, ({ text, date }) => `${text}(${date})`, isOpen)

const dutiesOf = ({ duties }: CaseState) => placesOf(duties, ({ text }) => text, every)

const rungsOf = ({ ladder }: CaseState, wanted: 'drafted' | 'raised'): Choice[] =>
  ladder.rungs.flatMap(({ rung, state }) =>
    state === wanted ? [{ value: rung, title: RUNG_TITLES[rung] }] : [],
  )

/** What a signature stands for (YZ-09): what was to be done, what is said to be done, who signed before, and the materials. */
const closingShown = ({ entry, closing, evidence }: CaseState): ActForm['shown'] => {
  const [problem = entry.text] = entry.target === undefined ? [] : entry.text.split('\n')
  const facts = [
    ['问题', problem],
    ['整改目标', entry.target ?? ''],
    ['整改措施', entry.measures ?? ''],
    ['责任单位逐项确认', (closing?.checklist ?? []).join('、')],
    ['此前已签', (closing?.signOffs ?? []).map(({ title, name }) => `${title} ${name}`).join('、')],
  ] as const
  return {
    facts: facts.flatMap(([title, text]) => (text === '' ? [] : [{ title, text }])),
    files: evidence.map(({ name, bytes, sha256 }) => ({ name, bytes, href: `/evidence/${sha256}` })),
  }
}

type Forms = { readonly [T in CommandBody['type']]?: (rules: Rules, state: CaseState) => Partial<ActForm> }

const FORMS: Forms = {
  'submit-return': (_, state) => ({
    known: {
      content: {
        progress: state.returns.last?.progress ?? 0,
        nodes: state.nodes.map(({ reported }, node) => ({ node, state: reported })),
        duties: state.duties.map((_duty, duty) => ({ duty, state: '' })),
      },
    },
    choices: { 'content.nodes.node': nodesOf(state, every), 'content.duties.duty': dutiesOf(state) },
  }),
  'complete-node': (_, state) => ({
    choices: { node: nodesOf(state, ({ completedAt }) => completedAt === undefined) },
  }),
  'discharge-duty': (_, state) => ({
    choices: {
      duty: dutiesOf(state),
      body: [...new Set(state.duties.flatMap(({ bodies }) => bodies))].map((name) => ({
        value: name,
        title: name,
      })),
    },
  }),
  'acknowledge-matter': (_, { matters }) => ({
    choices: {
      matter: placesOf(
        matters,
        ({ what }) => what,
        ({ state }) => state !== 'acknowledged',
      ),
    },
  }),
  'answer-supervision-note': (_, { notes }) => ({
    choices: {
      note: placesOf(
        notes,
        ({ text }) => text,
        ({ answer }) => answer === undefined,
      ),
    },
  }),
  'submit-closing': ({ policy }) => ({
    known: { checklist: policy.closing.checklist.points.map((point) => ({ point })) },
  }),
  sign: (rules, state) => {
    const step = stepNow(rules, state)
    if (step?.kind !== 'sign-off') return {}
    return {
      shown: closingShown(state),
      known: {
        step: step.id,
        saw: state.seal,
        findings: step.findings.map((title) => ({ title, note: '', evidence: [] })),
      },
      asked: step.where === 'on-site' ? ['site'] : [],
    }
  },
  'refuse-step': (rules, state) => ({
    known: { step: stepNow(rules, state)?.id, saw: state.seal },
    shown: closingShown(state),
  }),
  'add-signer': (rules, state) => ({ known: { step: stepNow(rules, state)?.id } }),
  'answer-objection': (_, { closing }) => ({
    choices: {
      objection: placesOf(
        closing?.notice?.objections ?? [],
        ({ text }) => text,
        ({ decision }) => decision === undefined,
      ),
    },
  }),
  'decide-rung': (_, state) => ({ choices: { rung: rungsOf(state, 'drafted') } }),
  'release-rung': (_, state) => ({ choices: { rung: rungsOf(state, 'raised') } }),
  'settle-commitment': (_, { interview }) => ({
    choices: {
      commitment: placesOf(
        interview.commitments,
        ({ text }) => text,
        ({ state }) => state !== 'settled',
      ),
    },
  }),
  'decide-clue': (_, { clues }) => ({
    choices: {
      clue: placesOf(
        clues,
        ({ cause }) => cause,
        ({ state }) => state === 'drafted',
      ),
    },
  }),
  transfer: (_, { entry }) => ({
    choices: { from: entry.units.map((name) => ({ value: name, title: name })) },
  }),
  'end-delegation': (_, { delegations }) => ({
    choices: { to: delegations.map(({ to, toName }) => ({ value: to, title: toName })) },
  }),
  'look-back': (_, { criteria = [] }) => ({
    known:
      criteria.length === 0 ? {} : { checks: criteria.map((title) => ({ title, note: '', evidence: [] })) },
    asked: criteria.length === 0 ? [] : ['checks'],
  }),
  'amend-entry': (_, { entry }) => ({
    choices: { 'patch.answered': entry.questions.map((text) => ({ value: text, title: text })) },
  }),
}

/** Of a sample only what points at something of the case; its words and its decisions are somebody's own. */
const POINTERS = new Set(['finding', 'thing', 'period', 'case', 'main', 'petition', 'into', 'team'])

const pointersOf = (body: CommandBody): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(body).filter(
      ([name, value]) =>
        POINTERS.has(name) && value !== NOWHERE && value !== SAMPLE_WORDS && !isSampleCase(value),
    ),
  )

/** `body` is the sample the act was tried with. */
export const formOf = (rules: Rules, { kind, state }: LedgerState, body: CommandBody): ActForm => {
  switch (kind) {
    case 'problem':
      return { ...EMPTY_FORM, ...FORMS[body.type]?.(rules, state) }
    case 'consequence':
      return {
        ...EMPTY_FORM,
        shown: consequenceShown(state),
        // Only of whom it was raised to is a decision one (HH-10).
        ...(body.type === 'record-removal-decision' && { known: { authority: state.authority } }),
      }
    default:
      return { ...EMPTY_FORM, known: pointersOf(body) }
  }
}

/** What is decided about, and how far it is. */
const consequenceShown = (state: ConsequenceState): ActForm['shown'] => {
  const { unit, cause, facts, person, post, amount, payBy, payments, review, authority } = state
  const paid = payments.reduce((sum, payment) => sum + payment.amount.fen, 0)
  const told = [
    ['单位', unit],
    ['事由', cause],
    ['事实', facts],
    ['建议免职的人员', [post, person].filter((words) => words !== undefined).join(' ')],
    ['金额', amount === undefined ? '' : yuan(amount)],
    ['缴款期限', payBy === undefined ? '' : fullDay(payBy)],
    ['已缴', paid === 0 ? '' : yuan(fenOf(paid))],
    ['尽职免责审查', review === undefined ? '' : REVIEWS[review.result]],
    ['已提请', authority ?? ''],
  ] as const
  return { facts: told.flatMap(([title, text]) => (text === '' ? [] : [{ title, text }])) }
}
