import { setTimeout as pause } from 'node:timers/promises'
import type { WorkflowHandle } from '@temporalio/client'
import type { CommandMessage } from '../contracts/case.js'
import type { AnyCommand } from '../domain/decider-types.js'
import type { CaseId, CommandId } from '../domain/words.js'
import { type Running, startProgram } from '../runtime/process.js'
import { projectRoot, typescript } from '../runtime/project.js'
import { type Act, clerkOf, weeklyReturn } from './acts.js'
import { BARE_QUEUE, BARE_WORKFLOW } from './bare/queue.js'
import { accept } from './bare/workflow.js'
import { callersDo, ratePerSecond, type Served } from './callers.js'
import { cpuFigures, latencyFigures, type OpenCases, partsOf } from './cases.js'
import { type CpuMillis, cpuDuring, total } from './cpu.js'
import { UNIT } from './entry.js'
import { type Figure, median } from './figure.js'
import { type Ground, mustBeDone } from './ground.js'

const TURNS = 3
/** Of all open cases, how many report in one turn of so many callers. */
const CALLERS = [
  { callers: 4, share: 0.13 },
  { callers: 50, share: 0.2 },
] as const
const STARTERS = 50

const RETURN: Act = { by: clerkOf(UNIT), command: weeklyReturn(30) }

type Side = { readonly cpu: CpuMillis<string>; readonly served: Served }
type Turn = { readonly callers: number; readonly ours: Side; readonly bare: Side }

/** The week's returns of the open cases, and the very same messages to a workflow that only accepts them, in turn. */
export const measureCommands = async (
  ground: Ground,
  { round, ids }: OpenCases,
): Promise<readonly Figure[]> => {
  const worker = await bareWorker(ground)
  try {
    const watched = partsOf(ground)
    const { api: _api, ...engine } = watched
    const alone = { temporal: watched.temporal, worker: worker.pid, client: 'self' } as const
    const bare = await bareWorkflows(ground, ids)
    await callersDo(STARTERS, ids, (id) => ask(bare(id), messageFor(ground, round, id, 'warm')))

    let taken = 0
    const turns: Turn[] = []
    for (let turn = 0; turn < TURNS; turn += 1) {
      for (const { callers, share } of CALLERS) {
        const batch = ids.slice(taken, taken + Math.max(1, Math.floor(ids.length * share)))
        taken += batch.length
        const ours = await cpuDuring(engine, () =>
          callersDo(callers, batch, async (id) =>
            mustBeDone(await ground.give(id, RETURN, ground.nowIn(round))),
          ),
        )
        await pause(SETTLE_MILLIS)
        const theirs = await cpuDuring(alone, () =>
          callersDo(callers, batch, (id) => ask(bare(id), messageFor(ground, round, id, `turn-${turn}`))),
        )
        await pause(SETTLE_MILLIS)
        turns.push({
          callers,
          ours: { cpu: ours.cpu, served: ours.result },
          bare: { cpu: theirs.cpu, served: theirs.result },
        })
      }
    }
    return figuresOf(turns)
  } finally {
    await worker.stop()
  }
}

const SETTLE_MILLIS = 500

const perCommand = ({ cpu, served }: Side): number => total(cpu) / served.count

const figuresOf = (turns: readonly Turn[]): readonly Figure[] => {
  const by = CALLERS.map(({ callers }) => {
    const own = turns.filter((turn) => turn.callers === callers)
    return { callers, own, ratio: median(own.map(({ ours, bare }) => perCommand(ours) / perCommand(bare))) }
  })
  const costs = by.map(({ own }) => median(own.map(({ ours }) => perCommand(ours))))
  const ratios = by.map(({ own }) => own.map(({ ours, bare }) => perCommand(ours) / perCommand(bare)))
  return [
    {
      ...{ key: 'cpuMsPerCommand', title: '一项命令(调度报送)', unit: 'CPU 毫秒' },
      ...{ value: Math.max(...costs), note: '4 人、50 人两种情形中较高的一种' },
    },
    {
      ...{
        key: 'cpuRatioToBareTemporal',
        title: '一项命令与只收不办的 Temporal 流程相比',
        unit: '倍',
        most: 1.4,
      },
      value: Math.max(...by.map(({ ratio }) => ratio)),
      note: `各轮:${ratios
        .flat()
        .map((ratio) => ratio.toFixed(2))
        .join('、')}`,
    },
    ...by.flatMap(({ callers, own, ratio }): readonly Figure[] => {
      const typical = own.toSorted((a, b) => perCommand(a.ours) - perCommand(b.ours))[
        Math.floor(own.length / 2)
      ]
      const latencies = own.flatMap(({ ours }) => ours.served.latencies)
      return [
        {
          ...{ key: `commandsPerSecond${callers}`, title: `${callers} 人同时`, unit: '项/秒' },
          value: median(own.map(({ ours }) => ratePerSecond(ours.served))),
        },
        ...latencyFigures(`command${callers}`, '  每项', latencies),
        ...(typical
          ? cpuFigures(`cpuMsPerCommand${callers}`, '  每项', typical.ours.cpu, typical.ours.served.count)
          : []),
        {
          ...{ key: `bareCpuMsPerUpdate${callers}`, title: '  只收不办的流程', unit: 'CPU 毫秒' },
          value: median(own.map(({ bare }) => perCommand(bare))),
        },
        {
          ...{
            key: `cpuRatioToBareTemporal${callers}`,
            title: '  相比',
            value: ratio,
            unit: '倍',
            most: 1.4,
          },
        },
      ]
    }),
  ]
}

const messageFor = (ground: Ground, round: OpenCases['round'], id: CaseId, turn: string): CommandMessage => ({
  command: {
    id: `${turn} ${id}` as CommandId,
    at: ground.nowIn(round),
    by: RETURN.by,
    command: RETURN.command,
  } as AnyCommand,
  ledger: 5,
})

const ask = (handle: WorkflowHandle, message: CommandMessage): Promise<number> =>
  handle.executeUpdate(accept, { args: [message], updateId: message.command.id })

const bareWorkflows = async ({ client }: Ground, ids: readonly CaseId[]) => {
  const nameOf = (id: CaseId): string => `bare ${id}`
  await callersDo(STARTERS, ids, (id) =>
    client.workflow.start(BARE_WORKFLOW, { workflowId: nameOf(id), taskQueue: BARE_QUEUE }),
  )
  return (id: CaseId): WorkflowHandle => client.workflow.getHandle(nameOf(id))
}

const bareWorker = ({ stack }: Ground): Promise<Running> =>
  startProgram({
    name: 'bare-worker',
    command: process.execPath,
    args: typescript('bench/bare/worker.ts'),
    env: {
      ...process.env,
      TEMPORAL_ADDRESS: stack.urls.temporalAddress,
      TEMPORAL_NAMESPACE: stack.urls.temporalNamespace,
    },
    cwd: projectRoot,
    home: stack.home,
    stopSignal: 'SIGTERM',
    grace: 15_000,
  })
