import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { evidenceFrom, openedRound } from '../api/given.js'
import { newKey, type OpenDoor, openDoor } from '../support/door.js'

/**
 * What the catalogue says must be impossible, tried at the real door: each time a problem document with that clause, and nothing
 * has happened. One case of each city's rules is walked as far as the next thing that is refused.
 */
let door: OpenDoor
beforeAll(async () => {
  door = await openDoor()
  const office = await door.as('office')
  for (const policy of ['changde', 'yongzhou', 'hohhot', 'jinan'])
    await openedRound(office, `no-${policy}`, { policy })
})
afterAll(() => door.close())

type Body = Readonly<Record<string, unknown>>

const cityCase = (city: string) => {
  const id = `no-${city}/001`
  const give = (as: string, body: Body) =>
    door.ask('POST', `/cases/${id}/commands`, { as, body, key: newKey() })
  const events = async (): Promise<number> =>
    (await door.ask('GET', `/cases/${id}`, { as: 'office' })).body.events
  return {
    id,
    done: async (as: string, body: Body): Promise<void> => {
      const answer = await give(as, body)
      expect([answer.status, JSON.stringify(answer.body)]).toEqual([200, expect.any(String)])
    },
    refused: async (as: string, body: Body, clause: string): Promise<void> => {
      const before = await events()
      const { status, headers, body: problem } = await give(as, body)
      expect([status >= 400 && status < 500, problem.clause, problem.detail]).toEqual([
        true,
        clause,
        expect.any(String),
      ])
      expect(headers.get('content-type')).toContain('application/problem+json')
      expect(problem).toMatchObject({
        type: expect.stringContaining('urn:bihuan:'),
        status,
        detail: expect.stringMatching(/\p{Script=Han}/u),
      })
      expect(await events()).toBe(before)
    },
    seal: async () => (await door.ask('GET', `/cases/${id}`, { as: 'office' })).body.state.seal as string,
    step: async () => (await door.ask('GET', `/cases/${id}`, { as: 'office' })).body.closingStepId as string,
  }
}

const amend = (patch: Body): Body => ({ type: 'amend-entry', patch, reason: '核对' })
const now = (): string => new Date(Date.now() - 60_000).toISOString()
const photos = async (as: string) => [await evidenceFrom(await door.as(as), '现场照片')]

const signing = async (one: ReturnType<typeof cityCase>, as: string, more: Body = {}): Promise<Body> => ({
  type: 'sign',
  step: await one.step(),
  saw: await one.seal(),
  opinion: '同意',
  findings: [],
  site: { place: '现场', at: now(), photos: await photos(as), observers: [] },
  ...more,
})

const planned = (more: Body = {}): Body => ({
  type: 'submit-case-plan',
  plan: '分三步',
  team: ['局长'],
  evidence: [],
  ...more,
})
const applying = async (more: Body = {}): Promise<Body> => ({
  type: 'submit-closing',
  statement: '已完成',
  checklist: [],
  evidence: await photos('unit'),
  ...more,
})

describe('at the door of Changde', () => {
  const one = cityCase('changde')

  it('CD-01 an entry with one of the six missing, with no or two lead units, or judging itself, is not handed over', async () => {
    const handOver = { type: 'hand-over' }
    for (const patch of [
      { leadUnits: [] },
      { leadUnits: ['市水务局', '市生态环境局'] },
      { leadUnits: ['市住房和城乡建设局'] },
      { leadUnits: ['市水务局'], units: [] },
    ]) {
      await one.done('office', amend(patch))
      await one.refused('office', handOver, 'CD-01')
    }
    await one.done('office', amend({ units: ['市住房和城乡建设局'] }))
  })

  it('CD-05 CD-06 CD-07 CD-08 the five steps in their order, each by whose it is, none while something is missing', async () => {
    await one.done('office', { type: 'hand-over' })
    await one.done('unit', { type: 'acknowledge' })
    await one.done('unit', planned())
    // Neither a conclusion nor a notice nor a filing before an application.
    await one.refused('shuiwu', { ...(await signing(one, 'shuiwu')), step: 'verification' }, 'CD-08')
    const posting = {
      type: 'post-notice',
      postedOn: now().slice(0, 10),
      result: '完成',
      contact: '12345',
      channels: [],
    }
    await one.refused('office', posting, 'CD-05')
    await one.refused('office', { type: 'send-filing', to: '省整改办', noticeResult: '无异议' }, 'CD-10')
    await one.done('unit', await applying())
    // Out of order: it is the application's turn.
    await one.refused('shuiwu', { ...(await signing(one, 'shuiwu')), step: 'verification' }, 'CD-07')
    // 主要负责人 in person: the clerk's signature is none.
    await one.refused('unit', await signing(one, 'unit'), 'CD-07')
    await one.done('unith', await signing(one, 'unith'))
    // A conclusion while an opinion is missing.
    await one.refused('shuiwu', { ...(await signing(one, 'shuiwu')), step: 'verification' }, 'CD-06')
    await one.done('shengtai', await signing(one, 'shengtai'))
    const findings = (met: string) =>
      ['污染消除', '生态恢复', '群众满意'].map((title, index) => ({
        title,
        met: index === 2 ? met : 'met',
        note: '',
        evidence: [],
      }))
    await one.refused('shuiwu', await signing(one, 'shuiwu', { findings: findings('not-met') }), 'CD-08')
  })
})

