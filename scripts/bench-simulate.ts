/** A city-year in the pure domain: 1,300 cases, weekly returns. `node --import tsx scripts/bench-simulate.ts`. */
import { loadCalendar } from '../policies/calendars/load.js'
import { loadPolicy } from '../policies/load.js'
import { play } from '../simulation/play.js'
import { readScenario } from '../simulation/scenario.js'
import { totalsOf } from '../simulation/totals.js'
import { totalsInWords } from '../simulation/words.js'

const HABITS = ['勤勉', '拖延', '沉默', '弄虚作假'] as const
const text = [
  'scenario: 一市一年',
  'policy: jinan',
  'start: 2026-01-05',
  'until: 2027-01-04',
  'cases:',
  ...HABITS.flatMap((habit) => [
    `  - text: ${habit}的一家`,
    '    count: 325',
    '    units: [甲县政府]',
    '    deadline: 2026-10-31',
    `    habit: ${habit}`,
  ]),
].join('\n')

const { policy, hash } = loadPolicy('jinan')
const rules = { policy, hash, calendar: loadCalendar() }
const scenario = readScenario(text)
const began = performance.now()
const played = play(rules, scenario)
const millis = Math.round(performance.now() - began)
console.log(`${scenario.cases.length} 件,${played.events.length} 个事件,${millis} 毫秒`)
for (const line of totalsInWords(totalsOf(played, scenario.until))) console.log(line)
