import { Client, Connection } from '@temporalio/client'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { eventsOf } from '../../db/queries/cases.js'
import { verify } from '../../db/verify.js'
import type { CaseId } from '../../domain/words.js'
import { openedRound } from '../api/given.js'
import { newKey, type OpenDoor, openDoor } from '../support/door.js'

/**
 * `BIHUAN_LIMITS=full`: more commands than Temporal takes in one run of a workflow (2,000), and its own limits. Otherwise a few
 * hundred, and a server that says much sooner that a history is long.
 */
const FULL = process.env.BIHUAN_LIMITS === 'full'
const CALLERS = 50
const EACH = FULL ? 60 : 5
const SETTINGS = FULL ? [] : ['limit.historyCount.suggestContinueAsNew=200']
const ROUND = 'hammered'
const CASE = `${ROUND}/001` as CaseId

let door: OpenDoor
beforeAll(async () => {
  door = await openDoor({}, {}, SETTINGS)
  await openedRound(await door.as('office'), ROUND)
})
afterAll(() => door.close())

const runOf = async (): Promise<string> => {
  const connection = await Connection.connect({ address: door.temporal.address })
  try {
    return (await new Client({ connection }).workflow.getHandle(CASE).describe()).runId
  } finally {
    await connection.close()
  }
}

const give = (body: unknown, key: string) =>
  door.ask('POST', `/cases/${CASE}/commands`, { as: 'office', body, key })

describe(`one case, ${CALLERS} clients, ${CALLERS * EACH} commands`, () => {
  it('goes on in other runs meanwhile: every command is done once, and the record holds', async () => {
    expect((await give({ type: 'hand-over' }, newKey())).status).toBe(200)
    const first = await runOf()
    const began = performance.now()
    let busy = 0
    const persist = async (words: string): Promise<void> => {
      const key = newKey()
      await vi.waitFor(
        async () => {
          const { status } = await give({ type: 'chase', whom: 'responsible-unit', words }, key)
          if (status !== 200) busy += 1
          // Nothing but “not yet” is ever said to a command that may be given.
          expect([200, 202, 503]).toContain(status)
          expect(status).toBe(200)
        },
        { timeout: 300_000, interval: 200 },
      )
    }
    const words = (caller: number, n: number): string => `${caller}-${n}`
    await Promise.all(
      Array.from({ length: CALLERS }, async (_, caller) => {
        for (let n = 0; n < EACH; n += 1) await persist(words(caller, n))
      }),
    )
    process.stdout.write(
      `  ${CALLERS * EACH} 项命令 ${Math.round((performance.now() - began) / 1_000)} 秒,其间 ${busy} 次请稍后再试\n`,
    )

    expect(await runOf()).not.toBe(first)
    const { db } = door.serving().parts
    const events = await eventsOf(db, CASE, { limit: 10_000 })
    const chased = events.flatMap(({ event }) => (event.type === 'chased' ? [event.words] : []))
    const given = Array.from({ length: CALLERS * EACH }, (_, n) => words(Math.floor(n / EACH), n % EACH))
    expect(chased.toSorted()).toEqual(given.toSorted())
    expect((await verify(db, CASE)).broken).toEqual([])
  }, 900_000)
})
