import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { partOf, partsOf, readBack, rowsOf } from '../support/docx.js'
import { aDrill, asFile, KINDS, orderFor } from './orders.js'

const NUMBER = '常督改办〔2024〕1号'
const LETTERHEAD = '常德市生态环境保护督察整改工作领导小组办公室'
const documentOf = async (...args: Parameters<typeof orderFor>): Promise<string> =>
  partOf(await asFile(orderFor(...args)), 'word/document.xml')

/** Text between two marks of the XML, tags left out. */
const wordsOf = (xml: string): string => xml.replaceAll(/<[^>]+>/gu, '')

describe('the page of GB/T 9704-2012', () => {
  it('is A4 with a head margin of 37 mm and a binding margin of 28, in a grid of 22 lines', async () => {
    const xml = await documentOf('circular')
    expect(xml).toContain('<w:pgSz w:w="11906" w:h="16838"')
    expect(xml).toMatch(/<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"/u)
    expect(xml).toContain('<w:docGrid w:type="lines" w:linePitch="579"/>')
  })

  it('is set in the official faces: body 三号仿宋, 28 letters a line; title 二号小标宋', async () => {
    const xml = await documentOf('circular')
    expect(xml).toMatch(
      /w:eastAsia="仿宋_GB2312"[^>]*\/><w:spacing w:val="-5"\/><w:sz w:val="32"\/>.{0,80}该事项至今未见进展。/u,
    )
    expect(xml).toMatch(/w:eastAsia="方正小标宋简体"[^>]*\/><w:sz w:val="44"\/>.{0,80}关于“污水/u)
    expect(xml).not.toContain('<w:widowControl/>')
  })

  it('names stand-ins for the official faces, and carries no font', async () => {
    const parts = partsOf(await asFile(orderFor('circular')))
    expect(parts['word/fontTable.xml']).toContain('<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋,')
    expect(Object.keys(parts).filter((path) => /fonts\//u.test(path))).toEqual([])
  })

  it('numbers its pages in 四号宋体, odd ones at the right, even ones at the left', async () => {
    const parts = partsOf(await asFile(orderFor('circular')))
    expect(parts['word/settings.xml']).toContain('<w:evenAndOddHeaders')
    const footers = Object.entries(parts).filter(([path]) => /footer\d+\.xml$/u.test(path))
    const sides = footers.map(([, xml]) => [/<w:jc w:val="(\w+)"/u.exec(xml)?.[1], wordsOf(xml)])
    expect(sides).toHaveLength(3)
    expect(sides.filter(([side]) => side === 'left')).toHaveLength(1)
    for (const [, xml] of footers)
      expect(xml).toMatch(/w:eastAsia="宋体"[^>]*\/><w:sz w:val="28"\/>.*— .*PAGE.* —/u)
  })

  it('has a red mark, the number with hexagonal brackets and a red rule', async () => {
    const xml = await documentOf('circular')
    expect(xml).toMatch(new RegExp(`w:color w:val="FF0000".{0,200}${LETTERHEAD}`, 'u'))
    expect(xml).toMatch(new RegExp(`<w:bottom w:val="single" w:color="FF0000".*${NUMBER}`, 'u'))
  })

  it('ends with 抄送 and 印发 between black rules at the foot of the last page', async () => {
    const text = await readBack(await asFile(orderFor('circular')))
    expect(text).toContain('抄送\u{FF1A}副市长老唐\u{FF0C}市住建局。')
    expect(text).toMatch(new RegExp(`${LETTERHEAD}\\s*2024年3月1日印发`, 'u'))
    const framed = (await documentOf('circular')).match(
      /<w:framePr [^>]*w:vAnchor="margin"[^>]*w:yAlign="bottom"/gu,
    )
    expect(framed).toHaveLength(5)
  })
})

describe('the signature', () => {
  it('stands with text: the last paragraph, the organ and the date keep together', async () => {
    const paragraphs = (await documentOf('circular')).split('</w:p>')
    const keeps = (words: string): boolean =>
      (paragraphs.findLast((xml) => wordsOf(xml).endsWith(words)) ?? '').includes('<w:keepNext/>')
    expect(keeps('特此通报。')).toBe(true)
    expect(keeps(LETTERHEAD)).toBe(true)
    expect(keeps('请倒排工期\u{FF0C}加快整改。')).toBe(false)
  })
})

describe('a letter', () => {
  it('has its mark over a double red rule in the first head, a second at the foot, and no number on page 1', async () => {
    const parts = partsOf(await asFile(orderFor('supervision-letter')))
    const first = Object.values(parts).find((xml) => xml.includes('<w:hdr') && xml.includes(LETTERHEAD)) ?? ''
    expect(first).toContain('w:val="thickThinSmallGap" w:color="FF0000"')
    const foot = Object.values(parts).find((xml) => xml.includes('thinThickSmallGap')) ?? ''
    expect(foot).not.toContain('PAGE')
    expect(parts['word/document.xml']).toContain('<w:titlePg/>')
  })

  it('has its number at the right, before the title', async () => {
    const xml = await documentOf('supervision-letter')
    expect(xml).toMatch(new RegExp(`<w:jc w:val="right"/>(?:(?!</w:p>).)*${NUMBER}`, 'u'))
    expect(wordsOf(xml).indexOf(NUMBER)).toBeLessThan(wordsOf(xml).indexOf('关于督办'))
  })

  it('has no 印发 line', async () => {
    expect(await readBack(await asFile(orderFor('supervision-letter')))).not.toContain('印发')
  })
})

describe('a slip', () => {
  it('reads as a table of labels and values', async () => {
    expect(await rowsOf(await asFile(orderFor('handover-slip')))).toEqual([
      ['问题来源', '省生态环境保护督察'],
      ['问题表述', '部分县区生活污水处理厂提标改造滞后,出水不能稳定达标。'],
      ['责任单位', '市生态环境局'],
      ['整改时限', '2024年6月30日\u{FF08}限时整改\u{FF09}'],
      ['抄送', '副市长老唐、市住建局'],
      ['交办单位', `${LETTERHEAD}\n2024年3月1日`],
      ['签收人', '', '签收时间', '年    月    日'],
    ])
  })
})

describe.each(KINDS)('%s', (kind) => {
  it('carries number, title, addressee, organ and date for any reader', async () => {
    const text = await readBack(await asFile(orderFor(kind)))
    for (const part of [NUMBER, '市生态环境局\u{FF1A}', LETTERHEAD, '2024年3月1日', '该事项至今未见进展。']) {
      expect(text).toContain(part)
    }
  })

  it('of a drill says so in red, in its title and over every page', async () => {
    const file = await asFile(orderFor(kind, aDrill), `演练${NUMBER}`)
    expect(await readBack(file)).toContain('【演练】')
    const heads = Object.entries(partsOf(file)).filter(([path]) => /header\d+\.xml$/u.test(path))
    const marked = heads.filter(([, xml]) => /FF0000.*演练文书/u.test(xml))
    const onFirstPage = /FF0000.*演练文书/u.test(partOf(file, 'word/document.xml'))
    expect(marked.length + (onFirstPage ? 1 : 0)).toBe(3)
  })

  it('that is real never says 演练', async () => {
    const parts = partsOf(await asFile(orderFor(kind)))
    expect(Object.values(parts).filter((xml) => xml.includes('演练'))).toEqual([])
  })

  it('is the same file, byte for byte, at another time', async () => {
    const first = await asFile(orderFor(kind))
    vi.useFakeTimers({ now: new Date('2031-05-06T07:08:09Z'), toFake: ['Date'] })
    const second = await asFile(orderFor(kind))
    vi.useRealTimers()
    expect(createHash('sha256').update(second).digest('hex')).toBe(
      createHash('sha256').update(first).digest('hex'),
    )
  })

  it('holds 5,000 characters, rare ones, markup and control characters', async () => {
    const long = `𬭎㙟䶮</w:t>&<>"'\u0000\u0008\uD800${'长'.repeat(5_000)}尾`
    const order = orderFor(kind, {
      facts: [{ label: '问题表述', value: long }],
      body: [long],
      subject: long,
      to: [long],
      copies: [long],
      letterhead: '很长的名称'.repeat(20),
    })
    const text = (await readBack(await asFile(order))) + (await rowsOf(await asFile(order))).flat().join('')
    expect(text).toContain(`𬭎㙟䶮</w:t>&<>"'\uFFFD长`)
    expect(text).toContain(`${'长'.repeat(5_000)}尾`)
  })
})

describe('whatever an order says', () => {
  it('the file can be read back', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...KINDS),
        fc.string({ unit: 'binary' }),
        fc.array(fc.string({ unit: 'grapheme' })),
        async (kind, subject, body) => {
          const text = await readBack(await asFile(orderFor(kind, { subject, body })))
          expect(text).toContain(NUMBER)
        },
      ),
      { numRuns: 40 },
    )
  })
})
