import { describe, expect, it } from 'vitest'
import { A_CITY, changed, complaintsAbout, lineOf } from './city.js'

type Mistake = {
  readonly what: string
  readonly passage: string
  readonly into: string
  /** Words of the line that must be pointed at. */
  readonly at: string
  readonly says: string
}

const mistake = (what: string, passage: string, into: string, at: string, says: string): Mistake => ({
  what,
  passage,
  into,
  at,
  says,
})

const pointedOut = (mistakes: readonly Mistake[]): void => {
  it.each(mistakes)('$what', ({ passage, into, at, says }) => {
    const text = changed(passage, into)
    const complaints = complaintsAbout(text)
    expect(complaints).toHaveLength(1)
    expect(complaints[0]).toMatch(new RegExp(`^${lineOf(text, at)}: `))
    expect(complaints[0]).toContain(says)
  })
}

describe('a city that is on no list (GN-13)', () => {
  it('is used as it stands', () => {
    expect(complaintsAbout(A_CITY)).toEqual([])
  })
})

describe('a word that is not known is shown with the one that was meant', () => {
  pointedOut([
    mistake('a key', '  aliases: []', '  aliases: []\n  alias: []', 'alias: []', 'aliases'),
    mistake('a key of a step', 'findings: [', 'finding: [', 'finding:', '是不是“findings”'),
    mistake('a section', 'visits: {', 'visit: {', 'visit:', '是不是“visits”'),
    mistake('a key far from any', 'returns:', 'color: red\nreturns:', 'color', '这里可以写:'),
    mistake('a seat', 'by: lead-unit', 'by: lead-units', 'by: lead-units', '是不是“lead-unit”'),
    mistake('a seat in Chinese', 'by: lead-unit', 'by: 牵头验收单', 'by: 牵头', '是不是“牵头验收单位”'),
    mistake('a rung', 'rung: 通报', 'rung: 通告', 'rung: 通告', '是不是“通报”'),
    mistake('a field', 'field: 监管单位', 'field: 主管单位', 'field: 主管单位', '监管单位'),
    mistake('a kind of step', 'kind: 公示', 'kind: 公布', 'kind: 公布', 'notice(公示)'),
  ])
})

describe('a value that cannot be read is told how to be written', () => {
  pointedOut([
    mistake('a bare number of days', 'within: 7 working days', 'within: 7', 'within: 7', '5 working days'),
    mistake('days of no kind', 'within: 7 working days', 'within: 7 days', 'within: 7', '30 calendar days'),
    mistake('months in days', 'every: 2 months', 'every: 60 days', 'visits', '6 months'),
    mistake('a trigger', '2 refusals', 'twice refused', 'twice refused', '1 day after deadline'),
    mistake('a trigger of no days', '15 days before', '0 days before', '0 days before', '至少为 1'),
    mistake('a quorum', 'quorum: 2 of 3 with veto', 'quorum: most', 'quorum: most', '2 of 3 with veto'),
    mistake('a step id', 'id: opinions', 'id: 会签', 'id: 会签', '小写英文字母'),
    mistake('a number for a text', 'city: 云汀市', 'city: 2024', 'city: 2024', '应写成文字'),
    mistake('a text for a list', 'findings: [污染消除]', 'findings: 污染消除', 'findings:', '应写成列表'),
    mistake(
      'a text for a mapping',
      'visits: { every: 2 months, source: CD-12 }',
      'visits: 常去',
      'visits',
      'every、source',
    ),
    mistake('another base', 'extends: defaults', 'extends: changde', 'extends', 'extends: defaults'),
  ])
})

