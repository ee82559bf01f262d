import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readPolicy } from '../../policies/load.js'

const guide = readFileSync('docs/policy.md', 'utf8')

describe('the guide for whoever writes a city’s rules', () => {
  it('has an example that passes the check as it stands', () => {
    const [, example = ''] = /```yaml\n(extends: defaults[\s\S]*?)```/.exec(guide) ?? []
    const { policy } = readPolicy(example, 'docs/policy.md')
    expect(policy.closing.chain.map(({ title }) => title)).toEqual([
      '自查',
      '把关',
      '现场核查签字',
      '公示',
      '备案',
    ])
    expect(policy.returns.rhythm).toEqual({ every: 'week', weekday: 3, time: '17:00' })
  })

  it('names only chapters there are', () => {
    const chapters = [...guide.matchAll(/^\| `([a-z-]+)`(?:、`([a-z-]+)`)? \|/gm)].flatMap(([, a, b]) => [
      a,
      b ?? a,
    ])
    const defaults = readFileSync('policies/defaults.yaml', 'utf8')
    for (const chapter of chapters) expect(defaults).toMatch(new RegExp(`^${chapter}:`, 'm'))
  })

  it('fits on two printed pages', () => {
    // 22 lines of 28 characters a page are a paper's; a guide in small type holds three times as many.
    expect([...guide.replace(/\s+/g, '')].length).toBeLessThan(2 * 22 * 28 * 3)
  })
})
