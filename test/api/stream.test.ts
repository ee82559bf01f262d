import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { DEVELOPMENT_PASSWORD } from '../../api/seed.js'
import { type OpenDoor, openDoor } from '../support/door.js'
import { type Follower, follow } from '../support/stream.js'
import { visitor } from '../support/visitor.js'
import { openedRound } from './given.js'

let door: OpenDoor
const followers: Follower[] = []
beforeAll(async () => {
  door = await openDoor()
  await openedRound(await door.as('office'), 'live')
})
afterEach(async () => {
  await Promise.all(followers.splice(0).map((one) => one.leave()))
})
afterAll(() => door.close())

const following = async (as: string, place?: string, url = door.serving().url): Promise<Follower> => {
  const follower = await follow(`${url}/stream`, {
    authorization: `Bearer ${await (await door.session(as)).token()}`,
    ...(place !== undefined && { 'last-event-id': place }),
  })
  followers.push(follower)
  if (follower.status === 200) await vi.waitFor(() => expect(follower.place()).not.toBe(''))
  return follower
}
const heard = (follower: Follower, event: string) => follower.told.filter((one) => one.event === event)
const soon = (look: () => void) => vi.waitFor(look, { timeout: 15_000, interval: 50 })
const changesOf = (follower: Follower, caseId: string) =>
  heard(follower, 'case')
    .filter(({ data }) => data.caseId === caseId)
    .map(({ data }) => data.seq)
const act = async (as: string, n: string, body: Readonly<Record<string, unknown>>) =>
  (await door.as(as)).post(`/cases/live/${n}/commands`, body)

/** A connection of its own, for what happens at the same time. */
const connected = async () => {
  const client = new pg.Client({ connectionString: door.database.url })
  await client.connect()
  return client
}
const notify = (client: pg.Client, key: string) =>
  client.query(
    `insert into notices (key, person, case_id, round, seq, drill, subject, text, at)
     values ($1, 'leader', 'live/001', 'live', 1, false, $1, $1, now())`,
    [key],
  )

