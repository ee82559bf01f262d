import { afterAll, beforeAll, expect, it } from 'vitest'
import { dateOf } from '../../domain/calendar/dates.js'
import { instant } from '../../domain/words.js'
import { evidenceFrom, openedRound } from '../api/given.js'
import { newKey, type OpenDoor, openDoor } from '../support/door.js'

/** Clauses that are kept at the door: who reads what, who needs no account, what there is no way to ask for. */
let door: OpenDoor
beforeAll(async () => {
  door = await openDoor()
})
afterAll(() => door.close())

const clause = (clauses: string, keeps: string, told: () => Promise<void>) =>
  it(`${clauses} ${keeps}`, told, 60_000)

type Listed = { readonly cases: readonly { readonly id: string; readonly source?: string | null }[] }
type Whole = {
  readonly phase: string
  readonly closingStepId: string | null
  readonly state: { readonly seal: string; readonly closing?: unknown }
}

const idsSeenBy = async (who: string, query: string): Promise<readonly string[]> => {
  const { cases } = await (await door.as(who)).get<Listed>(`/cases?${query}`)
  return cases.map(({ id }) => id).toSorted()
}
const give = async (as: string, caseId: string, body: unknown) =>
  door.ask('POST', `/cases/${caseId}/commands`, { as, key: newKey(), body })
const done = async (as: string, caseId: string, body: unknown): Promise<void> => {
  const answer = await give(as, caseId, body)
  expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 200 })
}
const phaseOf = async (caseId: string) =>
  (await (await door.as('office')).get<Whole>(`/cases/${caseId}`)).phase

clause('CD-13', 'the two deputy secretaries-general see every case, handed over or not', async () => {
  await openedRound(await door.as('office'), 'deputies')
  await done('office', 'deputies/001', { type: 'hand-over' })
  for (const deputy of ['deputy1', 'deputy2']) {
    expect(await idsSeenBy(deputy, 'round=deputies')).toEqual([
      'deputies/001',
      'deputies/002',
      'deputies/003',
    ])
    for (const id of ['deputies/001', 'deputies/002']) {
      const { body } = await door.ask('GET', `/cases/${id}`, { as: deputy })
      expect(body.reading).toBe('whole')
    }
  }
  expect(await idsSeenBy('chengguan', 'round=deputies')).toEqual([])
})

clause(
  'CD-15',
  'discipline organs read every case from handing over on, and their note is owed an answer',
  async () => {
    await openedRound(await door.as('office'), 'watched')
    expect(await idsSeenBy('discipline', 'round=watched')).toEqual([])
    expect((await door.ask('GET', '/cases/watched/001', { as: 'discipline' })).status).toBe(404)
    const note = { type: 'attach-supervision-note', text: '台账与现场不符,请说明' }
    expect(await give('discipline', 'watched/001', note)).not.toMatchObject({ status: 200 })

    await done('office', 'watched/001', { type: 'hand-over' })
    expect(await idsSeenBy('discipline', 'round=watched')).toEqual(['watched/001'])
    const { body } = await door.ask('GET', '/cases/watched/001', { as: 'discipline' })
    expect(body.reading).toBe('whole')
    await done('discipline', 'watched/001', note)
    const owed = async () => {
      const { todos } = await (await door.as('unit')).get<{ todos: { caseId: string; act: string }[] }>(
        '/me/todos',
      )
      return todos.filter(({ caseId, act }) => caseId === 'watched/001' && act === 'answer-supervision-note')
    }
    expect(await owed()).toHaveLength(1)
    await done('unit', 'watched/001', { type: 'answer-supervision-note', note: 0, answer: '已更正台账' })
    expect(await owed()).toEqual([])
  },
)

const sign = async (as: string, caseId: string, more: Readonly<Record<string, unknown>> = {}) => {
  const { closingStepId, state } = await (await door.as(as)).get<Whole>(`/cases/${caseId}`)
  await done(as, caseId, {
    type: 'sign',
    step: closingStepId,
    saw: state.seal,
    opinion: '同意',
    findings: [],
    ...more,
  })
}

/** From handing over to the turn of the public notice, each signed in as themselves. */
const signedToTheEnd = async (caseId: string): Promise<void> => {
  await done('office', caseId, { type: 'hand-over' })
  await done('unit', caseId, { type: 'acknowledge' })
  await done('unit', caseId, { type: 'submit-case-plan', plan: '分三步', team: ['专班'], evidence: [] })
  const report = await evidenceFrom(await door.as('unit'), '完工报告')
  const points = ['整改任务全部完成', '佐证材料齐全真实', '现场已经恢复到位']
  await done('unit', caseId, {
    type: 'submit-closing',
    statement: '已完成',
    checklist: points.map((point) => ({ point, met: 'met' })),
    evidence: [report],
  })
  await sign('unith', caseId)
  await sign('shengtai', caseId)
  const photo = await evidenceFrom(await door.as('shuiwu'), '现场照片')
  await sign('shuiwu', caseId, {
    findings: ['污染消除', '生态恢复', '群众满意'].map((title) => ({
      title,
      met: 'met',
      note: '',
      evidence: [report.sha256],
    })),
    site: { place: '老城片区', at: instant(Date.now()), photos: [photo], observers: [] },
  })
  await sign('leader', caseId)
}

