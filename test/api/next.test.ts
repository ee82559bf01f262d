import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OpenDoor, openDoor } from '../support/door.js'
import { openedRound } from './given.js'

let door: OpenDoor
beforeAll(async () => {
  door = await openDoor()
  const office = await door.as('office')
  await openedRound(office, 'owing')
  await office.post('/cases/owing/001/commands', { type: 'hand-over' })
})
afterAll(() => door.close())

type Owed = {
  readonly caseId: string
  readonly act: string
  readonly due: string | null
  readonly otherwise: readonly { readonly told: string; readonly clause: string }[]
}
type Page = { readonly owed: readonly Owed[]; readonly next: string | null }

describe('what one owes', () => {
  it('says by when, and what comes otherwise, as the case itself says it', async () => {
    const unit = await door.as('unit')
    const { owed } = await unit.get<Page>('/me/next')
    const mine = owed.find(({ caseId, act }) => caseId === 'owing/001' && act === 'acknowledge')
    expect(mine?.due).toMatch(/^\d{4}-\d\d-\d\d$/)
    const told = await unit.get<{ owed: readonly Owed[] }>('/cases/owing/001/next')
    expect(mine?.otherwise).toEqual(told.owed.find(({ act }) => act === 'acknowledge')?.otherwise)
  })

  it('is read page by page, the most urgent first, nothing twice and nothing left out', async () => {
    const office = await door.as('office')
    const { todos } = await office.get<{ todos: readonly Owed[] }>('/me/todos')
    const seen: string[] = []
    let after: string | null = null
    do {
      const page: Page = await office.get(
        `/me/next?limit=1${after === null ? '' : `&after=${encodeURIComponent(after)}`}`,
      )
      seen.push(...page.owed.map(({ caseId, act, due }) => `${caseId} ${act} ${due}`))
      after = page.next
    } while (after !== null)
    expect(seen.length).toBeGreaterThan(1)
    expect(seen).toEqual(todos.map(({ caseId, act, due }) => `${caseId} ${act} ${due}`))
  })

  it('is narrowed to one kind of act or one round, and exported', async () => {
    const unit = await door.as('unit')
    const acts = async (query: string): Promise<readonly string[]> =>
      (await unit.get<{ todos: readonly Owed[] }>(`/me/todos?${query}`)).todos.map(({ act }) => act)
    expect(await acts('round=owing')).toEqual(['acknowledge', 'submit-return'])
    expect(await acts('round=owing&act=acknowledge')).toEqual(['acknowledge'])
    expect(await acts('round=another')).toEqual([])
    const { body } = await door.ask('GET', '/me/todos?act=acknowledge&round=owing', {
      as: 'unit',
      headers: { accept: 'text/csv' },
    })
    expect(body.match(/^owing\/001,.*?,/gm)).toEqual(['owing/001,签收,'])
  })

  it('from a place that never was is refused', async () => {
    expect((await door.ask('GET', '/me/next?after=later', { as: 'office' })).status).toBe(422)
  })
})

describe('the ledger', () => {
  it('narrows to what is due between two days', async () => {
    const office = await door.as('office')
    const all = (await office.get<{ cases: readonly Owed[] }>('/cases?round=owing')).cases
    const [one] = all.filter(({ due }) => due !== null)
    if (!one) throw new Error('a case with a deadline')
    const found = await office.get<{ cases: readonly Owed[] }>(`/cases?round=owing&due=${one.due}~${one.due}`)
    expect(found.cases.map(({ due }) => due)).toEqual(
      all.filter(({ due }) => due === one.due).map(({ due }) => due),
    )
    expect((await door.ask('GET', '/cases?due=soon', { as: 'office' })).status).toBe(422)
  })
})
