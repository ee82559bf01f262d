import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { dateOf } from '../../domain/calendar/dates.js'
import { nextMoment } from '../../domain/decider.js'
import { pace } from '../../domain/pace.js'
import { readPlanText } from '../../intake/index.js'
import { ledgerEntryOf } from '../../intake/ledger-entry.js'
import { comparedInWords } from '../../simulation/compare.js'
import { play } from '../../simulation/play.js'
import { HABITS, readScenario, type Scenario, UnfitScenario } from '../../simulation/scenario.js'
import { totalsOf } from '../../simulation/totals.js'
import { eventLine } from '../../simulation/words.js'
import { rulesOf } from '../support/policies.js'

const cases = (lines: readonly string[]): string => ['cases:', ...lines].join('\n')
const aScenario = (policy: string, start: string, until: string, ...lines: readonly string[]): Scenario =>
  readScenario(`scenario: 试验\npolicy: ${policy}\nstart: ${start}\nuntil: ${until}\n${cases(lines)}`)

const problem = (habit: string, deadline: string, count = 1): readonly string[] => [
  `  - text: ${habit}的一家`,
  `    count: ${count}`,
  '    units: [甲县政府]',
  `    deadline: ${deadline}`,
  `    habit: ${habit}`,
]

const countOf = (scenario: Scenario, title: string): number =>
  totalsOf(play(rulesOf(scenario.policy), scenario), scenario.until)
    .filter((total) => total.title === title)
    .reduce((sum, { count }) => sum + count, 0)

describe('a dry run', () => {
  it('is the same each time, and tells every event with its date and the machine’s with their clause', () => {
    const scenario = aScenario('yongzhou', '2019-10-08', '2020-10-08', ...problem('沉默', '2019-12-31'))
    const lines = play(rulesOf('yongzhou'), scenario).events.map(eventLine)
    expect(play(rulesOf('yongzhou'), scenario).events.map(eventLine)).toEqual(lines)
    expect(lines[0]).toBe('  2019-10-08 09:00  001  整改办(整改办)  登记台账:省生态环境保护督察')
    expect(lines.find((line) => line.includes('约谈:'))).toBeDefined()
    expect(
      lines.filter((line) => line.includes('  系统  ')).every((line) => /\([A-Z]{2}-\d\d\)$/.test(line)),
    ).toBe(true)
  })

  it('shows what another policy would have done', () => {
    const scenario = aScenario('jinan', '2018-07-02', '2019-07-01', ...problem('沉默', '2018-10-31'))
    const side = (policy: string) => ({ title: policy, scenario, played: play(rulesOf(policy), scenario) })
    const told = comparedInWords(side('jinan'), side('hengyang')).join('\n')
    // Weekly returns against monthly ones.
    expect(told).toMatch(/\d+ {2,}\d+ +-\d+ {2}调度与期限 · 缺报调度\(期\)/)
    expect(told).toContain('只有甲:')
  })

  it('written wrongly is refused, each fault with its line', () => {
    expect(() =>
      readScenario('scenario: 试验\npolicy: jinan\nstart: 2018-02-30\nuntil: 2019-01-01\ncases: []'),
    ).toThrow(UnfitScenario)
    try {
      readScenario(
        'scenario: 试验\npolicy: jinan\nstart: 2018-01-01\nuntil: 2019-01-01\ncases:\n  - text: 甲\n    units: [乙]\n    deadline: 明年\n    habit: 勤快\n',
      )
      expect.unreachable()
    } catch (error) {
      expect((error as UnfitScenario).faults.join('\n')).toMatch(/第 [68] 行/)
    }
    expect(() => readScenario('scenario: [')).toThrow('不是 YAML')
  })

  it('plays what the script says, and what is refused is told with its clause', () => {
    const scenario = aScenario(
      'yongzhou',
      '2019-10-08',
      '2019-12-31',
      '  - text: 甲',
      '    units: [甲县政府]',
      '    deadline: 2019-12-31',
      '    habit: none',
      '    acts:',
      '      - { on: 2019-10-09, by: 整改办, do: hand-over }',
      '      - { on: 2019-10-10, by: 牵头验收单位, do: acknowledge }',
      '      - { on: 2019-10-10, at: "11:00", by: 责任单位, do: acknowledge }',
    )
    const { refusals, events } = play(rulesOf('yongzhou'), scenario)
    expect(refusals).toMatchObject([{ act: 'acknowledge', refusal: { clause: 'GN-08' } }])
    expect(events.map(({ event }) => event.type)).toContain('acknowledged')
  })
})

const THREE_REFERRED = ['甲县政府', '乙县政府', '丙县政府'].flatMap((unit) => [
  `  - text: ${unit}的一家`,
  `    units: [${unit}]`,
  '    deadline: 2024-09-30',
  '    habit: 弄虚作假',
  '    clue: 移交',
])