describe('a return that would never fall due', () => {
  const weekly = (due: string) => `each: week\n  due: ${due}`
  pointedOut([
    mistake(
      'on day 0 of the week',
      'each: month\n  due: day 31 17:00',
      weekly('0 17:00'),
      'due:',
      'Friday 17:00',
    ),
    mistake(
      'on a day no week has',
      'each: month\n  due: day 31 17:00',
      weekly('Fryday 17:00'),
      'due:',
      'Monday 至 Sunday',
    ),
    mistake(
      'at no hour of the day',
      'each: month\n  due: day 31 17:00',
      weekly('Friday 24:00'),
      'due:',
      'Friday 17:00',
    ),
    mistake('on day 0 of the month', 'due: day 31', 'due: day 0', 'due:', '1 至 31'),
    mistake('on day 32 of the month', 'due: day 31', 'due: day 32', 'due:', '1 至 31'),
    mistake('on two days of the month', 'due: day 31', 'due: day 15, 31', 'due:', '几日'),
    mistake(
      'on days out of order',
      'each: month\n  due: day 31',
      'each: ten days\n  due: day 20, 10',
      'due:',
      '由小到大',
    ),
    mistake('every fortnight', 'each: month', 'each: fortnight', 'each:', 'ten days'),
  ])

  it('is none on the 31st, the last day of shorter months', () => {
    expect(A_CITY).toContain('due: day 31')
    expect(complaintsAbout(A_CITY)).toEqual([])
  })
})

describe('a rule without a source', () => {
  const asks = '缺少“source”'
  pointedOut([
    mistake('in a list', '{ field: 监管单位, source: HH-06 }', '{ field: 监管单位 }', '监管单位', asks),
    mistake('in a step', '      source: CD-08\n', '', 'id: verification', asks),
    mistake(
      'in a rung',
      '    release: office-head\n    source: CD-11\n',
      '    release: office-head\n',
      'rung: 预警',
      asks,
    ),
    mistake('in a section', '  source: HY-01\n', '', 'returns:', asks),
    mistake('that is empty', 'source: HY-01', 'source: ""', 'source: ""', '依据'),
    mistake('that says nothing', 'source: HY-01', 'source: 领导要求', '领导要求', 'parameter'),
    mistake('that no catalogue has', 'source: HY-01', 'source: HY-13', 'HY-13', '没有“HY-13”'),
    mistake('that names a clause wrongly', 'source: HY-01', 'source: HY-1', 'HY-1', '没有“HY-1”'),
    mistake('of another country', 'source: HY-01', 'source: parameter AA-01', 'AA-01', '没有“AA-01”'),
    mistake(
      'that is taken over from the defaults although the rule is not',
      'visits: {',
      'classes:\n  immediate: { within: 5 working days }\nvisits: {',
      'immediate:',
      asks,
    ),
  ])
})

describe('a chain that could never come to its end', () => {
  pointedOut([
    mistake(
      'for want of a cooperating unit',
      '    - { field: 配合验收单位, source: CD-01 }\n',
      '',
      'by: cooperating-units',
      'field: 配合验收单位',
    ),
    mistake(
      'for want of a supervising unit',
      '    - { field: 监管单位, source: HH-06 }\n',
      '',
      'by: supervising-unit',
      'field: 监管单位',
    ),
    mistake(
      'for want of a leader of the county',
      'by: supervising-unit',
      'by: county-leader',
      'by: county-leader',
      'field: 牵头县级领导',
    ),
    mistake(
      'because it wants more than all',
      'quorum: 2 of 3 with veto',
      'quorum: 4 of 3',
      'quorum: 4 of 3',
      '办不到',
    ),
    mistake(
      'because it wants nobody',
      'quorum: 2 of 3 with veto',
      'quorum: 0 of 3',
      'quorum: 0 of 3',
      '办不到',
    ),
  ])

  it('because nothing stands in it', () => {
    const from = A_CITY.indexOf('    - id: application')
    const text = `${A_CITY.slice(0, from).replace(/chain:\s*$/, 'chain: []\n')}${A_CITY.slice(A_CITY.indexOf('visits:'))}`
    expect(complaintsAbout(text)).toEqual([`${lineOf(text, 'chain: []')}: 销号至少要有一关,否则永远办不完`])
  })

  it('because one person would have to sign twice', () => {
    const text = changed('by: supervising-unit', 'by: secretary').replace('by: lead-unit', 'by: secretary')
    const second = text.split('\n').findLastIndex((line) => line.includes('by: secretary')) + 1
    expect(complaintsAbout(text)).toEqual([expect.stringMatching(`^${second}: .*同一人在一轮中只签一次`)])
  })

  it('because two steps have one id', () => {
    const text = changed('id: approval', 'id: opinions')
    const second = text.split('\n').findLastIndex((line) => line.includes('id: opinions')) + 1
    expect(complaintsAbout(text)).toEqual([expect.stringMatching(`^${second}: .*“opinions”已经用过`)])
  })
})

