import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { append } from '../../db/append.js'
import { evidenceContent, evidenceItem, keepEvidence, keptAmong } from '../../db/evidence.js'
import { casesWithOldIntents, forgetIntent, forgetOldIntents, intend } from '../../db/intents.js'
import { deliver, inbox, markRead, unreadCount } from '../../db/notices.js'
import { countsByPhaseAndClass, countsByUnit } from '../../db/queries/counts.js'
import type { LedgerFilter } from '../../db/queries/ledger.js'
import { type LedgerPlace, ledgerPage, ledgerPages } from '../../db/queries/ledger-page.js'
import { openCases } from '../../db/queries/open-cases.js'
import { paceBuckets } from '../../db/queries/pace.js'
import { roundsWithProgress } from '../../db/queries/rounds.js'
import { todosOf } from '../../db/queries/todos.js'
import {
  actorOn,
  appoint,
  endPost,
  holdersOn,
  officersOn,
  openProposals,
  peopleAmong,
  propose,
  saveOfficers,
  saveUnits,
  setActive,
  settleProposal,
  units,
} from '../../db/register.js'
import { entriesToRegister, markRegistered, openRound, planEntries, roundById } from '../../db/rounds.js'
import { policyByHash, savedPolicies } from '../../db/rules.js'
import type { NoticeEffect } from '../../domain/effects/types.js'
import type { Entry } from '../../domain/entry.js'
import { pace } from '../../domain/pace.js'
import type { CaseId, CommandId, PersonId, PlainDate, RoundId } from '../../domain/words.js'
import { loadPolicy } from '../../policies/load.js'
import { entryFor, until, 省督察, 立行立改, 长期坚持 } from '../support/entries.js'
import { unit, 书记, 包案领导, 单位负责人, 县长, 整改办, 旁人, 牵头单位, 经办人 } from '../support/people.js'
import { aCase, at, type Story } from '../support/story.js'
import { aLedger, type Ledger, recordsOf, theCalendar } from './given.js'

const ROUND = 'city' as RoundId
const day = (date: string) => date as PlainDate

/** n, what the entry says, and how far the case gets. */
type Told = readonly [number, Partial<Entry>, (story: Story) => Promise<unknown>]

const nothing = async () => undefined
const stories: readonly Told[] = [
  [1, { text: '甲河水质超标', deadline: until('2020-06-30') }, (story) => story.rectifying()],
  [
    2,
    { text: '乙厂直排废水', deadline: until('2019-11-01') },
    async (story) => {
      await story.rectifying()
      await story.on('2019-11-05')
    },
  ],
  [
    3,
    { text: '扬尘治理100%覆盖', deadline: 长期坚持, nodes: [{ text: '建成站点', date: day('2019-12-31') }] },
    (story) => story.handedOver(),
  ],
  [4, { text: '垃圾随意倾倒', deadline: 立行立改 }, nothing],
  [
    5,
    { text: '甲河沿岸养殖', deadline: until('2020-03-31'), units: [unit('甲县政府'), unit('乙县政府')] },
    (story) => story.handedOver(),
  ],
  [6, { text: '已办结的事', deadline: until('2020-03-31') }, (story) => story.closed()],
]

let ledger: Ledger
const states = new Map<number, Awaited<ReturnType<Story['state']>>>()

beforeAll(async () => {
  ledger = await aLedger()
  const { db } = ledger
  await openRound(
    db,
    {
      id: ROUND,
      city: '某市',
      title: '某市整改方案',
      policyHash: loadPolicy('yongzhou').hash,
      calendarHash: theCalendar(),
      source: 省督察,
      feedbackDate: null,
      planDate: day('2019-10-08'),
      clock: { kind: 'real' },
      plan: '方案正文\u0000',
      reading: { entries: 6 },
      openedAt: at('2019-10-08'),
    },
    stories.map(([n, entry]) => entryFor({ n, ...entry })),
  )
  for (const [n, entry, act] of stories) {
    const story = await aCase('yongzhou', { id: `city/00${n}`, entry: { n, ...entry } })
    await act(story)
    states.set(n, await story.state())
    await append(db, await recordsOf(story))
  }
})
afterAll(() => ledger.close())

const listed = async (filter: LedgerFilter): Promise<readonly number[]> =>
  (await ledgerPage(ledger.db, filter)).rows.map(({ n }) => n)