describe('at the door of Yongzhou', () => {
  const one = cityCase('yongzhou')

  it('YZ-02 rectification does not start while plan, leader or team is missing', async () => {
    const officer = { person: 'leader', name: '沈知远' }
    await one.done(
      'office',
      amend({
        leaders: {
          municipal: officer,
          county: { person: 'leader2', name: '顾望舒' },
          department: { person: 'leader3', name: '陆怀瑾' },
        },
      }),
    )
    await one.done('office', { type: 'hand-over' })
    await one.done('unit', { type: 'acknowledge' })
    await one.refused('unit', planned({ team: [] }), 'YZ-02')
    await one.done('unit', planned())
  })

  it('YZ-05 YZ-06 YZ-07 YZ-09 nothing is submitted with a point unmet; signed in order, once, by others, on what was seen', async () => {
    await one.refused('unit', await applying(), 'YZ-05')
    const { body } = await door.ask('GET', `/cases/${one.id}/acts`, { as: 'unit' })
    expect(body.acts.length).toBeGreaterThan(10)
    const points = [
      '整改任务全部完成',
      '整改措施逐条落实',
      '整改成效达到目标',
      '佐证材料齐全真实',
      '群众反映的问题得到解决',
    ]
    const marks = (last: string) => points.map((point, index) => ({ point, met: index === 4 ? last : 'met' }))
    await one.refused('unit', await applying({ checklist: marks('not-met') }), 'YZ-05')
    await one.done('unit', await applying({ checklist: marks('met') }))
    await one.refused('secretary', { ...(await signing(one, 'secretary')), step: 'secretary' }, 'YZ-06')
    await one.done('shuiwu', await signing(one, 'shuiwu'))
    await one.refused('leader', { ...(await signing(one, 'leader')), saw: 'a'.repeat(64) }, 'YZ-09')
    await one.refused(
      'leader',
      await signing(one, 'leader', { site: { place: '现场', at: now(), photos: [], observers: [] } }),
      'YZ-09',
    )
    await one.done('leader', await signing(one, 'leader'))
    await one.refused('leader', await signing(one, 'leader'), 'YZ-06')
  })
})

describe('at the door of Hohhot', () => {
  it('HH-06 a 责任单位 is not its own 监管单位', async () => {
    const one = cityCase('hohhot')
    await one.done('office', amend({ supervisingUnit: '市住房和城乡建设局' }))
    await one.refused('office', { type: 'hand-over' }, 'HH-06')
  })
})

describe('at the door of Jinan', () => {
  it('GN-12 a plan is what was published: nobody says by a command what it holds', async () => {
    const answer = await door.ask('POST', '/cases/no-jinan/round/commands', {
      as: 'office',
      key: newKey(),
      body: { type: 'adopt-plan', planDate: '2026-06-18', entries: 999, units: [] },
    })
    expect(answer).toMatchObject({
      status: 422,
      body: { clause: 'GN-12', instead: [{ href: '/rounds/no-jinan/plan' }] },
    })
  })

  it('JN-09 there is no way to close in bulk', async () => {
    for (const path of ['/rounds/no-jinan/close', '/cases/close', '/rounds/no-jinan/closings'])
      expect((await door.ask('POST', path, { as: 'office', key: newKey(), body: {} })).status).toBe(404)
  })

  it('JN-14 an assessor tied to the responsible unit is not appointed', async () => {
    const answer = await door.ask('POST', '/rounds/no-jinan/cases', {
      as: 'office',
      key: newKey(),
      body: {
        type: 'order-inspection',
        form: 'third-party',
        title: '第三方评估',
        order: '评估整改成效',
        subjects: { cases: ['no-jinan/001'], units: [], areas: [] },
        team: [],
        assessor: { name: '某研究院', credential: '甲级', ties: ['市住房和城乡建设局'], statement: '无' },
        until: '2099-01-01',
      },
    })
    expect(answer).toMatchObject({ status: 403, body: { clause: 'JN-14' } })
  })
})