describe('nobody verifies what is their own (GN-08)', () => {
  it.each([
    ['a clerk’s signature', 'form: signature', '自己签字认可'],
    ['a visit of one’s own site', 'form: review\n      where: on-site', '自己现场核查'],
    ['findings of one’s own', 'form: review\n      findings: [污染消除]', '自己认定结论'],
  ])('%s is refused', (_what, how, says) => {
    const text = changed('by: responsible-head\n      form: signature', `by: responsible-unit\n      ${how}`)
    const complaints = complaintsAbout(text)
    expect(complaints).toHaveLength(1)
    expect(complaints[0]).toContain(says)
  })

  it('refuses a chain whose last word is the responsible unit’s', () => {
    const text = changed('by: supervising-unit', 'by: responsible-head').replace(
      'by: responsible-head\n      form: signature\n      source: CD-07',
      'by: responsible-unit\n      form: review\n      source: CD-07',
    )
    expect(complaintsAbout(text)).toEqual([expect.stringContaining('最后一关“审定”由责任单位自己办理')])
  })

  it('refuses acceptance units that need not be others than the responsible ones', () => {
    const text = changed('returns:', '  apart:\n    - { party: 监管单位, source: HH-06 }\n\nreturns:')
    expect(complaintsAbout(text)).toEqual([
      expect.stringMatching(`^${lineOf(text, 'by: cooperating-units')}: .*party: 验收单位`),
      expect.stringMatching(`^${lineOf(text, 'by: lead-unit')}: .*party: 验收单位`),
    ])
  })
})

describe('a ladder that could not be climbed', () => {
  it('because a rung is there twice', () => {
    const text = changed('rung: 通报', 'rung: 预警')
    const line = text.split('\n').findLastIndex((words) => words.includes('rung: 预警')) + 1
    expect(complaintsAbout(text)).toEqual([`${line}: “预警”前面已经写过,每级只写一次`])
  })

  describe('where levels of source differ', () => {
    const rung = (title: string, level: string, when: string): string =>
      `  - rung: ${title}\n    for: [${level}]\n    when: [${when}]\n    by: case-leader\n    whom: [responsible-head]\n    release: case-leader\n    source: CD-11\n`
    const withRungs = (...rungs: readonly string[]): string =>
      changed('closing:\n  checklist', `${rungs.join('')}\nclosing:\n  checklist`)

    it('each level has its own rung, days and triggers: rungs that never meet are not held against each other', () => {
      expect(
        complaintsAbout(
          withRungs(
            rung('挂牌督办', 'provincial', '20 days after deadline'),
            rung('挂牌督办', 'central', '10 days after deadline'),
            rung('约谈', 'central, municipal', '20 days after deadline'),
          ),
        ),
      ).toEqual([])
    })

    it('but two rungs of one level are', () => {
      const twice = withRungs(
        rung('挂牌督办', 'provincial', '20 days after deadline'),
        rung('挂牌督办', 'provincial, central', '30 days after deadline'),
      )
      expect(complaintsAbout(twice)).toEqual([expect.stringContaining('“挂牌督办”前面已经写过,每级只写一次')])
      const early = withRungs(
        rung('挂牌督办', 'central', '20 days after deadline'),
        rung('约谈', 'central', '10 days after deadline'),
      )
      expect(complaintsAbout(early)).toEqual([expect.stringContaining('“约谈”比前面的“挂牌督办”启动得还早')])
    })
  })

  it('because a person must decide it (CD-11)', () => {
    const text = changed('by: case-leader', 'by: engine')
    const line = text.split('\n').findLastIndex((words) => words.includes('by: engine')) + 1
    expect(complaintsAbout(text)).toEqual([expect.stringMatching(`^${line}: “通报”应由人决定`)])
  })

  pointedOut([
    mistake(
      'because a lighter rung waits for what has long called for a heavier one',
      '[15 days before deadline, 2 missing returns in a row]',
      '[15 days before deadline, 2 missing returns in a row, 30 days after deadline]',
      'when: [15 days before',
      '“预警”永远不会因此启动;请删去,或改到更重的一级',
    ),
    mistake(
      'because a count is reached only after the heavier rung’s',
      '2 missing returns in a row]\n    by: engine',
      '2 missing returns in a row, 1 refusal, 4 refusals]\n    by: engine',
      'when: [15 days before',
      '请核对退回的次数',
    ),
    mistake(
      'because its rungs are out of order',
      'rung: 预警\n    when: [15 days before deadline, 2 missing returns in a row]\n    by: engine',
      'rung: 约谈\n    when: [rebound]\n    by: office-head',
      'rung: 通报',
      '应写在“约谈”之前',
    ),
    mistake(
      'because the heavier rung comes first',
      '1 day after deadline',
      '20 days before deadline',
      '20 days before',
      '启动得还早',
    ),
    mistake(
      'because a trigger is there twice',
      '2 refusals',
      '2 missing returns in a row',
      '[1 day after deadline',
      '前面已经写过',
    ),
    mistake(
      'because it is called for by nothing',
      '[1 day after deadline, 2 refusals]',
      '[]',
      'when: []',
      '至少写一项',
    ),
    mistake('because it reaches nobody', 'whom: [responsible-head]', 'whom: []', 'whom: []', '至少写一个'),
    mistake('because nobody may release it', '    release: case-leader\n', '', 'rung: 通报', '缺少“release”'),
    mistake(
      'because the engine would release it',
      'release: case-leader',
      'release: engine',
      'release: engine',
      'office-head(整改办主任)',
    ),
  ])

  it('because no leader need be named who would decide and release it', () => {
    const text = changed('    - { field: 包案市级领导, source: CD-12 }\n', '')
    const complaints = complaintsAbout(text)
    expect(complaints).toContainEqual(
      expect.stringMatching(`^${lineOf(text, 'by: case-leader')}: .*可能无人决定`),
    )
    expect(complaints).toContainEqual(
      expect.stringMatching(`^${lineOf(text, 'release: case-leader')}: .*可能无人解除`),
    )
    expect(complaints).toContainEqual(expect.stringMatching(/延期可能无人审批.*这一条来自通用规则/))
  })
})

