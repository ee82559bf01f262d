import { expect } from 'vitest'
import { addDays, atTime, dateOf, daysBetween } from '../../domain/calendar/dates.js'
import type { Command, FalsehoodCode, Finding, Source } from '../../domain/case/commands.js'
import type { CaseState, Phase, RungState } from '../../domain/case/state.js'
import { chairsWhoseTurn, stepNow } from '../../domain/closing/chain.js'
import type { Rules } from '../../domain/context.js'
import type {
  AnyCommand,
  CaseKind,
  Kinds,
  LedgerEvent,
  LedgerRecord,
  Opening,
} from '../../domain/decider-types.js'
import type { Entry } from '../../domain/entry.js'
import type { Giver, Pinned } from '../../domain/kinds/kind.js'
import { kindOf, kindOfCommand } from '../../domain/kinds/registry.js'
import type { Actor } from '../../domain/parties.js'
import { sitting } from '../../domain/people/chairs.js'
import type { RungId } from '../../domain/policy.js'
import { isRefusal, type Refusal } from '../../domain/refusal.js'
import type { RoundOpening } from '../../domain/round/types.js'
import { tellRecord } from '../../domain/tell.js'
import {
  type CaseId,
  type Clause,
  type CommandId,
  type Instant,
  plainDate,
  type RoundId,
  type Sha256,
} from '../../domain/words.js'
import { entryFor, onSite, returned, 三项达标, 材料, 省督察 } from './entries.js'
import * as people from './people.js'
import { type CityRules, rulesOf } from './policies.js'
import { pureStage, type Stage } from './stage.js'

const CAST: readonly Actor[] = Object.values(people).filter(
  (one): one is Actor => typeof one === 'object' && 'posts' in one,
)

export const at = (date: string, time = '10:00'): Instant => atTime(plainDate(date), time)

/** Sets up where a story is played. */
export type SetStage = (rules: Rules, caseId: CaseId, start: Instant) => Stage | Promise<Stage>

type Given = {
  readonly entry?: Partial<Entry>
  readonly on?: string
  readonly id?: string
  readonly source?: Source
  /** Where the story is played; the pure domain unless said otherwise. */
  readonly stage?: SetStage
}

/** A registered case of a city's rules, shipped or made by the test, on a day at 09:00. */
export const aCase = async (city: string | CityRules, given: Given = {}): Promise<Story> => {
  const rules = typeof city === 'string' ? rulesOf(city) : city
  const caseId = (given.id ?? `${rules.policy.id}-test/001`) as CaseId
  const start = at(given.on ?? '2019-10-08', '09:00')
  const stage = await (given.stage ?? pureStage)(rules, caseId, start)
  const story = new Story(stage)
  await story.by(people.整改办, {
    type: 'register',
    caseId,
    round: caseId.split('/')[0] as RoundId,
    entry: entryFor(given.entry),
    source: given.source ?? 省督察,
    policy: rules.hash,
    calendar: rules.calendar.version as Sha256,
    planDate: dateOf(start),
  })
  return story
}

/** A case of a kind that is opened one by one, on a day and hour of its round. */
export const anOpened = async (
  city: string | CityRules,
  by: Giver,
  opening: Opening | Omit<RoundOpening, keyof Pinned>,
  given: Pick<Given, 'on' | 'id' | 'stage'> & { readonly time?: string } = {},
): Promise<Story> => {
  const rules = typeof city === 'string' ? rulesOf(city) : city
  const kind = kindOfCommand(opening.type)
  if (!kind) throw new Error(`nothing is opened by ${opening.type}`)
  const caseId = (given.id ?? `${rules.policy.id}-test/${kindOf(kind).prefix}-0001`) as CaseId
  const stage = await (given.stage ?? pureStage)(
    rules,
    caseId,
    at(given.on ?? '2019-10-08', given.time ?? '09:00'),
  )
  const story = new Story(stage)
  await story.by(by, {
    ...opening,
    caseId,
    round: caseId.split('/')[0] as RoundId,
    policy: rules.hash,
    calendar: rules.calendar.version as Sha256,
  } as AnyCommand['command'])
  return story
}

