import { WithStartWorkflowOperation } from '@temporalio/client'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import {
  CASE_WORKFLOW,
  type CaseStart,
  COMMAND_SIGNAL,
  type CommandMessage,
  STATE_QUERY,
  TASK_QUEUE,
} from '../../contracts/case.js'
import { searchAttributesOf } from '../../contracts/engine.js'
import { evolve } from '../../domain/decider.js'
import type { AnyCommand, LedgerRecord, LedgerState } from '../../domain/decider-types.js'
import { headOf } from '../../domain/record/chain.js'
import { isRefusal } from '../../domain/refusal.js'
import { type CaseId, type CommandId, type Instant, millis, plainDate } from '../../domain/words.js'
import { returned, until, 材料 } from '../support/entries.js'
import * as people from '../support/people.js'
import { aCase, at } from '../support/story.js'
import { openNotebook } from './notebook.js'
import { servedWorld } from './served.js'
import { clockFor, type Played, playedOn, type WorkflowStage } from './stage.js'
import { settled, type World } from './world.js'

const notebook = openNotebook()
let world: World
let stories = 0
beforeAll(async () => {
  world = await servedWorld(notebook)
})
afterAll(() => world.close())

const begun: WorkflowStage[] = []
afterEach(async () => {
  notebook.away.clear()
  for (const stage of begun.splice(0)) await stage.end()
})

const given = async (on = '2019-10-08'): Promise<Played> => {
  stories += 1
  const played = await playedOn(world, (set) =>
    aCase('yongzhou', {
      id: `shell/${String(stories).padStart(3, '0')}`,
      on,
      entry: { deadline: until('2020-06-30') },
      stage: set,
    }),
  )
  begun.push(played.stage)
  return played
}

const message = (stage: WorkflowStage, id: string, command: AnyCommand['command']): CommandMessage => ({
  command: { id: id as CommandId, at: stage.now(), by: people.整改办, command } as AnyCommand,
  ledger: world.notebook.ledger(stage.caseId).length,
})

const types = (records: readonly LedgerRecord[]): readonly string[] => records.map(({ event }) => event.type)

const DAY_MILLIS = 86_400_000

describe('a command', () => {
  it('given twice under one id happens once and gets the same answer', async () => {
    const { stage } = await given()
    const asked = message(stage, 'hand-over-1', { type: 'hand-over' })
    const first = await stage.send(asked)
    const second = await stage.send(asked)
    expect(second).toEqual(first)
    expect(types(await stage.record()).filter((type) => type === 'handed-over')).toHaveLength(1)
  })

  it('given by Update and by Signal under one id happens once', async () => {
    const { stage } = await given()
    const asked = message(stage, 'hand-over-2', { type: 'hand-over' })
    await stage.handle.signal(COMMAND_SIGNAL, asked)
    const answer = await stage.send(asked)
    expect(isRefusal(answer) ? answer : [answer.from, answer.to]).toEqual([2, 2])
    expect(types(await stage.record()).filter((type) => type === 'handed-over')).toHaveLength(1)
  })

  it('answers with everything the ledger does not have', async () => {
    const { story, stage } = await given()
    await stage.send(message(stage, 'dead-caller', { type: 'hand-over' }))
    const answer = await stage.send({
      ...message(stage, 'live-caller', { type: 'add-evidence', evidence: [材料('照片')] }),
      command: {
        ...message(stage, 'live-caller', { type: 'acknowledge' }).command,
        by: people.经办人,
      } as AnyCommand,
    })
    if (isRefusal(answer)) throw new Error(answer.why)
    expect(types(answer.events)).toEqual(expect.arrayContaining(['handed-over', 'acknowledged']))
    expect(answer.events[0]?.seq).toBe(2)
    expect((await story.state()).phase).toBe('acknowledged')
  })

  it('from the future, or of no time at all, is refused: nothing falls due before its day', async () => {
    const { story, stage } = await given()
    await story.handedOver()
    const asked = message(stage, 'ahead', { type: 'chase', whom: 'responsible-unit', words: '请抓紧' })
    for (const moment of ['2030-01-01T00:00:00.000Z', '2019-10-08 09:00']) {
      const answer = await stage.send({ ...asked, command: { ...asked.command, at: moment as Instant } })
      expect(answer).toMatchObject({ type: 'refused', kind: 'invalid', clause: 'GN-07' })
    }
    expect(types(await stage.record())).toEqual(['registered', 'handed-over', 'paper-issued'])
  })

  it('racing the timer at the very instant: what falls due comes first, whoever wins', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { story, stage } = await given()
      await story.rectifying()
      await story.on('2019-10-09')
      await story.reports(10)
      await story.on('2019-10-17', '08:59')
      const chasedAt = at('2019-10-17', '09:00')
      const clock = stage.start.clock
      if (clock.kind === 'real') throw new TypeError('a story has a clock of its own')
      const target = millis(clock.worldStart) + millis(chasedAt) - millis(clock.roundStart)
      const command: AnyCommand = {
        id: 'racer' as CommandId,
        at: chasedAt,
        by: people.经办人,
        command: { type: 'submit-return', content: returned(20) },
      }
      const [answer] = await Promise.all([
        stage.send({ command, ledger: world.notebook.ledger(stage.caseId).length }),
        world.sleep(stage.caseId, Math.max(1, target - (await world.now(stage.caseId)))),
      ])
      if (isRefusal(answer)) throw new Error(answer.why)
      await settled(world, stage.caseId)
      const record = (await stage.record()).filter(({ at: moment }) => moment === chasedAt)
      expect(types(record)).toEqual(['return-chased', 'return-submitted'])
      expect(record.map((one) => one.command)).toEqual([undefined, 'racer'])
    }
  })
})

