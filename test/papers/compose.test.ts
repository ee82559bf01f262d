import { describe, expect, it } from 'vitest'
import { composePaper } from '../../activities/papers/compose.js'
import type { OfficialPaper } from '../../activities/papers/document.js'
import { plainDate } from '../../domain/words.js'
import { at } from '../support/story.js'
import { aDrill, KINDS, orderFor } from './orders.js'

const NUMBER = '常督改办〔2024〕1号'
const composed = (...[kind, changed]: Parameters<typeof orderFor>): OfficialPaper =>
  composePaper(orderFor(kind, changed), NUMBER)

const textOf = ({ blocks }: OfficialPaper): readonly string[] =>
  blocks.flatMap((block) => (block.kind === 'paragraph' ? [`${block.lead?.text ?? ''}${block.text}`] : []))

describe('an official paper', () => {
  it('is a slip, a letter, an upward paper or a document by its kind', () => {
    expect(KINDS.map((kind) => composed(kind).form)).toEqual([
      'slip',
      'letter',
      'document',
      'document',
      'letter',
      'upward',
      'letter',
      'document',
      'slip',
    ])
  })

  it('is dated by the day in Shanghai, in figures without leading zeros', () => {
    const nearMidnight = { at: at('2024-03-01', '23:59') }
    expect(composed('circular', nearMidnight).signature).toEqual({
      by: '常德市生态环境保护督察整改工作领导小组办公室',
      on: '2024年3月1日',
    })
  })

  it('of a drill says so in its title, once', () => {
    expect(composed('supervision-letter', { ...aDrill, subject: '关于督办某事的函' }).title).toBe(
      '【演练】关于督办某事的函',
    )
    expect(composed('supervision-letter', { ...aDrill, subject: '【演练】关于督办某事的函' }).title).toBe(
      '【演练】关于督办某事的函',
    )
  })

  it('makes a title of a matter, and takes a title as it is', () => {
    expect(composed('listed-supervision-notice').title).toBe('关于对“污水处理厂提标改造滞后”挂牌督办的通知')
    expect(composed('circular', { subject: '关于通报整改情况的通知' }).title).toBe('关于通报整改情况的通知')
  })

  it('shortens a matter of many sentences to what fits over a page', () => {
    const long = `${'部分县区生活污水处理厂提标改造滞后'.repeat(4)}。另有雨污分流不彻底。`
    const { title } = composed('listed-supervision-notice', { subject: long })
    expect(title).toMatch(/^关于对“部分县区.*……”挂牌督办的通知$/u)
    expect([...title].length).toBeLessThanOrEqual(50)
  })

  it('ends as its kind ends, once', () => {
    expect(textOf(composed('supervision-letter')).at(-1)).toBe('特此函告。')
    expect(
      textOf(composed('supervision-letter', { body: ['请抓紧。', '特此函达。'] })).filter((text) =>
        text.startsWith('特此'),
      ),
    ).toEqual(['特此函达。'])
  })

  it('names the day to answer by once, whoever says it', () => {
    const replyBy = plainDate('2024-03-08')
    expect(textOf(composed('supervision-letter', { replyBy })).join('')).toContain('请于2024年3月8日前')
    const said = composed('supervision-letter', { replyBy, body: ['请于 2024年3月8日前书面函复我办。'] })
    expect(
      textOf(said)
        .join('')
        .match(/3月8日/gu),
    ).toHaveLength(1)
  })

  it('has its own sentences in full-width marks, and quotes the plan to the comma', () => {
    const words = '雨污分流不彻底,汛期直排(甲县);群众反映强烈。'
    const paper = composed('supervision-letter', {
      body: ['请加快整改(限期完成),并于 10:30 前报送。'],
      facts: [
        { label: '问题表述', value: words },
        { label: '整改时限', value: '2024年6月30日(限时整改)' },
      ],
    })
    expect(textOf(paper)[0]).toBe('请加快整改\u{FF08}限期完成\u{FF09}\u{FF0C}并于 10:30 前报送。')
    expect(paper.blocks[1]).toEqual({
      kind: 'lines',
      lines: [
        { label: '问题表述', value: [words] },
        { label: '整改时限', value: ['2024年6月30日\u{FF08}限时整改\u{FF09}'] },
      ],
    })
  })

  it('sets 一、 in 黑体 and (一) in 楷体, as far as the heading goes', () => {
    const paper = composed('circular', { body: ['一、总体情况', '(一)进展。已完成12项。', '1.平常的话。'] })
    expect(
      paper.blocks.flatMap((block) => (block.kind === 'paragraph' ? [block.lead] : [])).slice(0, 3),
    ).toEqual([
      { face: 'hei', text: '一、总体情况' },
      { face: 'kai', text: '\u{FF08}一\u{FF09}进展。' },
      undefined,
    ])
  })
})

describe('交办单', () => {
  it('closes with its table: the facts, two short ones side by side, then who hands over and who receives', () => {
    const { blocks } = composed('handover-slip')
    const table = blocks.at(-1)
    expect(table?.kind === 'table' && table.rows.map((row) => row.map(({ label }) => label))).toEqual([
      ['问题来源'],
      ['问题表述'],
      ['责任单位'],
      ['整改时限'],
      ['抄送'],
      ['交办单位'],
      ['签收人', '签收时间'],
    ])
  })

  it('puts short facts side by side', () => {
    const facts = [
      { label: '责任单位', value: '市水利局' },
      { label: '整改时限', value: '2024年6月30日' },
    ]
    const { blocks } = composed('handover-slip', { facts })
    const table = blocks.at(-1)
    expect(table?.kind === 'table' && table.rows[0]).toEqual([
      { label: '责任单位', value: ['市水利局'] },
      { label: '整改时限', value: ['2024年6月30日'] },
    ])
  })
})

describe('备案报告', () => {
  it('goes upwards: it has a place for 签发人, filled when the order names one', () => {
    expect(composed('filing-report').signer).toBe('')
    const named = composed('filing-report', { facts: [{ label: '签发人', value: '李某某' }] })
    expect(named.signer).toBe('李某某')
    expect(named.blocks.some(({ kind }) => kind === 'lines')).toBe(false)
  })

  it('lists its attachments apart from its facts', () => {
    const paper = composed('filing-report', { facts: [{ label: '附件', value: '验收表\n公示结果' }] })
    expect(paper.attachments).toEqual(['验收表', '公示结果'])
  })
})

describe('线索移交函', () => {
  it('carries a receipt to be sent back', () => {
    const paper = composed('referral-letter', { subject: '关于移交责任追究问题线索的函' })
    expect(paper.returnSlip?.text).toContain('《关于移交责任追究问题线索的函》')
    expect(paper.returnSlip?.text).toContain(NUMBER)
    expect(paper.returnSlip?.addressee).toBe('常德市生态环境保护督察整改工作领导小组办公室')
  })

  it('is the only kind with one', () => {
    expect(KINDS.filter((kind) => composed(kind).returnSlip)).toEqual(['referral-letter'])
  })
})