/** What the first acceptance was judged by, found met again (JN-13). */
const answered = (criteria: readonly string[]): readonly Finding[] =>
  criteria
    .filter((title) => !三项达标.some((finding) => finding.title === title))
    .map((title) => ({ title, met: 'met', note: '', evidence: [材料(title).sha256] }))

/** The life of one case, told act by act; each act is one command, each fails the test when it is refused. */
export class Story {
  private commands = 0
  constructor(readonly stage: Stage) {}

  get rules(): Rules {
    return this.stage.rules
  }

  async state(): Promise<CaseState> {
    return this.stateOf('problem')
  }
  async stateOf<K extends CaseKind>(kind: K): Promise<Kinds[K]['state']> {
    const ledger = await this.stage.state()
    if (ledger.kind !== kind) throw new Error(`a ${ledger.kind}, not a ${kind}`)
    return ledger.state
  }

  /** Time passes to a day and hour, Asia/Shanghai. */
  async on(date: string, time = '10:00'): Promise<this> {
    await this.stage.passTo(at(date, time))
    return this
  }

  async daysLater(days: number): Promise<this> {
    return this.on(addDays(dateOf(this.stage.now()), days))
  }

  /** Gives a command; what comes back is the events or the refusal. */
  async tries(
    by: Giver,
    command: AnyCommand['command'],
    id?: string,
  ): Promise<readonly LedgerRecord[] | Refusal> {
    this.commands += 1
    return this.stage.give(command, by, (id ?? `c${this.commands}`) as CommandId)
  }

  async by(by: Giver, command: AnyCommand['command'], id?: string): Promise<this> {
    const answer = await this.tries(by, command, id)
    if (isRefusal(answer)) throw new Error(`${command.type} was refused by ${answer.clause}: ${answer.why}`)
    return this
  }

  /** The command is refused by this clause, and nothing at all has happened. */
  async refused(by: Giver, command: AnyCommand['command'], clause: Clause, why?: string | RegExp) {
    const before = await this.stage.record()
    const answer = await this.tries(by, command)
    expect(isRefusal(answer) ? answer.clause : answer.map(({ event }) => event.type)).toBe(clause)
    if (why !== undefined && isRefusal(answer)) expect(answer.why).toMatch(why)
    const after = await this.stage.record()
    expect(after.filter(({ command: cause }) => cause === `c${this.commands}`)).toEqual([])
    expect(after.slice(0, before.length)).toEqual(before)
    return this
  }

  // 交办 to 整改
  handedOver = () => this.by(people.整改办, { type: 'hand-over' })
  acknowledged = () => this.by(people.经办人, { type: 'acknowledge' })
  planned = () =>
    this.by(people.经办人, {
      type: 'submit-case-plan',
      plan: '建成二期扩建工程,分三步走',
      team: ['局长老周', '经办小罗'],
      evidence: [材料('整改方案')],
    })
  async rectifying(): Promise<this> {
    await this.handedOver()
    await this.acknowledged()
    return this.planned()
  }
  reports = (progress: number) =>
    this.by(people.经办人, { type: 'submit-return', content: returned(progress) })

