import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { Door } from '../../cli/http.js'
import { connect, type Db } from '../../db/connect.js'
import { rebuild } from '../../db/rebuild.js'
import { atTime, dateOf } from '../../domain/calendar/dates.js'
import type { Instant, PlainDate } from '../../domain/words.js'
import { everyCaseIsThere, evidenceFrom } from '../api/given.js'
import { openBody } from '../api/plans.js'
import { newKey, type OpenDoor, openDoor } from '../support/door.js'

/**
 * Clauses about figures, on one summer of a drill: real API, real PostgreSQL, real workflows, every act a command by its own
 * officer. What was answered on a day must be answered again when that day is asked for later.
 */
const ROUND = 'summer'
const START = atTime('2026-07-01' as PlainDate, '09:00')
const DAYS_PER_SECOND = 4
/** The clock stands still while everybody does what is done on the first morning. */
const STANDS_STILL_SECONDS = 15

const entry = (n: number, unit: string, deadline: string): string => `
${n}.第${n}项问题尚未解决。
责任单位:${unit}
责任人:${unit}主要负责人
牵头验收单位:市水务局
配合验收单位:市生态环境局
包案领导:沈知远
整改目标:问题解决。
整改措施:限期整治。
整改时限:${deadline}
`
const PLAN = `栖澜市贯彻落实省生态环境保护督察反馈意见整改方案
发布日期:2026-06-18

二、整改任务
${entry(1, '市住房和城乡建设局', '立行立改')}${entry(2, '汀洲县政府', '2026年8月底')}${entry(3, '市园林绿化局', '2026年8月底')}${entry(4, '市整改办', '2026年8月底')}${entry(5, '市城市管理局', '2年内完成')}`

type Officer = { readonly person: string; readonly post: { readonly role: string; readonly unit?: string } }
type Counted = { readonly count: number; readonly href: string }
type Whole = {
  readonly phase: string
  readonly closingStepId: string | null
  readonly state: {
    readonly seal: string
    readonly entry: { readonly leaders: { readonly municipal: { readonly person: string } } }
  }
}

let door: OpenDoor
let db: Db
let office: Door
let password: string
let officers: readonly Officer[]
const DISTRICT_LEADERS = [1, 2].map((n) => ({
  person: `standin0${n}@${ROUND}`,
  name: `演练市领导${n}`,
}))
/** Answers given before anything was handed over, and when all that could be just had been. */
let morning: Everything
let thatEvening: Everything
let unheard: string

const asHolder = (role: string, unit?: string): Promise<Door> => {
  const found = officers.find(({ post }) => post.role === role && post.unit === unit)
  if (!found) throw new Error(`no ${role} of ${unit}`)
  return door.as(found.person, password)
}
const at = (n: number): string => `/cases/${ROUND}/00${n}`
const seen = (n: number): Promise<Whole> => office.get<Whole>(at(n))
const give = (by: Door, n: number, body: unknown) => by.post(`${at(n)}/commands`, body)
const now = async (): Promise<Instant> => (await office.get<{ now: Instant }>(`/rounds/${ROUND}`)).now
const untilDay = (day: string): Promise<void> =>
  vi.waitFor(async () => expect(dateOf(await now()) >= day).toBe(true), { timeout: 60_000, interval: 100 })

const sign = async (by: Door, n: number, more: Readonly<Record<string, unknown>> = {}) => {
  const { closingStepId, state } = await seen(n)
  await give(by, n, {
    ...{ type: 'sign', step: closingStepId, saw: state.seal, opinion: '同意', findings: [] },
    ...more,
  })
}

/** The first case, from the receipt to its notice. */
const postsTheFirst = async (): Promise<void> => {
  const [coordinator, clerk, head, lead, helper] = await Promise.all([
    asHolder('coordinator'),
    asHolder('unit-clerk', '市住房和城乡建设局'),
    asHolder('unit-head', '市住房和城乡建设局'),
    asHolder('unit-clerk', '市水务局'),
    asHolder('unit-clerk', '市生态环境局'),
  ])
  await give(clerk, 1, { type: 'acknowledge' })
  await give(clerk, 1, { type: 'submit-case-plan', plan: '立即整改', team: ['专班'], evidence: [] })
  const report = await evidenceFrom(clerk, '完工报告')
  const checklist = ['整改任务全部完成', '佐证材料齐全真实', '现场已经恢复到位'].map((point) => ({
    point,
    met: 'met',
  }))
  await give(clerk, 1, { type: 'submit-closing', statement: '已完成', checklist, evidence: [report] })
  await sign(head, 1)
  await sign(helper, 1)
  const findings = ['污染消除', '生态恢复', '群众满意'].map((title) => ({
    ...{ title, met: 'met', note: '', evidence: [report.sha256] },
  }))
  const site = { place: '现场', at: await now(), photos: [await evidenceFrom(lead, '照片')], observers: [] }
  await sign(lead, 1, { findings, site })
  const { state } = await seen(1)
  await sign(await door.as(state.entry.leaders.municipal.person, password), 1)
  const channels = ['栖澜电视台', '《栖澜日报》', '市政府网站'].map((channel) => ({ channel, where: '头版' }))
  await give(coordinator, 1, {
    ...{ type: 'post-notice', postedOn: dateOf(await now()), result: '已解决', contact: '1', channels },
  })
}

