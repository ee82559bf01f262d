import { describe, expect, it } from 'vitest'
import { plainDate } from '../../domain/words.js'
import { type DateContext, datesIn } from '../../intake/dates.js'
import { deadlineIn } from '../../intake/deadlines.js'
import { dutiesIn } from '../../intake/duties.js'
import { stripGlosses } from '../../intake/glosses.js'
import { labelOf } from '../../intake/labels.js'
import { personsIn, unitsIn } from '../../intake/names.js'
import { nodesIn } from '../../intake/nodes.js'
import { numberOf } from '../../intake/numerals.js'
import { simplify } from '../../intake/script.js'
import { fullWidth } from './published.js'

const on = (day: string): DateContext => ({ documentDate: plainDate(day) })
const UNDATED: DateContext = { documentDate: null }

describe('YZ-01 glosses', () => {
  it.each([
    ['環(huán)境保護(hù)督察', '環境保護督察'],
    ['環（huán）境', '環境'],
    ['市縣(區(qū))黨委', '市縣(區)黨委'],
    ['個(gè)人(們(men))', '個人(們)'],
    ['綠(lǜ)色', '綠色'],
    ['環(huán)境', '環境'],
    ['顆粒物(PM10)和揮發(huī)物(VOCs)', '顆粒物(PM10)和揮發物(VOCs)'],
    ['濃度(μg/m3),合作(PPP)', '濃度(μg/m3),合作(PPP)'],
    ['機動車I/M制度(即檢驗(yàn)機構(I站))', '機動車I/M制度(即檢驗機構(I站))'],
  ])('%s is %s', (glossed, plain) => {
    expect(stripGlosses(glossed)).toBe(plain)
  })

  it('leaves a toneless word in brackets alone where nothing is glossed', () => {
    expect(stripGlosses('型号(an)')).toBe('型号(an)')
  })

  it('adds and loses no line', () => {
    expect(stripGlosses('環(huán)\n境\n\n護(hù)').split('\n')).toHaveLength(4)
  })

  it('turns traditional text into simplified, and leaves the odd old character of a simplified text', () => {
    expect(simplify('環境保護督察組入駐')).toBe('环境保护督察组入驻')
    expect(simplify('乾县人民政府落实整改责任,显著改善生态环境质量,著力推进污染防治攻坚')).toContain('乾县')
  })
})

describe('numbers', () => {
  it.each([
    ['12', 12],
    ['十', 10],
    ['十二', 12],
    ['二十一', 21],
    ['一百零三', 103],
    ['二〇二〇', 2020],
    ['二○一八', 2018],
    ['两', 2],
    ['半', null],
  ])('%s is %s', (text, number) => {
    expect(numberOf(text)).toBe(number)
  })
})