describe('the counts of the plans themselves', () => {
  it('YZ-13 33 problems end 19 early, 12 on pace and 2 pressed on the day of the report', () => {
    const scenario = aScenario(
      'yongzhou',
      '2018-12-03',
      '2019-12-05',
      ...problem('勤勉', '2020-06-30', 19),
      '  - text: 正在推进的一家',
      '    count: 12',
      '    units: [甲县政府]',
      '    deadline: 2021-12-31',
      '    nodes: [{ text: 完成前期工作, date: 2019-12-31 }, { text: 主体完工, date: 2020-12-31 }]',
      '    habit: none',
      '    acts:',
      '      - { on: 2018-12-03, by: 整改办, do: hand-over }',
      '      - { on: 2018-12-04, by: 责任单位, do: acknowledge }',
      '      - { on: 2018-12-06, by: 责任单位, do: { type: submit-case-plan, plan: 分三步, team: [局长], evidence: [] } }',
      `      - { on: 2019-11-20, by: 责任单位, do: { type: complete-node, node: 0, evidence: [{ sha256: "${'a'.repeat(64)}", name: 完工证明, mediaType: text/plain, bytes: 1 }] } }`,
      ...problem('沉默', '2019-10-31', 2),
    )
    const buckets = ['提前完成', '达到序时进度', '加紧整改'].map((title) => countOf(scenario, title))
    expect(buckets).toEqual([19, 12, 2])
    expect(scenario.cases).toHaveLength(33)
  })

  it('CD-14 three referrals are published: each clue opens its own case, which goes its own way', () => {
    const scenario = aScenario('changde', '2024-03-04', '2024-12-31', ...THREE_REFERRED)
    expect(countOf(scenario, '责任追究案件 已公开')).toBe(3)
    const { events } = play(rulesOf('changde'), scenario)
    const [first] = events.filter(({ event }) => event.type === 'referral-opened')
    expect(first?.case).toMatch(/^drill\/00\d-R1$/)
  })

  it('HY-05 of 268 petitions eight say the same: merged, their answer is the main one’s', () => {
    const petition = (n: number, ...acts: readonly string[]): readonly string[] => [
      '  - open: { type: receive-petition, channel: "12345", petitioner: { name: 来信人, contact: 略 }, place: 甲县, subject: 噪声, text: 夜间施工, receivedOn: 2019-08-01 }',
      '    on: 2019-08-01',
      '    by: 整改办',
      `    count: ${n}`,
      ...acts,
    ]
    const scenario = aScenario(
      'yongzhou',
      '2019-08-01',
      '2019-12-05',
      ...petition(260),
      ...petition(
        8,
        '    habit: none',
        '    acts:',
        '      - { on: 2019-08-02, at: "09:00", by: 整改办, do: { type: merge-petition, into: drill/xf-0001, reason: 同一工地 } }',
      ),
    )
    expect(countOf(scenario, '信访件 已办结')).toBe(260)
    expect(countOf(scenario, '信访件 并案办结')).toBe(8)
    const { states } = play(rulesOf('yongzhou'), scenario)
    expect(states[0]?.kind === 'petition' ? states[0].state.takenIn : []).toHaveLength(8)
  })

  it('YZ-14 268 petitions are all answered', () => {
    const scenario = aScenario(
      'yongzhou',
      '2019-08-01',
      '2019-12-05',
      '  - open: { type: receive-petition, channel: "12345", petitioner: { name: 来信人, contact: 略 }, place: 甲县, subject: 噪声, text: 夜间施工, receivedOn: 2019-08-01 }',
      '    on: 2019-08-01',
      '    by: 整改办',
      '    count: 268',
    )
    expect(countOf(scenario, '信访件 已办结')).toBe(268)
  })

  it('YZ-16 a campaign reaches cases that went ahead without it: each is called, and what it finds is told to the campaign', () => {
    const scenario = aScenario(
      'yongzhou',
      '2019-10-08',
      '2020-12-31',
      ...problem('勤勉', '2020-03-31', 2),
      ...problem('勤勉', '2020-03-31'),
      '    acts: [{ on: 2020-04-20, by: 整改办, do: { type: report-rebound, findings: 设施停运 } }]',
      '  - open: { type: order-inspection, form: campaign, title: 回头看行动, order: 看是否反弹, subjects: { cases: [drill/001, drill/003], units: [], areas: [] }, team: [{ person: zhang, name: 张某, unit: 市水利局 }], until: 2020-06-30 }',
      '    on: 2020-04-10',
      '    by: 整改办',
    )
    const { events } = play(rulesOf('yongzhou'), scenario)
    const told = (type: string) =>
      events.flatMap((one) => (one.event.type === type ? [`${one.case} ${dateOf(one.at)}`] : []))
    expect(told('look-back-called')).toEqual(['drill/001 2020-04-10', 'drill/003 2020-04-10'])
    expect(told('look-back-call-late')).toEqual(['drill/001 2020-06-30'])
    expect(told('called-look-back-done')).toEqual(['drill/003 2020-04-20'])
    expect(told('campaign-result-recorded')).toEqual([expect.stringMatching(/-0004 2020-04-20$/)])
  })

  const JINAN = '../shared/plans/jinan-2018.txt'
  it.runIf(existsSync(JINAN))('61 measures of Jinan over two and a half years of weekly returns', () => {
    const { entries } = readPlanText(readFileSync(JINAN, 'utf8'))
    const rules = rulesOf('jinan')
    const scenario: Scenario = {
      title: '济南',
      policy: 'jinan',
      round: 'jinan-2018',
      start: '2018-07-02' as Scenario['start'],
      until: '2020-12-31' as Scenario['until'],
      cases: entries.map((read, index) => ({
        kind: 'problem',
        entry: {
          ...ledgerEntryOf(read, read.n),
          questions: [],
          leaders: { municipal: { person: 'leader' as never, name: '包案领导' } },
          // The office's own measures are judged by another body (JN-17).
          officeSubstitute: '市政府督查室' as never,
        },
        source: { name: '中央环境保护督察', level: 'central' },
        handedOver: undefined,
        persona: index % 9 === 4 ? 'silent' : 'diligent',
        clue: 'dismiss',
        acts: [],
      })),
    }
    expect(scenario.cases).toHaveLength(61)
    const played = play(rules, scenario)
    const weeks = new Set(
      played.events.flatMap(({ event }) =>
        event.type === 'return-submitted' || event.type === 'return-missed' ? [event.period] : [],
      ),
    )
    // Two and a half years of Fridays, less the weeks of the long holidays.
    expect(weeks.size).toBeGreaterThan(120)
    const { states } = played
    expect(states).toHaveLength(61)
    const silent = states.filter((_, index) => index % 9 === 4)
    expect(silent.map(({ state }) => state.phase)).toEqual(silent.map(() => 'acknowledged'))
    expect(states.filter(({ state }) => state.phase === 'archived').length).toBeGreaterThan(30)
  })
})

