import { statSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { type Door, doorOf } from '../cli/http.js'
import { signIn } from '../cli/session.js'
import type { Clock } from '../contracts/clock.js'
import type { Round } from '../db/rounds.js'
import { atTime } from '../domain/calendar/dates.js'
import type { Command } from '../domain/case/commands.js'
import { type CaseId, instant, type PlainDate } from '../domain/words.js'
import { CASE_PLAN, HAND_OVER } from './acts.js'
import { callersDo, ratePerSecond, type Served } from './callers.js'
import { type CpuMillis, cpuDuring, total, type Watched } from './cpu.js'
import { entryOf } from './entry.js'
import { type Figure, percentile } from './figure.js'
import { type Ground, mustBeDone } from './ground.js'

/** Monday morning: nothing falls due while the bench runs. */
const BEGINS = atTime('2026-03-02' as PlainDate, '09:00')
const DEADLINE = '2026-12-31' as PlainDate
const MANY = 50
const FEW = 4
const CLERK = { username: 'unit', password: 'bihuan' }

export type Part = 'temporal' | 'worker' | 'database' | 'api' | 'client'

/** Open cases, handed over, received and planned: their next act is the week's return. */
export type OpenCases = { readonly round: Round; readonly ids: readonly CaseId[] }

export const partsOf = ({ stack }: Ground): Watched<Part> => ({
  temporal: pidOf(stack.process('temporal')),
  worker: pidOf(stack.process('worker')),
  database: pidOf(stack.process('postgres')),
  api: pidOf(stack.process('api')),
  client: 'self',
})

const pidOf = (running: { readonly pid: number } | undefined): number => {
  if (!running) throw new Error('the bench measures servers of its own')
  return running.pid
}

const QUIET_CORES = 0.2
const LOOK_EVERY_MILLIS = 1_000
const LONGEST_LOOKS = 120

/** Waits until what was begun has ended: papers, notices, whatever follows. */
export const untilQuiet = async (watched: Watched<Part>): Promise<void> => {
  for (let looks = 0; looks < LONGEST_LOOKS; looks += 1) {
    const { cpu } = await cpuDuring(watched, () => pause(LOOK_EVERY_MILLIS))
    if (total(cpu) / LOOK_EVERY_MILLIS < QUIET_CORES) return
  }
  throw new Error('the machine does not come to rest')
}

/** A figure for each part, and for all of them together. */
export const cpuFigures = (
  key: string,
  title: string,
  cpu: CpuMillis<string>,
  count: number,
): readonly Figure[] => [
  { key, title, value: total(cpu) / count, unit: 'CPU 毫秒' },
  ...Object.entries(cpu).map(([part, millis]) => ({
    key: `${key}${part.charAt(0).toUpperCase()}${part.slice(1)}`,
    title: `  ${PARTS[part] ?? part}`,
    value: millis / count,
    unit: 'CPU 毫秒',
  })),
]

const PARTS: Readonly<Record<string, string>> = {
  temporal: 'Temporal',
  worker: '办理进程',
  database: 'PostgreSQL',
  api: '接口',
  client: '调用方',
}

export const latencyFigures = (
  key: string,
  title: string,
  latencies: readonly number[],
): readonly Figure[] => [
  { key: `${key}P50Ms`, title: `${title} p50`, value: percentile(latencies, 0.5), unit: '毫秒' },
  { key: `${key}P99Ms`, title: '  p99', value: percentile(latencies, 0.99), unit: '毫秒' },
]

/** Opens so many cases as a round does, hands them over with papers and notices, and lets their unit receive and plan them over HTTP. */
export const openCases = async (
  ground: Ground,
  count: number,
): Promise<{ readonly open: OpenCases; readonly figures: readonly Figure[] }> => {
  const clock: Clock = { kind: 'drill', worldStart: instant(Date.now()), roundStart: BEGINS, speed: 1 }
  const round = await ground.openRound('bench', clock)
  const watched = partsOf(ground)
  const entries = Array.from({ length: count }, (_, index) => entryOf(index + 1, DEADLINE))
  const ids: CaseId[] = []
  const before = await storedBytes(ground)

  const started = await cpuDuring(watched, () =>
    callersDo(MANY, entries, async (entry) => {
      const { caseId } = await ground.register(round, entry, ground.nowIn(round))
      ids.push(caseId)
    }),
  )
  const handedOver = await cpuDuring(watched, async () => {
    const served = await callersDo(MANY, ids, async (id) =>
      mustBeDone(await ground.give(id, HAND_OVER, ground.nowIn(round))),
    )
    await untilQuiet(watched)
    return served
  })
  const door = doorOf(ground.stack.urls.api, await signIn({ issuer: ground.stack.urls.issuer, ...CLERK }))
  const many = await cpuDuring(watched, () => throughDoor(door, MANY, ids, { type: 'acknowledge' }))
  const few = await cpuDuring(watched, () => throughDoor(door, FEW, ids, CASE_PLAN))
  await untilQuiet(watched)
  const after = await storedBytes(ground)
  const bytes = { database: after.database - before.database, temporal: after.temporal - before.temporal }

  return {
    open: { round, ids },
    figures: [
      { key: 'startsPerSecond', title: '立案登记', value: ratePerSecond(started.result), unit: '件/秒' },
      ...cpuFigures('cpuMsPerStart', '  每件', started.cpu, count),
      ...cpuFigures('cpuMsPerHandOver', '交办一件,连同公文和通知', handedOver.cpu, count),
      ...doorFigures('door50', `经接口(HTTP),${MANY} 人同时`, many.result, many.cpu),
      ...doorFigures('door4', `经接口(HTTP),${FEW} 人同时`, few.result, few.cpu),
      {
        ...{ key: 'bytesPerOpenCase', title: '一件在办案件所占', unit: '字节' },
        value: (bytes.database + bytes.temporal) / count,
      },
      {
        ...{ key: 'bytesPerOpenCaseDatabase', title: '  PostgreSQL', unit: '字节' },
        value: bytes.database / count,
      },
      {
        ...{ key: 'bytesPerOpenCaseTemporal', title: '  Temporal', unit: '字节' },
        value: bytes.temporal / count,
      },
    ],
  }
}

const throughDoor = (
  door: Door,
  callers: number,
  ids: readonly CaseId[],
  command: Command,
): Promise<Served> => callersDo(callers, ids, (id) => door.post(`/cases/${id}/commands`, command))

const doorFigures = (key: string, title: string, served: Served, cpu: CpuMillis<Part>): readonly Figure[] => [
  { key: `${key}CommandsPerSecond`, title, value: ratePerSecond(served), unit: '项/秒' },
  ...latencyFigures(key, '  每项', served.latencies),
  ...cpuFigures(`${key}CpuMs`, '  每项', cpu, served.count),
]

/** What both stores have on disk. */
const storedBytes = async ({ db, stack }: Ground): Promise<{ database: number; temporal: number }> => {
  await sql`checkpoint`.execute(db)
  const { rows } = await sql<{ bytes: number }>`select pg_database_size(current_database()) as bytes`.execute(
    db,
  )
  const { origin } = stack.temporal
  if (origin.kind !== 'own') throw new Error('the bench measures servers of its own')
  return { database: rows[0]?.bytes ?? 0, temporal: statSync(origin.data).size }
}

const IDLE_SECONDS = 60
/** What opening them left behind — vacuuming, checkpoints, closing connections — is no part of being idle. */
const STILL_SECONDS = 45
const IDLE_SECONDS_AT_LEAST = 3

/** Nobody does anything, nothing falls due: what the open cases cost by being open. */
export const measureIdle = async (
  ground: Ground,
  count: number,
  scale: number,
): Promise<readonly Figure[]> => {
  const seconds = Math.max(IDLE_SECONDS_AT_LEAST, IDLE_SECONDS * scale)
  const { client: _client, ...watched } = partsOf(ground)
  await pause(Math.max(3, STILL_SECONDS * scale) * 1_000)
  const { cpu } = await cpuDuring(watched, () => pause(seconds * 1_000))
  const cores = (millis: number): number => millis / (seconds * 1_000)
  return [
    {
      ...{ key: 'idleCores', title: `${count} 件在办、无人办理时`, unit: '核', most: 0.05 },
      ...{ value: cores(total(cpu)), note: `${seconds} 秒平均` },
    },
    ...Object.entries(cpu).map(([part, millis]) => ({
      key: `idleCores${part.charAt(0).toUpperCase()}${part.slice(1)}`,
      title: `  ${PARTS[part] ?? part}`,
      value: cores(millis),
      unit: '核',
    })),
  ]
}
