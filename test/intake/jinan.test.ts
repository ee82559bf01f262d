import { describe, expect, it } from 'vitest'
import { planReadingSchema } from '../../intake/index.js'
import { entry, published } from './published.js'

const plan = published('jinan-2018.txt')
const COUNTIES = ['各县区党委', '各县区政府']
const heads = (units: readonly string[]) => units.map((unit) => `${unit}主要负责人`)

describe.skipIf(!plan.present)('JN-01 the plan of Jinan', () => {
  const reading = plan.present
    ? plan.read()
    : { source: { title: null, published: null }, entries: [], facts: { lines: {} } }

  it('is read into 61 entries, numbered from 1', () => {
    expect(reading.entries.map(({ n }) => n)).toEqual(Array.from({ length: 61 }, (_, at) => at + 1))
  })

  it('knows its title and the day it was published', () => {
    expect(reading.source).toEqual({
      title: '济南市贯彻落实中央环境保护督察组督察反馈意见整改落实实施方案',
      published: '2018-06-29',
    })
  })

  it('takes no entry from 三、保障措施, which only mentions 责任单位、责任人、整改时限', () => {
    const lines = reading.entries.map(({ lines: [from] }) => from)
    expect(Math.min(...lines)).toBe(42)
    expect(Math.max(...lines)).toBe(174)
    expect(reading.entries.every(({ section }) => section[0] === '二、主要措施')).toBe(true)
  })

  it('keeps the headings above each measure', () => {
    expect(entry(reading, 1).section).toEqual(['二、主要措施', '(一)坚决贯彻落实党中央决策部署'])
    expect(entry(reading, 2).section).toEqual([
      '二、主要措施',
      '(一)坚决贯彻落实党中央决策部署',
      '1.坚决扛起生态文明建设政治责任',
    ])
  })

  it('keeps the words of a measure, and not the bracket behind them', () => {
    expect(entry(reading, 11).text).toBe('全面清理废止违反环保法律法规的“土政策”。')
    expect(entry(reading, 44).text).toBe('实施分类治理。')
    expect(entry(reading, 6).text).toMatch(
      /^认真落实《山东省各级党委、政府及有关部门环境保护工作职责\(试行\)》/,
    )
    expect(entry(reading, 6).text).toMatch(/密切配合的环保工作合力。$/)
  })

  it.each([
    [1, 42, ['市生态文明建设工作领导小组各成员单位', ...COUNTIES]],
    [2, 44, ['市委办公厅', '市政府办公厅', '市环保局']],
    [4, 48, ['市委宣传部', '市委组织部', '市生态文明建设工作领导小组各成员单位', ...COUNTIES]],
    [5, 50, ['市委办公厅', '市政府办公厅', '市环保局', ...COUNTIES]],
    [7, 54, ['市政府办公厅', '市环保局', '各县区政府']],
    [8, 56, ['市审计局', '市纪委监委', '市委组织部', ...COUNTIES]],
    [
      10,
      60,
      [
        '市环保局',
        '市发改委',
        '市规划局',
        '市国土资源局',
        '市城乡建设委',
        '市农业局',
        '市城乡水务局',
        '市林业和城乡绿化局',
        ...COUNTIES,
      ],
    ],
    [17, 76, ['市发改委', '市经济和信息化委', ...COUNTIES]],
    [26, 96, ['市城乡交通运输委', '市环保局', '市经济和信息化委', '市发改委', '市公安局', ...COUNTIES]],
    [33, 110, ['市畜牧兽医局', ...COUNTIES]],
    [34, 112, ['市环保局', '市国土资源局', '市农业局', '市卫生计生委', '市财政局', ...COUNTIES]],
    [
      40,
      124,
      [
        '市环保局',
        '市发改委',
        '市国土资源局',
        '市规划局',
        '济阳县党委',
        '济阳县政府',
        '长清区党委',
        '长清区政府',
      ],
    ],
    [44, 132, ['市环保局', '市城乡水务局', '章丘区党委', '章丘区政府', '平阴县党委', '平阴县政府']],
    [
      45,
      136,
      [
        '市国土资源局',
        '市林业和城乡绿化局',
        '市环保局',
        '历城区党委',
        '历城区政府',
        '长清区党委',
        '长清区政府',
        '平阴县党委',
        '平阴县政府',
        '市南部山区党工委',
        '市南部山区管委会',
      ],
    ],
    [48, 144, ['市整改工作领导小组办公室']],
    [50, 148, ['市环保局', '市公安局']],
    [55, 160, ['市环保局', '人民银行济南分行营业管理部', '市金融办', ...COUNTIES]],
    [56, 164, ['市人大常委会办公厅', '市政协办公厅', '市委统战部', '市环保局', ...COUNTIES]],
    [59, 170, ['市整改工作领导小组办公室', ...COUNTIES]],
    [60, 172, ['市总工会', '团市委', '市妇联', '市教育局', '市环保局', '市民政局', ...COUNTIES]],
    [61, 174, ['市委宣传部', '市环保局', ...COUNTIES]],
  ])('JN-03 entry %i, line %i: names its units one by one, and one head for each', (n, line, units) => {
    expect(entry(reading, n).lines).toEqual([line, line])
    expect(entry(reading, n).units).toEqual(units)
    expect(entry(reading, n).persons).toEqual(heads(units))
  })

  it('JN-03 has for every unit of every entry its head, in order', () => {
    for (const { units, persons } of reading.entries) expect(persons).toEqual(heads(units))
  })

  it('leaves no separator in a unit', () => {
    const units = reading.entries.flatMap((each) => each.units)
    expect(units.filter((unit) => /[、,,;;。\s]|和各|及各/.test(unit))).toEqual([])
    expect(units.filter((unit) => /^(?:政府|党委|管委会|党工委)$/.test(unit))).toEqual([])
  })

  it('JN-02 reads every deadline exactly', () => {
    const dated = reading.entries.flatMap(({ n, deadline: { date } }) => (date === null ? [] : [[n, date]]))
    expect(dated).toEqual([
      [12, '2018-08-31'],
      [22, '2020-12-31'],
      [25, '2019-12-31'],
      [33, '2020-12-31'],
      [34, '2020-12-31'],
      [35, '2018-12-31'],
      [36, '2020-12-31'],
      [37, '2020-12-31'],
      [39, '2020-12-31'],
      [40, '2020-12-31'],
      [41, '2020-12-31'],
      [43, '2019-12-31'],
      [45, '2020-12-31'],
      [46, '2018-08-31'],
      [47, '2020-12-31'],
    ])
    expect(entry(reading, 12).deadline).toEqual({ text: '2018年8月', kind: 'by-date', date: '2018-08-31' })
    expect(entry(reading, 46).deadline.text).toBe('2018年8月底')
  })

  it('JN-04 keeps 立行立改 apart from 立行立改,长期坚持', () => {
    expect(entry(reading, 59).deadline).toEqual({ text: '立行立改', kind: 'immediate', date: null })
    const kinds = reading.entries.map(({ deadline: { kind } }) => kind)
    expect(kinds.filter((kind) => kind === 'by-date')).toHaveLength(15)
    expect(kinds.filter((kind) => kind === 'immediate')).toHaveLength(1)
    expect(kinds.filter((kind) => kind === 'mixed')).toHaveLength(45)
  })

  it('JN-05 finds the dated targets inside the measures, and no other year', () => {
    const nodes = reading.entries.flatMap(({ n, nodes: each }) =>
      each.map(({ text, date }) => `${n} ${date} ${text}`),
    )
    expect(nodes).toEqual([
      '22 2018-09-30 力争2018年9月完成全市化工园区认定管理工作',
      '25 2019-12-31 2019年城区清洁取暖率达到90%以上',
      '30 2018-07-31 2018年7月底前制定并印发《济南市全面实行湖长制方案》',
      '32 2018-12-31 2018年年底前黑臭水体逐一销号、实现“长治久清”目标',
      '32 2020-12-31 2020年,城市污水集中处理率达到98%',
      '33 2020-12-31 到2020年,全市畜禽粪污综合利用率达到81%以上',
      '35 2018-12-31 力争2018年年底前,实现土壤环境信息化管理平台与省土壤环境信息化管理平台对接,构建省、市、县三级土壤预警和应急监测体系',
      '39 2020-12-31 到2020年,一般工业固体废物综合利用率达到88%以上',
      '41 2020-12-31 到2020年年底,全市新增垃圾无害化处理能力2620吨/日,配增渗滤液处理能力800余吨/日',
      '41 2020-12-31 2020年年底彻底解决积存渗滤液处置问题',
      '42 2018-06-30 2018年6月底完成《济南市城镇集中式饮用水水源保护区调整方案》报批工作',
      '46 2018-08-31 2018年8月底前完成《济南市矿山地质环境保护与治理规划》编制报批',
      '47 2020-12-31 确保2020年年底前完成剩余30处矿山复绿工程',
      '53 2018-12-31 2018年年底前建成空气质量微型监测站2000个',
    ])
  })

  it('JN-06 finds what comes round, and who owes it', () => {
    const duties = reading.entries.flatMap(({ n, duties: each }) => each.map((duty) => ({ n, ...duty })))
    expect(duties).toEqual([
      {
        n: 2,
        text: '市委常委会、市政府常务会议每半年各自至少研究1次环境保护议题',
        period: 'P6M',
        bodies: ['市委常委会', '市政府常务会议'],
      },
      { n: 3, text: '每季度至少研究一次环境保护议题', period: 'P3M', bodies: [] },
      {
        n: 7,
        text: '各级政府每年向同级人大常委会报告生态文明建设和环境保护目标完成情况',
        period: 'P1Y',
        bodies: ['各级政府'],
      },
    ])
  })

  it('lacks nothing and asks nothing', () => {
    expect(
      reading.entries.flatMap(({ missing, questions, others }) => [...missing, ...questions, ...others]),
    ).toEqual([])
  })

  it('points at the lines its words come from', () => {
    const lines = plan.text().split('\n')
    for (const {
      lines: [from, to],
      text,
      deadline,
    } of reading.entries) {
      const source = lines.slice(from - 1, to).join('\n')
      expect(source).toContain(text.slice(0, 20))
      expect(source).toContain(`整改时限:${deadline.text}`)
    }
  })

  it('tells the weekly rhythm of the round (JN-07)', () => {
    expect(reading.facts.documentDate).toBe('2018-06-29')
    expect(reading.facts.cadence).toEqual([
      { text: '每周调度一次全市整改工作进展情况', period: 'P1W', line: 180 },
    ])
  })

  it('is valid against its schema', () => {
    expect(planReadingSchema.parse(JSON.parse(JSON.stringify(reading)))).toEqual(reading)
  })
})
