import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { reached } from '../../activities/notices/audience.js'
import { append } from '../../db/append.js'
import { connect, type Db } from '../../db/connect.js'
import { saveRules } from '../../db/rules.js'
import { dateOf } from '../../domain/calendar/dates.js'
import type { AreaTier } from '../../domain/parties.js'
import { instant, type PersonId } from '../../domain/words.js'
import { isSoundXml } from '../../intake/xml.js'
import { loadCalendar } from '../../policies/calendars/load.js'
import { loadPolicy } from '../../policies/load.js'
import { evidenceFrom, openedRound } from '../api/given.js'
import { recordsOf } from '../db/given.js'
import { newKey, type OpenDoor, openDoor } from '../support/door.js'
import { 整改办主任 } from '../support/people.js'
import { aCase, type Story } from '../support/story.js'

/** Clauses about cases, offices and people that are kept at the door: real API, real PostgreSQL, real workflows. */
let door: OpenDoor
let db: Db
beforeAll(async () => {
  door = await openDoor()
  db = connect(door.database.url, 2)
})
afterAll(async () => {
  await db.destroy()
  await door.close()
})

const clause = (clauses: string, keeps: string, told: () => Promise<void>) =>
  it(`${clauses} ${keeps}`, told, 90_000)

const get = async (as: string, path: string) => (await door.ask('GET', path, { as })).body
const idsAt = async (as: string, path: string): Promise<readonly string[]> =>
  (await get(as, path)).cases.map(({ id }: { id: string }) => id).toSorted()

/** A life told in the pure domain, brought to the ledger as commands would bring it. */
const ledgered = async (story: Story): Promise<void> => {
  await saveRules(db, loadPolicy(story.rules.policy.id), loadCalendar())
  await append(db, await recordsOf(story))
}

clause(
  'CD-18',
  'received is open and closed and merged, by unit and class, each number opens to its cases; what is lost is shown as an error',
  async () => {
    await openedRound(await door.as('office'), 'counted')
    const books = () => get('office', '/reconciliation?round=counted')
    const before = await books()
    expect(before).toMatchObject({
      balanced: true,
      mismatches: [],
      total: { received: { count: 3 }, open: { count: 3 }, closed: { count: 0 }, merged: { count: 0 } },
    })
    for (const lines of [before.byUnit, before.byClass]) {
      for (const part of ['received', 'open', 'closed', 'merged'] as const) {
        const opened = await Promise.all(
          lines.map((line: Record<string, { href: string }>) => idsAt('office', line[part]?.href ?? '')),
        )
        expect(opened.map((ids) => ids.length)).toEqual(
          lines.map((line: Record<string, { count: number }>) => line[part]?.count),
        )
        expect(opened.flat().length).toBe(before.total[part].count)
      }
    }

    // A line of the ledger is lost: the record still knows of it, and the books say so.
    const { rows } = await sql`delete from cases where id = 'counted/002' returning *`.execute(
      db.withoutPlugins(),
    )
    const broken = await books()
    expect(broken.balanced).toBe(false)
    expect(broken.mismatches).toMatchObject([
      { why: 'received-not-listed', cases: [{ id: 'counted/002', href: '/cases/counted/002' }] },
    ])
    await sql`insert into cases select * from jsonb_populate_record(null::cases, ${JSON.stringify(rows[0])}::jsonb)`.execute(
      db.withoutPlugins(),
    )
    expect({ ...(await books()), at: before.at }).toEqual(before)
  },
)