describe('JN-03 units', () => {
  it.each([
    ['章丘区、平阴县党委、政府', ['章丘区党委', '章丘区政府', '平阴县党委', '平阴县政府']],
    ['各县区党委、政府', ['各县区党委', '各县区政府']],
    ['市南部山区党工委、管委会', ['市南部山区党工委', '市南部山区管委会']],
    ['历下区、市中区、槐荫区人民政府', ['历下区人民政府', '市中区人民政府', '槐荫区人民政府']],
    ['平阴县委、县政府', ['平阴县委', '平阴县政府']],
    ['市委、市政府', ['市委', '市政府']],
    ['各县(市、区)党委、政府', ['各县(市、区)党委', '各县(市、区)政府']],
    ['各县市区委和人民政府及市直有关部门', ['各县市区委', '各县市区人民政府', '市直有关部门']],
    ['市文化和旅游局、市自然资源和规划局', ['市文化和旅游局', '市自然资源和规划局']],
    ['市发展和改革委员会和市财政局', ['市发展和改革委员会', '市财政局']],
    ['市环保局 市住建局', ['市环保局', '市住建局']],
    ['市环保局;市住建局\n市城管局', ['市环保局', '市住建局', '市城管局']],
    ['人民银行济南分行营业管理部、市金融办', ['人民银行济南分行营业管理部', '市金融办']],
    ['市环保局、历下区', ['市环保局', '历下区']],
    ['永兴镇党委、政府,各村委会', ['永兴镇党委', '永兴镇政府', '各村委会']],
  ])('%s', (value, units) => {
    expect(unitsIn(value).names).toEqual(units)
    expect(unitsIn(fullWidth(value)).names).toEqual(units.map(fullWidth))
  })

  it('keeps who leads and who helps apart', () => {
    expect(unitsIn('市环保局(牵头)、市住建局(配合)')).toEqual({
      names: ['市环保局'],
      others: [
        { role: '牵头单位', name: '市环保局' },
        { role: '配合单位', name: '市住建局' },
      ],
      doubts: [],
    })
    expect(unitsIn('市环保局牵头,市住建局、市城管局配合').names).toEqual(['市环保局'])
  })

  it.each(['市住建局等部门', '有关部门', '由市政府另行明确'])('asks who is meant by %s', (value) => {
    expect(unitsIn(value).doubts).toHaveLength(1)
  })

  it.each(['', '无', '/', '——', '-'])('reads “%s” as nobody', (value) => {
    expect(unitsIn(value)).toEqual({ names: [], others: [], doubts: [] })
  })
})

describe('responsible persons', () => {
  it.each([
    [
      '市环保局、市城乡水务局,章丘区、平阴县党委、政府主要负责人',
      [
        '市环保局主要负责人',
        '市城乡水务局主要负责人',
        '章丘区党委主要负责人',
        '章丘区政府主要负责人',
        '平阴县党委主要负责人',
        '平阴县政府主要负责人',
      ],
    ],
    [
      '市环保局主要负责人,各县区党委、政府主要负责同志',
      ['市环保局主要负责人', '各县区党委主要负责同志', '各县区政府主要负责同志'],
    ],
    ['张三、李四', ['张三', '李四']],
    ['张三,市环保局局长', ['张三', '市环保局局长']],
    ['市环保局局长张三', ['市环保局局长张三']],
    ['张三(市环保局局长)、李四(市住建局局长)', ['张三(市环保局局长)', '李四(市住建局局长)']],
    ['市环保局、市住建局局长', ['市环保局局长', '市住建局局长']],
    ['市环保局主要负责人、分管负责人', ['市环保局主要负责人', '市环保局分管负责人']],
    ['市长、分管副市长', ['市长', '分管副市长']],
  ])('%s', (value, persons) => {
    expect(personsIn(value, []).names).toEqual(persons)
  })

  it.each(['主要负责人', '各责任单位主要负责人', '单位主要负责人'])(
    '%s is the head of each responsible unit',
    (value) => {
      expect(personsIn(value, ['甲局', '乙局']).names).toEqual(['甲局主要负责人', '乙局主要负责人'])
    },
  )
})

