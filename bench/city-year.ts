import { loadCalendar } from '../policies/calendars/load.js'
import { loadPolicy } from '../policies/load.js'
import { play } from '../simulation/play.js'
import { readScenario } from '../simulation/scenario.js'
import type { Figure } from './figure.js'

const HABITS = ['勤勉', '拖延', '沉默', '弄虚作假'] as const
const CASES = 1_300

const scenarioOf = (cases: number): string =>
  [
    'scenario: 一市一年',
    'policy: jinan',
    'start: 2026-01-05',
    'until: 2027-01-04',
    'cases:',
    ...HABITS.flatMap((habit) => [
      `  - text: ${habit}的一家`,
      `    count: ${Math.max(1, Math.round(cases / HABITS.length))}`,
      '    units: [甲县政府]',
      '    deadline: 2026-10-31',
      `    habit: ${habit}`,
    ]),
  ].join('\n')

/** A city-year in the pure domain: 1,300 cases with weekly returns. */
export const measureCityYear = (scale: number): readonly Figure[] => {
  const { policy, hash } = loadPolicy('jinan')
  const rules = { policy, hash, calendar: loadCalendar() }
  const scenario = readScenario(scenarioOf(CASES * scale))
  const began = performance.now()
  const played = play(rules, scenario)
  const seconds = (performance.now() - began) / 1_000
  return [
    {
      ...{ key: 'cityYearSeconds', title: '推演一市一年', value: seconds, unit: '秒', most: 5 },
      note: `${scenario.cases.length} 件,${played.events.length} 个事件`,
    },
  ]
}
