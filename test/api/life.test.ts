import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { dateOf } from '../../domain/calendar/dates.js'
import { instant } from '../../domain/words.js'
import { newKey, type OpenDoor, openDoor } from '../support/door.js'
import { evidenceFrom, openedRound } from './given.js'

const CASE = '/cases/life/001'

let door: OpenDoor
beforeAll(async () => {
  door = await openDoor()
  await openedRound(await door.as('office'), 'life')
})
afterAll(() => door.close())

type Whole = {
  readonly phase: string
  readonly closingStepId: string | null
  readonly state: { readonly seal: string }
}

const seen = async (as: string): Promise<Whole> => (await door.as(as)).get<Whole>(CASE)

const give = async (as: string, body: unknown): Promise<string> => {
  const { state } = await (await door.as(as)).post<{ state: { phase: string } }>(`${CASE}/commands`, body)
  return state.phase
}

const now = () => instant(Date.now())

/** Signs the step whose turn it is, on the evidence as it stands. */
const sign = async (as: string, more: Readonly<Record<string, unknown>> = {}): Promise<string> => {
  const { closingStepId, state } = await seen(as)
  return give(as, {
    type: 'sign',
    step: closingStepId,
    saw: state.seal,
    opinion: '同意',
    findings: [],
    ...more,
  })
}

describe('the life of a case through the door', () => {
  it('from handing over to the public notice, each step by its own person', async () => {
    expect(await give('office', { type: 'hand-over' })).toBe('handed-over')
    expect(await give('unit', { type: 'acknowledge' })).toBe('acknowledged')
    const plan = { type: 'submit-case-plan', plan: '分三步实施', team: ['整改专班'], evidence: [] }
    expect(await give('unit', plan)).toBe('rectifying')
    const report = await evidenceFrom(await door.as('unit'), '完工报告')
    const { acts } = await (await door.as('unit')).get<{ acts: { act: string; open: boolean }[] }>(
      `${CASE}/acts`,
    )
    expect(acts.find(({ act }) => act === 'submit-closing')?.open).toBe(true)
    const checklist = ['整改任务全部完成', '佐证材料齐全真实', '现场已经恢复到位'].map((point) => ({
      point,
      met: 'met',
    }))
    const asked = { type: 'submit-closing', statement: '已完成', checklist, evidence: [report] }
    expect(await give('unit', asked)).toBe('closing')

    // Handing it in is the unit's own check.
    await sign('unith')
    await sign('shengtai')
    const findings = ['污染消除', '生态恢复', '群众满意'].map((title) => ({
      title,
      met: 'met',
      note: '',
      evidence: [report.sha256],
    }))
    const photo = await evidenceFrom(await door.as('shuiwu'), '现场照片')
    const site = { place: '东栖区老城片区', at: now(), photos: [photo], observers: [] }
    await sign('shuiwu', { findings, site })
    await sign('leader')
    expect((await seen('office')).phase).toBe('on-notice')
  })

  it('an old signature is never taken twice: whoever signed is told so', async () => {
    const { body } = await door.ask('POST', `${CASE}/commands`, {
      as: 'leader',
      key: newKey(),
      body: { type: 'sign', step: 'leader-check', saw: 'f'.repeat(64), opinion: '', findings: [] },
    })
    expect(body).toMatchObject({ status: 409, instead: expect.any(Array) })
  })

  it('nobody outside sees it before it is posted; then only what is posted', async () => {
    const before = await door.ask('GET', '/public/notices')
    expect(before.body.notices).toEqual([])
    const post = {
      type: 'post-notice',
      postedOn: dateOf(now()),
      result: '老城片区雨污分流完成',
      contact: '0000-1234567',
      channels: ['栖澜电视台', '《栖澜日报》', '市政府网站'].map((channel) => ({ channel, where: '头版' })),
    }
    await give('office', post)
    const { body } = await door.ask('GET', '/public/notices')
    expect(body.notices).toEqual([
      {
        id: 'life/001',
        text: expect.stringContaining('雨污混流'),
        units: ['市住房和城乡建设局'],
        postedOn: post.postedOn,
        until: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
        objections: '/cases/life/001/objections',
      },
    ])
    const observed = await (await door.as('observer')).get<Record<string, unknown>>(CASE)
    expect(Object.keys(observed).toSorted()).toEqual(['id', 'postedOn', 'reading', 'text', 'units', 'until'])
    const listed = await (await door.as('observer')).get<{ cases: unknown[] }>('/cases')
    expect(listed.cases).toEqual([observed])
  })

  it('anybody may object without an account (CD-09), once under one key, and not without end', async () => {
    const key = newKey()
    const words = { name: '市民王某', text: '雨天仍有污水', contact: '13800000000' }
    const object = (body: unknown, by: string) => door.ask('POST', `${CASE}/objections`, { body, key: by })
    const first = await object(words, key)
    expect(first).toMatchObject({ status: 200, body: { caseId: 'life/001', received: true } })
    expect(await object(words, key)).toMatchObject({ status: 200 })
    const { state } = await (await door.as('office')).get<{
      state: { closing: { notice: { objections: unknown[] } } }
    }>(CASE)
    expect(state.closing.notice.objections).toHaveLength(1)

    const many = []
    for (let count = 0; count < 6; count += 1)
      many.push(await object({ ...words, text: `第 ${count} 次` }, newKey()))
    const last = many.at(-1)
    expect([last?.status, last?.body.type]).toEqual([429, 'urn:bihuan:refusal:too-many'])
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  it('an accepted objection sends it back to rectification', async () => {
    const decided = { type: 'answer-objection', objection: 0, decision: 'accept', answer: '经核实,情况属实' }
    expect(await give('office', decided)).toBe('rectifying')
  })

  it('everybody concerned finds it in the inbox, reads it, and has read it', async () => {
    const unit = await door.as('unit')
    const read = await vi.waitFor(
      async () => {
        const found = await unit.get<{
          notices: { id: number; caseId: string; readAt: string | null }[]
          unread: number
        }>('/me/inbox?unread=only')
        if (found.notices.length === 0) throw new Error('nothing yet')
        return found
      },
      { timeout: 30_000, interval: 200 },
    )
    const [newest] = read.notices
    const told = await unit.post<{ read: number; unread: number }>('/me/inbox/read', { ids: [newest?.id] })
    expect(told.read).toBe(1)
    const foreign = await (await door.as('shichang')).post<{ read: number }>('/me/inbox/read', {
      ids: [newest?.id],
    })
    expect(foreign.read).toBe(0)
  })

  it('its record is whole, told in sentences, and its slip comes as a Word file', async () => {
    const office = await door.as('office')
    const { events } = await office.get<{ events: { told: string; author: string }[] }>(`${CASE}/events`)
    expect(events.map(({ told }) => told)).toContain('公示异议:雨天仍有污水')
    expect(events.find(({ told }) => told.startsWith('公示异议'))?.author).toBe('群众 市民王某')
    const { papers } = await office.get<{ papers: { href: string; title: string; number: string }[] }>(
      `${CASE}/papers`,
    )
    expect(papers[0]).toMatchObject({
      title: '交办单',
      number: expect.stringMatching(/^栖督改办〔\d{4}〕\d+号$/),
    })
    const file = await door.ask('GET', papers[0]?.href ?? '', { as: 'unit' })
    expect(file.headers.get('content-type')).toContain('wordprocessingml')
    expect(String(file.body).slice(0, 2)).toBe('PK')
  })
})