clause(
  'CD-09',
  'somebody without an account reads the notice and objects to it; accepted, it stops the notice and returns the case',
  async () => {
    await openedRound(await door.as('office'), 'posted')
    await signedToTheEnd('posted/001')
    const objection = { name: '市民王某', text: '雨天仍有污水', contact: '13800000000' }
    const object = () => door.ask('POST', '/cases/posted/001/objections', { key: newKey(), body: objection })
    expect(await object()).toMatchObject({ status: 409, body: { type: 'urn:bihuan:refusal:out-of-turn' } })
    await done('office', 'posted/001', {
      type: 'post-notice',
      postedOn: dateOf(instant(Date.now())),
      result: '雨污分流完成',
      contact: '0000-1234567',
      channels: ['栖澜电视台', '《栖澜日报》', '市政府网站'].map((channel) => ({ channel, where: '头版' })),
    })
    const noticed = async () => (await door.ask('GET', '/public/notices?round=posted')).body.notices
    expect(await noticed()).toMatchObject([{ id: 'posted/001', objections: '/cases/posted/001/objections' }])
    expect(await object()).toMatchObject({ status: 200 })
    await done('office', 'posted/001', {
      type: 'answer-objection',
      objection: 0,
      decision: 'accept',
      answer: '经核实,情况属实',
    })
    expect(await noticed()).toEqual([])
    expect(await phaseOf('posted/001')).toBe('rectifying')
  },
)

clause('HY-11', 'problems of many sources stand in one ledger and are filtered by their source', async () => {
  const office = await door.as('office')
  const sources = [
    ['inspected', { name: '国务院大督查', level: 'central' }],
    ['audited', { name: '审计署审计', level: 'central' }],
    ['toured', { name: '省委巡视组', level: 'provincial' }],
  ] as const
  for (const [round, source] of sources) await openedRound(office, round, { source })
  const { cases } = await office.get<Listed>('/cases?limit=200')
  for (const [round, source] of sources) {
    const mine = ['001', '002', '003'].map((n) => `${round}/${n}`)
    expect(
      cases
        .filter((one) => one.source === source.name)
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(mine)
    expect(await idsSeenBy('office', new URLSearchParams({ source: source.name }).toString())).toEqual(mine)
  }
})

clause('JN-09', 'there is no way to close several cases at once', async () => {
  await openedRound(await door.as('office'), 'bulk')
  await done('office', 'bulk/001', { type: 'hand-over' })
  for (const path of [
    '/rounds/bulk/close',
    '/rounds/bulk/commands',
    '/cases/commands',
    '/cases/bulk/commands',
  ]) {
    const answer = await door.ask('POST', path, { as: 'office', key: newKey(), body: { type: 'close' } })
    expect([404, 405], path).toContain(answer.status)
  }
  for (const body of [
    { type: 'close' },
    { type: 'send-filing', to: '省整改办', noticeResult: '无异议', cases: ['bulk/001', 'bulk/002'] },
  ]) {
    expect((await give('office', 'bulk/001', body)).status).toBe(422)
  }
  const early = await give('office', 'bulk/001', {
    type: 'send-filing',
    to: '省整改办',
    noticeResult: '无异议',
  })
  expect(early).toMatchObject({ status: 409, body: { type: 'urn:bihuan:refusal:out-of-turn' } })
})

clause(
  'YZ-13',
  'the buckets of a round are disjoint, sum to its total, and open to their cases',
  async () => {
    const office = await door.as('office')
    await openedRound(office, 'paced')
    await done('office', 'paced/001', { type: 'hand-over' })
    const summary = await office.get<{
      total: number
      pace: { bucket: string; count: number; href: string }[]
    }>('/summary?round=paced')
    expect(summary.pace.reduce((sum, { count }) => sum + count, 0)).toBe(summary.total)
    const opened = await Promise.all(
      summary.pace.map(async ({ href }) => (await office.get<Listed>(href)).cases.map(({ id }) => id)),
    )
    expect(opened.map((ids) => ids.length)).toEqual(summary.pace.map(({ count }) => count))
    expect(opened.flat().toSorted()).toEqual(['paced/001', 'paced/002', 'paced/003'])
  },
)
