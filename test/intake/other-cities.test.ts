import { describe, expect, it } from 'vitest'
import { plainDate } from '../../domain/words.js'
import { readPlanText } from '../../intake/index.js'
import { entry, fullWidth, only } from './published.js'

/** Plans of invented cities, each worded its own way. */
describe('brackets of every kind', () => {
  const plan = (open: string, close: string) =>
    `二、整改措施\n1.清理城北河道。${open}责任单位:市水利局、城北区政府;责任人:市水利局、城北区政府主要负责人;完成时限:2021年6月底前${close}`

  it.each([
    ['(', ')'],
    ['（', '）'],
    ['[', ']'],
    ['【', '】'],
    ['〔', '〕'],
  ])('%s…%s', (open, close) => {
    const read = only(readPlanText(plan(open, close)))
    expect(read).toMatchObject({
      text: '清理城北河道。',
      units: ['市水利局', '城北区政府'],
      persons: ['市水利局主要负责人', '城北区政府主要负责人'],
      deadline: { text: '2021年6月底前', kind: 'by-date', date: '2021-06-30' },
      missing: [],
    })
  })

  it('reads the same with full-width punctuation throughout', () => {
    const ascii = only(readPlanText(plan('(', ')')))
    const wide = only(readPlanText(fullWidth(plan('(', ')'))))
    expect({ ...wide, section: [] }).toEqual({ ...ascii, section: [] })
  })

  it('keeps a bracket inside the bracket with its unit', () => {
    const { units } = only(
      readPlanText('一、整改措施\n1.规范养殖。(责任单位:各县(市、区)党委、政府,市农业农村局;时限:长期坚持)'),
    )
    expect(units).toEqual(['各县(市、区)党委', '各县(市、区)政府', '市农业农村局'])
  })

  it('reads a bracket broken over lines, and points at all of them', () => {
    const read = only(
      readPlanText(
        [
          '一、整改措施',
          '1.完成雨污分流改造。(责任单位:市住建局、',
          '东城区政府;责任人:张三;',
          '整改时限:2022年底)',
        ].join('\n'),
      ),
    )
    expect(read.units).toEqual(['市住建局', '东城区政府'])
    expect(read.deadline.date).toBe('2022-12-31')
    expect(read.lines).toEqual([2, 4])
  })

  it('reads a bracket that stands on its own line below the measure', () => {
    const { entries } = readPlanText(
      [
        '二、主要任务',
        '加快河道清淤。',
        '(责任单位:市水利局;完成时限:2022年)',
        '',
        '关停小砖厂。',
        '(完成时限:2023年;责任单位:市工信局)',
      ].join('\n'),
    )
    expect(entries.map(({ text, units, deadline, lines }) => [text, units, deadline.date, lines])).toEqual([
      ['加快河道清淤。', ['市水利局'], '2022-12-31', [2, 3]],
      ['关停小砖厂。', ['市工信局'], '2023-12-31', [5, 6]],
    ])
  })

  it('reads two measures in one paragraph', () => {
    const { entries } = readPlanText(
      '三、整改任务\n(一)整治甲厂。(责任单位:市工信局;时限:2022年3月)整治乙厂。(责任单位:市住建局;时限:2022年4月)',
    )
    expect(entries.map(({ text, units }) => [text, units])).toEqual([
      ['整治甲厂。', ['市工信局']],
      ['整治乙厂。', ['市住建局']],
    ])
  })
})

