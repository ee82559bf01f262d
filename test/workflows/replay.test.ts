import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { temporal } from '@temporalio/proto'
import { Worker } from '@temporalio/worker'
import { describe, expect, inject, it, vi } from 'vitest'
import { COMMAND_SIGNAL } from '../../contracts/case.js'
import type { RoundState } from '../../domain/round/types.js'
import { type CaseId, type CommandId, plainDate, type RoundId, type Sha256 } from '../../domain/words.js'
import { projectRoot } from '../../runtime/project.js'
import '../support/provided.js'
import { workflowBundle } from '../../worker/bundle.js'
import { tracingModule } from '../../worker/tracing.js'
import { onSite, returned, until, 材料 } from '../support/entries.js'
import * as people from '../support/people.js'
import { rulesOf, withPolicy } from '../support/policies.js'
import { aCase, anOpened, at, type SetStage, Story } from '../support/story.js'
import { type Notebook, openNotebook } from './notebook.js'
import { servedWorld } from './served.js'
import { playedOn, type WorkflowStage } from './stage.js'
import { quietRuntime, settled, type World } from './world.js'

const { History } = temporal.api.history.v1
type History = Awaited<ReturnType<WorkflowStage['handle']['fetchHistory']>>

/** A folder a release: `test/histories/0.1.0/`. Only that of the version at hand is ever written. */
const FOLDER = fileURLToPath(new URL('../histories', import.meta.url))
const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { version: string }

type Tale = {
  readonly name: string
  /** What the tale is of; a problem handed in 2020 unless said otherwise. */
  readonly begin?: (id: string, stage: SetStage, notebook: Notebook) => Promise<Story>
  readonly settings?: readonly string[]
  readonly tell: (story: Story, stage: WorkflowStage, notebook: Notebook) => Promise<unknown>
}

const aReferral: NonNullable<Tale['begin']> = async (id, stage) => {
  const rules = rulesOf('yongzhou')
  const story = new Story(await stage(rules, id as CaseId, at('2020-05-06')))
  return story.by(people.书记, {
    type: 'open-referral',
    caseId: id as CaseId,
    origin: 'history/001' as CaseId,
    round: 'history' as RoundId,
    cause: '假装整改:数据造假',
    clause: 'CD-16',
    organ: '市纪委监委',
    units: ['甲县政府'],
    policy: rules.hash,
    calendar: rules.calendar.version as Sha256,
  })
}

const hohhot = withPolicy('hohhot', ({ ranking }) => (ranking ? { ranking: { ...ranking, named: 1 } } : {}))

/** What the round's figures count: a measure as it was on the first of July. */
const aMeasure = async (
  notebook: Notebook,
  n: number,
  name: string,
  live: (story: Story) => Promise<unknown>,
): Promise<void> => {
  const caseId = `history/00${n}` as CaseId
  const units = [people.unit(name)]
  const entry = { n, units, deadline: until(n === 1 ? '2020-12-31' : '2020-06-26') }
  const story = await aCase(hohhot, { id: caseId, on: '2020-06-22', entry })
  await story.handedOver()
  await live(story)
  await story.on('2020-07-01')
  notebook.knowRules(caseId, hohhot)
  notebook.append(caseId, await story.stage.record())
}

const diligent = async (story: Story): Promise<void> => {
  await story.acknowledged()
  await story.planned()
  await story.reportsWeeklyUntil('2020-07-01')
}
const reportsOnce = async (story: Story): Promise<void> => {
  await story.on('2020-06-24')
  const clerk = { ...people.经办人, posts: [{ role: 'unit-clerk', unit: people.unit('乙县政府') }] } as const
  await story.by(clerk, { type: 'submit-return', content: returned(10) })
}
const silent = async (): Promise<void> => undefined

const aRound: NonNullable<Tale['begin']> = async (id, stage, notebook) => {
  await aMeasure(notebook, 1, '甲县政府', diligent)
  await aMeasure(notebook, 2, '乙县政府', reportsOnce)
  const story = new Story(await stage(hohhot, id as CaseId, at('2020-06-22')))
  return story.by(people.整改办, {
    type: 'open-round',
    caseId: id as CaseId,
    round: 'history' as RoundId,
    policy: hohhot.hash,
    calendar: hohhot.calendar.version as Sha256,
    title: '省级督察整改',
    source: { name: '省生态环境保护督察', level: 'provincial' },
    feedbackDate: plainDate('2020-06-22'),
    plan: {
      planDate: plainDate('2020-06-22'),
      entries: 3,
      units: ['甲县政府', '乙县政府', '丙县政府'].map(people.unit),
    },
  })
}

const aPenalty: NonNullable<Tale['begin']> = (id, stage) =>
  anOpened(
    'hohhot',
    people.整改办,
    {
      type: 'propose-consequence',
      sort: 'penalty',
      unit: people.unit('甲县政府'),
      cause: '月度排名末位',
      facts: '六月排名末位',
      evidence: [],
    },
    { id, on: '2020-07-06', stage },
  )

const drafted = (story: Story): Promise<void> =>
  vi.waitFor(
    async () => {
      const { periods }: RoundState = await story.stateOf('round')
      expect(
        periods
          .filter(({ thing }) => thing === 'bulletin')
          .at(-1)
          ?.versions.at(-1)?.digest,
      ).toBeDefined()
    },
    { timeout: 20_000, interval: 50 },
  )