describe('spans and months that make no sense', () => {
  const also = (lines: string) => `${lines}\nvisits: {`
  pointedOut([
    mistake(
      'a public notice of no days',
      'period: 5 working days',
      'period: 0 working days',
      'period: 0',
      '公示期不能为 0 天',
    ),
    mistake(
      'a step without time',
      'within: 7 working days',
      'within: 0 working days\n      chase-after: 0 calendar days',
      'within: 0',
      '不能为 0 天',
    ),
    mistake(
      'a chase after the end',
      'within: 7 working days',
      'within: 3 working days',
      'id: verification',
      '催办应早于',
    ),
    mistake(
      'two public notices',
      '      period: 5 working days\n      source: CD-09\n',
      '      period: 5 working days\n      source: CD-09\n    - { id: again, kind: 公示, step: 再公示, source: CD-09 }\n',
      'id: again',
      '公示只能有一关',
    ),
    mistake(
      'a step after filing',
      '\nvisits: {',
      '    - { id: after, step: 复核, by: office, form: review, source: GN-07 }\n\nvisits: {',
      'id: after',
      '最后一关',
    ),
    mistake(
      'look-backs out of order',
      'visits: {',
      also('look-back: { months: [6, 3], source: JN-12 }'),
      'look-back',
      '由小到大',
    ),
    mistake(
      'no look-back',
      'visits: {',
      also('look-back: { immediate-months: [], source: JN-12 }'),
      'look-back',
      '永远不能归档',
    ),
    mistake(
      'a ranking whose parts are more than the whole',
      'visits: {',
      also('ranking: { weights: { pace: 40 }, source: JN-21 }'),
      'ranking',
      '各项分值合计应为 100,现为 110',
    ),
    mistake(
      'an extension longer than anybody may grant',
      'visits: {',
      also('extension: { longest: 12 months, source: GN-03 }'),
      'extension',
      '更长的无人审批',
    ),
  ])
})

