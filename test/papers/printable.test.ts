import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { printable, printableParagraphs } from '../../activities/papers/printable.js'

describe('a text on a paper', () => {
  it('keeps rare characters and whatever looks like markup', () => {
    expect(printable('𬭎㙟䶮 <b>&amp;]]>')).toBe('𬭎㙟䶮 <b>&amp;]]>')
  })

  it('loses control characters, and marks that turn the reading direction', () => {
    expect(printable('一\u0000二\u0007三\u202E四\u200B五\uFEFF')).toBe('一二三四五')
  })

  it('shows half a character for what it is', () => {
    expect(printable('前\uD800后')).toBe('前\uFFFD后')
  })

  it('is one line; line breaks of every kind part paragraphs', () => {
    expect(printable('甲\r\n乙\t丙')).toBe('甲 乙 丙')
    expect(printableParagraphs('甲\r\n\n乙\u2028丙\u000B丁')).toEqual(['甲', '乙', '丙', '丁'])
  })

  it('holds only what XML 1.0 can hold, whatever came in', () => {
    const legal = /^[\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => legal.test(printable(text))))
  })
})
