import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { dateOf } from '../../domain/calendar/dates.js'
import { planDue } from '../../domain/calendar/deadlines.js'
import { instant } from '../../domain/words.js'
import { loadCalendar } from '../../policies/calendars/load.js'
import { newKey, type OpenDoor, openDoor } from '../support/door.js'
import { everyCaseIsThere } from './given.js'
import { openBody, SMALL_PLAN } from './plans.js'

let door: OpenDoor
beforeAll(async () => {
  door = await openDoor()
})
afterAll(() => door.close())

const cadence = async (round: string, until: (body: Cadence) => boolean = () => true): Promise<Cadence> =>
  vi.waitFor(
    async () => {
      const { status, body } = await door.ask('GET', `/rounds/${round}/cadence`, { as: 'office' })
      expect(status).toBe(200)
      expect(until(body)).toBe(true)
      return body
    },
    { timeout: 60_000, interval: 200 },
  )
type Period = {
  readonly period: string
  readonly state: string
  readonly draft: { readonly body: readonly string[] } | null
  readonly versions: readonly { readonly snapshot: { readonly href: string } | null }[]
}
type Count = { readonly count: number; readonly href: string }
type Cadence = {
  readonly returns: {
    readonly state: string
    readonly undecided: readonly string[]
    readonly periods: readonly {
      readonly period: string
      readonly cutOff: string
      readonly missing: Count
      readonly passedOver: Count
      readonly waived: Count
      readonly undecided: Count
    }[]
  }
  readonly planBy: string | null
  readonly planMissedAt: string | null
  readonly planDate: string | null
  readonly things: readonly {
    readonly thing: string
    readonly state: string
    readonly skipped: readonly string[]
    readonly last: Period | null
    readonly periods: readonly Period[]
    readonly next: { readonly cutOff: string } | null
  }[]
}
const bulletins = ({ things }: Cadence) => {
  const found = things.find(({ thing }) => thing === 'bulletin')
  if (!found) throw new Error('no bulletin')
  return found
}
const give = (round: string, as: string, body: object) =>
  door.ask('POST', `/cases/${round}/round/commands`, { as, body, key: newKey() })

const today = dateOf(instant(Date.now()))

it('GN-12 opens on the feedback alone, awaits the plan, and opens its cases when it comes', async () => {
  const { plan: _plan, planDate: _date, ...onFeedback } = openBody('feedback-only') as Record<string, unknown>
  const missing = await door.ask('POST', '/rounds', {
    as: 'office',
    key: newKey(),
    body: { ...onFeedback, feedbackDate: undefined },
  })
  expect(missing).toMatchObject({ status: 422, body: { clause: 'GN-12' } })
  const opened = await door.ask('POST', '/rounds', {
    as: 'office',
    key: newKey(),
    body: { ...onFeedback, feedbackDate: today },
  })
  expect(opened).toMatchObject({ status: 201, body: { round: { planDate: null, entries: 0 } } })
  await vi.waitFor(() => cadence('feedback-only'), { timeout: 30_000, interval: 200 })
  expect(await cadence('feedback-only')).toMatchObject({
    phase: 'awaiting-plan',
    planBy: planDue(loadCalendar(), today).date,
    planMissedAt: null,
  })
  const sent = await door.ask('POST', '/rounds/feedback-only/plan', {
    as: 'office',
    key: newKey(),
    body: { plan: { text: SMALL_PLAN } },
  })
  expect(sent.status).toBe(200)
  await everyCaseIsThere(await door.as('office'), 'feedback-only')
  const adopted = await cadence('feedback-only', ({ planDate }) => planDate !== null)
  expect(bulletins(adopted)).toMatchObject({ state: 'running', next: { cutOff: expect.any(String) } })
  const again = await door.ask('POST', '/rounds/feedback-only/plan', {
    as: 'office',
    key: newKey(),
    body: { plan: { text: SMALL_PLAN } },
  })
  expect(again).toMatchObject({ status: 409, body: { clause: 'GN-12' } })

  // A plan that is long overdue is missed at once, and stays so.
  await door.ask('POST', '/rounds', {
    as: 'office',
    key: newKey(),
    body: { ...openBody('feedback-old'), plan: undefined, planDate: undefined, feedbackDate: '2026-01-05' },
  })
  await cadence('feedback-old', ({ planMissedAt }) => planMissedAt !== null)
})

