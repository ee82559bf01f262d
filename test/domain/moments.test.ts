import { describe, expect, it } from 'vitest'
import type { CaseCommand } from '../../domain/case/commands.js'
import { pendingMoments } from '../../domain/case/moments.js'
import type { Rules } from '../../domain/context.js'
import { decide, due, evolve, nextMoment, paperIssued, signalRefused } from '../../domain/decider.js'
import type { AnyCommand, LedgerState } from '../../domain/decider-types.js'
import { headOf, record } from '../../domain/record/chain.js'
import { isRefusal, refuse } from '../../domain/refusal.js'
import type { CommandId, Sha256 } from '../../domain/words.js'
import { 材料 } from '../support/entries.js'
import { 整改办, 经办人 } from '../support/people.js'
import { withPolicy } from '../support/policies.js'
import { at, type Story } from '../support/story.js'
import { aCaseThatIs } from './given.js'

const pending = async (story: Story): Promise<readonly string[]> =>
  pendingMoments(story.rules, await story.state()).flatMap(({ events }) => events.map(({ type }) => type))

describe('domain rule 11: every pending moment comes from the state', () => {
  it('going forward disarms a clock, coming back arms it again', async () => {
    const story = await aCaseThatIs('rectifying')
    const rectifying = [
      'return-chased',
      'return-missed',
      'deadline-near',
      'deadline-near',
      'deadline-near',
      'overdue',
    ]
    expect(await pending(story)).toEqual(rectifying)
    await story.submits()
    expect(await pending(story)).toEqual(['step-chased', 'step-late'])
    await story.by(经办人, { type: 'withdraw-closing', reason: '有误' })
    expect(await pending(story)).toEqual(rectifying)
    await story.submits()
    await story.signedUpTo()
    expect(await pending(story)).toEqual(['step-late'])
    await story.posts()
    expect(await pending(story)).toEqual(['notice-ended'])
    await story.noticeOver()
    expect(await pending(story)).toEqual(['step-late'])
    await story.files()
    expect(await pending(story)).toEqual(['look-back-due'])
  })

  it('a registered case waits for nobody', async () => {
    const story = await aCaseThatIs('registered')
    expect(nextMoment(story.rules, await story.stage.state())).toBeUndefined()
  })

  it('the earliest is the only timer', async () => {
    const story = await aCaseThatIs('handed-over')
    expect(nextMoment(story.rules, await story.stage.state())).toBe('2019-10-10T01:00:00.000Z')
  })
})

describe('domain rule 12: what has happened stays as it was', () => {
  it('a changed policy or calendar moves no day that was set', async () => {
    const story = await aCaseThatIs('handed-over')
    const state = await story.state()
    const changed = withPolicy('yongzhou', ({ handover, classes }) => ({
      handover: { ...handover, acknowledge: { ...handover.acknowledge, days: 9 } },
      classes: { ...classes, immediate: { ...classes.immediate, days: 1 } },
    }))
    const noHolidays = { ...changed, calendar: { version: 'x', years: {} } }
    const receipt = (rules: Rules) =>
      pendingMoments(rules, state).find(({ events }) => events[0]?.type === 'acknowledgement-missed')?.at
    expect(receipt(noHolidays)).toBe(receipt(story.rules))
  })

  it('the state is made by the events alone: no rule is asked again', async () => {
    const story = await aCaseThatIs('closed')
    const records = await story.stage.record()
    expect(records.reduce<LedgerState | undefined>(evolve, undefined)).toEqual(await story.stage.state())
  })
})

