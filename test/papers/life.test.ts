import { describe, expect, it } from 'vitest'
import type { PaperEffect } from '../../domain/effects/types.js'
import { readBack, rowsOf } from '../support/docx.js'
import { aCase } from '../support/story.js'
import { asFile, papersOf } from './orders.js'

const wordsOf = async ({ order }: PaperEffect, number: string): Promise<string> => {
  const file = await asFile(order, number)
  return (await readBack(file)) + (await rowsOf(file)).flat().join('\n')
}

describe('the papers of a case', () => {
  it('that is handed over and closed: 交办单 first, 备案报告 last, each with what it must carry', async () => {
    const story = await (await aCase('yongzhou')).closed()
    const papers = await papersOf(story)
    expect(papers.map(({ order }) => order.paper)).toEqual(['handover-slip', 'filing-report'])

    const [slip, report] = papers
    if (!slip || !report) throw new Error('two papers were ordered')
    const handedOver = await wordsOf(slip, '永督改办〔2019〕1号')
    for (const part of [
      '永督改办〔2019〕1号',
      '省生态环境保护督察',
      '甲县污水处理厂超负荷运转,部分污水直排。',
      '甲县政府',
      '市生态环境局',
      '市住建局',
      '2020年6月30日',
      '签收人',
    ]) {
      expect(handedOver).toContain(part)
    }
    const filed = await wordsOf(report, '永督改办〔2020〕1号')
    for (const part of ['签发人', '公示结果', '无异议', '特此报告。']) expect(filed).toContain(part)
  })

  it('that stays silent past its deadline: every rung’s paper names the item, the cause and a day to answer by', async () => {
    const story = await aCase('jinan')
    await story.handedOver()
    await story.on('2020-09-30')
    const rungs = (await papersOf(story, 'drill')).filter(({ order }) => order.paper !== 'handover-slip')
    expect(rungs.length).toBeGreaterThan(0)
    for (const paper of rungs) {
      const text = await wordsOf(paper, '演练济督改办〔2020〕1号')
      expect(text).toContain('【演练】')
      expect(text).toContain('甲县污水处理厂超负荷运转')
      expect(text).toMatch(/请于 ?\d{4}年\d{1,2}月\d{1,2}日前/u)
    }
  })
})
