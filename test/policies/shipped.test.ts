import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { readPlanFile } from '../../intake/index.js'
import { policyJsonSchema } from '../../policies/json-schema.js'
import { loadPolicy, readDefaults, shippedPolicies } from '../../policies/load.js'

const stepsOf = (name: string) => loadPolicy(name).policy.closing.chain

describe('the policies that come with the programme', () => {
  /** A running case is pinned to its hash: whoever changes a rule, or a default, changes these knowingly. */
  it.each([
    ['changde', '4a70335872323b78dcdd97b165ae7cce240ae4afc0fc9a7f46d0b58d8caa0c96'],
    ['hengyang', '30189d4c727741a09cf317f064c1ff83508dc578ac017ea727111e650d80bb3e'],
    ['hohhot', 'ffb2d549a8d0062e314b824c17fa3cd121308b3c0850dcdc148407e98009552d'],
    ['jinan', '885995a77672b8f5e795295de4a9c3a34d0a3fefc2345859ba4108fd767ce67c'],
    ['sample', 'c3cb7dba0b1e33f6607cdeef8e5905ebb1ca488406ce4ca16a2e354e7d327ce2'],
    ['yongzhou', '7ee64f6bb0dae5f767020ba87d40bd3e723e53af6d07a03c977d1f2b00de68e2'],
  ])('%s resolves to the version it had', (name, hash) => {
    expect(loadPolicy(name).hash).toBe(hash)
  })

  it('are all of them pinned above', () => {
    expect(shippedPolicies()).toEqual(['changde', 'hengyang', 'hohhot', 'jinan', 'sample', 'yongzhou'])
  })

  it.each(shippedPolicies())('%s names a source for each rule that travels with a clause', (name) => {
    const rules = JSON.stringify(loadPolicy(name).policy).match(/"clause":"[A-Z]{2}-\d\d","source":"[^"]+"/g)
    const clauses = JSON.stringify(loadPolicy(name).policy).match(/"clause":/g)
    expect(rules).toHaveLength(clauses?.length ?? 0)
  })
})

describe('Yongzhou (YZ-06)', () => {
  it('goes through three reviews, three signatures and the office on site, then is made public and filed', () => {
    expect(stepsOf('yongzhou').map(({ title }) => title)).toEqual([
      '自查',
      '把关',
      '现场核查、签字认可',
      '书记签字',
      '县长签字',
      '市办现场核实',
      '公示',
      '备案',
    ])
  })

  it('asks for three signatures by three people (YZ-07)', () => {
    const signatures = stepsOf('yongzhou').filter(
      (step) => step.kind === 'sign-off' && step.form === 'signature',
    )
    expect(signatures.map((step) => step.kind === 'sign-off' && step.by)).toEqual([
      'case-leader',
      'secretary',
      'mayor',
    ])
  })

  it('sends the leader and the office to the place (YZ-09, YZ-10)', () => {
    const onSite = stepsOf('yongzhou').filter((step) => step.kind === 'sign-off' && step.where === 'on-site')
    expect(onSite.map(({ id }) => id)).toEqual(['leader-check', 'office-check'])
  })

  it('wants a plan, a leader and a team before anything starts (YZ-02), and five points before anything is sent up (YZ-05)', () => {
    const { handover, closing } = loadPolicy('yongzhou').policy
    expect(handover.beforeStart.map(({ need }) => need)).toEqual(['plan', 'leader', 'team'])
    expect(closing.checklist.points).toHaveLength(5)
    expect(closing.checklist.clause).toBe('YZ-05')
  })

  it('interviews as soon as the deadline has passed (YZ-11)', () => {
    const interview = loadPolicy('yongzhou').policy.ladder.find(({ id }) => id === 'interview')
    expect(interview?.triggers).toContainEqual({ on: 'after-deadline', days: 1 })
    expect(interview?.clause).toBe('YZ-11')
  })
})

describe('Jinan', () => {
  it('asks for nothing its plan cannot give, but for the leader the office names', () => {
    expect(loadPolicy('jinan').policy.handover.requires.map(({ field }) => field)).toEqual([
      'units',
      'persons',
      'deadline',
      'municipal-leader',
    ])
  })

  it('needs no acceptance unit to close (JN-09)', () => {
    const seats = stepsOf('jinan').flatMap((step) => (step.kind === 'sign-off' ? [step.by] : []))
    expect(seats).toEqual(['responsible-unit', 'responsible-head', 'case-leader', 'office', 'office-head'])
  })

  it('calls for a return each week (JN-07)', () => {
    expect(loadPolicy('jinan').policy.returns.rhythm).toEqual({ every: 'week', weekday: 5, time: '17:00' })
  })

  it('takes the office by every name its plan has for it (JN-17)', () => {
    const { unit } = loadPolicy('jinan').policy.office
    expect(unit).toBe('市整改工作领导小组办公室')
  })

  const plan = new URL('../../../shared/plans/jinan-2018.txt', import.meta.url)
  it.skipIf(!existsSync(plan))('names the office as its plan does', () => {
    expect(readFileSync(plan, 'utf8')).toContain(`责任单位:${loadPolicy('jinan').policy.office.unit}`)
  })
})