describe('the ledger', () => {
  it('lists the most urgent first, those without a deadline last', async () => {
    const { rows, next } = await ledgerPage(ledger.db)
    expect(rows.map(({ due }) => due)).toEqual(rows.map(({ due }) => due).toSorted())
    expect(rows.map(({ n }) => n)).toEqual([2, 5, 6, 1, 3, 4])
    expect(next).toBeUndefined()
  })

  it('is given whole, page after page, to whoever writes it down', async () => {
    const found: number[] = []
    for await (const rows of ledgerPages(ledger.db, {}, 4)) found.push(...rows.map(({ n }) => n))
    expect(found).toEqual([2, 5, 6, 1, 3, 4])
  })

  it('comes in pages that hold every case once, however they are cut', async () => {
    for (const limit of [1, 2, 4, 6]) {
      const seen: number[] = []
      let after: LedgerPlace | undefined
      do {
        const page = await ledgerPage(ledger.db, {}, { limit, ...(after && { after }) })
        expect(page.rows.length).toBeLessThanOrEqual(limit)
        seen.push(...page.rows.map(({ n }) => n))
        after = page.next
      } while (after)
      expect(seen).toEqual([2, 5, 6, 1, 3, 4])
    }
  })

  it.each<[string, LedgerFilter, readonly number[]]>([
    ['a round', { round: ROUND }, [2, 5, 6, 1, 3, 4]],
    ['another round', { round: 'elsewhere' as RoundId }, []],
    ['a kind', { kind: 'referral' }, []],
    ['phases', { phases: ['handed-over', 'registered'] }, [5, 3, 4]],
    ['a class', { class: 'long-term' }, [3]],
    ['a class not handed over yet', { class: 'immediate' }, [4]],
    ['a responsible unit', { unit: unit('乙县政府') }, [5]],
    ['a unit that only accepts', { unit: unit('市生态环境局') }, []],
    ['the cases a unit has any part in', { parties: { units: [unit('市住建局')] } }, [2, 5, 6, 1, 3, 4]],
    ['the cases of a leader', { parties: { units: [], person: 包案领导.person } }, [2, 5, 6, 1, 3, 4]],
    ['nobody’s cases', { parties: { units: [unit('市教育局')] } }, []],
    ['the overdue', { overdue: 'overdue' }, [2]],
    ['the not overdue', { overdue: 'not-overdue' }, [5, 6, 1, 3, 4]],
    ['a source', { source: '省生态环境保护督察' }, [2, 5, 6, 1, 3, 4]],
    ['a level', { level: 'central' }, []],
    ['two characters of the words', { text: '甲河' }, [5, 1]],
    ['one character', { text: '尘' }, [3]],
    ['more characters, not only their pairs', { text: '废水直排' }, []],
    ['a percent sign as itself', { text: '100%' }, [3]],
    ['an underscore as itself', { text: '_' }, []],
    ['an id', { text: 'CITY/004' }, [4]],
    ['a party’s name', { text: '市生态' }, [2, 5, 6, 1, 3, 4]],
    ['a name and a phase at once', { text: '甲河', phases: ['rectifying'] }, [1]],
    ['characters nobody can store', { text: '\u0000\ud800' }, []],
    ['a quote and a backslash', { text: "'\\" }, []],
  ])('narrowed to %s', async (_what, filter, expected) => {
    expect(await listed(filter)).toEqual(expected)
  })

  it('CD-18 counts add up: every case in exactly one phase and class', async () => {
    const counts = await countsByPhaseAndClass(ledger.db, { round: ROUND })
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(stories.length)
    expect(counts.reduce((sum, { overdue }) => sum + overdue, 0)).toBe(1)
    for (const { phase, class: of, count } of counts)
      expect((await listed({ phases: [phase], ...(of && { class: of }) })).length).toBe(count)
    const byUnit = await countsByUnit(ledger.db)
    expect(byUnit).toEqual([
      { unit: '乙县政府', count: 1, closed: 0, overdue: 0 },
      { unit: '甲县政府', count: 6, closed: 1, overdue: 1 },
    ])
  })

  it.each(['2019-10-09', '2019-11-06', '2019-12-31', '2020-01-01', '2020-02-15', '2020-07-01', '2024-01-01'])(
    'YZ-13 pace on %s: as the domain says of each case',
    async (date) => {
      const expected = new Map<string, number>()
      for (const [, state] of states) {
        const { bucket } = pace(state, at(date))
        expected.set(bucket, (expected.get(bucket) ?? 0) + 1)
      }
      const buckets = await paceBuckets(ledger.db, at(date), { round: ROUND })
      expect(new Map(buckets.map(({ bucket, count }) => [bucket, count]))).toEqual(expected)
      expect(buckets.find(({ bucket }) => bucket === 'pressed')?.overdue).toBe(1)
    },
  )
})

