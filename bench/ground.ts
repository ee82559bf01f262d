import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Client } from '@temporalio/client'
import { TemporalCalls } from '../api/cases/calls.js'
import { Commander, type Done } from '../api/cases/commander.js'
import { startOfEntry } from '../api/cases/start.js'
import { connectTemporal } from '../api/cases/temporal.js'
import type { Clock } from '../contracts/clock.js'
import { roundTime } from '../contracts/clock.js'
import { connect, type Db } from '../db/connect.js'
import { caseById } from '../db/queries/cases.js'
import { openRound, type Round } from '../db/rounds.js'
import { calendarHash, saveRules } from '../db/rules.js'
import { dateOf } from '../domain/calendar/dates.js'
import type { Rules } from '../domain/context.js'
import type { AnyCommand } from '../domain/decider-types.js'
import type { Entry } from '../domain/entry.js'
import {
  type CaseId,
  type CommandId,
  type Instant,
  instant,
  type RoundId,
  type Sha256,
} from '../domain/words.js'
import { loadCalendar } from '../policies/calendars/load.js'
import { loadPolicy } from '../policies/load.js'
import { bringStack, type Stack } from '../runtime/stack.js'
import { type Act, office } from './acts.js'

export const SOURCE = { name: '省生态环境保护督察', level: 'provincial' } as const

/** The whole of it on this machine — Temporal, PostgreSQL, worker, API — and a caller's hands beside the API. */
export type Ground = {
  readonly stack: Stack
  readonly db: Db
  readonly client: Client
  readonly rules: Rules & { readonly hash: Sha256 }
  readonly openRound: (id: string, clock: Clock) => Promise<Round>
  readonly nowIn: (round: Round) => Instant
  /** Starts and registers a case as the opening of a round does. */
  readonly register: (round: Round, entry: Entry, at: Instant, caseId?: CaseId) => Promise<Done>
  /** Looks the case up, sends the command, appends its events: what the API does, without HTTP. */
  readonly give: (caseId: CaseId, act: Act, at: Instant) => Promise<Given>
  readonly stop: () => Promise<void>
}

export type Given = Awaited<ReturnType<Commander['give']>>

/** A bench is one person at one address. */
const UNLIMITED = '1000000'
const CONNECTIONS = 20
/** A caller under load waits for as long as it takes. */
const PATIENCE_MILLIS = 60_000

export const bringGround = async ({
  policy: city,
  dynamicConfig = [],
}: {
  readonly policy: string
  readonly dynamicConfig?: readonly string[]
}): Promise<Ground> => {
  const home = mkdtempSync(join(tmpdir(), 'bihuan-bench-'))
  chmodSync(home, 0o755)
  const stack = await bringStack({
    home,
    dynamicConfig,
    env: { BIHUAN_LOG_LEVEL: 'warn', BIHUAN_RATE_PERSON: UNLIMITED, BIHUAN_RATE_ADDRESS: UNLIMITED },
  })
  const { urls } = stack
  const db = connect(urls.database, CONNECTIONS)
  const { connection, client } = connectTemporal({
    temporal: { address: urls.temporalAddress, namespace: urls.temporalNamespace },
  })
  const calls = new TemporalCalls(connection)
  const commander = new Commander({ db, client, calls, patienceMillis: PATIENCE_MILLIS })
  const loaded = loadPolicy(city)
  const calendar = loadCalendar()
  const rules = { policy: loaded.policy, calendar, hash: loaded.hash }
  await saveRules(db, loaded, calendar)
  let commands = 0
  const nextId = (): CommandId => {
    commands += 1
    return `bench-${commands}` as CommandId
  }

  return {
    stack,
    db,
    client,
    rules,
    openRound: async (id, clock) => {
      const openedAt = roundTime(clock, instant(Date.now()))
      const round: Round = {
        ...{ id: id as RoundId, city: loaded.policy.city, title: '量一量处理能力', plan: '', reading: {} },
        ...{ policyHash: loaded.hash, calendarHash: calendarHash(calendar), source: SOURCE, clock },
        ...{ feedbackDate: null, planDate: dateOf(openedAt), openedAt },
      }
      await openRound(db, round, [])
      return round
    },
    nowIn: ({ clock }) => roundTime(clock, instant(Date.now())),
    register: async (round, entry, at, caseId) => {
      const start = startOfEntry(round, entry, rules)
      const id = caseId ?? start.caseId
      const command = {
        ...{ type: 'register', caseId: id, round: round.id, entry, source: SOURCE },
        ...{ policy: loaded.hash, calendar: calendarHash(calendar), planDate: dateOf(at) },
      }
      const asked = { id: nextId(), at, by: office, command } as AnyCommand
      return mustBeDone(await commander.register({ ...start, caseId: id }, asked, entry.text))
    },
    give: async (caseId, { by, command }, at) => {
      const known = await caseById(db, caseId)
      if (!known) throw new Error(`${caseId} is not in the ledger`)
      return commander.give(known, { id: nextId(), at, by, command } as AnyCommand, 'new')
    },
    stop: async () => {
      await calls.close()
      await db.destroy()
      await stack.stop()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/** @throws Error when the command was anything but done: a figure of refused commands would be none. */
export const mustBeDone = (given: Given): Done => {
  if (given.kind === 'done') return given
  throw new Error(given.kind === 'refused' ? `refused: ${given.refusal.why}` : given.kind)
}