describe('somebody who is not there, and a share of one', () => {
  pointedOut([
    mistake(
      'a warning to a leader nobody has to name',
      'whom: [responsible-unit, case-leader]',
      'whom: [responsible-unit, county-leader]',
      'county-leader',
      'field: 牵头县级领导',
    ),
    mistake(
      'the same addressee twice',
      'whom: [responsible-unit, case-leader]',
      'whom: [case-leader, case-leader]',
      'whom: [case-leader',
      '前面已经写过',
    ),
    mistake(
      'a share of a seat of one chair',
      '      by: supervising-unit\n      form: signature',
      '      by: supervising-unit\n      quorum: 3 of 4\n      form: signature',
      'quorum: 3 of 4',
      '请写 one',
    ),
    mistake(
      'a unit that reviews in person',
      '      by: lead-unit\n      form: review',
      '      by: lead-unit\n      form: review\n      deputy: in-person',
      'deputy: in-person',
      'by: responsible-head',
    ),
  ])
})

describe('slips, levels and days written twice or the wrong way round', () => {
  const slips = (...when: readonly string[]): string => `when: [${when.map((one) => `"${one}"`).join(', ')}]`
  pointedOut([
    mistake(
      'two colours on one day',
      'when: [15 days before deadline, 2 missing returns in a row]',
      slips('15 days before deadline, yellow', '15 days before deadline, red'),
      'when: ["15',
      '同一天只发一种',
    ),
    mistake(
      'colours in reverse',
      'when: [15 days before deadline, 2 missing returns in a row]',
      slips('15 days before deadline, red', '7 days before deadline, yellow'),
      'when: ["15',
      '次序颠倒',
    ),
    mistake(
      'a level twice',
      '    release: office-head',
      '    release: office-head\n    for: [central, central]',
      'for: [central',
      '来源层级前面已经写过',
    ),
    mistake(
      'a day of collecting twice',
      'closing:\n',
      'closing:\n  collected: { days: [5, 5], source: CD-05 }\n',
      'collected',
      '5 日前面已经写过',
    ),
  ])
})

describe('chased before there is anything to do', () => {
  const section = (text: string): string => `${text}\nvisits: {`
  pointedOut([
    mistake(
      'a step, in other units',
      'within: 7 working days',
      'within: 7 working days\n      chase-after: 10 calendar days',
      'chase-after',
      '催办应早于办理期限',
    ),
    mistake(
      'a bulletin',
      'visits: {',
      section('cadence: { chase: 6 working days, source: CD-17 }'),
      'cadence',
      '催办早于通报截数之日',
    ),
    mistake(
      'a bulletin issued after the next',
      'visits: {',
      section('cadence: { bulletin: { within: 25 working days, source: HH-03 }, source: CD-17 }'),
      'cadence',
      '下一期截数之后',
    ),
    mistake(
      'a feedback',
      'visits: {',
      section('instructions: { chase-before: 5 working days, source: HY-04 }'),
      'instructions',
      '短于 feedback-within',
    ),
    mistake(
      'a petition',
      'visits: {',
      section('petitions: { close-within: 60 calendar days, chase-days: 60, source: GN-11 }'),
      'petitions',
      '短于 close-within',
    ),
  ])
})

describe('leaders told and clues drafted', () => {
  const section = (text: string): string => `${text}\nvisits: {`
  pointedOut([
    mistake(
      'of a rung the ladder does not have',
      'visits: {',
      section('area-leaders: { tells: [{ rung: 约谈, tiers: [first] }], source: HH-15 }'),
      'area-leaders',
      '督办阶梯里没有“约谈”',
    ),
    mistake(
      'of a rung twice',
      'visits: {',
      section(
        'area-leaders: { tells: [{ rung: 预警, tiers: [first] }, { rung: 预警, tiers: [in-charge] }], source: HH-15 }',
      ),
      'area-leaders',
      '写在一处',
    ),
    mistake(
      'before anybody was warned',
      'visits: {',
      section('accountability: { refusals: 2, rebounds: 2, missing-returns: 1, source: JN-15 }'),
      'accountability',
      '连续缺报 2 期才开始督办,这里 1 次就起草追责线索;请不少于 2',
    ),
    mistake(
      'at a refusal before the ladder looks at refusals',
      'visits: {',
      section('accountability: { refusals: 1, rebounds: 2, missing-returns: 3, source: JN-15 }'),
      'accountability',
      '销号被退回 2 次才开始督办',
    ),
    mistake(
      'at the first rebound, which the ladder does not know',
      'visits: {',
      section('accountability: { refusals: 2, rebounds: 1, missing-returns: 3, source: JN-15 }'),
      'accountability',
      '请不少于 2,或在阶梯里写上“rebound”',
    ),
    mistake(
      'twice for the same',
      '\nclosing:\n  checklist',
      '  - rung: 责任追究线索\n    when: [3 refusals]\n    by: office-head\n    whom: [case-leader]\n    release: office-head\n    source: CD-11\naccountability: { refusals: 3, rebounds: 2, missing-returns: 3, source: JN-15 }\n\nclosing:\n  checklist',
      'accountability',
      '同一件事会有两份',
    ),
  ])
})

