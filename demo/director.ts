import { setTimeout as pause } from 'node:timers/promises'
import { type Door, Refused } from '../cli/http.js'
import type { Clock } from '../contracts/clock.js'
import { roundTime } from '../contracts/clock.js'
import { dateOf } from '../domain/calendar/dates.js'
import { evolve } from '../domain/decider.js'
import type { LedgerRecord, LedgerState } from '../domain/decider-types.js'
import type { Policy } from '../domain/policy.js'
import { type Instant, instant, millis } from '../domain/words.js'
import {
  type Act,
  actOfWish,
  actOn,
  actOnReferral,
  type RoundTodo,
  type Scene,
  WISHES_OF,
  wishIn,
} from '../simulation/acts.js'
import type { Persona } from '../simulation/personas.js'
import { documentOf, handInFiles, photoOf } from './evidence.js'
import type { Officers } from './officers.js'

export type Direction = {
  readonly round: string
  readonly office: Door
  readonly officers: Officers
  readonly personas: ReadonlyMap<string, Persona>
  readonly policy: Policy
  readonly clock: Clock
  /** Every event of the round, in the order it became readable. */
  readonly heard: (records: readonly LedgerRecord[]) => void
  readonly unexpected: (what: string) => void
  readonly isOver: () => boolean
}

const TICK_MILLIS = 200
const AT_ONCE = 10
/** A person needs part of a day; a return is not sent before the week has begun. */
const THINKING_DAYS: Readonly<Record<string, number>> = {
  acknowledge: 0.4,
  'submit-case-plan': 3,
  'submit-return': 1,
  'confirm-immediate': 5,
  'complete-node': 8,
  sign: 1,
  'post-notice': 0.8,
  'send-filing': 0.8,
  'record-filing-receipt': 1.5,
  'look-back': 1.5,
  'decide-rung': 1,
  'decide-clue': 2,
  'decide-extension': 2,
}
const DAY_MILLIS = 86_400_000

/** Lets the people of a drill work, each in their own name, until it is over. All they know comes through the door. */
export const direct = async (direction: Direction): Promise<void> => {
  const { round, office, clock } = direction
  const now = (): Instant => roundTime(clock, instant(Date.now()))
  const minds = makeMinds(direction, now)
  let cursor = ''
  while (!direction.isOver()) {
    const tick = pause(TICK_MILLIS)
    const [feed, { todos }] = await Promise.all([
      office.get<{
        events: readonly (Omit<LedgerRecord, 'case'> & { caseId: LedgerRecord['case'] })[]
        next: string
      }>(`/rounds/${round}/feed?limit=1000${cursor === '' ? '' : `&after=${cursor}`}`),
      office.get<{ todos: readonly RoundTodo[] }>(`/rounds/${round}/todos?limit=5000`),
    ])
    cursor = feed.next
    const records = feed.events.map(({ caseId, ...rest }) => ({ case: caseId, ...rest }) as LedgerRecord)
    direction.heard(records)
    minds.changed(records)
    minds.consider(todos)
    await tick
  }
  await minds.finish()
}

type Job = { readonly key: string; readonly caseId: string; readonly run: () => Promise<void> }

