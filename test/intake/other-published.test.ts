import { describe, expect, it } from 'vitest'
import { type PlanReading, planReadingSchema } from '../../intake/index.js'
import { entry, published } from './published.js'

const EMPTY: PlanReading = { source: { title: null, published: null }, entries: [], facts: { lines: {} } }
const load = (name: string) => {
  const plan = published(name)
  return { ...plan, reading: plan.present ? plan.read() : EMPTY }
}

const yongzhou = load('yongzhou-2019.txt')
describe.skipIf(!yongzhou.present)('the report of Yongzhou', () => {
  const { reading } = yongzhou

  it('YZ-01 is read from traditional characters and glosses into clean simplified text', () => {
    const words = JSON.stringify(reading)
    expect(words).toContain('对东安县污水处理厂超负荷运转的问题')
    expect(words).not.toMatch(/[環護組駐開問題處廠]|[āáǎàēéěèīíǐìōóǒòūúǔù]/)
  })

  it('has four outstanding matters, told in its own words', () => {
    expect(reading.entries.map(({ text }) => text)).toEqual([
      '对东安县污水处理厂超负荷运转的问题,加快建设污水处理厂二期扩建工程,年内完成扩建并投入运行。',
      '对已关闭矿区存在遗留环境问题,督促相关县区对照方案认真组织项目实施,确保解决到位。',
      '对部分国家级自然保护区内违规建设问题,严格按照小水电清理整改及销号工作时间节点推进工作,分类分期整改到位。',
      '湘江纸业遗留污染问题,今年底前完成项目所有整改工程,并对过期化学药剂进行妥善处置。',
    ])
    expect(reading.entries.map(({ lines }) => lines)).toEqual([
      [12, 12],
      [12, 12],
      [12, 12],
      [12, 12],
    ])
  })

  it('reads 年内 and 今年底前 against its own date, and leaves the others open', () => {
    expect(reading.entries.map(({ deadline }) => [deadline.kind, deadline.text, deadline.date])).toEqual([
      ['by-date', '年内', '2019-12-31'],
      ['unknown', '', null],
      ['unknown', '', null],
      ['by-date', '今年底前', '2019-12-31'],
    ])
  })

  it('invents no party, and names what is missing', () => {
    for (const { units, persons, others, missing, questions } of reading.entries) {
      expect([...units, ...persons, ...others]).toEqual([])
      expect(missing).toEqual(expect.arrayContaining(['units', 'persons']))
      expect(questions).toHaveLength(missing.length)
    }
    expect(reading.entries.map(({ missing }) => missing.includes('deadline'))).toEqual([
      false,
      true,
      true,
      false,
    ])
  })

  it('YZ-03 asks for the three officers that the report says every problem has', () => {
    expect(entry(reading, 1).missing).toEqual(
      expect.arrayContaining(['caseLeader', 'countyLeader', 'departmentLeader']),
    )
  })

  it('YZ-13 YZ-14 tells the figures of the round, each with its line', () => {
    expect(reading.facts).toMatchObject({
      documentDate: '2019-12-05',
      inspection: { from: '2018-07-25', to: '2018-08-15' },
      feedbackDate: '2018-09-29',
      petitions: { handedOver: 268, closed: 268 },
      problems: { total: 33, classes: 5, early: 19, onPace: 12, pressed: 2 },
    })
    for (const fact of ['inspection', 'feedbackDate', 'petitions', 'problems'])
      expect(reading.facts.lines[fact]).toEqual([1])
    expect(reading.source.published).toBe('2019-12-05')
  })
})

