import { pad } from '../cli/start/page.js'
import { type Figure, rounded, verdictOn } from './figure.js'
import type { Machine } from './machine.js'
import { type Measured, PARTS } from './run.js'

const TITLE = 44
const VALUE = 18

const MARKS = { reached: '✓', missed: '✗', 'not-measured': '—', 'no-goal': ' ' } as const

const goalOf = ({ most }: Figure): string => (most === undefined ? '' : `目标 ≤ ${most}`)

const grouped = (value: number): string =>
  Math.abs(value) >= 10_000 ? rounded(value).toLocaleString('en-US') : String(rounded(value))

const lineOf = (figure: Figure): string => {
  const value = figure.value === null ? '未测' : `${grouped(figure.value)} ${figure.unit}`
  const words = [goalOf(figure), figure.note].filter(Boolean).join(' · ')
  return `  ${MARKS[verdictOn(figure)]} ${pad(figure.title, TITLE)}${pad(value, VALUE)}${words}`.trimEnd()
}

export const headOf = ({ cpu, cores, memoryGiB, node, at, loadBefore }: Machine, scale: number): string =>
  [
    `【测速】${cpu} · ${cores} 核 · ${memoryGiB} GiB · Node ${node}`,
    `  ${at}(世界时) · 开始时负载 ${loadBefore.toFixed(1)}${scale === 1 ? '' : ` · 规模 ${scale},与目标不可比`}`,
  ].join('\n')

export const partOf = ({ part, figures, seconds, load }: Measured): string =>
  ['', `${PARTS[part]}  (${Math.round(seconds)} 秒,负载 ${load.toFixed(1)})`, ...figures.map(lineOf)].join(
    '\n',
  )

/** Whatever was missed is said again at the end. */
export const footOf = (figures: readonly Figure[]): string => {
  const missed = figures.filter((figure) => verdictOn(figure) === 'missed')
  const goals = figures.filter(({ most }) => most !== undefined)
  const reached = goals.filter((figure) => verdictOn(figure) === 'reached').length
  return [
    '',
    `目标 ${goals.length} 项,达到 ${reached} 项${missed.length > 0 ? ',没有达到:' : ''}`,
    ...missed.map(lineOf),
  ].join('\n')
}
