import { readFile } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '../contracts/clock.js'
import type { Post } from '../domain/parties.js'
import type { PlainDate } from '../domain/words.js'
import { type Door, doorOf } from './http.js'
import type { Session } from './session.js'

export type LoadPlan = {
  readonly apiUrl: string
  readonly issuer: string
  /** .txt, .md or .docx. */
  readonly planFile: string
  /** The name of a shipped policy, or a policy file. */
  readonly policy: string
  /** A coordinator's. */
  readonly session: Session
  /** A round with a clock of its own: so many days a second, from 09:00 of `start` on. */
  readonly drill?: {
    readonly daysPerSecond: number
    readonly start: PlainDate
    /** So many seconds later, when everybody is in place. */
    readonly beginsInSeconds?: number
  }
  /** The round's id; without it the plan file's name, or the policy's. */
  readonly round?: string
}

type DrillClock = Omit<Extract<Clock, { kind: 'drill' }>, 'kind'>

/** Of a drill: everybody who may sign in, and their one password. */
export type DrillOfficers = {
  readonly clock: DrillClock
  readonly password: string | null
  readonly officers: readonly { readonly person: string; readonly name: string; readonly post: Post }[]
}

export type LoadedPlan = {
  readonly round: string
  readonly cases: number
  readonly handedOver: number
  /** What keeps the others from being handed over, one line each. */
  readonly questions: readonly string[]
  readonly drill?: DrillOfficers
}

type Opened = { readonly drill?: DrillOfficers }
type Progress = { readonly opening: boolean; readonly entries: number }
type HandedOver = {
  readonly handedOver: number
  readonly cases: readonly { readonly caseId: string; readonly outcome: string; readonly why?: string }[]
}

type Listed = { readonly cases: readonly { readonly nextMoment: string | null }[] }

const ROUND = /^[a-z][a-z0-9-]{1,40}$/
const SHIPPED = /^[a-z][a-z0-9-]*$/
const POLL_MILLIS = 200
const LONGEST_MILLIS = 300_000

/**
 * Opens a round from a published plan through the door, as its coordinator: reads, waits until every case is there, and hands over
 * all that can be.
 * @throws Refused with the door's words when plan or policy cannot be used.
 */
export const loadPlan = async (wish: LoadPlan): Promise<LoadedPlan> => {
  const { apiUrl, session, planFile, policy, drill } = wish
  const door = doorOf(apiUrl, session)
  const round = wish.round ?? roundOf(planFile, policy)
  const opened = await door.post<Opened>('/rounds', {
    id: round,
    policy: SHIPPED.test(policy) ? policy : { yaml: await readFile(policy, 'utf8') },
    plan: await planIn(planFile),
    ...(drill && { drill }),
  })
  const { entries } = await untilOpen(door, round)
  const told = await door.post<HandedOver>(`/rounds/${round}/hand-over`, {})
  if (!drill) await untilSettled(door, round)
  return {
    round,
    cases: entries,
    handedOver: told.handedOver,
    questions: told.cases.flatMap(({ caseId, why }) => (why === undefined ? [] : [`${caseId} ${why}`])),
    ...(opened.drill && { drill: opened.drill }),
  }
}

/** `jinan-2018.txt` → `jinan-2018` */
const roundOf = (planFile: string, policy: string): string => {
  const name = basename(planFile, extname(planFile)).toLowerCase()
  return ROUND.test(name) ? name : `${basename(policy, extname(policy))}-1`
}

const planIn = async (file: string) => {
  const content = await readFile(file)
  return content.subarray(0, 2).toString('latin1') === 'PK'
    ? { docx: content.toString('base64') }
    : { text: content.toString('utf8') }
}

const untilOpen = async (door: Door, round: string): Promise<Progress> => {
  const until = Date.now() + LONGEST_MILLIS
  for (;;) {
    const progress = await door.get<Progress>(`/rounds/${round}`)
    if (!progress.opening) return progress
    if (Date.now() > until) throw new Error(`轮次 ${round} 的案件迟迟没有建立完,请查看日志`)
    await pause(POLL_MILLIS)
  }
}

const SETTLING_MILLIS = 15_000

/** What was due long ago falls due at handing over: seen at once by whoever looks, when it does not take too long. */
const untilSettled = async (door: Door, round: string): Promise<void> => {
  const until = Date.now() + SETTLING_MILLIS
  const now = new Date().toISOString()
  for (;;) {
    const { cases } = await door.get<Listed>(`/cases?round=${round}&limit=500`)
    const waiting = cases.some(({ nextMoment }) => nextMoment !== null && nextMoment <= now)
    if (!waiting || Date.now() > until) return
    await pause(POLL_MILLIS)
  }
}
