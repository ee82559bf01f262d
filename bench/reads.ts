import { signIn } from '../cli/session.js'
import type { Stack } from '../runtime/stack.js'
import { type Figure, median } from './figure.js'

const OFFICE = { username: 'office', password: 'bihuan' }
const TIMES = 3
const MOST_NAMED = 4

const found = (text: string): string => `/cases?q=${encodeURIComponent(text)}`

/** What the office and the public ask of a large ledger; `round`: one as large as a large plan, `day`: of the past. */
const asks = (round: string, day: string): readonly string[] => [
  ...[
    '/cases',
    '/cases?overdue=true',
    '/cases?pace=pressed',
    '/cases?phase=closed',
    '/cases?supervised=true',
  ],
  ...['/cases?principal=none', '/cases?standing=merged', '/cases?audit=unverified', `/cases?at=${day}`],
  ...['step-refused', 'rung-released', 'return-late', 'return-waived'].map(
    (what) => `/cases?happened=${what}&period=${day.slice(0, 8)}01~${day}`,
  ),
  ...[found('问题'), found('第008单位'), found('水'), found('没有这样的字句')],
  ...['/summary', `/summary?at=${day}`, '/pace', `/pace?at=${day}`, '/audits', `/audits?at=${day}`],
  ...['/appraisals', `/appraisals?at=${day}`, '/reconciliation', `/reconciliation?at=${day}`],
  ...['/me', '/me/todos', '/me/next', '/me/automatic', '/rounds', `/rankings?round=${round}&at=${day}`],
  ...['feed', 'todos', 'lists', 'wall-chart', 'entries', 'papers'].map((of) => `/rounds/${round}/${of}`),
  ...['/public/progress', '/public/progress/page', '/public/feed', '/public/notices'],
]

/** Every read through the door, the slowest of them by name, and the whole ledger written down as a table. */
export const measureReads = async (
  { urls }: Stack,
  round: string,
  day: string,
): Promise<readonly Figure[]> => {
  const office = await signIn({ issuer: urls.issuer, ...OFFICE })
  /** @returns milliseconds until the last byte. */
  const read = async (path: string, accept = 'application/json'): Promise<number> => {
    const headers = { accept, authorization: `Bearer ${await office.token()}` }
    const began = performance.now()
    const answer = await fetch(new URL(path, urls.api), { headers })
    await answer.arrayBuffer()
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
    return performance.now() - began
  }
  const told: { readonly path: string; readonly millis: number }[] = []
  for (const path of asks(round, day)) {
    const millis: number[] = []
    for (let time = 0; time < TIMES; time += 1) millis.push(await read(path))
    told.push({ path, millis: median(millis) })
  }
  const slowest = told.toSorted((a, b) => b.millis - a.millis)
  const named = slowest
    .slice(0, MOST_NAMED)
    .map(({ path, millis }) => `${decodeURIComponent(path)} ${Math.round(millis)}`)
  return [
    {
      ...{ key: 'slowestReadMs100k', title: '10 万件时最慢的一种读取(经接口,三次取中)', unit: '毫秒' },
      ...{ value: slowest[0]?.millis ?? null, most: 300, note: named.join(';') },
    },
    {
      ...{ key: 'exportSeconds100k', title: '  全部导出为一张表(CSV)', unit: '秒' },
      value: (await read('/cases', 'text/csv')) / 1_000,
    },
  ]
}
