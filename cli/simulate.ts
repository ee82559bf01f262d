import { readFileSync } from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'
import type { Command } from 'commander'
import { loadCalendar } from '../policies/calendars/load.js'
import { loadPolicy, PolicyProblems, UnreadablePolicy } from '../policies/load.js'
import { comparedInWords } from '../simulation/compare.js'
import { play } from '../simulation/play.js'
import type { Played, PlayRules } from '../simulation/played.js'
import { readScenario, type Scenario, UnfitScenario } from '../simulation/scenario.js'
import { totalsOf } from '../simulation/totals.js'
import { eventLine, totalsInWords } from '../simulation/words.js'
import { WrongUse } from './wrong-use.js'

type Options = { readonly json?: true; readonly compare?: string; readonly quiet?: true }

const textOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new WrongUse(`读不出文件 ${file}。`)
  }
}

const scenarioIn = (file: string): Scenario => {
  try {
    return readScenario(textOf(file))
  } catch (error) {
    if (error instanceof UnfitScenario) throw new WrongUse(`${file} 不能推演:\n${error.message}`)
    throw error
  }
}

/** A shipped name, or a file beside the scenario. */
const rulesFor = (policy: string, beside: string): PlayRules => {
  const named = /^[a-z][a-z0-9-]*$/.test(policy)
  try {
    const loaded = loadPolicy(named || isAbsolute(policy) ? policy : join(dirname(beside), policy))
    return { policy: loaded.policy, calendar: loadCalendar(), hash: loaded.hash }
  } catch (error) {
    if (error instanceof PolicyProblems)
      throw new WrongUse(
        `城市规则 ${policy} 有误:\n${error.problems.map(({ line, reason }) => `  第 ${line} 行:${reason}`).join('\n')}`,
      )
    if (error instanceof UnreadablePolicy) throw new WrongUse(`没有城市规则 ${policy}。`)
    throw error
  }
}

type Run = { readonly title: string; readonly played: Played; readonly scenario: Scenario }

const run = (file: string): Run => {
  const scenario = scenarioIn(file)
  return { title: scenario.title, scenario, played: play(rulesFor(scenario.policy, file), scenario) }
}

/** Another scenario, or another policy for the same one. */
const other = (file: string, { scenario }: Run, beside: string): Run => {
  if (/^[a-z][a-z0-9-]*$/.test(file))
    return { title: file, scenario, played: play(rulesFor(file, beside), scenario) }
  return /^scenario:/m.test(textOf(file))
    ? run(file)
    : { title: file, scenario, played: play(rulesFor(file, '.'), scenario) }
}

const simulate = (file: string, { json, compare, quiet }: Options): void => {
  const first = run(file)
  const second = compare === undefined ? undefined : other(compare, first, file)
  if (json) {
    const told = ({ title, played, scenario }: Run) => ({
      scenario: title,
      totals: totalsOf(played, scenario.until),
      events: played.events,
      refusals: played.refusals,
    })
    process.stdout.write(
      `${JSON.stringify(second ? { first: told(first), second: told(second) } : told(first), null, 2)}\n`,
    )
    return
  }
  const { scenario, played } = first
  const lines = [
    `【推演】${first.title} · ${scenario.cases.length} 件 · ${scenario.start} 至 ${scenario.until}`,
    '',
    ...(second
      ? comparedInWords(first, second)
      : [
          ...(quiet ? [] : [...played.events.map(eventLine), '']),
          ...totalsInWords(totalsOf(played, scenario.until)),
        ]),
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}

/** `bihuan simulate SCENARIO.yaml`: years of a policy in a second, nothing but the rules and the people's habits. */
export const registerSimulate = (program: Command): void => {
  program
    .command('simulate')
    .description('推演:按规则和各方习惯预演若干年,逐事列出日期和条款,最后合计;不动台账')
    .argument('<推演文件>', '写法见 docs/simulate.md')
    .option('--json', '以 JSON 输出')
    .option('--compare <另一份>', '与另一份推演文件、或换一份城市规则作对比')
    .option('--quiet', '只列合计')
    .action(simulate)
}