describe('labels without brackets', () => {
  it('stand after the sentence, in any order', () => {
    const read = only(
      readPlanText(
        '整改清单\n1.拆除违建。完成时间:2022年8月底前;责任领导:王五;主办单位:县自然资源局;协办单位:县城管局、东镇政府。',
      ),
    )
    expect(read).toMatchObject({
      text: '拆除违建。',
      units: ['县自然资源局'],
      persons: ['王五'],
      others: [
        { role: '协办单位', name: '县城管局' },
        { role: '协办单位', name: '东镇政府' },
      ],
      deadline: { date: '2022-08-31' },
    })
  })

  it('stand on lines of their own', () => {
    const text = [
      '江北县整改任务清单',
      '(一)县污水处理厂超负荷运行。',
      '整改目标:达标排放。',
      '整改措施:',
      '1.加快二期建设,2022年3月底前完成主体工程。',
      '2.每季度监测一次。',
      '整改时限:2022年12月31日前',
      '实施主体:县住建局',
      '责 任 人:赵六',
      '验收单位:市生态环境局(牵头)、市住建局(配合)',
      '(二)砂石场未批先建。',
      '整改目标:依法查处。',
      '整改措施:立即停产。',
      '整改时限:立行立改',
      '实施主体:县自然资源局',
      '责 任 人:',
      '验收单位:市自然资源局',
    ].join('\n')
    const { entries } = readPlanText(text)
    expect(entries).toHaveLength(2)
    expect(entries[0]).toMatchObject({
      lines: [2, 10],
      units: ['县住建局'],
      persons: ['赵六'],
      others: [
        { role: '牵头验收单位', name: '市生态环境局' },
        { role: '配合验收单位', name: '市住建局' },
      ],
      deadline: { kind: 'by-date', date: '2022-12-31' },
      nodes: [{ text: '2022年3月底前完成主体工程', date: '2022-03-31' }],
      duties: [{ text: '每季度监测一次', period: 'P3M', bodies: [] }],
      target: '达标排放。',
      measures: '1.加快二期建设,2022年3月底前完成主体工程。\n2.每季度监测一次。',
      missing: [],
    })
    expect(entries[1]).toMatchObject({ lines: [11, 17], persons: [], missing: ['persons'] })
  })

  it('may come before the words they belong to', () => {
    const { entries } = readPlanText(
      '责任单位:市甲局\n整改时限:2022年8月\n关停甲厂。\n责任单位:市乙局\n整改时限:2022年10月\n拆除乙坝。',
    )
    expect(entries.map(({ text, units, lines }) => [text, units, lines])).toEqual([
      ['关停甲厂。', ['市甲局'], [1, 3]],
      ['拆除乙坝。', ['市乙局'], [4, 6]],
    ])
  })

  it('may have their value in the lines below', () => {
    const { units, persons } = only(
      readPlanText('1.清理河道垃圾\n责任单位:\n市水利局\n各县区政府\n责任人:张三\n整改时限:2022年'),
    )
    expect(units).toEqual(['市水利局', '各县区政府'])
    expect(persons).toEqual(['张三'])
  })

  it('may be boxed: 【责任单位】市水利局', () => {
    const read = only(
      readPlanText('一、整改措施\n1.修复湿地。【责任单位】市林业局【责任人】李四【完成时限】2023年底'),
    )
    expect(read).toMatchObject({
      text: '修复湿地。',
      units: ['市林业局'],
      persons: ['李四'],
      deadline: { date: '2023-12-31' },
    })
  })

  it('may be numbered themselves', () => {
    const { entries } = readPlanText(
      [
        '一、甲河水质超标问题',
        '1.整改目标:稳定达标',
        '2.责任单位:甲县政府',
        '3.整改时限:2022年6月',
        '二、乙山裸露问题',
        '1.整改目标:恢复植被',
        '2.责任单位:乙县政府',
        '3.整改时限:2022年9月',
      ].join('\n'),
    )
    expect(
      entries.map(({ text, units, deadline, lines }) => [text.split('\n')[0], units, deadline.date, lines]),
    ).toEqual([
      ['甲河水质超标问题', ['甲县政府'], '2022-06-30', [1, 4]],
      ['乙山裸露问题', ['乙县政府'], '2022-09-30', [5, 8]],
    ])
  })

  it('each under its own measure of one problem make an entry each', () => {
    const { entries } = readPlanText(
      [
        '一、甲河水质超标问题',
        '1.截污控源。责任单位:市住建局;完成时限:2022年6月',
        '2.生态补水。责任单位:市水利局;完成时限:2022年9月',
      ].join('\n'),
    )
    expect(entries.map(({ units, section }) => [units, section])).toEqual([
      [['市住建局'], ['一、甲河水质超标问题']],
      [['市水利局'], ['一、甲河水质超标问题']],
    ])
  })

  it('said once over several measures are handed down, and asked about', () => {
    const { entries } = readPlanText(
      [
        '一、水环境整治(牵头单位:市水利局)',
        '1.截污控源。(责任单位:市住建局;完成时限:2022年6月)',
        '2.生态补水。(责任单位:市水务集团;完成时限:2022年9月)',
      ].join('\n'),
    )
    for (const each of entries) {
      expect(each.others).toEqual([{ role: '牵头单位', name: '市水利局' }])
      expect(each.questions.some((question) => question.includes('是否适用于本项'))).toBe(true)
    }
    expect(entries).toHaveLength(2)
  })
})

