import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { blowsFor } from '../../chaos/blows.js'
import { endingInWords, killsOf } from '../../chaos/page.js'
import { type Ending, storm } from '../../chaos/storm.js'
import { parts } from '../../runtime/stack.js'
import { temporaryFolder } from '../support/temporary.js'

const KILLS = 16
/** A storm that takes longer ends with fewer kills; what was asked is looked through all the same. */
const LONGEST_MILLIS = 120_000

describe('kill -9 of every part while a round lives and many work on it', () => {
  const home = temporaryFolder('crash')
  let ending: Ending
  beforeAll(async () => {
    const signal = new AbortController().signal
    ending = await storm({ home: home.path, seed: 'ci', kills: KILLS, millis: LONGEST_MILLIS, signal })
  }, 900_000)
  afterAll(() => home.remove())

  it('kills each part, and each comes back', () => {
    expect(killsOf(ending)).toBeGreaterThanOrEqual(12)
    expect(new Set(ending.struck.map(({ part }) => part))).toEqual(new Set(parts))
  })

  it('had something to lose: commands accepted, papers, notices and mails', () => {
    const { asked } = ending.register
    expect(asked.filter(({ fate }) => fate.kind === 'accepted').length).toBeGreaterThan(40)
    expect(asked.filter(({ times }) => times > 1).length).toBeGreaterThan(0)
    expect(ending.counted.papers).toBeGreaterThan(12)
    expect(ending.counted.mails).toBeGreaterThan(100)
  })

  it('loses nothing, doubles nothing, breaks no chain, and every case waits for its next moment', () => {
    expect(ending.violations, endingInWords(ending).join('\n')).toEqual([])
  })
})

describe('a seed', () => {
  const first = (seed: string) => {
    const blows = blowsFor(seed, 'worker')
    return Array.from({ length: 20 }, () => blows.next().value)
  }

  it('has the same blows in store every time, and another seed has others', () => {
    expect(first('a')).toEqual(first('a'))
    expect(first('a')).not.toEqual(first('b'))
  })
})