describe('a generated year of each city', () => {
  it.each(['changde', 'jinan', 'yongzhou', 'hohhot', 'hengyang'])(
    '%s: diligent, late, silent and dishonest officers; what must hold holds at every step',
    (city) => {
      const rules = rulesOf(city)
      const scenario = aScenario(
        city,
        '2026-01-05',
        '2027-01-04',
        ...Object.keys(HABITS).flatMap((habit) => problem(habit, '2026-08-31', 2)),
        ...problem('勤勉', '立行立改'),
        ...problem('拖延', '立行立改、长期坚持'),
      )
      const { events, refusals, states } = play(rules, scenario)
      for (const { state } of states) {
        const own = events.filter((one) => one.case === state.id)
        // Nothing is earlier than what came before it.
        expect(own.every(({ at }, index) => index === 0 || at >= (own[index - 1]?.at ?? ''))).toBe(true)
        // GN-05: each rung at most once a round.
        let round = 1
        const raised: string[] = []
        for (const { event } of own) {
          if (event.type === 'rebounded') round = event.round
          if (event.type === 'rung-raised') raised.push(`${round} ${event.rung}`)
        }
        expect(new Set(raised).size).toBe(raised.length)
        // YZ-07: nobody signs twice in a closing round, and GN-08: no unit verifies its own.
        const signed = own.flatMap(({ event, by }) =>
          event.type === 'signed' && by.kind === 'person' ? [`${event.closing} ${by.person}`] : [],
        )
        expect(new Set(signed).size).toBe(signed.length)
        // Closed only through the whole chain of that closing round.
        for (const { event } of own.filter((one) => one.event.type === 'closed')) {
          if (event.type !== 'closed') continue
          const done = own.flatMap(({ event: step }) =>
            step.type === 'step-completed' && step.closing === event.closing ? [step.step] : [],
          )
          expect(done).toEqual(rules.policy.closing.chain.map(({ id }) => id))
        }
        // Overdue only once the day is over.
        for (const { event, at } of own)
          if (event.type === 'overdue') expect(dateOf(at) >= event.due).toBe(true)
      }
      const problems = states.flatMap((one) => (one.kind === 'problem' ? [one] : []))
      for (const ledger of problems) {
        const next = nextMoment(rules, ledger)
        if (next !== undefined) expect(next >= ledger.state.at).toBe(true)
      }
      const until = '2027-01-04T15:59:59.999Z' as never
      const buckets = problems.map(({ state }) => pace(state, until).bucket)
      expect(buckets).toHaveLength(scenario.cases.length)
      expect(refusals.every(({ refusal }) => refusal.clause && refusal.why)).toBe(true)
      expect(states.some(({ state }) => state.phase === 'closed' || state.phase === 'archived')).toBe(true)
    },
  )
})
