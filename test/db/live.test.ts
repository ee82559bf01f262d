import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { scopeOf } from '../../api/permission.js'
import { append } from '../../db/append.js'
import { visibleAmong } from '../../db/queries/ledger.js'
import { happenedAfter, todosOfCases, visibleToEach } from '../../db/queries/live.js'
import { newsAfter } from '../../db/queries/news.js'
import type { NewsPlace } from '../../db/queries/news-place.js'
import { isFor, todosOf } from '../../db/queries/todos.js'
import { actorOn, actorsOn, appoint, saveOfficers, saveUnits } from '../../db/register.js'
import type { Actor } from '../../domain/parties.js'
import { readsAs } from '../../domain/permission/readers.js'
import type { CaseId, PersonId, PlainDate } from '../../domain/words.js'
import { unit, 书记, 包案领导, 单位负责人, 县长, 整改办, 旁人, 牵头单位, 经办人 } from '../support/people.js'
import { aCase } from '../support/story.js'
import { aLedger, type Ledger, recordsOf } from './given.js'

/** Sits where a case names the area, and these name none. */
const 乙县书记: Actor = {
  person: 'yixianshuji' as PersonId,
  name: '乙县书记',
  posts: [{ role: 'secretary', unit: unit('乙县') }],
}
const EVERYBODY = [单位负责人, 牵头单位, 包案领导, 旁人, 书记, 乙县书记, 县长, 整改办, 经办人]
const START = '1.0.0' as NewsPlace
const day = (date: string) => date as PlainDate
const ids = ['live/001' as CaseId, 'live/002' as CaseId, 'live/003' as CaseId]

let ledger: Ledger
beforeAll(async () => {
  ledger = await aLedger()
  const [first, second, third] = [
    await aCase('yongzhou', { id: 'live/001' }),
    await aCase('yongzhou', { id: 'live/002' }),
    await aCase('yongzhou', { id: 'live/003' }),
  ]
  await first.rectifying()
  await first.by(包案领导, {
    type: 'delegate',
    to: 旁人.person,
    toName: 旁人.name,
    until: day('2019-12-31'),
    document: '委托书第 3 号',
  })
  await first.submits()
  await first.signs()
  await third.rectifying()
  await third.submits()
  await third.signedUpTo('secretary')
  for (const story of [first, second, third]) await append(ledger.db, await recordsOf(story))
})
afterAll(() => ledger.close())

describe('what is asked once for everybody', () => {
  it('shows each the cases that are shown to them alone', async () => {
    const scopes = EVERYBODY.map((actor) => scopeOf(actor))
    const alone = await Promise.all(scopes.map((scope) => visibleAmong(ledger.db, ids, scope)))
    expect(await visibleToEach(ledger.db, ids, scopes)).toEqual(alone)
    expect(new Set(alone.map(({ size }) => size)).size).toBeGreaterThan(1)
  })

  it('gives each what waits for them, as when they ask alone', async () => {
    const all = await todosOfCases(ledger.db, ids)
    for (const actor of EVERYBODY) {
      const alone = (await todosOf(ledger.db, actor)).filter(({ caseId }) => ids.includes(caseId))
      expect(all.filter(isFor(actor)), actor.person).toEqual(alone)
    }
    expect(all.filter(isFor(旁人)).length).toBeGreaterThan(0)
  })

  it('knows who somebody is, as when they are asked for alone', async () => {
    const { db } = ledger
    await saveUnits(db, [{ name: 经办人.posts[0]?.unit ?? ('' as never) }])
    await saveOfficers(db, [经办人, 整改办])
    const from = day('2019-01-01')
    await appoint(
      db,
      [经办人, 整改办].flatMap(({ person, posts }) => posts.map((post) => ({ person, post, from }))),
    )
    const people = [经办人.person, 整改办.person, 'nobody' as PersonId]
    const together = await actorsOn(db, people, day('2020-01-01'))
    for (const person of people)
      expect(together.get(person)).toEqual(await actorOn(db, person, day('2020-01-01')))
    expect(together.size).toBe(2)
  })

  it('tells in the same order and up to the same place, page by page', async () => {
    const whole = await happenedAfter(ledger.db, START, 1_000)
    const alone = await newsAfter(ledger.db, {
      person: 整改办.person,
      readers: readsAs(整改办),
      scope: { ...scopeOf(整改办), rounds: 'among-them' },
      after: START,
      limit: 1_000,
    })
    expect(whole.pieces.map(({ place }) => place)).toEqual(alone.pieces.map(({ place }) => place))
    expect(whole.next).toBe(alone.next)
    const places: NewsPlace[] = []
    for (let after = START; ; ) {
      const page = await happenedAfter(ledger.db, after, 3)
      places.push(...page.pieces.map(({ place }) => place))
      after = page.next
      if (page.more === 'no-more') break
    }
    expect(places).toEqual(whole.pieces.map(({ place }) => place))
  })
})
