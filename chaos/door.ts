import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { type Door, Refused } from '../cli/http.js'
import type { Session } from '../cli/session.js'
import type { Fate, Made, Register } from './asked.js'
import type { Random } from './random.js'

/** Whoever asked lost patience; what they asked may still happen, once. */
export class GivenUp extends Error {
  override readonly name = 'GivenUp'
}

/** Parts that die come back within this many milliseconds, or something is wrong. */
const LONGEST_MILLIS = 300_000
const ANSWER_MILLIS = 30_000
const PAUSE_MILLIS = 250
/** So many of a hundred go away at the first answer that is none. */
const IMPATIENT_IN_HUNDRED = 6

type Told = { readonly status: number; readonly ok: boolean; readonly body: unknown }

type Problem = Refused['problem']

/** At the door whatever is dead: asks again with the same key until somebody answers, as a browser would, and keeps what was answered. */
export const persistentDoor =
  (apiUrl: string, register: Register, random: Random) =>
  (session: Session): Door => {
    const once = async (path: string, init: RequestInit): Promise<Told | undefined> => {
      try {
        const answer = await fetch(new URL(path, apiUrl), {
          ...init,
          headers: { ...init.headers, authorization: `Bearer ${await session.token()}` },
          signal: AbortSignal.timeout(ANSWER_MILLIS),
        })
        const text = await answer.text()
        return { status: answer.status, ok: answer.ok, body: read(text) }
      } catch {
        return undefined
      }
    }

    /** @returns undefined when this attempt was no answer. */
    const answered = async (path: string, init: RequestInit): Promise<Told | undefined> => {
      const told = await once(path, init)
      if (!told || told.status === 202 || told.status === 429) return undefined
      if (!told.ok && !isProblem(told.body))
        register.fault({ path, status: told.status, detail: words(told.body) })
      if (told.status >= 500) {
        if (told.status !== 503) register.fault({ path, status: told.status, detail: words(told.body) })
        return undefined
      }
      return told
    }

    return {
      get: async <T>(path: string): Promise<T> => {
        const until = Date.now() + LONGEST_MILLIS
        for (;;) {
          const told = await answered(path, { method: 'GET' })
          if (told?.ok) return told.body as T
          if (told) throw new Refused(told.status, told.body as Problem)
          if (Date.now() > until) throw new Error(`${path}:始终没有答复`)
          await pause(PAUSE_MILLIS)
        }
      },
      post: async <T>(path: string, body: unknown, key: string = randomUUID()): Promise<T> => {
        const asked = { id: `${session.username}/${key}`, path, act: actOf(body) }
        const impatient = random.inHundred(IMPATIENT_IN_HUNDRED)
        const until = Date.now() + LONGEST_MILLIS
        const init = {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'idempotency-key': key },
          body: JSON.stringify(body),
        }
        for (let times = 1; ; times += 1) {
          const told = await answered(path, init)
          const settle = (fate: Fate): void => register.note({ ...asked, times, fate })
          if (told?.ok) {
            settle({ kind: 'accepted', made: madeIn(told.body) })
            return told.body as T
          }
          if (told) {
            settle({ kind: 'refused', status: told.status })
            throw new Refused(told.status, told.body as Problem)
          }
          if (impatient || Date.now() > until) {
            settle({ kind: 'given-up' })
            if (impatient) throw new GivenUp(path)
            register.fault({ path, status: 0, detail: '始终没有答复' })
            throw new Error(`${path}:始终没有答复`)
          }
          await pause(PAUSE_MILLIS)
        }
      },
    }
  }

const read = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const words = (body: unknown): string =>
  (typeof body === 'string' ? body : JSON.stringify(body)).slice(0, 300)

const actOf = (body: unknown): string =>
  typeof body === 'object' && body !== null && 'type' in body ? String(body.type) : ''

const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' &&
  body !== null &&
  'type' in body &&
  'detail' in body &&
  /\p{Script=Han}/u.test(String(body.detail))

/** The events a command became, where the answer tells of them. */
const madeIn = (body: unknown): Made | undefined => {
  const { caseId, from, to, events } = body as Partial<Made> & {
    events?: readonly { hash: Made['hashes'][number] }[]
  }
  if (caseId === undefined || from === undefined || to === undefined || !events) return undefined
  return { caseId, from, to, hashes: events.map(({ hash }) => hash) }
}
