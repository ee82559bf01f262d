import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { makeActivities } from '../../activities/index.js'
import { mailerAt } from '../../activities/notices/mailer.js'
import { connect, type Db } from '../../db/connect.js'
import type { EffectKey, NoticeEffect, PaperEffect } from '../../domain/effects/types.js'
import { orderFor } from '../papers/orders.js'
import { createDatabase, type TestDatabase } from '../support/database.js'
import { type Started, startScript } from '../support/program.js'
import { type Smtp, type Stage, startSmtp } from '../support/smtp.js'
import { hire, noticeOf, unit } from './notices-given.js'

/** Killed by SIGKILL at chosen points, then asked again, as Temporal does. */
describe('an activity killed with -9', () => {
  let database: TestDatabase
  let db: Db
  let folder: string
  const undo: (() => Promise<unknown> | undefined)[] = []

  beforeEach(async () => {
    database = await createDatabase()
    db = connect(database.url, 4)
    folder = mkdtempSync(join(tmpdir(), 'bihuan-papers-'))
  })
  afterEach(async () => {
    for (const step of undo.splice(0).reverse()) await step()
    await db.destroy()
    await database.drop()
    rmSync(folder, { recursive: true, force: true })
  })

  const start = (task: object): Started => {
    const started = startScript(
      'test/activities/programs/activity.ts',
      JSON.stringify({ databaseUrl: database.url, papersDir: folder, ...task }),
    )
    undo.push(async () => void started.child.kill('SIGKILL'))
    return started
  }
  const kill = async ({ child, ended }: Started): Promise<void> => {
    child.kill('SIGKILL')
    await ended
  }

  describe('while it tells somebody', () => {
    const 平阴 = '平阴县政府'
    const batch: readonly NoticeEffect[] = [noticeOf([{ unit: unit(平阴), who: 'everybody' }])]

    /** Kills the activity when the server is asked about the second of three mails at that stage; then tries again. */
    const killedAt = async (fatal: Stage): Promise<Smtp> => {
      await hire(
        db,
        ['a', 'b', 'c'].map((id) => ({ id, role: 'unit-clerk', unit: 平阴, email: `${id}@example.gov.cn` })),
      )
      let activity: Started | undefined
      let reached: () => void = () => undefined
      const isReached = new Promise<void>((done) => {
        reached = done
      })
      const smtp = await startSmtp({
        at: async (stage, address) => {
          if (
            stage !== fatal ||
            !activity ||
            (stage !== 'connect' && stage !== 'sender' && !address.startsWith('b@'))
          )
            return 'go on'
          await kill(activity)
          activity = undefined
          reached()
          return 'go on'
        },
      })
      undo.push(smtp.stop)
      activity = start({ smtpUrl: smtp.url, notices: batch })
      await isReached
      await makeActivities({ db, mailer: mailerAt(smtp.url, 'office@example.gov.cn') }).notify(batch)
      return smtp
    }

    const addressesOf = ({ mails }: Smtp): readonly (string | undefined)[] =>
      mails.map(({ to }) => to[0]).toSorted()
    const everybody = ['a@example.gov.cn', 'b@example.gov.cn', 'c@example.gov.cn']

    it.each(['connect', 'sender', 'recipient'] as const)(
      'before the server had the text (%s): everybody gets one mail',
      async (stage) => {
        expect(addressesOf(await killedAt(stage))).toEqual(everybody)
      },
    )

    it('when the server had the text and the ledger did not know: everybody gets one mail', async () => {
      expect(addressesOf(await killedAt('text'))).toEqual(everybody)
    })

    it('at any moment: nobody gets two, and every inbox has one', async () => {
      const people = Array.from({ length: 30 }, (_, n) => `p${String(n).padStart(2, '0')}`)
      await hire(
        db,
        people.map((id) => ({ id, role: 'unit-clerk', unit: 平阴, email: `${id}@example.gov.cn` })),
      )
      const smtp = await startSmtp()
      undo.push(smtp.stop)
      for (const taken of [1, 6, 13, 21]) {
        const activity = start({ smtpUrl: smtp.url, notices: batch })
        await vi.waitFor(() => expect(smtp.mails.length).toBeGreaterThanOrEqual(taken), {
          timeout: 30_000,
          interval: 1,
        })
        await kill(activity)
      }
      await makeActivities({ db, mailer: mailerAt(smtp.url) }).notify(batch)

      const addresses = addressesOf(smtp)
      expect(new Set(addresses).size).toBe(addresses.length)
      // What the server does not have is exactly what nobody could know it to have.
      const unknown = await db.selectFrom('mails').select('person').where('state', '=', 'sending').execute()
      expect(addresses.length).toBeGreaterThanOrEqual(people.length - unknown.length)
      expect(unknown.length).toBeLessThanOrEqual(4)
      expect(await db.selectFrom('notices').select('person').execute()).toHaveLength(people.length)
    })
  })

  describe('while it writes papers', () => {
    const papers = (from: number, to: number): readonly PaperEffect[] =>
      Array.from({ length: to - from + 1 }, (_, n) => ({
        kind: 'paper',
        key: `changde-2024/007#${from + n}/handover-slip` as EffectKey,
        order: orderFor('handover-slip', { seq: from + n }),
      }))
    const numbers = async (): Promise<readonly number[]> =>
      (await db.selectFrom('papers').select('ordinal').orderBy('ordinal').execute()).map(
        ({ ordinal }) => ordinal,
      )
    const upTo = (n: number): readonly number[] => Array.from({ length: n }, (_, index) => index + 1)

    it('with the number taken and nothing committed: the next paper has that number', async () => {
      await sql`create function linger() returns trigger language plpgsql as
        'begin perform pg_sleep(2); return new; end'`.execute(db)
      await sql`create trigger linger after insert on papers for each row execute function linger()`.execute(
        db,
      )
      const activity = start({ papers: papers(1, 1) })
      await vi.waitFor(
        async () => {
          const { rows } = await sql`select from pg_stat_activity where wait_event = 'PgSleep'
            and datname = current_database()`.execute(db)
          expect(rows).toHaveLength(1)
        },
        { timeout: 30_000, interval: 20 },
      )
      await kill(activity)

      const activities = makeActivities({ db, papersDir: folder })
      const [other, same] = [papers(2, 2), papers(1, 1)].flat()
      if (!other || !same) throw new Error('two papers were given')
      expect((await activities.writePaper(other)).number).toBe('常督改办〔2024〕1号')
      expect((await activities.writePaper(same)).number).toBe('常督改办〔2024〕2号')
      expect(await numbers()).toEqual(upTo(2))
    })

    it('at any moment: no number is lost, none is given twice, and every paper is in the folder', async () => {
      const all = papers(1, 60)
      for (const written of [3, 17, 34, 48]) {
        const activity = start({ papers: all })
        await activity.line(new RegExp(`〕${written}号$`, 'u'))
        await kill(activity)
      }
      const activities = makeActivities({ db, papersDir: folder })
      for (const { key, order } of all) await activities.writePaper({ key, order })

      expect(await numbers()).toEqual(upTo(60))
      const files = readdirSync(folder).filter((name) => name.endsWith('.docx'))
      expect(files).toHaveLength(60)
      const rows = await db.selectFrom('papers').select(['number', 'content']).execute()
      for (const { number, content } of rows) {
        const file = files.find((name) => name.startsWith(`${number} `)) ?? ''
        expect(readFileSync(join(folder, file)).equals(Buffer.from(content))).toBe(true)
      }
    })
  })
})
