import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { titleWidth } from '../../activities/papers/title-width.js'

const lines = (title: string, width: number): readonly string[] => {
  const letters = [...title]
  return Array.from({ length: Math.ceil(letters.length / width) }, (_, index) =>
    letters.slice(index * width, (index + 1) * width).join(''),
  )
}

describe('a title', () => {
  it('that fits takes the whole width', () => {
    expect(titleWidth('关于督办某事的函', 20)).toBe(20)
  })

  it('of two lines has them nearly even and broken between words', () => {
    const title = '关于对污水处理厂提标改造滞后问题挂牌督办的通知'
    expect(lines(title, titleWidth(title, 20))).toEqual([
      '关于对污水处理厂提标改造',
      '滞后问题挂牌督办的通知',
    ])
  })

  it('never begins a line with a closing mark, nor ends one with an opening mark, where it can be helped', () => {
    const title = '关于对“部分县区生活污水处理厂提标改造滞后”挂牌督办的通知'
    for (const line of lines(title, titleWidth(title, 20))) expect(line).not.toMatch(/^[”、。]|[“《]$/u)
  })

  it('takes no more lines than the full width needs', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...'关于整改情况的通报市县')), (letters) => {
        const title = letters.join('')
        const width = titleWidth(title, 20)
        expect(width).toBeLessThanOrEqual(20)
        expect(Math.ceil(letters.length / width)).toBe(Math.ceil(letters.length / 20))
      }),
    )
  })
})