describe('a command', () => {
  const asked = (moment: string, command: CaseCommand['command'], id = 'asked'): AnyCommand => ({
    id: id as CommandId,
    at: at(moment),
    by: 经办人,
    command,
  })

  it('comes after everything that fell due before it, each at its own instant', async () => {
    const story = await aCaseThatIs('handed-over')
    const answer = decide(
      story.rules,
      await story.stage.state(),
      asked('2019-10-12', { type: 'acknowledge' }),
    )
    if (isRefusal(answer)) throw new Error(answer.why)
    expect(answer.map((one) => [one.event.type, one.at])).toEqual([
      ['return-chased', '2019-10-10T01:00:00.000Z'],
      ['acknowledgement-missed', '2019-10-10T15:59:59.999Z'],
      ['return-missed', '2019-10-11T09:00:00.000Z'],
      ['acknowledged', '2019-10-12T02:00:00.000Z'],
    ])
  })

  it('refused, does not bring about what is due, either: nothing happens at all', async () => {
    const story = await aCaseThatIs('handed-over')
    const command = asked('2019-10-12', {
      type: 'submit-closing',
      statement: '',
      checklist: [],
      evidence: [],
    })
    expect(isRefusal(decide(story.rules, await story.stage.state(), command))).toBe(true)
  })

  it('from a clock that is behind is taken at the case’s own time', async () => {
    const story = await aCaseThatIs('handed-over')
    await story.on('2019-10-12')
    const answer = decide(
      story.rules,
      await story.stage.state(),
      asked('2019-10-09', { type: 'acknowledge' }),
    )
    if (isRefusal(answer)) throw new Error(answer.why)
    expect(answer.map((one) => one.at)).toEqual(['2019-10-11T09:00:00.000Z'])
  })

  it('finds everything settled after an absence of twenty years', async () => {
    const story = await aCaseThatIs('handed-over')
    const answer = decide(
      story.rules,
      await story.stage.state(),
      asked('2039-10-12', { type: 'acknowledge' }),
    )
    if (isRefusal(answer)) throw new Error(answer.why)
    expect(answer.at(-1)).toMatchObject({ at: at('2039-10-12'), event: { type: 'acknowledged' } })
    const state = record(headOf([]), story.stage.caseId, answer).reduce<LedgerState>(
      evolve,
      await story.stage.state(),
    )
    expect(due(story.rules, state, at('2039-10-12'))).toEqual([])
  })

  it('is remembered with the events it made, so that the same key happens once', async () => {
    const story = await aCaseThatIs('registered')
    await story.by(整改办, { type: 'hand-over' }, 'key-1')
    await story.by(经办人, { type: 'acknowledge' }, 'key-2')
    expect((await story.state()).recent.slice(-2)).toEqual([
      { id: 'key-1', from: 2, to: 2 },
      { id: 'key-2', from: 3, to: 3 },
    ])
    await story.by(
      经办人,
      { type: 'submit-case-plan', plan: '方案', team: ['组长'], evidence: [材料('方案')] },
      'key-3',
    )
    expect((await story.state()).recent.at(-1)).toEqual({ id: 'key-3', from: 4, to: 5 })
  })
})

describe('what the outside tells the case', () => {
  it('a paper’s number stands on the record and moves nothing', async () => {
    const story = await aCaseThatIs('handed-over')
    const before = await story.stage.state()
    const issued = paperIssued(at('2019-10-08'), {
      paper: 'handover-slip',
      number: '永突环整办〔2019〕1号',
      sha256: 'a'.repeat(64) as Sha256,
      cause: 2,
    })
    const [link] = record(headOf(await story.stage.record()), story.stage.caseId, [issued])
    if (!link) throw new Error('one link')
    const after = evolve(before, link)
    expect(nextMoment(story.rules, after)).toBe(nextMoment(story.rules, before))
    expect(after.state).toEqual({ ...before.state, at: at('2019-10-08') })
  })

  it('a refused signal stands on the record with its clause, by the engine', () => {
    const asked: AnyCommand = {
      id: 's1' as CommandId,
      at: at('2019-10-08'),
      by: 经办人,
      command: { type: 'hand-over' },
    }
    const fact = signalRefused(asked, refuse('forbidden', 'GN-08', '由整改办办理'), at('2019-10-08'))
    expect(fact).toMatchObject({
      by: { kind: 'engine', clause: 'GN-08' },
      event: { type: 'signal-refused', command: 'hand-over', commandId: 's1', why: '由整改办办理' },
    })
  })
})