describe('GN-01 dates', () => {
  const context = on('2018-06-29')
  it.each([
    ['2018年8月31日', '2018-08-31'],
    ['2018年8月', '2018-08-31'],
    ['2018年8月底前', '2018-08-31'],
    ['2019年2月', '2019-02-28'],
    ['2020年2月', '2020-02-29'],
    ['2018年12月中旬', '2018-12-20'],
    ['到2020年', '2020-12-31'],
    ['2020年底', '2020-12-31'],
    ['2020年年底前', '2020-12-31'],
    ['2020年末', '2020-12-31'],
    ['年内', '2018-12-31'],
    ['今年底', '2018-12-31'],
    ['明年6月底', '2019-06-30'],
    ['2019年上半年', '2019-06-30'],
    ['下半年', '2018-12-31'],
    ['2019年第三季度末', '2019-09-30'],
    ['三季度末前', '2018-09-30'],
    ['8月底前', '2018-08-31'],
    ['9月30日前', '2018-09-30'],
    ['二〇二〇年十二月三十一日', '2020-12-31'],
    ['二○一九年底', '2019-12-31'],
    ['2018-08-31', '2018-08-31'],
    ['2018/8/31', '2018-08-31'],
    ['2018.9', '2018-09-30'],
    ['2018年7月至12月', '2018-12-31'],
    ['2018年7月至2019年6月', '2019-06-30'],
    ['2018—2020年', '2020-12-31'],
  ])('%s is %s', (wording, date) => {
    expect(datesIn(wording, context).map((mention) => mention.date)).toEqual([date])
    expect(deadlineIn(wording, context).deadline).toEqual({ text: wording, kind: 'by-date', date })
  })

  it.each([
    ['2年内', 'needs-anchor'],
    ['两年内', 'needs-anchor'],
    ['6个月内', 'needs-anchor'],
    ['30个工作日内', 'needs-anchor'],
    ['3月底前', 'no-year'],
    ['18年8月底', 'no-year'],
    ['2月30日', 'no-such-day'],
    ['2018年13月', 'no-such-day'],
    ['2019年2月29日', 'no-such-day'],
    ['2020年6月前', 'before-or-by'],
    ['2019年春节前', 'not-a-day'],
    ['2018年9月初', 'not-a-day'],
  ])('%s is no date but a question', (wording, doubt) => {
    const mentions = datesIn(wording, context)
    expect(mentions.map((mention) => [mention.date, mention.doubt])).toEqual([[null, doubt]])
    const { deadline, questions } = deadlineIn(wording, context)
    expect(deadline).toEqual({ text: wording, kind: 'unknown', date: null })
    expect(questions).toHaveLength(1)
  })

  it('asks for the year where the document itself carries no date', () => {
    expect(deadlineIn('年内', UNDATED).deadline.kind).toBe('unknown')
    expect(deadlineIn('8月底前', UNDATED).questions).toEqual(['“8月底前”没有写明哪一年,请给出截止日期。'])
  })

  it('carries the year over within a sentence', () => {
    expect(datesIn('2019年3月底前完成设计,9月底前完工', context).map(({ date }) => date)).toEqual([
      '2019-03-31',
      '2019-09-30',
    ])
  })

  it('takes no date from a document number, a decimal or a name', () => {
    expect(datesIn('济办发〔2017〕156号,每日1.5万吨,三年行动计划,30年', context)).toEqual([])
  })
})

describe('JN-02 JN-04 deadlines', () => {
  const context = on('2018-06-29')
  it.each([
    ['立行立改', 'immediate'],
    ['立即整改', 'immediate'],
    ['长期坚持', 'long-term'],
    ['持续推进', 'long-term'],
    ['立行立改,长期坚持', 'mixed'],
    ['立行立改、长期坚持', 'mixed'],
    ['按序时进度推进', 'unknown'],
  ])('%s is %s', (wording, kind) => {
    expect(deadlineIn(wording, context).deadline).toEqual({ text: wording, kind, date: null })
  })

  it('keeps the dated part of a standing duty as a node', () => {
    const { deadline, nodes } = deadlineIn('2019年底前取得成效,长期坚持', context)
    expect(deadline).toMatchObject({ kind: 'mixed', date: null })
    expect(nodes.map(({ date }) => date)).toEqual(['2019-12-31'])
  })

  it('reads the last of several dates, keeps the earlier as nodes, and asks', () => {
    const { deadline, nodes, questions } = deadlineIn('2018年9月底前完成方案,2019年底前完成整改', context)
    expect(deadline.date).toBe('2019-12-31')
    expect(nodes.map(({ date }) => date)).toEqual(['2018-09-30'])
    expect(questions).toHaveLength(1)
  })

  it('asks about a deadline before the document', () => {
    const { deadline, questions } = deadlineIn('2017年底', context)
    expect(deadline.date).toBe('2017-12-31')
    expect(questions).toHaveLength(1)
  })
})

