import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { loadPolicy, PolicyProblems, readPolicy, UnreadablePolicy } from '../../policies/load.js'
import { temporaryFolder } from '../support/temporary.js'
import { A_CITY, complaintsAbout, FILE } from './city.js'

const folder = temporaryFolder('policies')
afterAll(folder.remove)

const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder.path, name)
  writeFileSync(path, content)
  return path
}

const laughs = [...'abcdefgh'].map((name, index) =>
  index === 0
    ? 'a: &a [哈, 哈, 哈]'
    : `${name}: &${name} [${Array(9)
        .fill(`*${'abcdefgh'[index - 1]}`)
        .join(', ')}]`,
)

/** Each is refused at once: a hang would show as this limit. */
describe('a hostile text is refused, with a line and a reason', { timeout: 30_000 }, () => {
  it.each([
    ['a thousand million laughs', laughs.join('\n'), '不支持锚点与别名'],
    ['brackets without end', '['.repeat(60_000), '层数太多'],
    ['brackets to great depth', `a: ${'['.repeat(20_000)}${']'.repeat(20_000)}`, '层数太多'],
    [
      'thousands of keys',
      Array.from({ length: 4_000 }, (_, index) => `hand${index}: 1`).join('\n'),
      '不认得',
    ],
    ['a key that is a list', '? [a, b]\n: 1', '项名应是一行文字'],
    ['a key that is nothing', '? \n: 1', '项名应是一行文字'],
    ['a key of JavaScript’s own', 'extends: defaults\n__proto__: { id: x }', '不认得“__proto__”'],
    ['a merge', '<<: { id: x }\nextends: defaults', '不认得“<<”'],
    ['nothing', '', '项: 值'],
    ['a comment only', '# 注', '项: 值'],
    ['a list', '- a\n- b', '项: 值'],
    ['a sentence', '各县区、各部门:', '缺少'],
    ['a number', '5', '项: 值'],
  ])('%s', (_what, text, says) => {
    const complaints = complaintsAbout(text)
    expect(complaints.join('\n')).toContain(says)
    for (const complaint of complaints) expect(complaint).toMatch(/^\d+: ./)
  })

  it('whatever it is, it is refused as a policy is refused', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.nat(A_CITY.length), (noise, at) => {
        const text = `${A_CITY.slice(0, at)}${noise}${A_CITY.slice(at)}`
        try {
          readPolicy(text, FILE)
        } catch (error) {
          expect(error).toBeInstanceOf(PolicyProblems)
        }
      }),
    )
  })
})

describe('a file nobody can read says why in one sentence', () => {
  it.each([
    ['of 10 MB', () => file('large.yaml', Buffer.alloc(10_000_000, 'a: b\n')), '超过 64 KB'],
    ['in another encoding', () => file('gbk.yaml', Uint8Array.of(0xb3, 0xc7, 0xca, 0xd0)), '不是 UTF-8'],
    [
      'that is a picture',
      () => file('a.png', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe)),
      '不是 UTF-8',
    ],
    ['that is not there', () => join(folder.path, 'absent.yaml'), '没有这个文件'],
    ['that is a folder', () => folder.path, '不是文件'],
    [
      'of no known name',
      () => 'changsha',
      '随程序提供的有:changde、hengyang、hohhot、jinan、sample、yongzhou',
    ],
  ])('%s', (_what, path, says) => {
    const load = () => loadPolicy(path())
    expect(load).toThrow(UnreadablePolicy)
    expect(load).toThrow(says)
  })

  it('a text of 10 MB that came another way', () => {
    expect(() => readPolicy('a: b\n'.repeat(2_000_000), FILE)).toThrow(UnreadablePolicy)
  })

  it('a path is a path, also one that looks like a name', () => {
    mkdirSync(join(folder.path, 'policies'))
    const path = file('policies/jinan', A_CITY)
    expect(loadPolicy(path).policy.city).toBe('云汀市')
  })
})
