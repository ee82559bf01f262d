import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { Refused } from '../../cli/http.js'
import { type OpenDoor, openDoor } from '../support/door.js'
import { everyCaseIsThere, openedRound } from './given.js'
import { openBody, SMALL_PLAN } from './plans.js'

let door: OpenDoor
beforeAll(async () => {
  door = await openDoor()
})
afterAll(() => door.close())

type Entries = {
  readonly entries: readonly {
    readonly caseId: string
    readonly phase: string | null
    readonly questions: readonly string[]
    readonly obstacle: { readonly clause: string; readonly why: string } | null
  }[]
}
type Told = {
  readonly cases: readonly { readonly caseId: string; readonly outcome: string; readonly clause?: string }[]
}

describe('from a plan to handing over', () => {
  it('asks what the plan leaves open, takes the answers, and hands over case by case (JN-02, JN-09)', async () => {
    const office = await door.as('office')
    const opened = await office.post<{ proposals: string[]; questions: number; round: { entries: number } }>(
      '/rounds',
      openBody('road-1'),
    )
    expect(opened.round.entries).toBe(3)
    expect(opened.proposals).toEqual(['市园林绿化局'])
    expect(opened.questions).toBe(2)
    await everyCaseIsThere(office, 'road-1')

    const before = await office.get<Entries>('/rounds/road-1/entries')
    expect(before.entries.map(({ obstacle }) => obstacle?.clause ?? 'none')).toEqual([
      'none',
      'CD-01',
      'CD-01',
    ])

    const first = await office.post<Told>('/rounds/road-1/hand-over', {})
    expect(first.cases.map(({ outcome, clause }) => clause ?? outcome)).toEqual([
      'handed-over',
      'CD-01',
      'CD-01',
    ])

    const [gap] = before.entries[1]?.questions ?? []
    await office.post('/cases/road-1/002/commands', {
      type: 'amend-entry',
      patch: { leadUnits: ['市住房和城乡建设局'], answered: [gap] },
      reason: '市政府常务会议明确',
    })
    const [question] = before.entries[2]?.questions ?? []
    await office.post('/cases/road-1/003/commands', {
      type: 'amend-entry',
      patch: { deadline: { kind: 'by-date', text: '2年内完成', date: '2099-06-18' }, answered: [question] },
      reason: '自方案公布之日起算',
    })
    const second = await office.post<Told>('/rounds/road-1/hand-over', {})
    expect(second.cases.map(({ outcome }) => outcome)).toEqual(['handed-over', 'handed-over'])

    const after = await office.get<Entries>('/rounds/road-1/entries')
    expect(after.entries.map(({ phase }) => phase)).toEqual(['handed-over', 'handed-over', 'handed-over'])
  })

  it('keeps the leader the plan names and the register knows', async () => {
    const office = await door.as('office')
    await openedRound(office, 'leaders-1')
    const one = await office.get<{ state: { entry: { leaders: { municipal?: { person: string } } } } }>(
      '/cases/leaders-1/001',
    )
    expect(one.state.entry.leaders.municipal?.person).toBe('leader')
  })

  it('handing over again under the same key answers as the first time', async () => {
    const office = await door.as('office')
    await openedRound(office, 'again-1')
    const first = await office.post<Told>('/rounds/again-1/hand-over', {}, 'hand-over-once')
    const second = await office.post<Told>('/rounds/again-1/hand-over', {}, 'hand-over-once')
    expect(second).toEqual(first)
  })
})

describe('a unit the register lacks', () => {
  it('is proposed, and joins the register when accepted', async () => {
    const office = await door.as('office')
    await openedRound(office, 'units-1')
    const name = '市园林绿化局'
    const listed = await office.get<{ proposals: { round: string; name: string; entries: number[] }[] }>(
      '/register/proposals',
    )
    expect(listed.proposals).toContainEqual(expect.objectContaining({ round: 'units-1', name, entries: [3] }))
    await office.post('/register/proposals', { round: 'units-1', name, decision: 'accepted' })
    const { units } = await office.get<{ units: { name: string }[] }>('/register/units')
    expect(units.map((unit) => unit.name)).toContain(name)
    await expect(
      office.post('/register/proposals', { round: 'units-1', name, decision: 'accepted' }),
    ).rejects.toMatchObject({ status: 404 })
  })
})

describe('a unit the plan calls by another name', () => {
  it('is the one the register has: its officers sit in the case', async () => {
    const office = await door.as('office')
    await office.post('/register/units', { name: '市水务局', aliases: ['市水利局'] })
    await openedRound(office, 'alias-1', { plan: { text: SMALL_PLAN.replaceAll('市水务局', '市水利局') } })
    const { cases } = await office.get<{ cases: { leadUnit: string | null; n: number }[] }>(
      '/cases?round=alias-1',
    )
    expect(cases.find(({ n }) => n === 1)?.leadUnit).toBe('市水务局')
  })
})

