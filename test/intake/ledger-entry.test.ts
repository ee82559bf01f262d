import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { PersonId } from '../../domain/words.js'
import { readPlanText } from '../../intake/index.js'
import { ledgerEntryOf } from '../../intake/ledger-entry.js'
import type { ReadEntry } from '../../intake/types.js'

const JINAN = '../shared/plans/jinan-2018.txt'

const read = (changed: Partial<ReadEntry> = {}): ReadEntry => ({
  n: 1,
  lines: [1, 2],
  section: [],
  text: '河道黑臭',
  units: ['甲县政府'],
  persons: ['甲县政府主要负责人'],
  others: [],
  deadline: { text: '立行立改', kind: 'immediate', date: null },
  nodes: [],
  duties: [],
  missing: [],
  questions: [],
  ...changed,
})

const parties = (...others: ReadEntry['others']) => ledgerEntryOf(read({ others }), 1)

describe('what a plan says of a measure, as a line of the ledger', () => {
  it('gives each labelled party its part', () => {
    const entry = parties(
      { role: '牵头验收单位', name: '市水务局' },
      { role: '配合验收单位', name: '市生态环境局' },
      { role: '配合验收单位', name: '市林业局' },
      { role: '监管单位', name: '市住建局' },
    )
    expect(entry).toMatchObject({
      leadUnits: ['市水务局'],
      cooperatingUnits: ['市生态环境局', '市林业局'],
      supervisingUnit: '市住建局',
    })
  })

  it('keeps two lead units as the plan wrongly names them: handing over refuses them (CD-01)', () => {
    const entry = parties(
      { role: '牵头验收单位', name: '市水务局' },
      { role: '牵头验收单位', name: '市住建局' },
    )
    expect(entry.leadUnits).toEqual(['市水务局', '市住建局'])
  })

  it('takes a plain 验收单位 for the one that leads', () => {
    expect(parties({ role: '验收单位', name: '市水务局' }).leadUnits).toEqual(['市水务局'])
  })

  it('does not take who helps with the work, or leads it, for who verifies it', () => {
    const entry = parties({ role: '配合单位', name: '市财政局' }, { role: '牵头单位', name: '市发改委' })
    expect([entry.leadUnits, entry.cooperatingUnits]).toEqual([[], []])
    expect(entry.others).toHaveLength(2)
  })

  it('knows a leader only when the register does', () => {
    const others = [{ role: '包案领导', name: '沈知远' }]
    const known = (name: string) => (name === '沈知远' ? { person: 'leader' as PersonId, name } : undefined)
    expect(ledgerEntryOf(read({ others }), 1).leaders).toEqual({})
    expect(ledgerEntryOf(read({ others }), 1, known).leaders).toEqual({
      municipal: { person: 'leader', name: '沈知远' },
    })
  })

  it('never makes a date of what is not sure (JN-02)', () => {
    const unsure = { text: '明年汛期前', kind: 'by-date', date: null } as const
    expect(ledgerEntryOf(read({ deadline: unsure }), 1).deadline).toEqual({
      kind: 'unknown',
      text: '明年汛期前',
    })
  })

  it('loses nothing of what was read', () => {
    const questions = ['未写明牵头验收单位,请补充。']
    const entry = ledgerEntryOf(read({ questions, target: '消除黑臭', measures: '清淤' }), 7)
    expect(entry).toMatchObject({ n: 7, lines: [1, 2], questions, target: '消除黑臭', measures: '清淤' })
  })
})

describe.skipIf(!existsSync(JINAN))('Jinan', () => {
  it('gives 61 lines, each with its units and a deadline nobody has to ask about', () => {
    const { entries } = readPlanText(readFileSync(JINAN, 'utf8'))
    const lines = entries.map((entry) => ledgerEntryOf(entry, entry.n))
    expect(lines).toHaveLength(61)
    expect(lines.filter(({ units, deadline }) => units.length === 0 || deadline.kind === 'unknown')).toEqual(
      [],
    )
  })
})
