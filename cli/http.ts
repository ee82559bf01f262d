import { randomUUID } from 'node:crypto'
import type { Session } from './session.js'

/** Somebody at the door, signed in as themselves. */
export type Door = {
  readonly get: <T>(path: string) => Promise<T>
  /** Waits and asks again with the same key when the door is busy or away; a refusal is thrown. */
  readonly post: <T>(path: string, body: unknown, key?: string) => Promise<T>
}

/** The door refused; `problem` is its document (RFC 9457). */
export class Refused extends Error {
  override readonly name = 'Refused'
  constructor(
    readonly status: number,
    readonly problem: {
      readonly type: string
      readonly title: string
      readonly detail: string
      readonly clause?: string
      readonly errors?: readonly { readonly path: string; readonly message: string }[]
    },
  ) {
    const faults = (problem.errors ?? []).map(({ path, message }) => `\n  ${path}:${message}`).join('')
    super(`${problem.detail}${problem.clause ? `(${problem.clause})` : ''}${faults}`)
  }
}

const TRIES = 5
const PAUSE_MILLIS = 500

/** Worth asking again: not accepted yet, asked too often, or a part is away for the moment. */
const isPassing = (status: number): boolean => status === 202 || status === 429 || status === 503

export const doorOf = (apiUrl: string, session: Session): Door => {
  const ask = async (path: string, init: RequestInit): Promise<Response> => {
    for (let left = TRIES; ; left -= 1) {
      const answer = await fetch(new URL(path, apiUrl), {
        ...init,
        headers: { ...init.headers, authorization: `Bearer ${await session.token()}` },
      })
      if (left === 0 || !isPassing(answer.status)) return answer
      await answer.body?.cancel()
      await new Promise((done) => setTimeout(done, PAUSE_MILLIS))
    }
  }
  const read = async <T>(answer: Response): Promise<T> => {
    const body: unknown = await answer.json()
    if (!answer.ok) throw new Refused(answer.status, body as Refused['problem'])
    return body as T
  }
  return {
    get: async (path) => read(await ask(path, { method: 'GET' })),
    post: async (path, body, key = randomUUID()) =>
      read(
        await ask(path, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'idempotency-key': key },
          body: JSON.stringify(body),
        }),
      ),
  }
}