describe('labels of long lists', () => {
  const PLAN = [
    '关于印发《西川市督察反馈问题整改方案》的通知',
    '2022年3月18日',
    '二、重点任务',
    '(一)问题:工业园区污水处理设施不完善。',
    '整改目标:园区污水全收集。',
    '整改时限:2022年12月底前完成',
    '责任单位:市工业和信息化局牵头,东川县人民政府、西川经开区管委会按职责分工负责',
    '整改措施:一是完善管网,6月底前完成管网排查;二是每月开展一次监测。',
    '(二)问题:矿山生态修复滞后。',
    '整改目标:完成15座矿山修复。',
    '整改时限:2023年国庆节前',
    '责任单位:1.市自然资源局 2.市林草局',
    '责任领导:市委常委、副市长张三,副市长李四',
    '整改措施:编制方案。',
    '三、组织保障',
    '(一)各责任单位要明确责任人、整改时限。联系人:张三,联系电话:123456。',
  ].join('\n')
  const reading = readPlanText(PLAN)

  it('give one entry a problem, and the heading over them none', () => {
    expect(reading.source.title).toBe('西川市督察反馈问题整改方案')
    expect(reading.entries.map(({ lines, section }) => [lines, section])).toEqual([
      [[4, 8], ['二、重点任务']],
      [[9, 14], ['二、重点任务']],
    ])
  })

  it('say who leads among the responsible', () => {
    expect(entry(reading, 1).units).toEqual(['市工业和信息化局', '东川县人民政府', '西川经开区管委会'])
    expect(entry(reading, 1).others).toEqual([{ role: '牵头单位', name: '市工业和信息化局' }])
  })

  it('hold nodes and duties among 一是, 二是', () => {
    expect(entry(reading, 1).nodes).toEqual([{ text: '6月底前完成管网排查', date: '2022-06-30' }])
    expect(entry(reading, 1).duties).toEqual([{ text: '每月开展一次监测', period: 'P1M', bodies: [] }])
  })

  it('number their units, and give one person two offices', () => {
    expect(entry(reading, 2).units).toEqual(['市自然资源局', '市林草局'])
    expect(entry(reading, 2).persons).toEqual(['市委常委、副市长张三', '副市长李四'])
  })

  it('a feast is no date', () => {
    expect(entry(reading, 2).deadline).toMatchObject({ kind: 'unknown', date: null })
    expect(entry(reading, 2).questions.join()).toContain('“2023年国庆节前”不是确定的日期')
  })
})

describe('what stands around the entries', () => {
  it('a heading over a single measure is no part of its words', () => {
    const read = only(readPlanText('二、整改措施\n(一)水环境\n清理河道。(责任单位:市水利局;时限:2022年)'))
    expect(read).toMatchObject({ text: '清理河道。', section: ['二、整改措施', '(一)水环境'], lines: [3, 3] })
  })

  it('a problem keeps its heading where its labels stand on lines of their own', () => {
    const read = only(readPlanText('整改清单\n一、甲河问题\n河水发黑发臭。\n责任单位:市水利局\n时限:2022年'))
    expect(read).toMatchObject({ text: '甲河问题\n河水发黑发臭。', lines: [2, 5] })
  })

  it('signatures, the date under them and attachments belong to no entry', () => {
    const { entries, facts } = readPlanText(
      [
        '整改清单',
        '1.清淤。',
        '责任单位:市水利局',
        '整改时限:12月底前',
        '',
        '附件:整改措施清单',
        '中共甲市委',
        '甲市人民政府办公室',
        '2021年3月1日',
      ].join('\n'),
    )
    expect(entries.map(({ text, lines, deadline }) => [text, lines, deadline.date])).toEqual([
      ['清淤。', [2, 4], '2021-12-31'],
    ])
    expect(facts.documentDate).toBe('2021-03-01')
  })

  it('neither do the header and the footer of a web page', () => {
    const { entries } = readPlanText(
      [
        '当前位置:首页 > 信息公开',
        '甲市整改方案',
        '来源:甲市政府网 发布时间:2021-03-01 浏览次数:12',
        '一、整改措施',
        '1.清淤。责任单位:市水利局;时限:2021年底',
        '【打印本页】【关闭窗口】',
        '主办单位:甲市人民政府 承办单位:甲市信息中心 技术支持:某公司',
      ].join('\n'),
    )
    expect(entries.map(({ units, lines }) => [units, lines])).toEqual([[['市水利局'], [5, 5]]])
  })
})