clause('HH-01', 'ledger, responsible persons and closures are listed apart and reconciled', async () => {
  await openedRound(await door.as('office'), 'listed')
  const lists = await get('office', '/rounds/listed/lists')
  const ids = ['listed/001', 'listed/002', 'listed/003']
  const cases = (list: readonly { case: string }[]) => list.map((one) => one.case)
  expect(cases(lists.ledger)).toEqual(ids)
  expect(cases(lists.responsibility)).toEqual(ids)
  expect(lists.responsibility[0]).toMatchObject({
    units: ['市住房和城乡建设局'],
    persons: ['市住房和城乡建设局主要负责人'],
    leaders: { municipal: { name: '沈知远' } },
  })
  expect(lists).toMatchObject({ closures: [], balanced: true, discrepancies: [] })

  const closed = await aCase('yongzhou', { id: 'listed/901', entry: { n: 901 } })
  await closed.closed()
  await ledgered(closed)
  const after = await get('office', '/rounds/listed/lists')
  expect(after).toMatchObject({ balanced: true, closures: [{ case: 'listed/901', closing: 1 }] })
  expect(after.closures[0].signedBy).toHaveLength(6)
  expect(after.closures[0].signedBy[0]).toBe('自查:经办小罗')

  // Somebody writes “closed” into the ledger past the record: the lists no longer agree.
  await sql`update case_states set state = replace(state::text, '"phase":"registered"', '"phase":"closed"')::json
      where case_id = 'listed/002'`.execute(db)
  expect(await get('office', '/rounds/listed/lists')).toMatchObject({
    balanced: false,
    discrepancies: [{ case: 'listed/002', why: 'closed-without-closure' }],
  })
})

const post = async (as: string, path: string, body: unknown) => {
  const answer = await door.ask('POST', path, { as, key: newKey(), body })
  expect([200, 201], JSON.stringify(answer.body)).toContain(answer.status)
  return answer.body
}
const give = (as: string, caseId: string, body: unknown) =>
  door.ask('POST', `/cases/${caseId}/commands`, { as, key: newKey(), body })

/** One measure of a plan, about whatever units and place. */
const planOf = (measure: string) => ({
  text: `栖澜市贯彻落实省生态环境保护督察反馈意见整改方案
发布日期:2026-06-18

二、整改任务

1.秸秆禁烧责任落实不到位。
${measure}
整改目标:全面落实。
整改措施:网格化巡查。
整改时限:2099年9月底
`,
})

clause('JN-03', '各县区党委、政府 is expanded by the register of areas', async () => {
  await post('office', '/register/areas', { name: '东栖区' })
  await post('office', '/register/areas', { name: '汀洲县', party: '汀洲县委' })
  await post('office', '/register/areas', {
    name: '澜西新区',
    party: '澜西新区党工委',
    government: '澜西新区管委会',
  })
  await post('office', '/register/areas', { name: '柳溪镇', level: 'town', parent: '汀洲县' })
  const plan = planOf(
    '责任单位:各县区党委、政府\n责任人:各县区党委、政府主要负责人\n牵头验收单位:市生态环境局',
  )
  await openedRound(await door.as('office'), 'expanded', { plan })
  const { state } = await get('office', '/cases/expanded/001')
  expect(state.entry.units.toSorted()).toEqual(
    ['东栖区党委', '东栖区政府', '汀洲县委', '汀洲县政府', '澜西新区党工委', '澜西新区管委会'].toSorted(),
  )
  expect(state.entry.persons).toContain('汀洲县委主要负责人')
  expect(state.entry.persons).toContain('澜西新区管委会主要负责人')

  // Typed by hand it is expanded just the same.
  await post('office', '/cases/expanded/001/commands', {
    type: 'amend-entry',
    patch: { units: ['市城管局'] },
    reason: '更正',
  })
  await post('office', '/cases/expanded/001/commands', {
    type: 'amend-entry',
    patch: { units: ['各县区政府'] },
    reason: '更正',
  })
  const amended = await get('office', '/cases/expanded/001')
  expect(amended.state.entry.units.toSorted()).toEqual(
    ['东栖区政府', '汀洲县政府', '澜西新区管委会'].toSorted(),
  )
})

