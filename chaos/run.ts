import { createHash, randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { endingInWords, killsOf } from './page.js'
import { storm } from './storm.js'

export type ChaosWish = {
  readonly minutes: number
  /** So many kills at most in all; undefined: as many as there is time for. */
  readonly kills: number | undefined
  readonly seed: string | undefined
  readonly signal: AbortSignal
}

/** A storm is looked through after so many kills; then the next begins on an empty ledger. */
const KILLS_A_STORM = 60
const MINUTE = 60_000

/** @returns true when nothing was found that may not be. */
export const chaos = async (wish: ChaosWish, say: (line: string) => void): Promise<boolean> => {
  const until = Date.now() + wish.minutes * MINUTE
  const first = wish.seed ?? randomBytes(4).toString('hex')
  let left = wish.kills ?? Number.POSITIVE_INFINITY
  let done = 0
  let violations = 0
  say('闭环 Bihuan 【混沌】真的服务,真的 kill -9,其余都不是真的')
  for (let n = 1; left > 0 && Date.now() < until && !wish.signal.aborted; n += 1) {
    say('')
    say(`第 ${n} 场`)
    const home = mkdtempSync(join(tmpdir(), 'bihuan-chaos-'))
    chmodSync(home, 0o755)
    const ending = await storm({
      home,
      seed: seedOf(first, n),
      kills: Math.min(left, KILLS_A_STORM),
      millis: until - Date.now(),
      signal: wish.signal,
    })
    for (const line of endingInWords(ending)) say(line)
    const kills = killsOf(ending)
    done += kills
    left -= kills
    violations += ending.violations.length
    if (ending.violations.length === 0) rmSync(home, { recursive: true, force: true })
    else say(`  数据、日志    ${home}`)
  }
  say('')
  say(`【混沌】结束:kill -9 ${done} 次,违例 ${violations} 处`)
  return violations === 0 && !wish.signal.aborted
}

/** The first storm's seed is the one that was asked for; the others follow from it. */
const seedOf = (first: string, n: number): string =>
  n === 1 ? first : createHash('sha256').update(`${first}/${n}`).digest('hex').slice(0, 8)