describe('labels without a colon', () => {
  it('in a closing bracket', () => {
    const read = only(readPlanText('整改清单\n1.拆除违建(责任单位为市林业局,完成时限2021年底)'))
    expect(read).toMatchObject({ text: '拆除违建', units: ['市林业局'], deadline: { date: '2021-12-31' } })
  })

  it('parted by a space, as a sheet is copied', () => {
    const { entries } = readPlanText(
      '序号 1\n问题 甲河污染\n责任单位 市水利局\n完成时限 2022年12月份\n\n序号 2\n问题 乙山裸露\n责任单位 市林业局\n完成时限 长期坚持',
    )
    expect(entries.map(({ units, deadline }) => [units, deadline.kind, deadline.date])).toEqual([
      [['市水利局'], 'by-date', '2022-12-31'],
      [['市林业局'], 'long-term', null],
    ])
  })

  it('a unit beside a date, and nothing said of its part, is asked about', () => {
    const read = only(readPlanText('整改清单\n1.处理渗滤液(市城管局;2021年9月底前)'))
    expect(read).toMatchObject({ units: [], deadline: { date: '2021-09-30' } })
    expect(read.questions).toContain('括号中所列“市城管局”是否为责任单位?')
  })
})

describe('parties without labels', () => {
  it('are read from a closing bracket that says who does what by when', () => {
    const read = only(
      readPlanText(
        '整改任务分工\n2020年6月1日\n1、取缔散乱污企业。(市生态环境局牵头,市工信局、各县(市、区)政府配合,2020年9月底前完成)',
      ),
    )
    expect(read.others).toEqual([
      { role: '牵头单位', name: '市生态环境局' },
      { role: '配合单位', name: '市工信局' },
      { role: '配合单位', name: '各县(市、区)政府' },
    ])
    expect(read.deadline).toEqual({ text: '2020年9月底前完成', kind: 'by-date', date: '2020-09-30' })
    expect(read.units).toEqual([])
    expect(read.questions[0]).toBe('未写明责任单位,牵头单位“市生态环境局”是否即责任单位?')
  })

  it('负责 makes a responsible unit', () => {
    const { units } = only(
      readPlanText('一、整改措施\n1.规范固废处置。(市生态环境局、市住建局负责,立行立改)'),
    )
    expect(units).toEqual(['市生态环境局', '市住建局'])
  })

  it('an ordinary bracket stays in the text', () => {
    const { entries } = readPlanText(
      '三、整改措施\n1.推进生态环境保护督察整改(含“回头看”)。\n2.加强生态环境监测(监测站由市局负责运维)。',
    )
    expect(entries.map(({ text, units }) => [text, units])).toEqual([
      ['推进生态环境保护督察整改(含“回头看”)。', []],
      ['加强生态环境监测(监测站由市局负责运维)。', []],
    ])
  })
})