/** Its notice over, it is filed and closed. */
const filesTheFirst = async (): Promise<void> => {
  const coordinator = await asHolder('coordinator')
  await vi.waitFor(async () => expect((await seen(1)).phase).toBe('filing'), {
    timeout: 30_000,
    interval: 100,
  })
  await give(coordinator, 1, { type: 'send-filing', to: '省整改办', noticeResult: '公示期满,无异议' })
  await give(coordinator, 1, {
    type: 'record-filing-receipt',
    receipt: '已收悉',
    receivedOn: dateOf(await now()),
  })
}

type Audit = {
  readonly audit: string
  readonly checked: number
  readonly violating: Counted
  readonly violators: readonly { readonly id: string; readonly why: readonly string[] }[]
}
type Row = {
  readonly rank: number
  readonly unit: string
  readonly score: string
  readonly cases: Counted
  readonly onPace: Counted
  readonly setBack: Counted
  readonly returnsDue: Counted
  readonly returnsOnTime: Counted
}
type Ranking = {
  readonly rows: readonly Row[]
  readonly bottom: readonly string[]
  readonly leftOut: readonly string[]
}

/** Everything that is asked as of one moment. */
const everything = async (when: string) => {
  const query = new URLSearchParams({ round: ROUND, at: when })
  const [audits, pace, books, ranking] = await Promise.all([
    office.get<{ at: string; audits: readonly Audit[] }>(`/audits?${query}`),
    office.get<{ total: Counted; buckets: readonly (Counted & { bucket: string; overdue: Counted })[] }>(
      `/pace?${query}`,
    ),
    office.get<{ balanced: boolean; total: Record<string, Counted> }>(`/reconciliation?${query}`),
    office.get<{ ranking: Ranking }>(`/rankings?${query}&from=2026-07-01`),
  ])
  return { audits, pace, books, ranking: ranking.ranking }
}
type Everything = Awaited<ReturnType<typeof everything>>

const opened = async ({ href }: Counted): Promise<readonly string[]> =>
  (await office.get<{ cases: readonly { id: string }[] }>(`${href}&limit=500`)).cases
    .map(({ id }) => id)
    .toSorted()

const violators = ({ audits: { audits } }: Everything, which: string) =>
  audits.find(({ audit }) => audit === which)?.violators.map(({ id, why }) => [id, ...why])

/** From the morning of the first of July to the fifth of September. */
const summerGoesBy = async (): Promise<void> => {
  morning = await everything(await now())
  const coordinator = await asHolder('coordinator')
  await give(coordinator, 4, {
    type: 'amend-entry',
    patch: { officeSubstitute: '市生态环境局' },
    reason: '整改办自己的事项由其他单位核实',
  })
  // Two districts' leaders: one answers for the first two matters, the other for the third.
  for (const [n, county] of [
    [1, DISTRICT_LEADERS[0]],
    [2, DISTRICT_LEADERS[0]],
    [3, DISTRICT_LEADERS[1]],
  ] as const) {
    const { municipal } = (await seen(n)).state.entry.leaders
    await give(coordinator, n, {
      ...{ type: 'amend-entry', patch: { leaders: { municipal, county } }, reason: '明确牵头县级领导' },
    })
  }
  await coordinator.post(`/rounds/${ROUND}/hand-over`, {})
  await coordinator.post(`/rounds/${ROUND}/cases`, {
    ...{ type: 'report-opinion', text: '网传河里有死鱼', channel: '短视频平台', where: '某账号' },
    seenAt: await now(),
  })
  const lodged = (place: string) =>
    coordinator.post<{ caseId: string }>(`/rounds/${ROUND}/cases`, {
      ...{ type: 'receive-petition', channel: '12345', petitioner: { name: '李先生', contact: '1390' } },
      ...{ place, subject: '夜间排污', text: '水面有泡沫', receivedOn: '2026-07-01' },
    })
  const { caseId: heard } = await lodged('汀洲县码头')
  unheard = (await lodged('东栖区河口')).caseId

  const county = await asHolder('unit-clerk', '汀洲县政府')
  const ofPetition = (by: Door, body: unknown) => by.post(`/cases/${heard}/commands`, body)
  await ofPetition(coordinator, { type: 'accept-petition' })
  await ofPetition(coordinator, { type: 'assign-petition', unit: '汀洲县政府', words: '请核查' })
  await ofPetition(county, {
    ...{ type: 'answer-petition', findings: '确有排污', truth: 'true', answer: '已责令停止', told: '电话' },
    evidence: [await evidenceFrom(county, '核查照片')],
  })
  await postsTheFirst()
  await vi.waitFor(async () => expect((await now()) > START).toBe(true), { timeout: 60_000, interval: 50 })
  thatEvening = await everything(await now())
  await filesTheFirst()
  await untilDay('2026-09-05')
}