describe('a signal', () => {
  it('that is refused stands on the record, once', async () => {
    const { stage } = await given()
    const refused = message(stage, 'signal-1', { type: 'acknowledge' })
    await stage.handle.signal(COMMAND_SIGNAL, refused)
    await stage.handle.signal(COMMAND_SIGNAL, refused)
    await settled(world, stage.caseId)
    const record = await stage.record()
    expect(record.map(({ event }) => event)).toMatchObject([
      { type: 'registered' },
      { type: 'signal-refused', command: 'acknowledge', commandId: 'signal-1', clause: 'GN-08' },
    ])
    expect(record[1]?.by.kind).toBe('engine')
  })

  it('that makes no sense changes nothing, and the case goes on', async () => {
    const { story, stage } = await given()
    await stage.handle.signal(COMMAND_SIGNAL)
    await stage.handle.signal(COMMAND_SIGNAL, { ledger: -7 })
    await stage.handle.signal(COMMAND_SIGNAL, { command: { id: 'x', command: { type: 'no-such' } } })
    await story.handedOver()
    expect(types(await stage.record())).toEqual(expect.arrayContaining(['registered', 'handed-over']))
    expect(types(await stage.record())).not.toContain('signal-refused')
  })
})

describe('what follows from an event', () => {
  it('never holds up commands and moments while the mail server and the ledger are away', async () => {
    const { story, stage } = await given('2019-10-15')
    await story.rectifying()
    await story.on('2019-10-17', '08:55')
    const inLedger = (): readonly string[] => types(notebook.ledger(stage.caseId))
    const chase = (id: string) =>
      stage.send(message(stage, id, { type: 'chase', whom: 'responsible-unit', words: '请抓紧' }))
    const before = inLedger()

    notebook.away.add('mail').add('ledger')
    await chase('while-away-1')
    await world.sleep(stage.caseId, 10 * 60_000)
    const answer = await chase('while-away-2')
    if (isRefusal(answer)) throw new Error(answer.why)
    expect(types(answer.events)).toEqual(['chased', 'return-chased', 'chased'])
    expect(inLedger()).toEqual(before)

    notebook.away.clear()
    await world.sleep(stage.caseId, 15 * 60_000)
    await settled(world, stage.caseId)
    // The second chase is its caller's to carry.
    expect(inLedger()).toEqual([...before, 'chased', 'return-chased'])
    expect(types(await stage.record())).toEqual([...before, 'chased', 'return-chased', 'chased'])
    const told = notebook.batches
      .flat()
      .filter(({ caseId, seq }) => caseId === stage.caseId && seq > before.length)
    expect(told.map(({ seq }) => seq).toSorted()).toEqual([1, 2, 3].map((n) => before.length + n))
  })

  it('papers do not wait for a mail server that is dead for a day; its notices go out once when it is back', async () => {
    const { stage } = await given()
    notebook.away.add('mail')
    await stage.send(message(stage, 'while-mute', { type: 'hand-over' }))
    const slips = (): number =>
      [...notebook.papers.values()].filter(
        ({ caseId, paper }) => caseId === stage.caseId && paper === 'handover-slip',
      ).length
    const told = () => notebook.batches.flat().filter(({ caseId }) => caseId === stage.caseId)
    await world.sleep(stage.caseId, DAY_MILLIS)
    await stage.send(message(stage, 'taken-back', { type: 'withdraw-handover', reason: '单位有误' }))
    await stage.send(message(stage, 'given-again', { type: 'hand-over' }))
    await world.sleep(stage.caseId, 60_000)
    expect(slips()).toBe(2)
    expect(told()).toEqual([])

    notebook.away.clear()
    await world.sleep(stage.caseId, 15 * 60_000)
    await settled(world, stage.caseId)
    const keys = told().map(({ key }) => key)
    expect(keys.length).toBeGreaterThan(0)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('a referral is a case of its own, and outlives the one it came from', async () => {
    const { story, stage } = await given()
    await story.rectifying()
    await story.submits()
    await story.refuses(people.牵头单位, '监测数据造假', 'feigned')
    await story.by(people.包案领导, {
      type: 'decide-clue',
      clue: 0,
      decision: 'refer',
      reason: '涉嫌假装整改',
    })
    const referred = (await story.events('clue-referred'))[0]
    if (!referred) throw new Error('nothing was referred')
    await stage.end()

    const child = world.client.workflow.getHandle(referred.referral)
    const command = async (by: typeof people.整改办, asked: AnyCommand['command']) => {
      await settled(world, referred.referral)
      const id = `${referred.referral}-${asked.type}`
      const sent: CommandMessage = {
        command: { id, at: stage.now(), by, command: asked } as AnyCommand,
        ledger: notebook.ledger(referred.referral).length,
      }
      await child.executeUpdate('command', { updateId: id, args: [sent] })
    }
    await command(people.整改办主任, { type: 'transfer-clue', letter: '线索移交函', evidence: [] })
    await command(people.纪检监察, { type: 'begin-verification' })
    await command(people.纪检监察, {
      type: 'record-outcome',
      outcomes: [
        {
          person: '局长老周',
          measure: '警告',
          organ: '市纪委监委',
          document: '永纪〔2019〕8号',
          decidedOn: plainDate('2019-10-08'),
        },
      ],
    })
    await command(people.整改办, {
      type: 'publish-outcome',
      channels: ['市纪委监委网站'],
      publishedOn: plainDate('2019-10-08'),
    })
    await child.result()
    expect(types(notebook.ledger(referred.referral))).toEqual([
      'referral-opened',
      'clue-transferred',
      'paper-issued',
      'verification-begun',
      'outcome-recorded',
      'outcome-published',
    ])
  })
})

describe('a case that comes and goes', () => {
  it('started and refused its registration, it does not stay', async () => {
    const { stage } = await given()
    await stage.end()
    const caseId = 'shell/refused' as CaseId
    const start: CaseStart = { ...stage.start, caseId }
    const sent = message(stage, 'refused', { type: 'hand-over' })
    await expect(
      world.client.workflow.executeUpdateWithStart('command', {
        args: [{ ...sent, ledger: 0 }],
        updateId: 'refused',
        startWorkflowOperation: new WithStartWorkflowOperation(CASE_WORKFLOW, {
          workflowId: caseId,
          taskQueue: TASK_QUEUE,
          args: [start],
          workflowIdConflictPolicy: 'USE_EXISTING',
        }),
      }),
    ).rejects.toThrow()
    await world.sleep(caseId, 11 * 60_000)
    await vi.waitFor(async () => {
      const { status } = await world.client.workflow.getHandle(caseId).describe()
      expect(status.name).toBe('COMPLETED')
    })
  })

  it('started again from its events, it wakes at the same moments; those it missed come at their own', async () => {
    const { story, stage } = await given()
    await story.rectifying()
    await story.on('2019-10-15')
    await story.reports(10)
    const records = await stage.record()
    await stage.end()

    const state = records.reduce<LedgerState | undefined>(evolve, undefined)
    if (!state) throw new Error('no events')
    const start: CaseStart = {
      ...stage.start,
      clock: await clockFor(world, 'shell/none' as CaseId, at('2019-10-25', '12:00')),
      resumed: { state, head: headOf(records), waiting: [], effects: [] },
    }
    await world.client.workflow.start(CASE_WORKFLOW, {
      workflowId: stage.caseId,
      taskQueue: TASK_QUEUE,
      args: [start],
      typedSearchAttributes: searchAttributesOf(start),
    })
    await settled(world, stage.caseId)
    expect(await story.moments('return-chased')).toEqual([
      at('2019-10-10', '09:00'),
      at('2019-10-24', '09:00'),
    ])
    expect(await story.moments('return-missed')).toEqual([at('2019-10-11', '17:00')])
    await world.sleep(stage.caseId, 6 * 3_600_000)
    await settled(world, stage.caseId)
    expect((await story.moments('return-missed')).at(-1)).toBe(at('2019-10-25', '17:00'))
  })

  it('archived, its workflow ends; a rebound reported later starts it again where it was', async () => {
    const { story, stage } = await given()
    await story.closed()
    for (const day of ['2020-01-22', '2020-04-22', '2020-10-22']) {
      await story.on(day)
      await story.by(people.整改办, {
        type: 'look-back',
        result: 'holds',
        findings: '未见反弹',
        site: {
          place: '甲县',
          at: story.stage.now(),
          photos: [材料('照片')],
          observers: [],
        },
      })
    }
    await stage.handle.result()
    const records = notebook.ledger(stage.caseId)
    const state = records.reduce<LedgerState | undefined>(evolve, undefined)
    if (!state) throw new Error('no events')
    const start: CaseStart = {
      ...stage.start,
      clock: await clockFor(world, 'shell/none' as CaseId, stage.now()),
      resumed: { state, head: headOf(records), waiting: [], effects: [] },
    }
    const sent = message(stage, 'rebound', { type: 'report-rebound', findings: '群众反映又冒黑水' })
    await world.client.workflow.executeUpdateWithStart('command', {
      args: [sent],
      updateId: 'rebound',
      startWorkflowOperation: new WithStartWorkflowOperation(CASE_WORKFLOW, {
        workflowId: stage.caseId,
        taskQueue: TASK_QUEUE,
        args: [start],
        workflowIdConflictPolicy: 'USE_EXISTING',
      }),
    })
    const reopened = await stage.handle.query<LedgerState>(STATE_QUERY)
    expect(reopened.state.phase).toBe('rectifying')
  })
})
