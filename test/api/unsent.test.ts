import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { newKey, type OpenDoor, openDoor } from '../support/door.js'
import { type Smtp, startSmtp } from '../support/smtp.js'
import { openedRound } from './given.js'

let door: OpenDoor
let smtp: Smtp
let port: number
beforeAll(async () => {
  smtp = await startSmtp()
  port = smtp.port
  await smtp.stop()
  door = await openDoor({}, { SMTP_URL: smtp.url })
  await openedRound(await door.as('office'), 'unsent')
  await sql`update officers set email = person || '@example.gov.cn'`.execute(door.serving().parts.db)
})
afterAll(async () => {
  await door.close()
  await smtp.stop()
})

const unsent = async () => (await door.ask('GET', '/unsent-mails', { as: 'office' })).body.mails

describe('mails that have not gone out', () => {
  it('are seen by the office with their case, since when, why and what to do; nobody else is shown them', async () => {
    expect(await unsent()).toEqual([])
    await door.ask('POST', '/cases/unsent/001/commands', {
      as: 'office',
      body: { type: 'hand-over' },
      key: newKey(),
    })
    await vi.waitFor(async () => expect((await unsent()).length).toBeGreaterThan(1), { timeout: 30_000 })
    const mails = await unsent()
    for (const mail of mails)
      expect(mail).toMatchObject({
        caseId: 'unsent/001',
        href: '/cases/unsent/001',
        state: 'waiting',
        stateTitle: '待发',
        why: expect.stringContaining('ECONNREFUSED'),
        instead: expect.stringContaining('自动补发'),
      })
    // Everybody's, also those nobody has come to yet.
    const { rows } = await sql<{ told: number }>`
      select count(*)::int as told from notices join officers using (person) where email is not null`.execute(
      door.serving().parts.db,
    )
    expect(mails).toHaveLength(rows[0]?.told ?? 0)
    expect((await door.ask('GET', '/unsent-mails', { as: 'unit' })).status).toBe(403)
  })

  it('go out when the server is back; one it refuses for good stays, and says so', async () => {
    const waiting: readonly { readonly address: string }[] = await unsent()
    const lost = waiting[0]?.address ?? ''
    smtp = await startSmtp({
      port,
      at: async (stage, address) =>
        stage === 'recipient' && address === lost ? { code: 550, message: 'no such user' } : 'go on',
    })
    await vi.waitFor(
      async () =>
        expect(await unsent()).toMatchObject([{ address: lost, state: 'refused', stateTitle: '被拒收' }]),
      { timeout: 60_000, interval: 500 },
    )
    expect(smtp.mails).toHaveLength(waiting.length - 1)
  })
})