describe('tables', () => {
  const MARKDOWN = [
    '# 南河市生态环境问题整改方案',
    '',
    '发布日期:2023年5月10日',
    '',
    '## 一、整改措施',
    '',
    '| 序号 | 反馈问题 | 整改措施 | 责任单位 | 责任人 | 整改时限 | 验收单位 |',
    '|---|---|---|---|---|---|---|',
    '| 一、水环境 | | | | | | |',
    '| 1 | 城区黑臭水体反弹 | 控源截污<br>内源治理 | 市水务局、南河区党委、政府 | 市水务局局长 | 2023年12月底 | 市生态环境局 |',
    '| 2 | 固废堆存 | 清运处置 | 市工信局 | / | 持续推进 | |',
  ].join('\n')

  it('with a header are read row by row', () => {
    const { source, entries } = readPlanText(MARKDOWN)
    expect(source).toEqual({ title: '南河市生态环境问题整改方案', published: '2023-05-10' })
    expect(entries).toHaveLength(2)
    expect(entries[0]).toMatchObject({
      lines: [10, 10],
      section: ['一、整改措施', '一、水环境'],
      units: ['市水务局', '南河区党委', '南河区政府'],
      persons: ['市水务局局长'],
      others: [{ role: '验收单位', name: '市生态环境局' }],
      deadline: { date: '2023-12-31' },
      measures: '控源截污\n内源治理',
      missing: [],
    })
    expect(entries[1]).toMatchObject({
      persons: [],
      deadline: { kind: 'long-term' },
      missing: ['persons', 'acceptanceUnit'],
    })
  })

  it('copied from a spreadsheet, with tabs, too', () => {
    const { entries } = readPlanText(
      '序号\t问题\t责任单位\t完成时限\n1\t甲河污染\t市水利局\t2021年5月\n2\t乙山裸露\t市林业局\t2021年第三季度',
    )
    expect(entries.map(({ text, units, deadline }) => [text, units, deadline.date])).toEqual([
      ['甲河污染', ['市水利局'], '2021-05-31'],
      ['乙山裸露', ['市林业局'], '2021-09-30'],
    ])
  })

  it('with a label in the first cell of each row are read as one sheet a problem', () => {
    const { entries } = readPlanText(
      [
        '| 反馈问题 | 甲河污染 |',
        '| 责任单位 | 市水利局 |',
        '| 整改时限 | 2021年5月 |',
        '| 反馈问题 | 乙山裸露 |',
        '| 责任单位 | 市林业局 |',
        '| 整改时限 | 长期坚持 |',
      ].join('\n'),
    )
    expect(entries.map(({ text, units, lines }) => [text, units, lines])).toEqual([
      ['甲河污染', ['市水利局'], [1, 3]],
      ['乙山裸露', ['市林业局'], [4, 6]],
    ])
  })
})

describe('markdown', () => {
  it('is read under its bullets, boxes and emphasis', () => {
    const { entries } = readPlanText(
      [
        '# 整改台账',
        '',
        '1. 污水直排',
        '   - **责任单位**:市水务局',
        '   - **责任人**:张三',
        '   - **整改时限**:二〇二三年十二月三十一日前',
        '2. 油烟扰民',
        '   - **责任单位**:市城管局',
        '   - **整改时限**:长期坚持',
      ].join('\n'),
    )
    expect(entries.map(({ text, units, deadline }) => [text, units, deadline.kind, deadline.date])).toEqual([
      ['污水直排', ['市水务局'], 'by-date', '2023-12-31'],
      ['油烟扰民', ['市城管局'], 'long-term', null],
    ])
  })
})