beforeAll(async () => {
  door = await openDoor()
  db = connect(door.database.url, 2)
  office = await door.as('office')
  const drill = {
    ...{ daysPerSecond: DAYS_PER_SECOND, start: '2026-07-01', beginsInSeconds: STANDS_STILL_SECONDS },
  }
  const body = openBody(ROUND, { plan: { text: PLAN }, drill })
  const { drill: told } = await office.post<{ drill: { password: string; officers: readonly Officer[] } }>(
    '/rounds',
    body,
  )
  ;({ password, officers } = told)
  await everyCaseIsThere(office, ROUND)
  await summerGoesBy()
}, 150_000)
afterAll(async () => {
  await db.destroy()
  await door.close()
})

const clause = (clauses: string, keeps: string, told: () => Promise<void>) =>
  it(`${clauses} ${keeps}`, told, 150_000)

clause('HH-13', 'the three standing audits list their violators, now and as of any day before', async () => {
  expect(violators(morning, 'unowned')).toEqual(
    [1, 2, 3, 4, 5].map((n) => [`${ROUND}/00${n}`, '没有下一个日期']),
  )
  expect(violators(thatEvening, 'unowned')).toEqual([[`${ROUND}/005`, '没有下一个日期']])
  const autumn = await everything(await now())
  expect(autumn.audits.audits.map(({ audit, checked }) => [audit, checked])).toEqual([
    ['unowned', 7],
    ['unanswered', 3],
    ['unverified', 1],
  ])
  expect(violators(autumn, 'unowned')).toEqual([[`${ROUND}/005`, '没有下一个日期']])
  expect(violators(autumn, 'unanswered')).toEqual([
    [unheard, '到期未答复'],
    [`${ROUND}/yq-0001`, '到期未答复'],
  ])
  // Half a month goes by before an answer is late: on the day itself it is not.
  expect(violators(await everything('2026-07-14'), 'unanswered')).toEqual([
    [`${ROUND}/yq-0001`, '到期未答复'],
  ])
  expect(violators(autumn, 'unverified')).toEqual([])

  // Somebody takes the signatures of those who verified out of the tables: closed, and nobody vouches for it.
  await sql`delete from sign_offs
    where case_id = ${`${ROUND}/001`} and unit is distinct from '市住房和城乡建设局'`.execute(db)
  expect(violators(await everything(await now()), 'unverified')).toEqual([
    [`${ROUND}/001`, '已销号而没有有效的核查签署'],
  ])
  await rebuild(db)
  const healed = await everything(await now())
  expect(violators(healed, 'unverified')).toEqual([])

  for (const { audits, pace, books } of [autumn, healed, await everything('2026-08-31')]) {
    for (const { violating, violators: named } of audits.audits)
      expect(await opened(violating)).toEqual(named.map(({ id }) => id))
    for (const bucket of [pace.total, ...pace.buckets, ...pace.buckets.map(({ overdue }) => overdue)])
      expect(await opened(bucket)).toHaveLength(bucket.count)
    expect(books.balanced).toBe(true)
  }
  const table = await door.ask('GET', `/audits?round=${ROUND}`, {
    ...{ as: 'office', headers: { accept: 'text/csv' } },
  })
  expect(table.headers.get('content-type')).toContain('text/csv')
  expect(table.body).toContain(`件件有着落,${ROUND}/005,整改事项,市城市管理局,没有下一个日期`)
})

