import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { DEVELOPMENT_PASSWORD } from '../../api/seed.js'
import { type Door, doorOf } from '../../cli/http.js'
import { signIn } from '../../cli/session.js'
import { connect, type Db } from '../../db/connect.js'
import { verify } from '../../db/verify.js'
import { bringStack, type Stack } from '../../runtime/stack.js'
import { openBody } from '../api/plans.js'
import { temporaryFolder } from '../support/temporary.js'

/** `BIHUAN_LIMITS=full`: as large as a round may reasonably be; otherwise enough to be killed in the middle. */
const FULL = process.env.BIHUAN_LIMITS === 'full'
const ENTRIES = FULL ? 5_000 : 250
const MOST_MILLIS = FULL ? 1_800_000 : 240_000

const home = temporaryFolder('large-round')
let stack: Stack
let office: Door
let db: Db
beforeAll(async () => {
  stack = await bringStack({ home: home.path, durability: 'throwaway' })
  db = connect(stack.urls.database, 2)
  const session = await signIn({
    issuer: stack.urls.issuer,
    username: 'office',
    password: DEVELOPMENT_PASSWORD,
  })
  office = doorOf(stack.urls.api, session)
}, 180_000)
afterAll(async () => {
  await db?.destroy()
  await stack?.stop()
  home.remove()
}, 60_000)

const planOf = (entries: number, measures: (n: number) => string): string =>
  [
    '栖澜市贯彻落实省生态环境保护督察反馈意见整改方案\n发布日期:2026-06-18\n\n二、整改任务',
    ...Array.from(
      { length: entries },
      (_, index) =>
        `${index + 1}.第${index + 1}号排口雨天有污水溢流进入栖水河。\n责任单位:市住房和城乡建设局\n责任人:市住房和城乡建设局主要负责人\n` +
        `牵头验收单位:市水务局\n配合验收单位:市生态环境局\n包案领导:沈知远\n整改目标:不再溢流。\n整改措施:${measures(index + 1)}\n整改时限:2099年9月底`,
    ),
  ].join('\n\n')

const tell = (words: string): void => void process.stdout.write(`  ${words}\n`)

describe('a plan of ten megabytes and 5,000 entries', () => {
  it('is read aside: whoever asks meanwhile is answered; then it is refused by the one entry that is too long', async () => {
    const some = '改造混接管网,封堵混接排口。'
    const text = planOf(5_000, (n) => some.repeat(n === 5_000 ? 2_000 : 45))
    expect(Buffer.byteLength(text)).toBeGreaterThan(10_000_000)
    const began = performance.now()
    let reading = true
    const waits: number[] = []
    const refused = office.post('/rounds', openBody('too-long', { plan: { text } })).finally(() => {
      reading = false
    })
    const asking = (async () => {
      while (reading) {
        const asked = performance.now()
        await fetch(new URL('/health/live', stack.urls.api))
        waits.push(performance.now() - asked)
        await pause(20)
      }
    })()
    await expect(refused).rejects.toThrow(/plan\.5000:.*最多 20000 字/)
    await asking
    tell(
      `读 ${Math.round(Buffer.byteLength(text) / 1e6)} MB、5,000 项 ${Math.round(performance.now() - began)} 毫秒;其间 ${waits.length} 次应答,最慢 ${Math.round(Math.max(...waits))} 毫秒`,
    )
    expect(waits.length).toBeGreaterThan(20)
  })
})

type Progress = { readonly opening: boolean; readonly entries: number; readonly registered: number }

describe(`a round of ${ENTRIES} entries`, () => {
  const progress = () => office.get<Progress>('/rounds/large')
  const seen: number[] = []
  const registered = (enough: (one: Progress) => boolean): Promise<void> =>
    vi.waitFor(
      async () => {
        const now = await progress()
        seen.push(now.registered)
        expect(enough(now)).toBe(true)
      },
      { timeout: MOST_MILLIS, interval: 250 },
    )

  it(
    'shows how far it is, and goes on after door and worker were killed in the middle: no case twice, none missing',
    async () => {
      const began = performance.now()
      const opened = await office.post<{ round: Progress }>(
        '/rounds',
        openBody('large', { plan: { text: planOf(ENTRIES, () => '封堵混接排口。') } }),
      )
      expect(opened.round.entries).toBe(ENTRIES)
      await registered((now) => now.registered > ENTRIES / 4)
      await Promise.all([stack.kill('api'), stack.kill('worker')])
      await Promise.all([stack.restart('worker'), stack.restart('api')])
      const reached = await progress()
      expect(reached).toMatchObject({ opening: true, entries: ENTRIES })
      await registered(({ opening }) => !opening)
      tell(`${ENTRIES} 件建立,中途两个进程被强行终止:${Math.round((performance.now() - began) / 1_000)} 秒`)

      expect(new Set(seen.filter((count) => count > 0 && count < ENTRIES)).size).toBeGreaterThan(2)
      expect(seen).toEqual(seen.toSorted((a, b) => a - b))
      const { rows } = await sql<{ cases: number; openings: number }>`
      select (select count(*)::int from cases where round = 'large' and kind = 'problem') as cases,
        (select count(*)::int from events where case_id like 'large/%' and type = 'registered') as openings`.execute(
        db,
      )
      expect(rows).toEqual([{ cases: ENTRIES, openings: ENTRIES }])
      expect((await verify(db)).broken).toEqual([])
    },
    MOST_MILLIS + 60_000,
  )
})