clause(
  'HH-07 HH-15',
  "a case's leader follows from its place and goes over with it; leaders of an area are told by tier",
  async () => {
    await post('office', '/register/areas', { name: '东栖区' })
    const leads = (tier: string, person: string) =>
      post('office', '/register/areas/东栖区/leaders', { tier, person })
    await leads('attached', 'leader2')
    await leads('first', 'dongqih')
    await leads('in-charge', 'dongqi')
    const { areas: listed } = await get('office', '/register/areas')
    expect(
      listed
        .find(({ name }: { name: string }) => name === '东栖区')
        .leaders.map(({ tierTitle, name }: { tierTitle: string; name: string }) => `${tierTitle} ${name}`),
    ).toEqual(['包联领导 顾望舒', '第一责任人 东栖区政府主要负责人', '分管领导 东栖区政府经办人'])

    const plan = planOf(
      '责任单位:东栖区政府\n责任人:东栖区政府主要负责人\n牵头验收单位:市生态环境局\n配合验收单位:市水务局',
    )
    await openedRound(await door.as('office'), 'placed', { plan })
    const leaderNow = async () => (await get('office', '/cases/placed/001')).state.entry
    expect(await leaderNow()).toMatchObject({
      area: '东栖区',
      leaders: { municipal: { person: 'leader2', name: '顾望舒' } },
    })
    // Another leader is attached: the open case goes over by a command of its own.
    expect(await leads('attached', 'leader3')).toMatchObject({
      handedOver: [{ caseId: 'placed/001', outcome: 'handed-over' }],
    })
    expect(await leaderNow()).toMatchObject({ leaders: { municipal: { person: 'leader3' } } })

    // Whom a tier means is looked up in the register, on the day.
    const told = async (...tiers: readonly AreaTier[]) =>
      (await reached(db, [{ area: '东栖区', tiers }], dateOf(instant(Date.now())))).map(
        ({ person }) => person,
      )
    expect(await told('in-charge')).toEqual(['dongqi'])
    expect(await told('first', 'in-charge', 'attached')).toEqual(['dongqi', 'dongqih', 'leader3'])
    expect(await told('other')).toEqual([])
  },
)

clause(
  'JN-10',
  'the watcher of a supervised case sees it and finds it in the list, until it comes off',
  async () => {
    await openedRound(await door.as('office'), 'supervised')
    await post('office', '/cases/supervised/001/commands', { type: 'hand-over' })
    expect(await idsAt('gongan', '/cases?round=supervised')).toEqual([])
    const listing = {
      type: 'put-under-supervision',
      watcher: { person: 'gongan', name: '市公安局经办人' },
      reason: '群众反映强烈',
      release: '验收合格',
    }
    // Nobody watches what is their own unit's.
    const own = await give('officehead', 'supervised/001', {
      ...listing,
      watcher: { person: 'unit', name: '经办人' },
    })
    expect(own).toMatchObject({ status: 409, body: { clause: 'GN-08' } })
    expect(own.body.detail).toContain('不得盯办本单位的事项')
    await post('officehead', '/cases/supervised/001/commands', listing)
    expect(await idsAt('gongan', '/cases?round=supervised')).toEqual(['supervised/001'])
    expect(await idsAt('office', '/cases?round=supervised&supervised=true')).toEqual(['supervised/001'])
    expect((await get('gongan', '/cases/supervised/001')).reading).toBe('whole')
    await post('gongan', '/cases/supervised/001/commands', { type: 'record-watching', findings: '尚未开工' })
    await post('officehead', '/cases/supervised/001/commands', { type: 'end-supervision', reason: '已达到' })
    expect(await idsAt('gongan', '/cases?round=supervised')).toEqual([])
    expect((await door.ask('GET', '/cases/supervised/001', { as: 'gongan' })).status).toBe(404)
  },
)

