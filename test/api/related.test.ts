import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { closingOn } from '../permissions/given.js'
import { newKey, type OpenDoor, openDoor } from '../support/door.js'
import { evidenceFrom, openedRound } from './given.js'

const PROBLEM = 'related/001'
const REFERRAL = 'related/001-R1'

let door: OpenDoor
const give = async (as: string, body: unknown) =>
  (await door.as(as)).post(`/cases/${PROBLEM}/commands`, body, newKey())
const seen = async (as: string, path: string, headers = {}) => door.ask('GET', path, { as, headers })

/** A falsehood found while it is being closed makes a clue, and the clue a referral. */
beforeAll(async () => {
  door = await openDoor()
  const office = await door.as('office')
  await openedRound(office, 'related')
  await give('office', { type: 'hand-over' })
  await give('unit', { type: 'acknowledge' })
  await give('unit', { type: 'submit-case-plan', plan: '整改', team: ['专班'], evidence: [] })
  await give('unit', closingOn(await evidenceFrom(await door.as('unit'), '完工报告')))
  const { closingStepId, state } = await office.get<{ closingStepId: string; state: { seal: string } }>(
    `/cases/${PROBLEM}`,
  )
  const refusal = { step: closingStepId, saw: state.seal, reasons: '表面整改', code: 'superficial' }
  await give('unith', { type: 'refuse-step', ...refusal })
  await give('leader', { type: 'decide-clue', clue: 0, decision: 'refer', reason: '情况属实' })
  await vi.waitFor(() => office.get(`/cases/${REFERRAL}`), { timeout: 60_000, interval: 300 })
})
afterAll(() => door.close())

describe('a referral and the problem it comes from (CD-14)', () => {
  it('name each other to those who read both; who reads the problem alone learns of no referral', async () => {
    for (const as of ['office', 'discipline', 'leader']) {
      const { body } = await seen(as, `/cases/${REFERRAL}`)
      expect(body.origin).toMatchObject({
        id: PROBLEM,
        href: `/cases/${PROBLEM}`,
        kindTitle: '整改事项',
        text: expect.stringContaining('雨污混流'),
      })
      const list = await seen(as, `/cases?origin=${PROBLEM}`)
      expect(list.body.cases).toMatchObject([{ id: REFERRAL, href: `/cases/${REFERRAL}` }])
    }
    expect((await seen('unit', `/cases/${PROBLEM}`)).body).toMatchObject({ reading: 'whole', origin: null })
    expect((await seen('unit', `/cases?origin=${PROBLEM}`)).body.cases).toEqual([])
    const table = (await seen('office', `/cases?origin=${PROBLEM}`, { accept: 'text/csv' })).body
    expect(table.trim().split('\r\n')).toHaveLength(2)
  })

  it('of a restricted problem nothing is named to whoever may not read it (GN-08)', async () => {
    await give('officehead', {
      ...{ type: 'restrict-case', persons: [], roles: ['secretary', 'leader'] },
      ...{ units: ['市住房和城乡建设局'], reason: '涉密' },
    })
    expect((await seen('discipline', `/cases/${PROBLEM}`)).status).toBe(404)
    expect((await seen('discipline', `/cases/${REFERRAL}`)).body).toMatchObject({
      reading: 'whole',
      origin: null,
    })
    expect((await seen('secretary', `/cases/${REFERRAL}`)).body.origin).toMatchObject({ id: PROBLEM })
  })
})