const aProblem: NonNullable<Tale['begin']> = (id, stage) =>
  aCase('yongzhou', { id, on: '2020-05-06', entry: { deadline: until('2020-06-30') }, stage })

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
    name: 'referral',
    begin: aReferral,
    tell: async (story) => {
      await story.by(people.整改办, {
        type: 'transfer-clue',
        letter: '移交线索一件',
        evidence: [材料('线索')],
      })
      await story.on('2020-05-20')
      await story.by(people.整改办, {
        type: 'record-transfer-receipt',
        receipt: '永纪收〔2020〕5号',
        receivedOn: plainDate('2020-05-19'),
      })
      await story.by(people.纪检监察, { type: 'begin-verification' })
      await story.by(people.纪检监察, {
        type: 'record-outcome',
        outcomes: [
          {
            person: '甲某',
            measure: '诫勉',
            organ: '市纪委监委',
            document: '永纪函〔2020〕12号',
            decidedOn: plainDate('2020-05-20'),
          },
        ],
      })
      await story.by(people.整改办, {
        type: 'publish-outcome',
        channels: ['市政府门户网站'],
        publishedOn: plainDate('2020-05-20'),
      })
    },
  },
  {
    name: 'round',
    begin: aRound,
    tell: async (story, _stage, notebook) => {
      const returns = { things: ['return'], reason: '防汛抢险' } as const
      await story.by(people.整改办主任, { type: 'pause-cadence', ...returns })
      await story.on('2020-06-28')
      await story.by(people.整改办主任, { type: 'resume-cadence', ...returns })
      await story.on('2020-07-01')
      await drafted(story)
      const bulletin = { thing: 'bulletin', period: '2020-06' } as const
      await story.by(people.整改办主任, { type: 'issue-period', ...bulletin })
      await aMeasure(notebook, 3, '丙县政府', silent)
      await story.by(people.整改办, { type: 'correct-period', ...bulletin, reason: '漏列一件' })
      await drafted(story)
      await story.by(people.整改办主任, { type: 'issue-period', ...bulletin })
      await story.by(people.整改办主任, { type: 'issue-circular', period: '2020-06', demand: '限期赶上' })
      await story.on('2020-08-12')
    },
  },
  {
    name: 'appeal',
    begin: aPenalty,
    tell: async (story) => {
      await story.by(people.纪检监察, {
        ...{ type: 'review-excuse', result: 'not', reasons: '未尽管理责任', evidence: [] },
      })
      await story.by(people.县长, { type: 'decide-consequence', decision: 'impose', reason: '末位' })
      await story.by(people.单位负责人, { type: 'appeal-consequence', grounds: '数据有误', evidence: [] })
      await story.by(people.书记, {
        ...{ type: 'decide-appeal', decision: 'reduce', fen: 2_000_000, reason: '数据有误' },
      })
      await story.on('2020-08-06')
      await story.by(people.书记, {
        ...{ type: 'cancel-consequence', reason: '数据全错', document: '呼督改〔2020〕9号' },
      })
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

/** Recorded with what followed from an event before a patch of `workflows/effects.ts`; never anew. */
const FROM_BEFORE = ['referral-unsent', 'round-unproposed', 'appeal-unserved']

const record = async ({ name, settings, begin = aProblem, tell }: Tale): Promise<void> => {
  const notebook = openNotebook()
  const world: World = await servedWorld(notebook, settings)
  try {
    const { story, stage } = await playedOn(world, (set) => begin(`history/${name}`, set, notebook))
    const first = await stage.handle.describe()
    await tell(story, stage, notebook)
    await settled(world, stage.caseId)
    const last = await stage.handle.describe()
    for (const { runId } of first.runId === last.runId ? [first] : [first, last]) {
      const history = await world.client.workflow.getHandle(stage.caseId, runId).fetchHistory()
      const part = first.runId === last.runId ? '' : runId === first.runId ? '-first' : '-last'
      mkdirSync(join(FOLDER, version), { recursive: true })
      writeFileSync(join(FOLDER, version, `${name}${part}.json`), written(history))
    }
  } finally {
    await world.close()
  }
}

/** Names of tales, parted by commas: those alone are recorded anew. */
const WANTED = process.env.BIHUAN_RECORD?.split(',') ?? []

describe.runIf(WANTED.length > 0)('recording', () => {
  for (const tale of TALES.filter(({ name }) => WANTED.includes(name))) it(tale.name, () => record(tale))
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
  readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .toSorted()
    .map((file) => {
      const { history } = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as { history: string }
      return {
        workflowId: file.replace('.json', ''),
        history: History.decode(Buffer.from(history, 'base64')),
      }
    })

const replayed = async (
  all: readonly Recorded[],
  workflowBundle = { codePath: inject('workflowBundle') },
): Promise<ReadonlyMap<string, string>> => {
  quietRuntime()
  const results = new Map<string, string>()
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle }, all))
    results.set(workflowId, error?.message ?? 'the same')
  return results
}

describe('recorded histories', () => {
  it('of every release so far replay as they were', async () => {
    const all = histories()
    const results = await replayed(all)
    expect([...results]).toEqual(all.map(({ workflowId }) => [workflowId, 'the same']))
  })

  it('replay the same where traces are kept', async () => {
    const all = histories()
    const results = await replayed(all, await workflowBundle([tracingModule]))
    expect([...results]).toEqual(all.map(({ workflowId }) => [workflowId, 'the same']))
  })

  it('there are some of the version at hand: each tale, and of 0.1.0 what ran before a patch: nothing sent, proposed or served', () => {
    const names = histories().map(({ workflowId }) => workflowId)
    for (const { name } of TALES)
      expect(names.some((one) => [name, `${name}-first`].includes(one.slice(version.length + 1)))).toBe(true)
    for (const before of FROM_BEFORE) expect(names).toContain(`0.1.0/${before}`)
  })

  it('would not replay if the workflow did something else', async () => {
    const [escalation] = histories().filter(({ workflowId }) => workflowId === '0.1.0/escalation')
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
