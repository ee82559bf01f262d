import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { clientSettings } from './connect.js'
import { type Appended, EVENTS_CHANNEL } from './tell.js'

export type Ears = {
  readonly onAppended: (appended: Appended) => void
  /** Listening begins, or begins again: what happened before may not have been heard. */
  readonly onListening?: () => void
}

const RETRY_MILLIS = 500

/** Hears of appends until `close`, through restarts of PostgreSQL; it never throws and never ends the process. */
export const listen = (url: string, ears: Ears): { readonly close: () => Promise<void> } => {
  const closing = new AbortController()
  let client: pg.Client | undefined
  const running = (async () => {
    while (!closing.signal.aborted) {
      client = new pg.Client(clientSettings(url))
      await hear(client, ears).catch(() => undefined)
      await pause(RETRY_MILLIS, undefined, { signal: closing.signal }).catch(() => undefined)
    }
  })()
  return {
    close: async () => {
      closing.abort()
      await client?.end().catch(() => undefined)
      await running
    },
  }
}

/** One connection's life: resolves or rejects when it is lost. */
const hear = async (client: pg.Client, { onAppended, onListening }: Ears): Promise<void> => {
  const lost = new Promise<void>((done) => {
    client.on('error', () => done())
    client.on('end', () => done())
  })
  client.on('notification', ({ payload }) => onAppended(JSON.parse(payload ?? '') as Appended))
  try {
    await client.connect()
    await client.query(`listen ${EVENTS_CHANNEL}`)
    onListening?.()
    await lost
  } finally {
    await client.end().catch(() => undefined)
  }
}