describe('JN-05 nodes', () => {
  const dates = (text: string, context: DateContext = on('2018-06-29')) =>
    nodesIn(text, context).nodes.map(({ date }) => date)

  it.each([
    ['落实《山东省国土规划(2016—2030年)》。'],
    ['按照济厅字〔2019〕7号要求完成整改。'],
    ['2013年以来关停矿山治理率达到50%。'],
    ['能耗强度较2020年降低14%。'],
    ['2017年底前已完成12处整改。'],
    ['制定2019年工作方案和考核细则。'],
    ['开展2019年“夏季攻势”。'],
  ])('finds none in %s', (text) => {
    expect(dates(text)).toEqual([])
  })

  it('finds several in one measure, in order', () => {
    expect(dates('2018年9月底前完成排查,2019年6月底前完成治理;到2020年,全面达标。')).toEqual([
      '2018-09-30',
      '2019-06-30',
      '2020-12-31',
    ])
  })

  it('asks about a target it cannot date', () => {
    const { nodes, questions } = nodesIn('3年内完成全部搬迁。', on('2018-06-29'))
    expect(nodes).toEqual([])
    expect(questions).toHaveLength(1)
  })
})

describe('JN-06 duties', () => {
  it.each([
    ['每周调度一次整改进展', 'P1W'],
    ['每月通报排名', 'P1M'],
    ['每两月开展一次检查', 'P2M'],
    ['每季度至少研究一次环境保护议题', 'P3M'],
    ['每半年开展一次回头看', 'P6M'],
    ['每年报告一次', 'P1Y'],
    ['每两年评估一次', 'P2Y'],
    ['每日巡查', 'P1D'],
    ['每月一调度', 'P1M'],
    ['按季度通报进展', 'P3M'],
  ])('%s comes round every %s', (text, period) => {
    expect(dutiesIn(text).map((duty) => duty.period)).toEqual([period])
  })

  it('names the bodies that owe it, one by one', () => {
    expect(dutiesIn('市委常委会、市政府常务会议每半年各自至少研究1次环境保护议题。')).toEqual([
      {
        text: '市委常委会、市政府常务会议每半年各自至少研究1次环境保护议题',
        period: 'P6M',
        bodies: ['市委常委会', '市政府常务会议'],
      },
    ])
  })

  it.each([
    '对每一个问题逐一制定方案',
    '处理能力2620吨/日',
    '习近平总书记每次发表重要讲话',
    '全年空气优良率达到80%',
  ])('finds none in %s', (text) => {
    expect(dutiesIn(text)).toEqual([])
  })
})

describe('labels', () => {
  it.each([
    ['责任单位', 'units'],
    ['整改责任单位', 'units'],
    ['实施主体', 'units'],
    ['责任部门', 'units'],
    ['主办单位', 'units'],
    ['市级责任单位', 'units'],
    ['责任人', 'persons'],
    ['责任领导', 'persons'],
    ['整改责任人', 'persons'],
    ['整改时限', 'deadline'],
    ['完成时限', 'deadline'],
    ['完成时间', 'deadline'],
    ['期限', 'deadline'],
    ['时限', 'deadline'],
    ['计划完成时间', 'deadline'],
    ['牵头单位', 'other-unit'],
    ['配合单位', 'other-unit'],
    ['验收单位', 'other-unit'],
    ['牵头验收单位', 'other-unit'],
    ['配合验收单位', 'other-unit'],
    ['监管单位', 'other-unit'],
    ['监管责任单位', 'other-unit'],
    ['督导单位', 'other-unit'],
    ['包案领导', 'other-person'],
    ['整改目标', 'target'],
    ['整改措施', 'measures'],
    ['问题描述', 'problem'],
  ])('%s announces %s', (words, role) => {
    expect(labelOf(words)?.role).toBe(role)
  })

  it.each(['联系电话', '发布时间', '公示期限', '技术支持', '邮编'])('%s is no field of an entry', (words) => {
    expect(['aside', undefined]).toContain(labelOf(words)?.role)
  })
})