const changde = load('changde-2024.txt')
describe.skipIf(!changde.present)('the plan of Changde', () => {
  const { reading } = changde

  it('has the sixteen measures of 四、整改措施', () => {
    expect(reading.entries).toHaveLength(16)
    expect(reading.entries.map(({ lines: [from] }) => from)).toEqual([
      38, 40, 44, 46, 48, 50, 54, 56, 58, 60, 62, 66, 68, 72, 74, 76,
    ])
    expect(entry(reading, 7).section).toEqual(['四、整改措施', '(三)深入打好污染防治攻坚战'])
    expect(entry(reading, 7).text).toMatch(/^打赢蓝天保卫战。/)
  })

  it('CD-01 says of each which of the declared fields it lacks', () => {
    for (const { missing, units } of reading.entries) {
      expect(units).toEqual([])
      expect(missing).toEqual([
        'units',
        'persons',
        'deadline',
        'target',
        'leadAcceptanceUnit',
        'cooperatingAcceptanceUnit',
      ])
    }
  })

  it('CD-05 CD-13 CD-14 tells the referrals, the coordinators and the steps of closing', () => {
    expect(reading.source).toEqual({
      title: '常德市贯彻落实第二轮省生态环境保护督察报告整改方案',
      published: '2024-05-29',
    })
    expect(reading.facts).toMatchObject({
      referrals: 3,
      deputySecretaries: 2,
      closingProcedure: ['初审', '申请', '核查', '公示', '备案'],
    })
    expect(reading.facts.lines).toMatchObject({
      referrals: [84],
      deputySecretaries: [80],
      closingProcedure: [86],
    })
  })
})

const hohhot = load('hohhot-2020.txt')
describe.skipIf(!hohhot.present)('the plan of Hohhot', () => {
  const { reading } = hohhot

  it('has the measures told inside its two tasks', () => {
    expect(reading.entries.map(({ text }) => text.slice(0, text.indexOf('。')))).toEqual([
      '继续深入学习贯彻习近平生态文明思想',
      '严格落实生态环境保护“党政同责”“一岗双责”',
      '健全完善生态环境保护考核评价体系',
      '坚决打赢蓝天保卫战',
      '坚决打好碧水保卫战',
      '持续推进净土保卫战',
      '坚决守护好绿色生态屏障',
    ])
    expect(entry(reading, 4).section.at(-1)).toBe('二是突出问题导向,坚决打好打赢污染防治攻坚战')
    for (const { missing } of reading.entries) expect(missing).toEqual(['units', 'persons', 'deadline'])
  })

  it('asks from when 2年内 runs, and reads the years that are plain', () => {
    expect(entry(reading, 4).questions.filter((question) => question.includes('2年内'))).toHaveLength(1)
    expect(entry(reading, 4).nodes).toEqual([
      { text: '到2020年底,全市能耗强度较2015年降低14%,煤炭消费总量比重下降4%', date: '2020-12-31' },
      { text: '到2020年底,秸秆综合利用率超过85%', date: '2020-12-31' },
    ])
  })

  it('HH-02 HH-03 HH-04 tells the inspection, the feedback and the rhythm', () => {
    expect(reading.source.published).toBeNull()
    expect(reading.facts).toMatchObject({
      inspection: { from: '2019-11-15', to: '2019-12-09' },
      feedbackDate: '2020-05-17',
      cadence: [
        { text: '周调度', period: 'P1W', line: 17 },
        { text: '月通报', period: 'P1M', line: 17 },
        { text: '半年交账', period: 'P6M', line: 17 },
      ],
    })
  })
})

const hengyang = load('hengyang-2019.txt')
describe.skipIf(!hengyang.present)('the points of work of Hengyang', () => {
  const { reading } = hengyang

  it('has the 32 items of 三、主要工作', () => {
    expect(reading.entries).toHaveLength(32)
    expect(entry(reading, 1).section).toEqual(['三、主要工作', '(一)坚决扛起生态环境保护的政治责任'])
    expect(entry(reading, 32).lines).toEqual([97, 97])
    for (const { missing } of reading.entries) expect(missing).toEqual(['units', 'persons', 'deadline'])
  })

  it('HY-01 HY-02 tells the monthly dispatch and the quarterly review', () => {
    expect(reading.facts.documentDate).toBe('2019-05-15')
    expect(reading.facts.cadence).toEqual([
      { text: '每月一调度', period: 'P1M', line: 29 },
      { text: '每季一讲评', period: 'P3M', line: 29 },
    ])
  })

  it('takes 年底前 in the year of the document, and no year of a plan or of the past', () => {
    const nodes = reading.entries.flatMap(({ n, nodes: each }) => each.map(({ date }) => [n, date]))
    expect(nodes).toEqual([[16, '2019-12-31']])
  })
})

const cities = [yongzhou, changde, hohhot, hengyang]
describe.skipIf(cities.some(({ present }) => !present))('every published plan', () => {
  it.each(cities)('is valid against the schema: $path', ({ reading }) => {
    expect(planReadingSchema.parse(JSON.parse(JSON.stringify(reading)))).toEqual(reading)
  })
})