describe('the JSON Schema an editor completes with', () => {
  const schema = policyJsonSchema(readDefaults())
  const accepts = z.fromJSONSchema(schema)

  it.each(shippedPolicies())('accepts %s as it is written', (name) => {
    expect(accepts.safeParse(parse(loadPolicy(name).text)).error).toBeUndefined()
  })

  it('refuses what the check refuses: an unknown key, a bare number of days, a rule without source', () => {
    const written = () => parse(loadPolicy('yongzhou').text) as Record<string, Record<string, unknown>>
    const refused = (spoil: (file: Record<string, Record<string, unknown>>) => void): boolean => {
      const file = written()
      spoil(file)
      return !accepts.safeParse(file).success
    }
    expect(refused((file) => Object.assign(file, { colour: 'red' }))).toBe(true)
    expect(refused((file) => Object.assign(file, { visits: { every: 3, source: 'CD-12' } }))).toBe(true)
    expect(refused((file) => Object.assign(file, { visits: { every: '3 months' } }))).toBe(true)
    expect(refused((file) => delete file.closing)).toBe(true)
    expect(refused(() => undefined)).toBe(false)
  })

  it('is draft 2020-12 and describes every property in Chinese', () => {
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema')
    const undescribed: string[] = []
    const look = (node: unknown, path: string): void => {
      if (Array.isArray(node)) for (const [index, item] of node.entries()) look(item, `${path}/${index}`)
      if (typeof node !== 'object' || node === null || Array.isArray(node)) return
      const { properties } = node as { properties?: Record<string, { description?: string }> }
      for (const [key, property] of Object.entries(properties ?? {}))
        if (!/\p{Script=Han}/u.test(property.description ?? '')) undescribed.push(`${path}/${key}`)
      for (const [key, value] of Object.entries(node)) look(value, `${path}/${key}`)
    }
    look(schema, '')
    expect(undescribed).toEqual([])
  })

  it('says what each seat is called', () => {
    expect(JSON.stringify(schema)).toContain('{"const":"lead-unit","description":"牵头验收单位"}')
  })
})

describe('the plan of the invented city', async () => {
  const plan = await readPlanFile(new URL('../../policies/samples/qilan-2026.txt', import.meta.url).pathname)

  it('has twelve measures: eight with a date, two at once, two for good or both', () => {
    expect(plan.entries.map(({ deadline }) => deadline.kind).toSorted()).toEqual([
      'by-date',
      'by-date',
      'by-date',
      'by-date',
      'by-date',
      'by-date',
      'immediate',
      'immediate',
      'long-term',
      'long-term',
      'mixed',
      'unknown',
    ])
  })

  it('has three that are overdue late in 2026', () => {
    const late = plan.entries.filter(({ deadline: { date } }) => date !== null && date < '2026-11-01')
    expect(late.map(({ n }) => n)).toEqual([1, 3, 6])
  })

  it('gives every field its policy asks for, but for two measures that raise a question', () => {
    const asked = plan.entries.filter(({ questions, missing }) => questions.length > 0 || missing.length > 0)
    expect(asked.map(({ n }) => n)).toEqual([9, 10])
    const roles = (n: number) => plan.entries.find((entry) => entry.n === n)?.others.map(({ role }) => role)
    for (const { n, target, measures } of plan.entries) {
      expect(roles(n)).toContain('包案领导')
      expect(roles(n)).toContain('配合验收单位')
      expect(target).toBeTruthy()
      expect(measures).toBeTruthy()
    }
  })

  it('gives what lasts for good its dated targets and recurring duties', () => {
    const lasting = plan.entries.filter(({ deadline }) => deadline.kind === 'long-term')
    expect(lasting.map(({ nodes }) => nodes.length)).toEqual([1, 2])
    expect(lasting.map(({ duties }) => duties.map(({ period }) => period))).toEqual([['P6M'], ['P3M']])
  })
})