it('HH-03 freezes figures in the tables at the cut-off, drafts, issues with a number, corrects', async () => {
  const office = await door.as('office')
  const drill = { daysPerSecond: 6, start: '2026-06-20' }
  await office.post('/rounds', openBody('cadence-drill', { drill }))
  await everyCaseIsThere(office, 'cadence-drill')
  const drafted = await cadence('cadence-drill', (body) => bulletins(body).last?.draft != null)
  const { period, versions, draft } = bulletins(drafted).last as Period
  expect(draft?.body.join('')).toMatch(/数据截至 2026年\d+月\d+日。共 \d+ 件/)
  const snapshot = await door.ask('GET', versions.at(-1)?.snapshot?.href ?? '', { as: 'office' })
  expect(snapshot.status).toBe(200)
  const issue = { type: 'issue-period', thing: 'bulletin', period }
  expect(await give('cadence-drill', 'office', issue)).toMatchObject({ status: 403 })
  expect(await give('cadence-drill', 'officehead', issue)).toMatchObject({ status: 200 })
  const papers = await vi.waitFor(
    async () => {
      const { body } = await door.ask('GET', '/cases/cadence-drill/round/papers', { as: 'office' })
      expect(body.papers).toHaveLength(1)
      return body.papers
    },
    { timeout: 30_000, interval: 200 },
  )
  expect(papers[0]).toMatchObject({ number: expect.stringMatching(/^演练.*〔2026〕\d+号$/) })
  expect(await give('cadence-drill', 'officehead', issue)).toMatchObject({
    status: 409,
    body: { clause: 'HH-03', instead: [{ act: 'correct-period' }] },
  })
  const correct = { type: 'correct-period', thing: 'bulletin', period, reason: '数字有误' }
  expect(await give('cadence-drill', 'office', correct)).toMatchObject({ status: 200 })
  await cadence('cadence-drill', (body) =>
    bulletins(body).periods.some(
      (one) => one.period === period && one.versions.at(-1)?.snapshot != null && one.versions.length === 2,
    ),
  )
  const pause = { type: 'pause-cadence', things: ['bulletin'], reason: '演练' }
  expect(await give('cadence-drill', 'office', pause)).toMatchObject({ status: 403 })
  expect(await give('cadence-drill', 'officehead', pause)).toMatchObject({ status: 200 })
  const paused = await cadence('cadence-drill', (body) => bulletins(body).skipped.length > 0)
  const [skipped] = bulletins(paused).skipped
  const caughtUp = { type: 'catch-up', thing: 'bulletin', period: skipped }
  expect(await give('cadence-drill', 'office', caughtUp)).toMatchObject({ status: 200 })
  await cadence('cadence-drill', (body) =>
    bulletins(body).periods.some((one) => one.period === skipped && one.draft !== null),
  )
  await give('cadence-drill', 'officehead', { type: 'end-round', reason: '演练结束' })
}, 120_000)

it('CD-17 shows the returns period by period, each number opening to its cases; paused, passed over, settled', async () => {
  const office = await door.as('office')
  const drill = { daysPerSecond: 4, start: '2026-03-02' }
  await office.post('/rounds', openBody('returns-drill', { drill }))
  await everyCaseIsThere(office, 'returns-drill')
  await door.ask('POST', '/rounds/returns-drill/hand-over', { as: 'office', key: newKey(), body: {} })
  const missed = await cadence('returns-drill', ({ returns }) =>
    returns.periods.some((one) => one.missing.count > 0),
  )
  const [period] = missed.returns.periods.filter((one) => one.missing.count > 0)
  if (!period) throw new Error('nothing is missing')
  expect(period.cutOff.slice(0, 10)).toBe(period.period)
  const opens = async ({ count, href }: Count) => {
    const { body } = await door.ask('GET', href, { as: 'office' })
    expect(body.cases).toHaveLength(count)
  }
  await opens(period.missing)
  expect(missed.returns).toMatchObject({ state: 'running', undecided: [] })

  const pause = { type: 'pause-cadence', things: ['return'], reason: '防汛抢险' }
  expect(await give('returns-drill', 'office', pause)).toMatchObject({ status: 403 })
  expect(await give('returns-drill', 'officehead', pause)).toMatchObject({ status: 200 })
  const paused = await cadence('returns-drill', ({ returns }) =>
    returns.periods.some((one) => one.passedOver.count > 0),
  )
  expect(paused.returns).toMatchObject({ state: 'paused', awaited: [] })
  expect(await give('returns-drill', 'officehead', { ...pause, type: 'resume-cadence' })).toMatchObject({
    status: 200,
  })
  const resumed = await cadence('returns-drill', ({ returns }) => returns.state === 'running')
  const [undecided] = resumed.returns.undecided
  const waive = { type: 'settle-returns', how: 'waive', periods: [undecided], reason: '汛情期间不再补' }
  expect(await give('returns-drill', 'officehead', waive)).toMatchObject({ status: 200 })
  expect(await give('returns-drill', 'officehead', waive)).toMatchObject({
    status: 404,
    body: { clause: 'CD-17' },
  })
  const settled = await cadence('returns-drill', ({ returns }) =>
    returns.periods.some(
      (one) => one.period === undecided && one.waived.count > 0 && one.undecided.count === 0,
    ),
  )
  expect(settled.returns.undecided).not.toContain(undecided)
  for (const one of settled.returns.periods) {
    await opens(one.passedOver)
    await opens(one.waived)
  }
  await give('returns-drill', 'officehead', { type: 'end-round', reason: '演练结束' })
}, 120_000)

it('CD-18 is no case of the ledger: neither listed, nor counted, nor reconciled', async () => {
  const listed = await door.ask('GET', '/cases?round=feedback-only', { as: 'office' })
  expect(listed.body.cases.map(({ kind }: { kind: string }) => kind)).not.toContain('round')
  const own = await door.ask('GET', '/cases?round=feedback-only&kind=round', { as: 'office' })
  expect(own.body.cases).toHaveLength(1)
  const reckoned = await door.ask('GET', '/reconciliation?round=feedback-only', { as: 'office' })
  expect(reckoned.body.total.received.count).toBe(listed.body.cases.length)
  expect(reckoned.body.balanced).toBe(true)
})