describe('the live stream', () => {
  it('is for those who are signed in', async () => {
    expect((await fetch(`${door.serving().url}/stream`)).status).toBe(401)
  })

  it('tells of a case that moved, with what one has to do in it now, and of the notice that came of it', async () => {
    const [office, unit] = [await following('office'), await following('unit')]
    await act('office', '001', { type: 'hand-over' })
    await soon(() => expect(heard(unit, 'case')).not.toEqual([]))
    await soon(() => expect(heard(office, 'case')).not.toEqual([]))
    expect(heard(unit, 'case').at(-1)?.data).toMatchObject({
      caseId: 'live/001',
      href: '/cases/live/001',
      todos: expect.arrayContaining([expect.objectContaining({ act: 'acknowledge' })]),
    })
    await soon(() => expect(heard(unit, 'notice').map(({ data }) => data.caseId)).toContain('live/001'))
  })

  it('says nothing of cases one may not read, nor of another’s notices', async () => {
    const [stranger, office] = [await following('shichang'), await following('office')]
    await act('unit', '001', { type: 'acknowledge' })
    await soon(() => expect(changesOf(office, 'live/001')).not.toEqual([]))
    const place = office.place()
    await soon(() =>
      expect(Number(stranger.place().split('.')[0])).toBeGreaterThanOrEqual(Number(place.split('.')[0])),
    )
    expect(changesOf(stranger, 'live/001')).toEqual([])
    expect(heard(stranger, 'notice').filter(({ data }) => data.caseId === 'live/001')).toEqual([])
  })

  it('gives whoever was away what they missed, in order, once each, also at another door', async () => {
    const chase = (words: string) => act('office', '001', { type: 'chase', whom: 'responsible-unit', words })
    const before = await following('office')
    await chase('先催一次')
    await soon(() => expect(changesOf(before, 'live/001')).not.toEqual([]))
    const seen = changesOf(before, 'live/001')
    const place = heard(before, 'case').at(-1)?.id
    await before.leave()
    for (const words of ['甲', '乙', '丙']) await chase(words)
    const second = await door.another()
    try {
      const after = await following('office', place, second.url)
      const { events } = await (await door.as('office')).get<{ events: { seq: number }[] }>(
        '/cases/live/001/events',
      )
      const all = events.map(({ seq }) => seq)
      const missed = all.slice(all.indexOf(Number(seen.at(-1))) + 1)
      expect(missed.length).toBeGreaterThanOrEqual(3)
      await soon(() => expect(changesOf(after, 'live/001').length).toBeGreaterThanOrEqual(missed.length))
      expect(changesOf(after, 'live/001')).toEqual(missed)
    } finally {
      await second.stop()
    }
  })

  it('passes over nothing that was begun earlier and committed later', async () => {
    const leader = await following('leader')
    const [slow, quick] = [await connected(), await connected()]
    try {
      await slow.query('begin')
      await notify(slow, 'begun first')
      await notify(quick, 'committed first')
      // Several looks later the younger notice is still held back.
      await pause(2_500)
      const subjects = () => heard(leader, 'notice').map(({ data }) => data.subject)
      expect(subjects()).not.toContain('committed first')
      await slow.query('commit')
      await soon(() => expect(subjects()).toContain('committed first'))
      const mine = () => subjects().filter((subject) => /first$/.test(String(subject)))
      expect(mine()).toEqual(['begun first', 'committed first'])
      const first = heard(leader, 'notice').find(({ data }) => data.subject === 'begun first')
      const again = await following('leader', first?.id)
      await soon(() =>
        expect(heard(again, 'notice').map(({ data }) => data.subject)).toEqual(['committed first']),
      )
    } finally {
      await slow.end()
      await quick.end()
    }
  })

  it('tells of a case closed to one since no more, neither its changes nor the notices of it', async () => {
    const [open, client] = [await following('unit', '1.0.0'), await connected()]
    try {
      await soon(() => expect(changesOf(open, 'live/001')).not.toEqual([]))
      await soon(() => expect(heard(open, 'notice').map(({ data }) => data.caseId)).toContain('live/001'))
      await client.query(`update cases set readers = '{role:office-head}' where id = 'live/001'`)
      const closed = await following('unit', '1.0.0')
      await soon(() => expect(closed.place()).toBe(open.place()))
      expect(changesOf(closed, 'live/001')).toEqual([])
      expect(heard(closed, 'notice').filter(({ data }) => data.caseId === 'live/001')).toEqual([])
    } finally {
      await client.query(`update cases set readers = null where id = 'live/001'`)
      await client.end()
    }
  })

  it('goes on after PostgreSQL threw all its connections out', async () => {
    const office = await following('office')
    const client = await connected()
    await client.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    )
    await client.end()
    const place = office.place()
    await act('office', '001', { type: 'chase', whom: 'responsible-unit', words: '再催一次' })
    // Whose line broke comes back by themselves and goes on where they were.
    await vi.waitFor(
      async () => {
        const again = await following('office', place)
        try {
          await vi.waitFor(() => expect(changesOf(again, 'live/001')).toHaveLength(1), { timeout: 3_000 })
        } finally {
          await again.leave()
        }
      },
      { timeout: 30_000, interval: 300 },
    )
  })

  it('ends with the session, and tells why', async () => {
    const someone = visitor()
    const at = (path: string) => `${door.serving().url}${path}`
    await someone.signIn(at('/session/sign-in?to=/health/live'), 'leader', DEVELOPMENT_PASSWORD)
    const cookie = [...someone.cookies(at('/'))].map(([name, value]) => `${name}=${value}`).join('; ')
    const follower = await follow(at('/stream'), { cookie })
    followers.push(follower)
    expect(follower.status).toBe(200)
    await someone.ask('POST', at('/session/sign-out'))
    await follower.ended
    expect(follower.told.at(-1)).toMatchObject({ event: 'end', data: { why: '登录已结束,请重新登录' } })
  })

  it('from a place the ledger never gave begins anew, and says so', async () => {
    const follower = await following('office', '999999999999.0.1')
    await soon(() => expect(heard(follower, 'reset')).toHaveLength(1))
    expect((await following('office', 'nonsense')).status).toBe(400)
  })

  it('refuses a place that is none', async () => {
    for (const place of ['nowhere', '08.0.1', '7.2.1', '7.0'])
      expect((await following('office', place)).status, place).toBe(400)
  })

  it('has room for so many of a person, and so many in all', async () => {
    const mine = await Promise.all([following('office'), following('office'), following('office')])
    expect(mine.map(({ status }) => status)).toEqual([200, 200, 200])
    expect((await following('office')).status).toBe(429)
    for (const _ of [1, 2, 3]) expect((await following('unit')).status).toBe(200)
    expect((await following('leader')).status).toBe(503)
    await mine[0]?.leave()
    await expect.poll(async () => (await following('leader')).status, { timeout: 5_000 }).toBe(200)
  })

  it('is closed by a door that closes', async () => {
    const second = await door.another()
    const follower = await following('office', undefined, second.url)
    await second.stop()
    await follower.ended
    expect(follower.told.at(-1)).toMatchObject({ event: 'end' })
  })
})