clause(
  'CD-18, YZ-13',
  'asked later as of a day before, everything is as it was answered on that day',
  async () => {
    expect(await everything(thatEvening.audits.at)).toEqual(thatEvening)
    const august = await everything('2026-08-31')
    expect(august.audits.at).toBe('2026-08-31T15:59:59.999Z')
    const buckets = ({ pace }: Everything) =>
      Object.fromEntries(
        pace.buckets.map(({ bucket, count, overdue }) => [bucket, [count, overdue.count] as const]),
      )
    const { 'not-yet': waiting, ...handedOver } = buckets(thatEvening)
    const sum = (counts: readonly (readonly [number, number])[]) =>
      counts.reduce(([all, late], [count, overdue]) => [all + count, late + overdue] as const, [
        0, 0,
      ] as const)
    expect(waiting).toEqual([1, 0])
    expect(sum(Object.values(handedOver))).toEqual([4, 0])
    // The last moment of the last day: from then on three are late.
    expect(buckets(august)).toMatchObject({ 'not-yet': [1, 0], pressed: [3, 3] })
    expect(sum(Object.values(buckets(august)))).toEqual([5, 3])
    expect(buckets(await everything('2026-08-30'))).toMatchObject({ pressed: [3, 0] })
    const books = ({ books: { total } }: Everything) =>
      [total.received, total.open, total.closed, total.merged].map((part) => part?.count)
    expect(books(thatEvening)).toEqual([8, 8, 0, 0])
    expect(books(august)).toEqual([8, 7, 1, 0])
    expect(books(await everything('2026-06-30'))).toEqual([0, 0, 0, 0])

    const tomorrow = await door.ask('GET', `/pace?round=${ROUND}&at=2099-01-01`, { as: 'office' })
    expect(tomorrow).toMatchObject({ status: 422, body: { type: 'urn:bihuan:refusal:invalid' } })
    const stranger = await door.ask('GET', `/cases?round=${ROUND}&at=2026-08-31`, { as: 'observer' })
    expect(stranger).toMatchObject({ status: 403, body: { clause: 'GN-08' } })
  },
)

clause(
  'JN-21',
  'units are ranked on a frozen snapshot, ties share a rank, and nobody ranks themselves',
  async () => {
    const freeze = (by: string, key = newKey()) =>
      door.ask('POST', `/rounds/${ROUND}/snapshots`, {
        ...{ as: by, key, body: { at: '2026-08-31', from: '2026-07-01' } },
      })
    // Who is ranked does not rank.
    for (const by of ['unit', 'chengguan', 'observer'])
      expect(await freeze(by)).toMatchObject({ status: 403, body: { clause: 'GN-08' } })
    const key = newKey()
    const { status, body } = await freeze('office', key)
    expect(status).toBe(201)
    const frozen = () => office.get<{ hash: string; figures: { ranking: Ranking } }>(body.href)
    const { figures } = await frozen()
    expect(figures.ranking.rows.map(({ rank, unit, score }) => [rank, unit, score])).toEqual([
      [1, '市住房和城乡建设局', '100.00'],
      [2, '市园林绿化局', '10.00'],
      [2, '汀洲县政府', '10.00'],
    ])
    expect(figures.ranking).toMatchObject({
      bottom: ['市园林绿化局', '汀洲县政府'],
      // The office gathers the ranking: its own measure is on the books and not in the ranking.
      leftOut: ['市整改办'],
    })
    for (const row of figures.ranking.rows)
      for (const number of [row.cases, row.onPace, row.setBack])
        expect(await opened(number)).toHaveLength(number.count)
    const owing = figures.ranking.rows[1]?.returnsDue
    expect(owing?.count).toBeGreaterThan(5)
    expect(await opened(owing as Counted)).toEqual([`${ROUND}/003`])

    // What is done afterwards moves the ranking of today, never the frozen one.
    const clerk = await asHolder('unit-clerk', '市园林绿化局')
    await give(clerk, 3, {
      type: 'submit-return',
      content: {
        ...{ progress: 60, nodes: [], duties: [], done: '清淤过半', hinders: '', help: '', evidence: [] },
      },
    })
    const live = await office.get<{ ranking: Ranking }>(
      `/rankings?round=${ROUND}&from=2026-07-01&to=2026-12-31`,
    )
    expect(live.ranking.rows.map(({ rank, unit }) => [rank, unit])).toEqual([
      [1, '市住房和城乡建设局'],
      [2, '市园林绿化局'],
      [3, '汀洲县政府'],
    ])
    expect((await frozen()).figures).toEqual(figures)
    expect((await freeze('office', key)).body).toEqual(body)
    // Beside those its round froze by itself at the ends of months.
    const { snapshots } = await office.get<{ snapshots: readonly { hash: string }[] }>(
      `/snapshots?round=${ROUND}`,
    )
    expect(snapshots.map(({ hash }) => hash)).toContain(body.hash)

    // A matter closed to all but the secretary from now on is named to nobody else, in what was frozen before as in the past.
    const late = async (as: string): Promise<readonly string[]> =>
      (await door.ask('GET', body.href, { as })).body.figures.overdue.map((one: { case: string }) => one.case)
    const listed = async (as: string): Promise<readonly string[]> =>
      (await door.ask('GET', `/cases?round=${ROUND}&at=2026-08-31&overdue=true`, { as })).body.cases.map(
        ({ id }: { id: string }) => id,
      )
    const all = (await listed('office')).toSorted()
    expect(all).toContain(`${ROUND}/002`)

    // Every list it names is a table of its own, of one unit where it is asked for.
    const table = async (as: string, query: string): Promise<readonly string[]> =>
      (await door.ask('GET', `${body.href}?${query}`, { as, headers: { accept: 'text/csv' } })).body
        .trim()
        .split('\r\n')
    const rows = async (as: string, query: string) => (await table(as, query)).slice(1)
    expect((await table('office', 'list=overdue'))[0]).toBe('编号,责任单位,期限,逾期自,逾期天数')
    const numbers = async (as: string, query = '') =>
      (await rows(as, `list=overdue${query}`)).map((line) => line.split(',')[0]).toSorted()
    expect(await numbers('office')).toEqual(all)
    const oneUnit = `&unit=${encodeURIComponent('市园林绿化局')}`
    expect(await numbers('office', oneUnit)).toEqual([`${ROUND}/003`])
    const { figures: whole } = await office.get<{ figures: Record<string, readonly unknown[]> }>(body.href)
    for (const [list, field] of [
      ['units', 'byUnit'],
      ['phases', 'byPhase'],
      ['classes', 'byClass'],
      ['pace', 'pace'],
      ['missing', 'missing'],
      ['refusals', 'refusals'],
      ['rebounds', 'rebounds'],
    ] as const)
      expect([list, (await rows('office', `list=${list}`)).length]).toEqual([list, whole[field]?.length])
    expect((await late('office')).toSorted()).toEqual(all)
    await sql`update cases set readers = array['role:secretary'] where id = ${`${ROUND}/002`}`.execute(db)
    const others = all.filter((id) => id !== `${ROUND}/002`)
    expect((await late('office')).toSorted()).toEqual(others)
    expect((await listed('office')).toSorted()).toEqual(others)
    expect((await late('secretary')).toSorted()).toEqual(all)
    await sql`update cases set readers = null where id = ${`${ROUND}/002`}`.execute(db)

    // A unit reads its own row.
    const own = await clerk.get<{ figures: { ranking: Ranking } }>(body.href)
    expect(own.figures.ranking.rows.map(({ unit }) => unit)).toEqual(['市园林绿化局'])
    expect(own.figures.ranking.bottom).toEqual(['市园林绿化局'])
  },
)