  // 销号
  async submits(): Promise<this> {
    const { policy } = this.rules
    return this.by(people.经办人, {
      type: 'submit-closing',
      statement: '已全部完成',
      checklist: policy.closing.checklist.points.map((point) => ({ point, met: 'met' })),
      evidence: [材料(`竣工验收 ${(await this.state()).closings.begun}`)],
    })
  }
  /** Somebody of the cast who may sign now, and has not yet in this round. */
  async signerNow(): Promise<Actor> {
    const state = await this.state()
    const step = stepNow(this.rules, state)
    if (step?.kind !== 'sign-off') throw new Error(`no sign-off is due, but ${step?.title ?? 'nothing'}`)
    const chairs = chairsWhoseTurn(this.rules, state, step)
    const found = CAST.find(
      (one) =>
        one !== people.身兼两职 &&
        !state.closing?.signOffs.some(({ person }) => person === one.person) &&
        sitting(state, one, chairs, this.stage.now()),
    )
    if (!found) throw new Error(`nobody of the cast sits in ${step.title}`)
    return found
  }
  async signs(by?: Actor): Promise<this> {
    return this.by(by ?? (await this.signerNow()), await this.signing())
  }
  /** The command by which the step whose turn it is would be signed, with all it asks for. */
  async signing(stepId?: string): Promise<Command> {
    const state = await this.state()
    const step = stepNow(this.rules, state)
    return {
      type: 'sign',
      step: stepId ?? step?.id ?? '',
      saw: state.seal,
      opinion: '同意',
      findings: [...三项达标, ...answered(state.criteria ?? [])],
      site: onSite(this.stage.now()),
    }
  }
  async refuses(by: Actor, reasons: string, code?: FalsehoodCode): Promise<this> {
    const state = await this.state()
    return this.by(by, {
      type: 'refuse-step',
      step: stepNow(this.rules, state)?.id ?? '',
      saw: state.seal,
      reasons,
      ...(code && { code }),
    })
  }
  /** Signs step after step until it is the named step's turn, or no signature is due any more. */
  async signedUpTo(stepId?: string): Promise<this> {
    for (;;) {
      const step = stepNow(this.rules, await this.state())
      if (step?.kind !== 'sign-off' || step.id === stepId) return this
      await this.signs()
    }
  }
  async posts(): Promise<this> {
    const step = stepNow(this.rules, await this.state())
    if (step?.kind !== 'notice') throw new Error(`no notice is due, but ${step?.title ?? 'nothing'}`)
    return this.by(people.整改办, {
      type: 'post-notice',
      postedOn: dateOf(this.stage.now()),
      result: '已完成整改',
      contact: '市整改办 12345',
      channels: step.channels.map((channel) => ({ channel, where: '头版' })),
    })
  }
  async noticeOver(): Promise<this> {
    const until = (await this.state()).closing?.notice?.until
    if (!until) throw new Error('no notice is posted')
    return this.on(addDays(until, 1))
  }
  async files(): Promise<this> {
    await this.by(people.整改办, { type: 'send-filing', to: '省整改办', noticeResult: '无异议' })
    if ((await this.state()).phase === 'closed') return this
    return this.by(people.整改办, {
      type: 'record-filing-receipt',
      receipt: '湘督改备〔2020〕7号',
      receivedOn: dateOf(this.stage.now()),
    })
  }
  /** From a registered case to a closed one, without a hitch. */
  async closed(): Promise<this> {
    await this.rectifying()
    await this.submits()
    await this.signedUpTo()
    await this.posts()
    await this.noticeOver()
    return this.files()
  }
  /** Reports every week on the day before the return is due, until a day. */
  async reportsWeeklyUntil(date: string, progress = 50): Promise<this> {
    while (daysBetween(dateOf(this.stage.now()), plainDate(date)) > 0) {
      const answer = await this.tries(people.经办人, { type: 'submit-return', content: returned(progress) })
      if (isRefusal(answer) && answer.kind !== 'conflict') throw new Error(answer.why)
      await this.daysLater(Math.min(2, daysBetween(dateOf(this.stage.now()), plainDate(date))))
    }
    return this
  }

  // what is seen
  async phase(expected: Phase): Promise<this> {
    expect((await this.state()).phase).toBe(expected)
    return this
  }
  async turn(stepId: string | undefined): Promise<this> {
    expect(stepNow(this.rules, await this.state())?.id).toBe(stepId)
    return this
  }
  async events<T extends LedgerEvent['type']>(
    type: T,
  ): Promise<readonly Extract<LedgerEvent, { type: T }>[]> {
    const records = await this.stage.record()
    return records.flatMap(({ event }) =>
      event.type === type ? [event as unknown as Extract<LedgerEvent, { type: T }>] : [],
    )
  }
  async moments(type: LedgerEvent['type']): Promise<readonly Instant[]> {
    return (await this.stage.record()).flatMap(({ event, at: moment }) =>
      event.type === type ? [moment] : [],
    )
  }
  async rung(id: RungId): Promise<RungState['state'] | undefined> {
    return (await this.state()).ladder.rungs.find(({ rung }) => rung === id)?.state
  }
  async told(): Promise<readonly string[]> {
    return (await this.stage.record()).map(tellRecord)
  }
}