describe('what is not said', () => {
  const PLAN = [
    '整改任务分工',
    '1、完成矿山复绿。责任单位:市自然资源局;时限:18个月内',
    '2、清理河道垃圾(责任单位:市水利局,整改时限:2月30日)',
    '3、整治扬尘(责任单位:市住建局等部门;责任人:各责任单位主要负责人;整改时限:12月底前)',
    '4、建设监测站。',
  ].join('\n')

  it('is asked, never guessed', () => {
    const reading = readPlanText(PLAN)
    expect(reading.entries.map(({ deadline: { kind, date } }) => [kind, date])).toEqual([
      ['unknown', null],
      ['unknown', null],
      ['unknown', null],
      ['unknown', null],
    ])
    expect(entry(reading, 1).questions.join()).toContain('从哪一天起算')
    expect(entry(reading, 2).questions.join()).toContain('不是存在的日期')
    expect(entry(reading, 3).questions.join()).toContain('没有写明哪一年')
    expect(entry(reading, 3).questions.join()).toContain('市住建局等部门')
    expect(entry(reading, 3).persons).toEqual(['市住建局主要负责人'])
    expect(entry(reading, 4).missing).toEqual(['units', 'persons', 'deadline'])
  })

  it('finds its year when the coordinator gives the date of the document', () => {
    const reading = readPlanText(PLAN, { documentDate: plainDate('2021-07-01') })
    expect(entry(reading, 3).deadline).toEqual({ text: '12月底前', kind: 'by-date', date: '2021-12-31' })
  })

  it('a month already past when the document was issued is not moved to the next year', () => {
    const read = only(
      readPlanText('整改清单\n发布日期:2021-07-01\n1.清淤。(责任单位:市水利局;整改时限:3月底前)'),
    )
    expect(read.deadline).toEqual({ text: '3月底前', kind: 'unknown', date: null })
    expect(read.questions.join()).toContain('没有写明哪一年')
  })

  it('a sentence that only mentions the labels is no entry', () => {
    const { entries } = readPlanText(
      [
        '一、整改措施',
        '1.清淤。(责任单位:市水利局;整改时限:2022年)',
        '二、保障措施',
        '(一)逐一明确责任单位、责任人、整改时限、整改目标和整改措施,做到条条有落实。',
        '(二)责任单位要按照整改时限要求完成整改。',
      ].join('\n'),
    )
    expect(entries).toHaveLength(1)
  })

  it('a paragraph of the same list that carries no labels is an entry that lacks everything', () => {
    const { entries } = readPlanText(
      '二、整改措施\n(一)水\n1.清淤。(责任单位:市水利局;整改时限:2022年)\n2.补水,确保生态流量。\n3.截污。(责任单位:市住建局;整改时限:2022年)',
    )
    expect(entries.map(({ text, missing }) => [text, missing])).toEqual([
      ['清淤。', ['persons']],
      ['补水,确保生态流量。', ['units', 'persons', 'deadline']],
      ['截污。', ['persons']],
    ])
  })
})

describe('a report without measures', () => {
  it('gives its outstanding problems and its buckets', () => {
    const { entries, facts } = readPlanText(
      [
        '一、督察整改情况',
        '我市共承接问题12个,已完成整改8个,达到序时进度3个。受理群众信访举报268件,办结260件。',
        '二、下一步工作',
        '1.加快推进甲填埋场问题整改,确保2023年底前完成封场。',
        '2.针对乙河断面不达标问题,力争2023年6月达标。',
        '3.加强宣传,形成合力。',
      ].join('\n'),
    )
    expect(entries.map(({ lines, section, deadline }) => [lines, section, deadline.date])).toEqual([
      [[4, 4], ['二、下一步工作'], '2023-12-31'],
      [[5, 5], ['二、下一步工作'], '2023-06-30'],
    ])
    expect(facts).toMatchObject({
      petitions: { handedOver: 268, closed: 260 },
      problems: { total: 12, completed: 8, onPace: 3 },
    })
  })
})

describe('the facts of other reports', () => {
  it('are read in other words', () => {
    const { facts } = readPlanText(
      [
        '甲市生态环境保护督察整改方案',
        '2021年4月8日至5月8日,中央第三生态环境保护督察组进驻甲省开展督察,7月13日反馈督察意见。',
        '督察期间,共转办群众信访举报件152件,已办结150件。',
        '反馈意见指出五个方面四十二个问题。',
        '每周五调度一次整改进展,每月通报一次,公示期不少于10个工作日。',
        '二、整改措施',
        '1.清淤。(责任单位:市水利局;整改时限:2022年)',
      ].join('\n'),
    )
    expect(facts).toMatchObject({
      inspection: { from: '2021-04-08', to: '2021-05-08' },
      feedbackDate: '2021-07-13',
      petitions: { handedOver: 152, closed: 150 },
      problems: { total: 42, classes: 5 },
      noticePeriod: { days: 10, counting: 'working-days' },
    })
    expect(facts.cadence?.map(({ period, weekday }) => [period, weekday])).toEqual([
      ['P1W', 5],
      ['P1M', undefined],
    ])
  })
})
