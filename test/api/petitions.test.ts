import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { newKey, type OpenDoor, openDoor } from '../support/door.js'
import { evidenceFrom, openedRound } from './given.js'

let door: OpenDoor
beforeAll(async () => {
  door = await openDoor()
  await openedRound(await door.as('office'), 'letters')
})
afterAll(() => door.close())

const today = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)

const receive = async (more: Readonly<Record<string, unknown>> = {}): Promise<string> => {
  const answer = await door.ask('POST', '/rounds/letters/cases', {
    as: 'office',
    key: newKey(),
    body: {
      type: 'receive-petition',
      channel: '12345',
      petitioner: { name: '李先生', contact: '13900000000' },
      place: '汀洲县码头',
      subject: '夜间排污',
      text: '水面有泡沫',
      receivedOn: today(),
      ...more,
    },
  })
  expect(answer.status).toBe(201)
  return answer.body.caseId
}

/** Somebody without an account sends one in, and may ask for it. */
const lodge = async (place: string) => {
  const body = {
    round: 'letters',
    name: '赵先生',
    contact: '13600000000',
    place,
    subject: '异味',
    text: '夜里',
  }
  const { number, href } = (await door.ask('POST', '/public/petitions', { body, key: newKey() })).body
  return { id: number as string, href: href as string }
}
const answerOn = async (href: string) => (await door.ask('GET', href)).body.answer

const give = (as: string, id: string, body: unknown) =>
  door.ask('POST', `/cases/${id}/commands`, { as, body, key: newKey() })

const accepted = async (id: string): Promise<void> => {
  await give('office', id, { type: 'accept-petition' })
  await give('office', id, { type: 'assign-petition', unit: '汀洲县政府', words: '' })
}

const answers = async (id: string, words = '已封堵'): Promise<void> => {
  const evidence = [await evidenceFrom(await door.as('tingzhou'), '照片')]
  const answer = { findings: '属实', truth: 'true', answer: words, told: '电话告知', evidence }
  expect((await give('tingzhou', id, { type: 'answer-petition', ...answer })).status).toBe(200)
}

/** What the public page will say, watched from inside: strangers may not ask so often. */
const replied = (id: string, words: string) =>
  vi.waitFor(
    async () =>
      expect((await door.ask('GET', `/cases/${id}`, { as: 'office' })).body.state.reply).toBe(words),
    { timeout: 30_000, interval: 500 },
  )

const answered = async (id: string): Promise<void> => {
  await accepted(id)
  await answers(id)
}

describe('a petition the office registers', () => {
  it('brings no code: the one by which a stranger asks is the door’s own', async () => {
    const body = {
      ...{ type: 'receive-petition', channel: '12345', petitioner: { name: '李先生', contact: '139' } },
      ...{ place: '汀洲县码头', subject: '夜间排污', text: '水面有泡沫', receivedOn: today() },
    }
    const more = { as: 'office', key: newKey(), body: { ...body, code: 'a'.repeat(64) } }
    const answer = await door.ask('POST', '/rounds/letters/cases', more)
    expect([answer.status, answer.body.type]).toEqual([422, 'urn:bihuan:refusal:invalid'])
  })
})