describe('to-dos of a person', () => {
  const acts = async (actor: Parameters<typeof todosOf>[1]) =>
    (await todosOf(ledger.db, actor)).map(({ n, act }) => `${n} ${act}`)

  it('are those of the chairs the posts give', async () => {
    expect(await acts(整改办)).toContain('4 hand-over')
    expect(await acts(整改办)).not.toContain('5 acknowledge')
    const clerk = await acts(经办人)
    expect(clerk).toEqual(
      expect.arrayContaining(['5 acknowledge', '3 acknowledge', '1 submit-return', '2 submit-return']),
    )
    expect(clerk).not.toContain('4 hand-over')
    expect(await acts(旁人)).toEqual(['5 acknowledge'])
    expect(await acts(牵头单位)).toEqual([])
    expect(await acts({ ...整改办, posts: [] })).toEqual([])
  })

  it('come most urgent first and say which case they are of', async () => {
    const todos = await todosOf(ledger.db, 经办人)
    const dues = todos.flatMap(({ due }) => due ?? [])
    expect(dues).toEqual(dues.toSorted())
    expect(todos[0]).toMatchObject({ caseId: expect.stringMatching(/^city\//), text: expect.any(String) })
  })

  it('follow the closing chain from chair to chair, a deputy among them (GN-09)', async () => {
    const story = await aCase('yongzhou', { id: 'chain/001' })
    await story.rectifying()
    await story.by(包案领导, {
      type: 'delegate',
      to: 旁人.person,
      toName: 旁人.name,
      until: day('2019-12-31'),
      document: '委托书第 3 号',
    })
    await story.submits()
    await append(ledger.db, await recordsOf(story))
    const cast = [单位负责人, 牵头单位, 包案领导, 旁人, 书记, 县长, 整改办]
    const whoSigns = async () => {
      const all = await Promise.all(cast.map(async (one) => ({ one, todos: await todosOf(ledger.db, one) })))
      return all
        .filter(({ todos }) => todos.some(({ caseId, act }) => caseId === 'chain/001' && act === 'sign'))
        .map(({ one }) => one.person)
    }
    const turns: (readonly string[])[] = []
    for (;;) {
      const state = await story.state()
      if (state.phase !== 'closing') break
      turns.push(await whoSigns())
      await story.signs()
      await append(ledger.db, await recordsOf(story))
    }
    expect(turns).toEqual([['lead'], ['leader', 'other'], ['secretary'], ['mayor'], ['office']])
    expect(await whoSigns()).toEqual([])
  })
})

describe('rounds', () => {
  it('say how far they are', async () => {
    expect(await roundsWithProgress(ledger.db)).toEqual([
      expect.objectContaining({
        id: ROUND,
        entries: 6,
        registered: 6,
        rectifying: 2,
        closed: 1,
        overdue: 1,
        drill: false,
      }),
    ])
    expect(await roundById(ledger.db, ROUND)).toMatchObject({
      source: 省督察,
      clock: { kind: 'real' },
      reading: { entries: 6 },
    })
  })

  it('are opened once, with all their entries or none', async () => {
    const round = await roundById(ledger.db, ROUND)
    if (!round) throw new Error('no round')
    const other = { ...round, id: 'other' as RoundId }
    const entries = [1, 2, 3].map((n) => entryFor({ n }))
    const answers = await Promise.all([1, 2, 3, 4].map(() => openRound(ledger.db, other, entries)))
    expect(answers.toSorted()).toEqual(['already-open', 'already-open', 'already-open', 'opened'])
    await expect(
      openRound(ledger.db, { ...round, id: 'half' as RoundId }, [entryFor({ n: 1 }), entryFor({ n: 1 })]),
    ).rejects.toThrow()
    expect(await roundById(ledger.db, 'half' as RoundId)).toBeUndefined()

    await markRegistered(ledger.db, other.id, 2, at('2019-10-09'))
    await markRegistered(ledger.db, other.id, 2, at('2019-10-10'))
    expect((await entriesToRegister(ledger.db, other.id)).map(({ n }) => n)).toEqual([1, 3])
    expect((await planEntries(ledger.db, other.id)).map(({ registeredAt }) => registeredAt)).toEqual([
      null,
      at('2019-10-09'),
      null,
    ])
  })

  it('know which cases Temporal should be running', async () => {
    const open = await openCases(ledger.db)
    expect(open.map(({ id }) => id)).toEqual([
      'city/001',
      'city/002',
      'city/003',
      'city/004',
      'city/005',
      'city/006',
    ])
    expect(open[0]).toMatchObject({ clock: { kind: 'real' }, kind: 'problem' })
    expect(await openCases(ledger.db, 'city/005' as CaseId)).toHaveLength(1)
  })

  it('keep every version of a policy they were opened under', async () => {
    const saved = await savedPolicies(ledger.db)
    expect(saved.map(({ id }) => id).toSorted()).toEqual(['hohhot', 'jinan', 'yongzhou'])
    const { hash, policy } = loadPolicy('jinan')
    expect((await policyByHash(ledger.db, hash))?.resolved).toEqual(JSON.parse(JSON.stringify(policy)))
  })
})

describe('the register', () => {
  const person = (id: string) => id as PersonId

  it('knows people by their posts on a day; a change of holder leaves the past as it was', async () => {
    const { db } = ledger
    await saveUnits(db, [{ name: unit('丙县政府'), aliases: ['丙县'], area: '丙县' }])
    await saveOfficers(db, [
      { person: person('zhang'), name: '张三', email: 'zhang@example.cn', password: 'hash-1' },
      { person: person('li'), name: '李四' },
    ])
    const head = { role: 'unit-head', unit: unit('丙县政府') } as const
    await appoint(db, [{ person: person('zhang'), post: head, from: day('2019-01-01') }])
    await appoint(db, [{ person: person('zhang'), post: head, from: day('2019-01-01') }])
    expect(await endPost(db, person('zhang'), head, day('2019-12-31'))).toBe(true)
    expect(await endPost(db, person('zhang'), head, day('2019-12-31'))).toBe(false)
    await appoint(db, [{ person: person('li'), post: head, from: day('2020-01-01') }])

    const holders = async (date: string) =>
      (await holdersOn(db, day(date), ['unit-head'], unit('丙县政府'))).map(({ name }) => name)
    expect(await holders('2018-12-31')).toEqual([])
    expect(await holders('2019-12-31')).toEqual(['张三'])
    expect(await holders('2020-01-01')).toEqual(['李四'])
    expect(await actorOn(db, person('zhang'), day('2019-06-01'))).toEqual({
      person: 'zhang',
      name: '张三',
      posts: [head],
    })
    expect((await actorOn(db, person('zhang'), day('2020-06-01')))?.posts).toEqual([])
    expect(await actorOn(db, person('nobody'), day('2020-06-01'))).toBeUndefined()
  })

  it('changes only what is given, and tells nothing to who has left', async () => {
    const { db } = ledger
    await saveOfficers(db, [{ person: person('zhang'), name: '张三丰' }])
    expect(await peopleAmong(db, [person('zhang'), person('nobody')])).toEqual([
      { person: 'zhang', name: '张三丰', email: 'zhang@example.cn' },
    ])
    await setActive(db, person('li'), 'left')
    expect(await holdersOn(db, day('2020-02-01'), ['unit-head'], unit('丙县政府'))).toEqual([])
    const listed = await officersOn(db, day('2019-02-01'))
    expect(listed.find(({ person: id }) => id === 'zhang')?.posts).toHaveLength(1)
    expect(listed.find(({ person: id }) => id === 'li')?.active).toBe(false)
  })

  it('is proposed the units a plan names and it lacks; aliases count as known', async () => {
    const { db } = ledger
    const named = new Map([
      [unit('丙县政府'), [1]],
      [unit('丙县'), [2]],
      [unit('丁县政府'), [2, 3]],
      [unit('戊局'), [4]],
    ])
    expect(await propose(db, ROUND, named)).toEqual(['丁县政府', '戊局'])
    await propose(db, ROUND, named)
    expect((await openProposals(db, ROUND)).map(({ name, entries }) => [name, entries])).toEqual([
      ['丁县政府', [2, 3]],
      ['戊局', [4]],
    ])
    expect(await settleProposal(db, ROUND, unit('丁县政府'), 'accepted')).toBe(true)
    expect(await settleProposal(db, ROUND, unit('丁县政府'), 'dismissed')).toBe(false)
    expect(await settleProposal(db, ROUND, unit('戊局'), 'dismissed')).toBe(true)
    expect((await units(db)).map(({ name }) => name)).toEqual(['丁县政府', '丙县政府'])
    expect(await openProposals(db, ROUND)).toEqual([])
  })
})

describe('notices, files, intents', () => {
  const notice: NoticeEffect = {
    kind: 'notice',
    key: 'city/001#5/notice',
    caseId: 'city/001' as CaseId,
    round: ROUND,
    seq: 5,
    at: at('2019-10-09'),
    drill: 'real',
    audience: [],
    subject: '催报\u0000调度',
    text: '请于周五前报送。',
  }

  it('an inbox gets each notice once for each person, and counts what is unread', async () => {
    const { db } = ledger
    const [a, b] = ['wang', 'zhao'] as PersonId[]
    if (!a || !b) throw new Error('nobody')
    expect((await deliver(db, notice, [a, b, a])).toSorted()).toEqual([a, b])
    expect(await deliver(db, notice, [a, b])).toEqual([])
    await deliver(db, { ...notice, key: 'city/001#6/notice', seq: 6 }, [a])
    const mine = await inbox(db, a)
    expect(mine.map(({ seq }) => seq)).toEqual([6, 5])
    expect(mine[1]?.subject).toBe('催报\ufffd调度')
    expect(await inbox(db, a, { before: mine[0]?.id ?? 0 })).toHaveLength(1)
    const [theirs] = await inbox(db, b)
    expect(await markRead(db, a, [mine[0]?.id ?? 0, theirs?.id ?? 0], at('2019-10-10'))).toBe(1)
    expect(await markRead(db, a, [mine[0]?.id ?? 0], at('2019-10-11'))).toBe(0)
    expect(await unreadCount(db, a)).toBe(1)
    expect(await unreadCount(db, b)).toBe(1)
    expect(await inbox(db, a, { unread: 'only' })).toHaveLength(1)
  })

  it('a file is kept once under the hash of its content', async () => {
    const { db } = ledger
    const content = new TextEncoder().encode('照片')
    const item = await keepEvidence(
      db,
      { name: '照片.jpg', mediaType: 'image/jpeg', content },
      'wang' as PersonId,
    )
    await keepEvidence(db, { name: '又一次.jpg', mediaType: 'image/jpeg', content })
    expect(await evidenceItem(db, item.sha256)).toMatchObject({ name: '照片.jpg', bytes: 6, person: 'wang' })
    expect(new TextDecoder().decode(await evidenceContent(db, item.sha256))).toBe('照片')
    expect(await keptAmong(db, [item.sha256, 'f'.repeat(64) as typeof item.sha256])).toEqual(
      new Set([item.sha256]),
    )
    expect(await keptAmong(db, [])).toEqual(new Set())
  })

  it('a command on its way is remembered until it is known what became of it', async () => {
    const { db } = ledger
    const id = 'city/004' as CaseId
    await intend(db, id, 'k1' as CommandId)
    await intend(db, id, 'k1' as CommandId)
    await intend(db, id, 'k2' as CommandId)
    await intend(db, 'city/005' as CaseId, 'k3' as CommandId)
    await sql`update intents set at = now() - interval '1 hour' where command_id in ('k1', 'k2')`.execute(db)
    const minute = 60_000
    expect(await casesWithOldIntents(db, minute)).toEqual([id])
    await forgetIntent(db, id, 'k1' as CommandId)
    expect(await casesWithOldIntents(db, minute)).toEqual([id])
    await forgetOldIntents(db, id, minute)
    expect(await casesWithOldIntents(db, minute)).toEqual([])
    const left = await db.selectFrom('intents').select('commandId').execute()
    expect(left).toEqual([{ commandId: 'k3' }])
  })
})
