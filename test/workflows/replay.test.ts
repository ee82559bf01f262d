import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { temporal } from '@temporalio/proto'
import { Worker } from '@temporalio/worker'
import { describe, expect, inject, it } from 'vitest'
import { COMMAND_SIGNAL } from '../../contracts/case.js'
import { type CommandId, plainDate } from '../../domain/words.js'
import '../support/provided.js'
import { onSite, until, 材料 } from '../support/entries.js'
import * as people from '../support/people.js'
import { aCase, type Story } from '../support/story.js'
import { openNotebook } from './notebook.js'
import { servedWorld } from './served.js'
import { type WorkflowStage, workflowStage } from './stage.js'
import { quietRuntime, settled, type World } from './world.js'

const { History } = temporal.api.history.v1
type History = Awaited<ReturnType<WorkflowStage['handle']['fetchHistory']>>

const FOLDER = fileURLToPath(new URL('../histories', import.meta.url))

type Tale = {
  readonly name: string
  readonly settings?: readonly string[]
  readonly tell: (story: Story, stage: WorkflowStage) => Promise<unknown>
}

/** What is recorded on the real server by test/workflows/record.ts; change a tale and record again. */
const TALES: readonly Tale[] = [
  {
    name: 'extension',
    tell: async (story) => {
      await story.rectifying()
      await story.on('2020-06-15')
      await story.by(people.单位负责人, {
        type: 'request-extension',
        until: plainDate('2020-08-31'),
        reason: '汛期无法施工',
        measures: '增加人手',
      })
      await story.by(people.包案领导, { type: 'decide-extension', decision: 'approve', reason: '同意' })
      await story.on('2020-07-06')
    },
  },
  {
    name: 'return',
    tell: async (story, stage) => {
      await story.rectifying()
      await story.on('2020-05-13')
      await story.reports(10)
      await story.on('2020-05-20')
      await story.reports(20)
      await stage.handle.signal(COMMAND_SIGNAL, {
        command: {
          id: 'too-late' as CommandId,
          at: stage.now(),
          by: people.经办人,
          command: { type: 'acknowledge' },
        },
        ledger: 0,
      })
      await story.on('2020-06-01')
    },
  },
  {
    name: 'escalation',
    tell: async (story) => {
      await story.handedOver()
      await story.on('2020-07-10')
      await story.by(people.整改办主任, {
        type: 'decide-rung',
        rung: 'interview',
        decision: 'issue',
        reason: '超期未完成',
      })
    },
  },
  {
    name: 'rebound',
    tell: async (story) => {
      await story.closed()
      await story.on('2020-09-15')
      await story.by(people.整改办, {
        type: 'look-back',
        result: 'rebound',
        findings: '排口又见黑水',
        site: onSite(story.stage.now()),
      })
      await story.on('2020-09-28')
    },
  },
  {
    name: 'continued',
    settings: ['limit.historyCount.suggestContinueAsNew=60'],
    tell: async (story) => {
      await story.rectifying()
      for (let n = 1; n <= 12; n += 1)
        await story.by(people.经办人, { type: 'add-evidence', evidence: [材料(`照片 ${n}`)] })
      await story.on('2020-05-25')
    },
  },
]

const record = async ({ name, settings, tell }: Tale): Promise<void> => {
  const world: World = await servedWorld(openNotebook(), settings)
  try {
    let stage: WorkflowStage | undefined
    const story = await aCase('yongzhou', {
      id: `history/${name}`,
      on: '2020-05-06',
      entry: { deadline: until('2020-06-30') },
      stage: async (rules, caseId, start) => {
        stage = await workflowStage(world, rules, caseId, start)
        return stage
      },
    })
    if (!stage) throw new Error('the story has no stage')
    const first = await stage.handle.describe()
    await tell(story, stage)
    await settled(world, stage.caseId)
    const last = await stage.handle.describe()
    for (const { runId } of first.runId === last.runId ? [first] : [first, last]) {
      const history = await world.client.workflow.getHandle(stage.caseId, runId).fetchHistory()
      const part = first.runId === last.runId ? '' : runId === first.runId ? '-first' : '-last'
      writeFileSync(join(FOLDER, `${name}${part}.json`), written(history))
    }
  } finally {
    await world.close()
  }
}

describe.runIf(process.env.BIHUAN_RECORD)('recording', () => {
  it('starts from an empty folder', () => {
    rmSync(FOLDER, { recursive: true, force: true })
    mkdirSync(FOLDER)
  })
  for (const tale of TALES) it(tale.name, () => record(tale))
})

/** The kinds of events for people who compare two versions; the history itself as Temporal's own bytes. */
const written = (history: History): string => {
  const { EventType } = temporal.api.enums.v1
  const events = (history.events ?? []).map(({ eventType }) =>
    EventType[eventType ?? 0]?.slice('EVENT_TYPE_'.length),
  )
  const bytes = Buffer.from(History.encode(history).finish()).toString('base64')
  return `${JSON.stringify({ events, history: bytes }, undefined, 1)}\n`
}

type Recorded = { readonly workflowId: string; readonly history: History }

const histories = (): readonly Recorded[] =>
  (existsSync(FOLDER) ? readdirSync(FOLDER) : [])
    .filter((file) => file.endsWith('.json'))
    .toSorted()
    .map((file) => {
      const { history } = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as { history: string }
      return {
        workflowId: file.replace('.json', ''),
        history: History.decode(Buffer.from(history, 'base64')),
      }
    })

const replayed = async (all: readonly Recorded[]): Promise<ReadonlyMap<string, string>> => {
  quietRuntime()
  const results = new Map<string, string>()
  const workflowBundle = { codePath: inject('workflowBundle') }
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle }, all))
    results.set(workflowId, error?.message ?? 'the same')
  return results
}

describe('recorded histories', () => {
  it('replay as they were: an extension, a return, an escalation, a rebound, a continued case', async () => {
    const results = await replayed(histories())
    expect([...results]).toEqual(
      ['continued-first', 'continued-last', 'escalation', 'extension', 'rebound', 'return'].map((name) => [
        name,
        'the same',
      ]),
    )
  })

  it('would not replay if the workflow did something else', async () => {
    const [escalation] = histories().filter(({ workflowId }) => workflowId === 'escalation')
    if (!escalation) throw new Error('no history is recorded')
    const [scheduled] = (escalation.history.events ?? []).flatMap(
      (event) => event.activityTaskScheduledEventAttributes ?? [],
    )
    if (!scheduled) throw new Error('nothing followed from anything')
    scheduled.activityType = { name: 'writeLetter' }
    const changed = { ...escalation, workflowId: 'changed' }
    expect((await replayed([changed])).get('changed')).toMatch(/nondeterminism|Nondeterminism/i)
  })
})