describe('a plan or rules that cannot be used', () => {
  const refusedWith = async (body: unknown): Promise<Refused> => {
    const office = await door.as('office')
    return office.post('/rounds', body).then(
      () => expect.fail('accepted'),
      (error: unknown) => {
        if (error instanceof Refused) return error
        throw error
      },
    )
  }

  it('is refused in one sentence, and nothing is opened', async () => {
    const { status, problem } = await refusedWith(openBody('bad-1', { plan: { text: '今天天气很好。' } }))
    expect([status, problem.errors?.[0]?.path]).toEqual([422, 'plan'])
    expect((await door.ask('GET', '/rounds/bad-1', { as: 'office' })).status).toBe(404)
  })

  it('names each fault of the rules with its line', async () => {
    const { status, problem } = await refusedWith(
      openBody('bad-2', { policy: { yaml: 'extends: defaults\nid: x\n规则: 1\n' } }),
    )
    expect(status).toBe(422)
    expect(problem.errors?.map(({ path }) => path)).toContain('policy:3')
  })

  it('never reads a path of the machine as a name of rules', async () => {
    const { status } = await refusedWith(openBody('bad-3', { policy: '../../etc/passwd' }))
    expect(status).toBe(422)
  })

  it('a plan without a date is asked for one', async () => {
    const text = SMALL_PLAN.replace(/发布日期.*\n/, '').replace(/2026年5月8日,/, '')
    const { status, problem } = await refusedWith(openBody('bad-4', { plan: { text } }))
    expect([status, problem.errors?.[0]?.path]).toEqual([422, 'planDate'])
  })
})

describe('opening a round', () => {
  it('twice under one key opens one; under another key it is refused', async () => {
    const office = await door.as('office')
    const first = await office.post<{ round: { id: string } }>('/rounds', openBody('once-1'), 'open-once-1')
    await everyCaseIsThere(office, 'once-1')
    const again = await office.post<{ round: { id: string } }>('/rounds', openBody('once-1'), 'open-once-1')
    expect(again.round.id).toBe(first.round.id)
    await expect(office.post('/rounds', openBody('once-1'))).rejects.toMatchObject({ status: 409 })
  })

  it('goes on after the process was stopped in the middle', async () => {
    await door.killWorker()
    const office = await door.as('office')
    await office.post('/rounds', openBody('halfway-1'))
    await door.reopen()
    await door.startWorker()
    await everyCaseIsThere(await door.as('office'), 'halfway-1')
    const { cases } = await office.get<{ cases: unknown[] }>('/cases?round=halfway-1')
    expect(cases).toHaveLength(3)
  })
})

describe('a drill', () => {
  it('has an officer for every seat, who may act in it and nowhere else', async () => {
    const office = await door.as('office')
    await openedRound(office, 'real-1')
    const { drill } = await office.post<{
      drill: { password: string; officers: { person: string; post: { role: string; unit?: string } }[] }
    }>('/rounds', openBody('drill-1', { drill: { daysPerSecond: 0.01, start: '2026-07-01' } }))
    await everyCaseIsThere(office, 'drill-1')
    await office.post('/rounds/drill-1/hand-over', {})

    const clerk = drill.officers.find(
      ({ post }) => post.unit === '市住房和城乡建设局' && post.role === 'unit-clerk',
    )
    const drilled = await door.as(clerk?.person ?? '', drill.password)
    const { state } = await drilled.post<{ state: { phase: string; at: string } }>(
      '/cases/drill-1/001/commands',
      { type: 'acknowledge' },
    )
    expect(state.phase).toBe('acknowledged')
    expect(state.at.slice(0, 7)).toBe('2026-07')

    const drillOffice = await door.as('office@drill-1', drill.password)
    await expect(drillOffice.post('/cases/real-1/001/commands', { type: 'hand-over' })).rejects.toMatchObject(
      {
        status: 404,
      },
    )
    await expect(drillOffice.post('/rounds', openBody('drill-2'))).rejects.toMatchObject({ status: 403 })
    const inbox = async (name: string, password?: string) => {
      const found = await (await door.as(name, password)).get<{ notices: { drill: boolean }[] }>('/me/inbox')
      return found.notices.map(({ drill: ofDrill }) => ofDrill)
    }
    await vi.waitFor(async () => expect(await inbox(clerk?.person ?? '', drill.password)).toContain(true), {
      timeout: 30_000,
      interval: 200,
    })
    expect(await inbox('unit')).not.toContain(true)

    const seen = await drillOffice.get<{ cases: { round: string }[] }>('/cases')
    expect(new Set(seen.cases.map(({ round }) => round))).toEqual(new Set(['drill-1']))
  })
})