describe('a return chased at a time that helps nobody', () => {
  const chased = (before: string, at: string): string =>
    changed('due: day 31 17:00', `due: day 31 17:00\n  chase: { before: ${before}, at: "${at}" }`)

  it.each([
    ['before the one before it was due', '20 working days', '09:00', '催报早于上一期应报的日子'],
    [
      'before the one before it was due, by the calendar',
      '28 calendar days',
      '09:00',
      '催报早于上一期应报的日子',
    ],
    ['on its day, after its hour', '0 working days', '17:00', '永远催不到'],
  ])('%s', (_what, before, at, says) => {
    const text = chased(before, at)
    expect(complaintsAbout(text)).toEqual([expect.stringMatching(`^${lineOf(text, 'chase:')}: .*${says}`)])
  })

  it('but on its day, before its hour, it is', () => {
    expect(complaintsAbout(chased('0 working days', '09:00'))).toEqual([])
    expect(complaintsAbout(chased('19 working days', '18:00'))).toEqual([])
  })
})

describe('YAML that is none', () => {
  pointedOut([
    mistake('a tab', '  unit: 市整改办', '\tunit: 市整改办', '\tunit', '制表符'),
    mistake('an alias', 'visits: { every: 2 months, source: CD-12 }', 'visits: *v', '*v', '锚点与别名'),
    mistake('an anchor', 'visits: {', 'visits: &v {', 'visits', '锚点与别名'),
    mistake('a tag', 'city: 云汀市', 'city: !secret 云汀市', '!secret', '标签'),
    mistake('a second document', 'visits: {', '---\nvisits: {', '---', '只写一份规则'),
  ])

  it('a key twice', () => {
    const text = changed('city: 云汀市', 'city: 云汀市\ncity: 云汀')
    expect(complaintsAbout(text)).toEqual([`5: 同一处有两个同名的项,请留一个`])
  })

  it('a bracket that is never closed', () => {
    expect(complaintsAbout(changed('findings: [污染消除]', 'findings: [污染消除'))[0]).toMatch(/^\d+: /)
  })
})

describe('several mistakes at once', () => {
  const text = [
    ['letterhead: 云汀市整改办', 'letterhead: 云汀市整改办\n  phone: 12345'],
    ['source: HY-01', 'source: HY-99'],
    ['within: 7 working days', 'within: 7'],
    ['quorum: 2 of 3 with veto', 'quorum: 4 of 3'],
    ['id: approval', 'id: opinions'],
    ['      source: CD-09\n', ''],
  ].reduce((file, [passage = '', into = '']) => file.replace(passage, into), A_CITY)

  it('are all named, in the order of the text', () => {
    expect(complaintsAbout(text)).toEqual([
      expect.stringMatching(`^${lineOf(text, 'phone')}: 不认得“phone”`),
      expect.stringMatching(`^${lineOf(text, 'HY-99')}: .*没有“HY-99”`),
      expect.stringMatching(`^${lineOf(text, '4 of 3')}: .*办不到`),
      expect.stringMatching(`^${lineOf(text, 'within: 7')}: .*5 working days`),
      expect.stringMatching(`^${lineOf(text, 'step: 审定') - 1}: .*已经用过`),
      expect.stringMatching(`^${lineOf(text, 'id: notice')}: 缺少“source”`),
    ])
  })

  it('of which one cannot be read past are named as far as can be told', () => {
    const unreadable = text.replace('id: yunting\n', '')
    const complaints = complaintsAbout(unreadable)
    expect(complaints).toContainEqual(expect.stringContaining('缺少“id”'))
    expect(complaints).toContainEqual(expect.stringContaining('不认得“phone”'))
  })
})
