/**
 * What an append costs when many follow the live stream: transactions of the database, CPU of it and of the API, and how long until
 * the last reader is told. `npx tsx scripts/measure-stream.ts 200`
 */
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { chasing, HAND_OVER } from '../bench/acts.js'
import { partsOf } from '../bench/cases.js'
import { cpuDuring } from '../bench/cpu.js'
import { entryOf } from '../bench/entry.js'
import { bringGround, type Ground, mustBeDone } from '../bench/ground.js'
import { signIn } from '../cli/session.js'
import type { PlainDate } from '../domain/words.js'

const READERS = Number(process.argv[2] ?? 200)
const APPENDS = 10
const LONGEST_MILLIS = 60_000

/** How often each reader was told of a case. */
const told: number[] = Array.from({ length: READERS }, () => 0)

const follow = async (url: string, token: string, index: number, signal: AbortSignal): Promise<void> => {
  const answer = await fetch(`${url}/stream`, { headers: { authorization: `Bearer ${token}` }, signal })
  if (!answer.ok) throw new Error(`stream: ${answer.status}`)
  const read = async (): Promise<void> => {
    const decoder = new TextDecoder()
    for await (const part of answer.body ?? [])
      told[index] =
        (told[index] ?? 0) +
        decoder.decode(part as Uint8Array, { stream: true }).split('event: case').length -
        1
  }
  void read().catch(() => undefined)
}

const transactions = async ({ db }: Ground): Promise<number> => {
  const { rows } = await sql<{ count: number }>`
    select xact_commit::integer as count from pg_stat_database where datname = current_database()`.execute(db)
  return rows[0]?.count ?? 0
}

const untilTold = async (times: number): Promise<number> => {
  const began = performance.now()
  while (told.some((one) => one < times)) {
    if (performance.now() - began > LONGEST_MILLIS) throw new Error(`told ${Math.min(...told)} of ${times}`)
    await pause(10)
  }
  return performance.now() - began
}

process.env.BIHUAN_STREAMS = String(READERS)
process.env.BIHUAN_STREAMS_PERSON = '100'
const ground = await bringGround({ policy: 'sample' })
const leaving = new AbortController()
try {
  const { urls } = ground.stack
  const round = await ground.openRound('stream', { kind: 'real' })
  const { caseId } = await ground.register(round, entryOf(1, '2099-12-31' as PlainDate), ground.nowIn(round))
  mustBeDone(await ground.give(caseId, HAND_OVER, ground.nowIn(round)))
  // Leaders and the office see every case: nobody of them is spared a message.
  const tokens = await Promise.all(
    ['office', 'officehead', 'leader', 'secretary'].map(async (username) =>
      (await signIn({ issuer: urls.issuer, username, password: 'bihuan' })).token(),
    ),
  )
  for (let index = 0; index < READERS; index += 1)
    await follow(urls.api, tokens[index % tokens.length] ?? '', index, leaving.signal)
  await pause(8_000)
  const { database, api } = partsOf(ground)

  const quiet = await transactions(ground)
  await pause(5_000)
  const each = ((await transactions(ground)) - quiet) / 5

  const waits: number[] = []
  const before = await transactions(ground)
  const began = performance.now()
  const { cpu } = await cpuDuring({ database, api }, async () => {
    for (let n = 1; n <= APPENDS; n += 1) {
      told.fill(0)
      mustBeDone(await ground.give(caseId, chasing(n), ground.nowIn(round)))
      waits.push(await untilTold(1))
      await pause(500)
    }
  })
  const seconds = (performance.now() - began) / 1_000
  const cost = ((await transactions(ground)) - before) / APPENDS
  const sorted = waits.toSorted((a, b) => a - b)
  console.log(
    `${READERS} readers, ${APPENDS} appends in ${seconds.toFixed(0)} s: ${cost.toFixed(0)} transactions an append, ${each.toFixed(0)} a second when quiet, ` +
      `CPU ${(cpu.database / APPENDS).toFixed(0)} ms database, ${(cpu.api / APPENDS).toFixed(0)} ms API; ` +
      `the last is told after ${sorted[Math.floor(APPENDS / 2)]?.toFixed(0)} ms (median), ${sorted.at(-1)?.toFixed(0)} ms (longest)`,
  )
} finally {
  leaving.abort()
  await ground.stop()
}