describe('petitions at the door', () => {
  it('JN-19 a stranger lodges one and asks for its state by number and code; nothing confidential is told', async () => {
    const body = {
      round: 'letters',
      name: '王女士',
      contact: '13700000000',
      place: '云岫县河口',
      subject: '采砂扬尘',
      text: '门窗不敢开',
    }
    const key = newKey()
    const first = await door.ask('POST', '/public/petitions', { body, key })
    const again = await door.ask('POST', '/public/petitions', { body, key })
    expect(first.status).toBe(201)
    expect(again.body).toEqual(first.body)
    const { number, code, href } = first.body
    const progress = await door.ask('GET', href)
    expect(progress).toMatchObject({ status: 200, body: { number, phaseTitle: '待受理', answer: null } })
    expect(JSON.stringify(progress.body)).not.toMatch(/王女士|13700000000/)
    const wrong = code.startsWith('0') ? `1${code.slice(1)}` : `0${code.slice(1)}`
    expect((await door.ask('GET', `/public/petitions/${number}?code=${wrong}`)).status).toBe(404)
    // Units that do not handle it do not know of it, and its petitioner is found by no search.
    expect((await door.ask('GET', `/cases/${number}`, { as: 'unit' })).status).toBe(404)
    const found = await door.ask('GET', `/cases?kind=petition&q=${encodeURIComponent('王女士')}`, {
      as: 'office',
    })
    expect(found.body.cases).toEqual([])
  })

  it('HY-05 YZ-14 repeats are proposed, confirmed, and answered with the main one', async () => {
    const main = await receive()
    const again = await receive({ channel: '12369', subject: '夜间偷排污水' })
    const repeats = await door.ask('GET', '/rounds/letters/petitions/repeats', { as: 'office' })
    const group = repeats.body.groups.find((one: { main: { id: string } }) => one.main.id === main)
    expect(group.petitions.map(({ id }: { id: string }) => id)).toEqual([again])
    expect(
      await give('office', again, { type: 'merge-petition', into: 'letters/xf-9999', reason: '重复' }),
    ).toMatchObject({ status: 404, body: { clause: 'HY-05' } })
    const merge = { ...group.petitions[0].merge, reason: '同一码头' }
    expect(await give('unit', again, merge)).toMatchObject({ status: 404 })
    expect((await give('office', again, merge)).status).toBe(200)
    await answered(main)
    expect(
      (await give('office', main, { type: 'close-petition', satisfied: 'satisfied', note: '' })).status,
    ).toBe(200)
    await vi.waitFor(
      async () => {
        const merged = await door.ask('GET', `/cases/${again}`, { as: 'office' })
        expect(merged.body.phase).toBe('merged-closed')
      },
      { timeout: 30_000, interval: 200 },
    )
    const { body } = await door.ask('GET', '/rounds/letters/petitions', { as: 'leader' })
    expect(body.received.count).toBeGreaterThanOrEqual(body.accepted.count)
    expect(body.accepted.count).toBeGreaterThanOrEqual(body.closed.count)
    expect(body.merged.cases).toEqual([{ id: again, href: `/cases/${again}` }])
    expect(body.closed.cases.map(({ id }: { id: string }) => id)).toEqual([main, again])
  })

  it('HH-13 whoever is merged or not accepted reads the answer too; two are never merged into each other', async () => {
    const declined = await lodge('邻市工业园')
    const reason = '不属本级管辖,已转邻市办理'
    await give('office', declined.id, { type: 'decline-petition', reason, told: '书面告知' })
    expect(await answerOn(declined.href)).toBe(reason)

    const [main, merged] = [await lodge('汀洲县纸厂'), await lodge('汀洲县纸厂后门')]
    const into = (id: string) => ({ type: 'merge-petition', into: id, reason: '同一家' })
    expect((await give('office', merged.id, into(main.id))).status).toBe(200)
    expect(await give('office', main.id, into(merged.id))).toMatchObject({
      status: 409,
      body: { clause: 'HY-05' },
    })
    expect(await answerOn(merged.href)).toBeNull()
    await answered(main.id)
    await replied(merged.id, '已封堵')
    expect(await answerOn(merged.href)).toBe('已封堵')
  })

  it('HH-12 a closed petition, its workflow long ended, is drawn, re-examined and reopened', async () => {
    const id = await receive({ place: '澜西新区', subject: '餐饮油烟' })
    const neighbour = await receive({ place: '澜西新区某巷', subject: '油烟' })
    await give('office', neighbour, { type: 'merge-petition', into: id, reason: '同一家' })
    await answered(id)
    await replied(neighbour, '已封堵')
    await give('office', id, { type: 'close-petition', satisfied: 'not-satisfied', note: '' })
    await vi.waitFor(async () => expect(await door.workflowStatus(id as never)).toBe('COMPLETED'), {
      timeout: 20_000,
      interval: 100,
    })
    const order = await door.ask('POST', '/rounds/letters/cases', {
      as: 'office',
      key: newKey(),
      body: {
        type: 'order-inspection',
        form: 'random',
        of: 'petitions',
        title: '抽查信访办理质量',
        order: '本季度',
        subjects: { cases: [], units: [], areas: [] },
        team: [{ person: 'shengtai', name: '甲' }],
        until: '2099-01-01',
      },
    })
    const inspection = order.body.caseId
    const whole = await door.ask('GET', `/cases/${inspection}`, { as: 'office' })
    const population: string[] = whole.body.state.subjects.cases
    expect(population).toContain(id)
    await give('discipline', inspection, { type: 'draw-sample', seed: '公开', take: population.length })
    await vi.waitFor(
      async () => {
        const answer = await give('discipline', id, {
          type: 'reexamine-petition',
          verdict: 'bad',
          reasons: '油烟依旧',
        })
        expect(answer.status).toBe(200)
        expect(answer.body.state.phaseTitle).toBe('办理中')
      },
      { timeout: 30_000, interval: 500 },
    )
    // The corrected answer is the merged one's too, although its workflow has long ended.
    await answers(id, '已装油烟净化器')
    await replied(neighbour, '已装油烟净化器')
  })

  it('HY-06 the analysis opens to its petitions, and is a file for a spreadsheet', async () => {
    const path = `/rounds/letters/petitions/analysis?from=2026-01-01&to=${today()}`
    const { body } = await door.ask('GET', path, { as: 'office' })
    expect(body.total.received.count).toBe(body.total.received.cases.length)
    const text = await door.ask('GET', path, { as: 'office', headers: { accept: 'text/csv' } })
    expect(text.headers.get('content-type')).toContain('text/csv')
  })
})