clause(
  'YZ-12',
  'results are had by district leader for appraisal, as of the day of the appraisal, each number opening to its cases',
  async () => {
    type Result = { readonly tier: string; readonly name: string } & Readonly<Record<string, Counted>>
    const query = `round=${ROUND}&tier=county&from=2026-07-01`
    const resultsAt = async (when: string) =>
      (await office.get<{ results: readonly Result[] }>(`/appraisals?${query}&at=${when}`)).results.filter(
        ({ name }) => DISTRICT_LEADERS.some((leader) => leader.name === name),
      )
    const told = (results: readonly Result[]) =>
      results.map((one) => [one.name, ...['cases', 'closed', 'overdue'].map((key) => one[key]?.count)])
    expect(told(await resultsAt('2026-08-31'))).toEqual([
      ['演练市领导1', 2, 1, 1],
      ['演练市领导2', 1, 0, 1],
    ])
    expect(told(await resultsAt('2026-08-30'))).toEqual([
      ['演练市领导1', 2, 1, 0],
      ['演练市领导2', 1, 0, 0],
    ])
    for (const one of await resultsAt('2026-08-31'))
      for (const key of [
        'cases',
        'closed',
        'early',
        'onPace',
        'pressed',
        'overdue',
        'setBack',
        'raised',
        'missing',
      ])
        expect(await opened(one[key] as Counted), key).toHaveLength(one[key]?.count as number)
    const table = await door.ask('GET', `/appraisals?${query}&at=2026-08-31`, {
      ...{ as: 'office', headers: { accept: 'text/csv' } },
    })
    expect(table.body).toContain('牵头县级领导,演练市领导1,2,1')
    const unit = await door.ask('GET', `/appraisals?${query}`, { as: 'unit' })
    expect(unit).toMatchObject({ status: 403, body: { clause: 'YZ-12' } })
  },
)