clause(
  'GN-08',
  'a restricted case is not in lists, counts, search, exports, feeds, to-dos or papers of anybody but the named',
  async () => {
    await openedRound(await door.as('office'), 'closedoff')
    const id = 'closedoff/001'
    await post('office', `/cases/${id}/commands`, { type: 'hand-over' })
    const report = await evidenceFrom(await door.as('unit'), '内部材料')
    await post('unit', `/cases/${id}/commands`, { type: 'add-evidence', evidence: [report] })
    const counts = async (as: string) => (await get(as, '/summary?round=closedoff')).total
    expect(await counts('office')).toBe(3)
    const restriction = {
      type: 'restrict-case',
      persons: [{ person: 'leader', name: '沈知远' }],
      roles: [],
      units: ['市住房和城乡建设局'],
      reason: '涉及未公开的案件',
    }
    // Whoever has to act next is never shut out.
    const refused = await door.ask('POST', `/cases/${id}/commands`, {
      as: 'officehead',
      body: { ...restriction, units: [] },
      key: newKey(),
    })
    expect(refused).toMatchObject({ status: 409, body: { clause: 'GN-08' } })
    expect(refused.body.detail).toContain('市住房和城乡建设局(签收)')
    await post('officehead', `/cases/${id}/commands`, restriction)
    for (const outsider of ['office', 'secretary', 'discipline', 'shuiwu']) {
      for (const path of ['', '/events', '/papers', '/acts'])
        expect((await door.ask('GET', `/cases/${id}${path}`, { as: outsider })).status, path).toBe(404)
      expect(await idsAt(outsider, '/cases?round=closedoff')).not.toContain(id)
      expect((await door.ask('GET', `/evidence/${report.sha256}`, { as: outsider })).status).toBe(404)
      const { todos } = await get(outsider, '/me/todos')
      expect(todos.filter(({ caseId }: { caseId: string }) => caseId === id)).toEqual([])
      expect(
        (await give(outsider, id, { type: 'chase', whom: 'responsible-unit', words: '快' })).status,
      ).toBe(404)
    }
    expect(await counts('office')).toBe(2)
    expect(await idsAt('office', '/cases?q=雨污混流&round=closedoff')).toEqual([])
    const csv = await door.ask('GET', '/cases?round=closedoff', {
      as: 'office',
      headers: { accept: 'text/csv' },
    })
    expect(csv.body).not.toContain('closedoff/001')
    const { events } = await get('office', '/rounds/closedoff/feed')
    expect(events.map(({ caseId }: { caseId: string }) => caseId)).not.toContain(id)
    expect(JSON.stringify(await get('office', '/rounds/closedoff/todos'))).not.toContain(id)
    expect(JSON.stringify(await get('office', '/rounds/closedoff/entries'))).not.toContain(id)
    expect(JSON.stringify(await get('office', '/rounds/closedoff/papers'))).not.toContain(id)
    expect(JSON.stringify(await get('office', '/rounds/closedoff/lists'))).not.toContain(id)
    expect((await get('office', '/reconciliation?round=closedoff')).total.received.count).toBe(2)

    for (const insider of ['officehead', 'leader', 'unit']) {
      expect((await get(insider, `/cases/${id}`)).reading).toBe('whole')
      expect(await idsAt(insider, '/cases?round=closedoff')).toContain(id)
      expect((await door.ask('GET', `/evidence/${report.sha256}`, { as: insider })).status).toBe(200)
    }
    const readers = [`person:leader`, 'unit:市住房和城乡建设局']
    const people = await reached(
      db,
      [{ seat: 'office' }, { person: 'leader' as PersonId }],
      dateOf(instant(Date.now())),
      readers,
    )
    expect(people.map(({ person }) => person)).toEqual(['leader'])

    // A watcher named later reads it until it comes off the list.
    await post('officehead', `/cases/${id}/commands`, {
      type: 'put-under-supervision',
      watcher: { person: 'gongan', name: '市公安局经办人' },
      reason: '情况敏感',
      release: '验收合格',
    })
    expect((await get('gongan', `/cases/${id}`)).reading).toBe('whole')
    await post('gongan', `/cases/${id}/commands`, { type: 'record-watching', findings: '正在办理' })
    await post('officehead', `/cases/${id}/commands`, { type: 'end-supervision', reason: '已达到' })
    expect((await door.ask('GET', `/cases/${id}`, { as: 'gongan' })).status).toBe(404)
  },
)

