import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Door } from '../../cli/http.js'
import { eventsOf } from '../../db/queries/cases.js'
import { dateOf } from '../../domain/calendar/dates.js'
import { firstBrokenLink } from '../../domain/record/chain.js'
import type { CaseId, Instant } from '../../domain/words.js'
import { type OpenDoor, openDoor } from '../support/door.js'
import { everyCaseIsThere, evidenceFrom } from './given.js'
import { openBody, SMALL_PLAN } from './plans.js'

const ROUND = 'reopened'
const CASE = `/cases/${ROUND}/001`
const DAYS_PER_SECOND = 15

type Officer = { readonly person: string; readonly post: { readonly role: string; readonly unit?: string } }
type Whole = {
  readonly phase: string
  readonly closingStepId: string | null
  readonly state: {
    readonly seal: string
    readonly entry: { readonly leaders: { readonly municipal: { readonly person: string } } }
  }
}

let door: OpenDoor
let password: string
let officers: readonly Officer[]

beforeAll(async () => {
  door = await openDoor()
  const office = await door.as('office')
  const text = SMALL_PLAN.replace('整改时限:2099年9月底', '整改时限:立行立改')
  const drill = { daysPerSecond: DAYS_PER_SECOND, start: '2026-07-01' }
  const opened = await office.post<{ drill: { password: string; officers: readonly Officer[] } }>(
    '/rounds',
    openBody(ROUND, { plan: { text }, drill }),
  )
  ;({ password, officers } = opened.drill)
  await everyCaseIsThere(office, ROUND)
})
afterAll(() => door.close())

const asHolder = (role: string, unit?: string): Promise<Door> => {
  const found = officers.find(({ post }) => post.role === role && post.unit === unit)
  if (!found) throw new Error(`no ${role} of ${unit}`)
  return door.as(found.person, password)
}

const seen = async (): Promise<Whole> => (await door.as('office')).get<Whole>(CASE)
const roundNow = async (): Promise<Instant> =>
  (await (await door.as('office')).get<{ now: Instant }>(`/rounds/${ROUND}`)).now

const give = async (by: Door, body: unknown): Promise<string> =>
  (await by.post<{ state: { phase: string } }>(`${CASE}/commands`, body)).state.phase

const sign = async (by: Door, more: Readonly<Record<string, unknown>> = {}): Promise<string> => {
  const { closingStepId, state } = await seen()
  return give(by, {
    type: 'sign',
    step: closingStepId,
    saw: state.seal,
    opinion: '同意',
    findings: [],
    ...more,
  })
}

const untilPhase = (phase: string): Promise<void> =>
  vi.waitFor(async () => expect((await seen()).phase).toBe(phase), { timeout: 30_000, interval: 100 })

const siteOf = async (by: Door, place: string) => ({
  place,
  at: await roundNow(),
  photos: [await evidenceFrom(by, '现场照片')],
  observers: [],
})

const workflowStatus = (): Promise<string> => door.workflowStatus(`${ROUND}/001` as CaseId)

describe('a case that came to its end', () => {
  it('is archived after its look-back, and its workflow ends', async () => {
    const [office, clerk, head] = await Promise.all([
      asHolder('coordinator'),
      asHolder('unit-clerk', '市住房和城乡建设局'),
      asHolder('unit-head', '市住房和城乡建设局'),
    ])
    const [lead, helper] = await Promise.all([
      asHolder('unit-clerk', '市水务局'),
      asHolder('unit-clerk', '市生态环境局'),
    ])
    await give(office, { type: 'hand-over' })
    await give(clerk, { type: 'acknowledge' })
    await give(clerk, { type: 'submit-case-plan', plan: '立即整改', team: ['专班'], evidence: [] })
    const report = await evidenceFrom(clerk, '完工报告')
    const checklist = ['整改任务全部完成', '佐证材料齐全真实', '现场已经恢复到位'].map((point) => ({
      point,
      met: 'met',
    }))
    await give(clerk, { type: 'submit-closing', statement: '已完成', checklist, evidence: [report] })
    await sign(head)
    await sign(helper)
    const findings = ['污染消除', '生态恢复', '群众满意'].map((title) => ({
      ...{ title, met: 'met', note: '', evidence: [report.sha256] },
    }))
    await sign(lead, { findings, site: await siteOf(lead, '老城片区') })
    const { state } = await seen()
    await sign(await door.as(state.entry.leaders.municipal.person, password))
    const channels = ['栖澜电视台', '《栖澜日报》', '市政府网站'].map((channel) => ({
      channel,
      where: '头版',
    }))
    const postedOn = dateOf(await roundNow())
    await give(office, { type: 'post-notice', postedOn, result: '完成', contact: '12345', channels })
    await untilPhase('filing')
    await give(office, { type: 'send-filing', to: '省整改办', noticeResult: '无异议' })
    const receivedOn = dateOf(await roundNow())
    expect(
      await give(office, { type: 'record-filing-receipt', receipt: '省督改〔2026〕9号', receivedOn }),
    ).toBe('closed')

    await vi.waitFor(
      async () => {
        const site = await siteOf(office, '老城片区')
        expect(await give(office, { type: 'look-back', result: 'holds', findings: '未见反弹', site })).toBe(
          'archived',
        )
      },
      { timeout: 60_000, interval: 1_000 },
    )
    await vi.waitFor(async () => expect(await workflowStatus()).toBe('COMPLETED'), {
      timeout: 30_000,
      interval: 200,
    })
  })

  it('lives on as the same case when a rebound is reported (JN-12), its record unbroken', async () => {
    const office = await asHolder('coordinator')
    const before = await eventsOf(door.serving().parts.db, `${ROUND}/001` as CaseId, { limit: 1_000 })
    const phase = await give(office, { type: 'report-rebound', findings: '雨天再次溢流' })
    expect(phase).toBe('rectifying')
    expect(await workflowStatus()).toBe('RUNNING')
    const after = await eventsOf(door.serving().parts.db, `${ROUND}/001` as CaseId, { limit: 1_000 })
    expect(after.slice(0, before.length)).toEqual(before)
    expect(firstBrokenLink(after)).toBeUndefined()
    const clerk = await asHolder('unit-clerk', '市住房和城乡建设局')
    expect(
      await give(clerk, {
        type: 'report-matter',
        what: '再次溢流',
        where: '三号口',
        since: await roundNow(),
        done: '封堵',
      }),
    ).toBe('rectifying')
  })

  it('refuses everything else as the domain does, not as something unknown', async () => {
    const office = await asHolder('coordinator')
    await expect(give(office, { type: 'hand-over' })).rejects.toMatchObject({ status: 409 })
  })
})
