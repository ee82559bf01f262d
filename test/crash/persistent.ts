import { setTimeout as pause } from 'node:timers/promises'
import { Refused } from '../../cli/http.js'
import type { Session } from '../../cli/session.js'

/** What became of a command that was asked until somebody answered. */
export type Answer =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly problem: Refused['problem'] }

const PAUSE_MILLIS = 300
const LONGEST_MILLIS = 180_000

/** Asks with the same key until the door says yes or no, whatever is dead meanwhile: as a person's browser would. */
export const untilAnswered = async (
  apiUrl: string,
  session: Session,
  path: string,
  body: unknown,
  key: string,
): Promise<Answer> => {
  const until = Date.now() + LONGEST_MILLIS
  for (;;) {
    const answer = await once(apiUrl, session, path, body, key).catch(() => undefined)
    if (answer && answer.status < 500 && answer.status !== 202) {
      if (answer.ok) return { kind: 'accepted' }
      return { kind: 'refused', problem: (await answer.json()) as Refused['problem'] }
    }
    if (Date.now() > until)
      throw new Error(`${path} ${key}: no answer, last ${answer?.status ?? 'none at all'}`)
    await pause(PAUSE_MILLIS)
  }
}

const once = async (
  apiUrl: string,
  session: Session,
  path: string,
  body: unknown,
  key: string,
): Promise<Response> =>
  fetch(new URL(path, apiUrl), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': key,
      authorization: `Bearer ${await session.token()}`,
    },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(30_000),
  })