clause('GN-07', 'a file is read by whoever handed it in or reads a case it belongs to', async () => {
  await openedRound(await door.as('office'), 'filed')
  await post('office', '/cases/filed/001/commands', { type: 'hand-over' })
  const file = await evidenceFrom(await door.as('unit'), '台账照片')
  const status = async (as: string) => (await door.ask('GET', `/evidence/${file.sha256}`, { as })).status
  // Handed in, not yet part of any case.
  expect([await status('unit'), await status('shuiwu'), await status('office')]).toEqual([200, 404, 404])
  await post('unit', '/cases/filed/001/commands', { type: 'add-evidence', evidence: [file] })
  expect([await status('unit'), await status('shuiwu'), await status('office')]).toEqual([200, 200, 200])
  expect([await status('shichang'), await status('observer')]).toEqual([404, 404])
})

clause(
  'JN-18',
  'progress is public on a page and in a feed, without an account, and nothing confidential is in them',
  async () => {
    await openedRound(await door.as('office'), 'openly')
    await post('office', '/cases/openly/001/commands', { type: 'hand-over' })
    await post('unit', '/cases/openly/001/commands', { type: 'acknowledge' })
    await post('unit', '/cases/openly/001/commands', {
      type: 'submit-case-plan',
      plan: '内部方案全文',
      team: ['专班组长某某'],
      evidence: [],
    })
    const closed = await aCase('yongzhou', { id: 'openly/801', entry: { n: 801, text: '已办完的事' } })
    await closed.closed()
    await ledgered(closed)
    const secret = await aCase('yongzhou', { id: 'openly/802', entry: { n: 802, text: '限定知悉的事' } })
    await secret.rectifying()
    await secret.by(整改办主任, {
      type: 'restrict-case',
      persons: [],
      roles: ['secretary'],
      units: [],
      reason: '涉密的理由',
    })
    await ledgered(secret)

    const { body } = await door.ask('GET', '/public/progress?round=openly')
    expect(body.rounds).toMatchObject([
      {
        id: 'openly',
        total: 2,
        stages: [
          { stage: '整改中', count: 1 },
          { stage: '销号办理中', count: 0 },
          { stage: '公示中', count: 0 },
          { stage: '已销号', count: 1 },
        ],
        cases: [
          { id: 'openly/001', stage: '整改中' },
          { id: 'openly/801', stage: '已销号' },
        ],
      },
    ])
    const page = await door.ask('GET', '/public/progress/page?round=openly')
    const feed = await door.ask('GET', '/public/feed?round=openly')
    expect(page.headers.get('content-type')).toContain('text/html')
    expect(feed.headers.get('content-type')).toContain('application/atom+xml')
    expect(isSoundXml(feed.body)).toBe(true)
    expect(page.body).toContain('雨污混流')
    expect(feed.body).toContain('公示整改结果:已完成整改')
    expect(feed.body).toContain('完成整改,予以销号')
    const confidential = [
      'openly/802',
      '限定知悉的事',
      '涉密的理由', // restricted
      'openly/002', // not handed over yet
      '内部方案全文',
      '专班组长某某',
      '沈知远',
      '副市长老唐',
      'leader', // plans and people
      '同意',
      '污染消除',
      '12345', // what was signed, found, given as contact
    ]
    for (const told of [JSON.stringify(body), page.body, feed.body])
      for (const word of confidential) expect(told).not.toContain(word)

    // A drill is nobody's progress.
    await openedRound(await door.as('office'), 'rehearsal', {
      drill: { start: '2026-07-01', daysPerSecond: 1 },
    })
    expect((await door.ask('GET', '/public/progress?round=rehearsal')).body.rounds).toEqual([])
  },
)
