import type { Played, PlayedEvent } from './played.js'
import type { Scenario } from './scenario.js'
import { totalsOf } from './totals.js'
import { eventLine } from './words.js'

type Side = { readonly title: string; readonly played: Played; readonly scenario: Scenario }

const MOST_LISTED = 200

/** Two dry runs side by side: each total in both, and the events that only one of them has. */
export const comparedInWords = (first: Side, second: Side): readonly string[] => {
  const a = totalsOf(first.played, first.scenario.until)
  const b = totalsOf(second.played, second.scenario.until)
  const keys = [...new Set([...a, ...b].map(({ chapter, title }) => `${chapter}|${title}`))]
  const of = (totals: typeof a, key: string): number =>
    totals.find(({ chapter, title }) => `${chapter}|${title}` === key)?.count ?? 0
  return [
    `  甲  ${first.title}`,
    `  乙  ${second.title}`,
    '',
    '      甲      乙      差',
    ...keys.map((key) => {
      const [one, other] = [of(a, key), of(b, key)]
      const gap = other - one
      const figures = [one, other, gap === 0 ? '' : gap > 0 ? `+${gap}` : gap]
      return `${figures.map((figure) => String(figure).padStart(8)).join('')}  ${key.replace('|', ' · ')}`
    }),
    ...onlyIn('只有甲', first.played.events, second.played.events),
    ...onlyIn('只有乙', second.played.events, first.played.events),
  ]
}

const onlyIn = (
  title: string,
  these: readonly PlayedEvent[],
  those: readonly PlayedEvent[],
): readonly string[] => {
  const known = new Set(those.map(eventLine))
  const lines = these.map(eventLine).filter((line) => !known.has(line))
  const rest = lines.length - MOST_LISTED
  return lines.length === 0
    ? []
    : ['', `${title}:`, ...lines.slice(0, MOST_LISTED), ...(rest > 0 ? [`  ……另有 ${rest} 条`] : [])]
}
