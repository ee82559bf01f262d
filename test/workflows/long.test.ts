import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { COMMAND_UPDATE, type CommandAnswer, type CommandMessage } from '../../contracts/case.js'
import { searchAttributesOf } from '../../contracts/engine.js'
import { endOfDay } from '../../domain/calendar/dates.js'
import type { AnyCommand } from '../../domain/decider-types.js'
import { firstBrokenLink } from '../../domain/record/chain.js'
import { isRefusal } from '../../domain/refusal.js'
import { type CommandId, instant, plainDate } from '../../domain/words.js'
import { adopt, withYear } from '../support/calendars.js'
import { returned, until, 材料 } from '../support/entries.js'
import * as people from '../support/people.js'
import { rulesOf } from '../support/policies.js'
import { aCase, at } from '../support/story.js'
import { openNotebook } from './notebook.js'
import { expectSameAsPure } from './retold.js'
import { servedWorld } from './served.js'
import { playedOn } from './stage.js'
import { settled, type World } from './world.js'

const notebook = openNotebook()
let world: World
beforeAll(async () => {
  // The server says a history is heavy much sooner than it does in production.
  world = await servedWorld(notebook, ['limit.historyCount.suggestContinueAsNew=150'])
})
afterAll(() => world.close())

const CALLERS = 5
const COMMANDS_EACH = 40

describe('a history that grows heavy', () => {
  it('is continued in another run while commands come in: none lost, none doubled, the clock as it was', async () => {
    const { story, stage } = await playedOn(world, (set) =>
      aCase('yongzhou', {
        id: 'long/001',
        on: '2019-10-08',
        entry: { deadline: until('2020-06-30') },
        stage: set,
      }),
    )
    const { caseId, handle } = stage
    await story.rectifying()
    await story.on('2019-10-14')
    const before = await handle.describe()

    const adds = (id: string): CommandMessage => ({
      command: {
        id: id as CommandId,
        at: at('2019-10-14'),
        by: people.经办人,
        command: { type: 'add-evidence', evidence: [材料(id)] },
      } as AnyCommand,
      ledger: notebook.ledger(caseId).length,
    })
    const ids = Array.from({ length: CALLERS }, (_, caller) =>
      Array.from({ length: COMMANDS_EACH }, (_, n) => `evidence-${caller}-${n}`),
    )
    await Promise.all(
      ids.map(async (own) => {
        for (const id of own) {
          const answer = await handle.executeUpdate<CommandAnswer, [CommandMessage]>(COMMAND_UPDATE, {
            updateId: id,
            args: [adds(id)],
          })
          notebook.append(caseId, answer.events)
        }
      }),
    )

    await settled(world, caseId)
    const after = await handle.describe()
    expect(after.runId).not.toBe(before.runId)
    for (const pair of searchAttributesOf(stage.start))
      expect(after.typedSearchAttributes.getAll()).toContainEqual(pair)
    const { currentDetails } = await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata')
    expect(currentDetails).toBe(
      [
        '### 【演练】甲县污水处理厂超负荷运转',
        '',
        '**整改中** · 记录至第 208 号',
        '',
        '现在轮到:',
        '- 责任单位 甲县政府:报送调度(2019-10-18 前)',
        '',
        '下一时点:2019年10月17日 09:00 调度到期前催报(JN-07)',
      ].join('\n'),
    )

    const record = await stage.record()
    expect(firstBrokenLink(record)).toBeUndefined()
    const added = record.filter(({ event }) => event.type === 'evidence-added').map(({ command }) => command)
    expect(added.toSorted()).toEqual(ids.flat().toSorted())

    // Across runs the case itself remembers its commands.
    const last = ids.at(-1)?.at(-1) ?? ''
    const again = await stage.send(adds(last))
    expect(isRefusal(again) ? again : record[again.from - 1]?.command).toBe(last)
    expect((await stage.record()).length).toBe(record.length)

    await story.on('2019-10-17', '12:00')
    expect((await story.moments('return-chased')).at(-1)).toBe(at('2019-10-17', '09:00'))
    await story.by(people.经办人, { type: 'submit-return', content: returned(30) })
    await stage.end()
  })

  it('of a silent unit is continued by itself, year after year', async () => {
    const { story, stage } = await playedOn(world, (set) =>
      aCase('yongzhou', {
        id: 'long/002',
        on: '2019-10-08',
        entry: { deadline: until('2022-06-30') },
        stage: set,
      }),
    )
    await story.rectifying()
    const first = await stage.handle.describe()
    await story.on('2020-06-30')
    expect((await stage.handle.describe()).runId).not.toBe(first.runId)
    expect(firstBrokenLink(notebook.ledger(stage.caseId))).toBeUndefined()
    const missed = await story.events('return-missed')
    expect(missed.map(({ inARow }) => inARow)).toEqual(missed.map((_, index) => index + 1))
    expect(new Set(missed.map(({ period }) => period)).size).toBe(missed.length)
    await stage.end()
  })
})

describe('a case that went over to another calendar', () => {
  it('lives by it in every later run, as the pure domain says', async () => {
    const rules = rulesOf('yongzhou')
    const off = ['01-01', '02-08', '02-09', '02-10', '02-11', '02-12']
    const next = withYear(rules.calendar, '2027', { off, on: ['02-06', '02-20'] })
    const { story, stage } = await playedOn(world, (set) =>
      aCase('yongzhou', {
        id: 'long/004',
        on: '2026-12-21',
        entry: { deadline: until('2027-12-31') },
        stage: set,
      }),
    )
    await story.by(people.整改办, { type: 'hand-over' })
    await story.by(people.整改办主任, adopt({ ...rules, calendar: next }))
    const [adopted] = await story.events('rules-adopted')
    expect(adopted?.moved).toMatchObject([{ key: 'planBy', from: '2027-01-04', to: '2027-01-05' }])
    const first = await stage.handle.describe()
    await story.on('2027-06-30')
    expect((await stage.handle.describe()).runId).not.toBe(first.runId)
    expect((await story.state()).calendar).toBe(next.version)
    expect(await story.moments('case-plan-missed')).toEqual([endOfDay(plainDate('2027-01-05'))])
    await expectSameAsPure(stage)
    await stage.end()
  })
})

describe('a drill', () => {
  it('at some days a second tells every moment once, at its own instant, several in one wake-up', async () => {
    const start = at('2019-10-08', '09:00')
    const { stage } = await playedOn(
      world,
      (set) =>
        aCase('yongzhou', {
          id: 'long/003',
          on: '2019-10-08',
          entry: { deadline: until('2020-06-30') },
          stage: set,
        }),
      { kind: 'drill', worldStart: instant(Date.now()), roundStart: start, speed: 30 * 86_400 },
    )
    const { caseId, handle } = stage
    await stage.send({
      command: {
        id: 'go' as CommandId,
        at: start,
        by: people.整改办,
        command: { type: 'hand-over' },
      } as AnyCommand,
      ledger: 0,
    })
    for (;;) {
      const state = await handle.query<{ state: { at: string } }>('state')
      if (state.state.at > '2020-02-01') break
    }
    await handle.terminate('the drill is over')
    const ledger = notebook.ledger(caseId)
    expect(firstBrokenLink(ledger)).toBeUndefined()
    const moments = ledger.filter(({ by }) => by.kind === 'engine').map(({ at: moment }) => moment)
    expect(moments).toEqual(moments.toSorted())
    const periods = ledger.flatMap(({ event }) => (event.type === 'return-missed' ? [event.period] : []))
    expect(periods.length).toBeGreaterThan(10)
    expect(new Set(periods).size).toBe(periods.length)
  })
})