const makeMinds = (direction: Direction, now: () => Instant) => {
  const { officers, personas, policy } = direction
  const states = new Map<string, LedgerState>()
  /** Round's time at which somebody first saw a thing to do. */
  const seen = new Map<string, number>()
  const busy = new Set<string>()
  const settled = new Set<string>()
  const returns = new Map<string, number>()
  const asked = new Map<string, number>()
  const waiting: Job[] = []
  const running = new Set<Promise<void>>()
  let referred = 0

  /** A case as the feed has told it so far. */
  const sceneOf = (caseId: string): Scene | undefined => {
    const known = states.get(caseId)
    if (known?.kind !== 'problem') return undefined
    const { state } = known
    const step = state.closing && policy.closing.chain[state.closing.step]
    return {
      persona: personas.get(caseId) ?? 'diligent',
      state,
      step: step?.id ?? null,
      channels: step?.kind === 'notice' ? step.channels : [],
      findings: step?.kind === 'sign-off' ? step.findings : [],
      now: now(),
      returns: returns.get(caseId) ?? 0,
      clue: referred === 0 ? 'refer' : 'dismiss',
      checklist: policy.closing.checklist.points,
      files: { documentOf, photoOf },
    }
  }

  const send = async (caseId: string, person: string | undefined, act: Act): Promise<void> => {
    if (person === undefined) return direction.unexpected(`${caseId} ${act.type}:这一席没有人`)
    try {
      const door = await officers.doorOf(person)
      await handInFiles(door, act)
      await door.post(`/cases/${caseId}/commands`, act)
      if (act.type === 'submit-return') returns.set(caseId, (returns.get(caseId) ?? 0) + 1)
      if (act.type === 'decide-clue' && act.decision === 'refer') referred += 1
    } catch (error) {
      // Somebody else was quicker, or the day went on meanwhile: people meet that, too.
      if (error instanceof Refused && error.status === 409) return
      direction.unexpected(
        `${caseId} ${person} ${act.type}:${error instanceof Error ? error.message : String(error)}`,
      )
    }
  }

  const start = (): void => {
    while (running.size < AT_ONCE) {
      const index = waiting.findIndex(({ caseId }) => !busy.has(caseId))
      const [job] = index < 0 ? [] : waiting.splice(index, 1)
      if (!job) return
      busy.add(job.caseId)
      const work = job
        .run()
        .catch((error: unknown) => direction.unexpected(`${job.caseId}:${String(error)}`))
        .finally(() => {
          busy.delete(job.caseId)
          running.delete(work)
          start()
        })
      running.add(work)
    }
  }

  const enqueue = (job: Job): void => {
    if (waiting.some(({ key }) => key === job.key)) return
    waiting.push(job)
  }

  return {
    changed: (records: readonly LedgerRecord[]): void => {
      for (const record of records) {
        states.set(record.case, evolve(states.get(record.case), record))
        if (record.event.type === 'handed-over') asked.set(record.case, 0)
      }
    },
    consider: (todos: readonly RoundTodo[]): void => {
      const time = millis(now())
      const keys = new Set<string>()
      for (const todo of todos) {
        const key = `${todo.caseId} ${todo.act} ${todo.title} ${todo.due ?? ''}`
        if (keys.has(key)) continue
        keys.add(key)
        const since = seen.get(key) ?? time
        seen.set(key, since)
        const thinking = (THINKING_DAYS[todo.act] ?? 1) * DAY_MILLIS
        if (time < since + thinking || settled.has(key) || !isOpenYet(todo, now())) continue
        settled.add(key)
        enqueue({
          key,
          caseId: todo.caseId,
          run: async () => {
            const scene = sceneOf(todo.caseId)
            const act = scene ? actOn(todo, scene) : actOnReferral(todo, now())
            if (act) await send(todo.caseId, officers.inChair(todo), act)
            // What is left lying may be taken up another day; what was tried and is still there, too.
            seen.set(key, millis(now()))
            settled.delete(key)
          },
        })
      }
      for (const key of seen.keys()) if (!keys.has(key)) seen.delete(key)
      for (const [caseId, next] of asked) {
        if (time < next) continue
        asked.set(caseId, time + DAY_MILLIS)
        enqueue({
          key: `${caseId} unasked`,
          caseId,
          run: async () => {
            const scene = sceneOf(caseId)
            const wish = scene && wishIn(scene, Number(caseId.split('/')[1] ?? 0))
            if (!scene || !wish) return
            const seat = WISHES_OF[wish]
            const { units, leaders } = scene.state.entry
            const chair =
              seat === 'case-leader'
                ? { seat, unit: null, person: leaders.municipal?.person ?? null }
                : { seat, unit: units[0] ?? null, person: null }
            await send(caseId, officers.inChair(chair), actOfWish(wish, scene))
          },
        })
      }
      start()
    },
    finish: async (): Promise<void> => {
      waiting.length = 0
      await Promise.all(running)
    },
  }
}

/** A return is due a week at a time; nobody sends the next one the minute the last is in. */
const isOpenYet = ({ act, due }: RoundTodo, time: Instant): boolean =>
  act !== 'submit-return' ||
  due === null ||
  millis(instant(`${due}T00:00:00+08:00`)) - millis(time) < 3 * DAY_MILLIS ||
  dateOf(time) >= due
