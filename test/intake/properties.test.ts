import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type PlanReading, planReadingSchema, readPlanText, UnreadablePlan } from '../../intake/index.js'
import { linesOf } from '../../intake/lines.js'

/** The reading, or null where the text is no plan; any other error fails the property. */
const read = (text: string): PlanReading | null => {
  try {
    return readPlanText(text)
  } catch (error) {
    if (error instanceof UnreadablePlan) return null
    throw error
  }
}

const UNITS = [
  '市环保局',
  '市水利局',
  '各县区党委、政府',
  '章丘区、平阴县党委、政府',
  '市南部山区党工委、管委会',
  '团市委',
  '甲县(市、区)政府',
]
const DEADLINES = [
  '立行立改',
  '长期坚持',
  '立行立改,长期坚持',
  '2022年6月底前',
  '年底前',
  '2年内',
  '2月30日',
  '二〇二三年',
  '2022年第三季度',
  '',
]
const TEXTS = [
  '清理河道。',
  '到2023年,完成治理。',
  '每季度至少研究一次。',
  '加强《规划(2018—2020)》落实',
  '整改问题(含“回头看”)',
]

const unitList = fc
  .array(fc.constantFrom(...UNITS), { minLength: 1, maxLength: 4 })
  .chain((units) => fc.constantFrom('、', ',', '，', ';').map((joiner) => units.join(joiner)))
const labelled = fc.record({
  text: fc.constantFrom(...TEXTS),
  units: unitList,
  deadline: fc.constantFrom(...DEADLINES),
})
const form = fc.constantFrom(
  ({ text, units, deadline }: { text: string; units: string; deadline: string }) =>
    `${text}(责任单位:${units};整改时限:${deadline})`,
  ({ text, units, deadline }: { text: string; units: string; deadline: string }) =>
    `${text}\n责任单位：${units}\n完成时限：${deadline}`,
  ({ text, units, deadline }: { text: string; units: string; deadline: string }) =>
    `${text}【完成时间】${deadline}【责任部门】${units}`,
  ({ text, units, deadline }: { text: string; units: string; deadline: string }) =>
    `| ${text} | ${units} | ${deadline} |`,
)
const FRAGMENTS = [
  '(',
  ')',
  '（',
  '）',
  '【',
  '】',
  ':',
  '：',
  ';',
  '、',
  ',',
  '。',
  '\n',
  '\r\n',
  '\t',
  '|',
  '# ',
  '1.',
  '(1)',
  '一、',
  '①',
  '一是',
  '责任单位',
  '责任单位:',
  '责任人:',
  '整改时限:',
  '整改措施:',
  '整改措施',
  '主要负责人',
  '党委',
  '政府',
  '章丘区',
  '2020年',
  '年内',
  '每周',
  '《',
  '》',
  '〔2018〕',
  '環(huán)',
  '整改',
  '督察',
  '问题,',
  '对',
  '市环保局',
  ' ',
  '　',
  '\u0000',
  '😀',
]

const wild = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 80 }).map((parts) => parts.join('')),
)
const plan = fc
  .array(fc.tuple(labelled, form, fc.constantFrom('', '1.', '(一)', '2、')), { minLength: 1, maxLength: 8 })
  .map((items) =>
    [
      '甲市整改方案',
      '发布日期:2021-03-01',
      '二、整改措施',
      ...items.map(([item, write, number]) => number + write(item)),
    ].join('\n'),
  )
const any = fc.oneof(
  wild,
  plan,
  fc.tuple(plan, wild).map(([a, b]) => `${a}\n${b}`),
)

const lineCount = (text: string) => text.split(/\r\n|\n|\r/).length
const withoutLines = (reading: PlanReading | null) =>
  reading && {
    source: reading.source,
    entries: reading.entries.map(({ lines: _, ...entry }) => entry),
  }

describe('whatever the text', () => {
  it('reading gives a valid reading, or says that it is no plan', () => {
    fc.assert(
      fc.property(any, (text) => {
        const reading = read(text)
        if (reading) planReadingSchema.parse(reading)
      }),
      { numRuns: 600 },
    )
  })

  it('every entry points into the file, and entries are numbered from 1', () => {
    fc.assert(
      fc.property(any, (text) => {
        const reading = read(text)
        for (const [at, { n, lines }] of reading?.entries.entries() ?? []) {
          expect(n).toBe(at + 1)
          expect(lines[0]).toBeGreaterThanOrEqual(1)
          expect(lines[1]).toBeGreaterThanOrEqual(lines[0])
          expect(lines[1]).toBeLessThanOrEqual(lineCount(text))
        }
      }),
      { numRuns: 300 },
    )
  })

  it('no unit or person is invented: their characters stand in the text', () => {
    fc.assert(
      fc.property(any, (text) => {
        const plain = linesOf(text)
          .map((line) => line.text + line.cells.join(''))
          .join('\n')
        for (const { units, persons } of read(text)?.entries ?? [])
          for (const name of [...units, ...persons])
            for (const char of name) if (char.trim() !== '') expect(plain).toContain(char)
      }),
      { numRuns: 300 },
    )
  })

  it('no unit holds a separator outside its brackets', () => {
    fc.assert(
      fc.property(plan, (text) => {
        for (const { units } of read(text)?.entries ?? [])
          for (const unit of units)
            expect(unit.replace(/[(（][^()（）]*[)）]/g, '')).not.toMatch(/[、,，;；\n]/)
      }),
      { numRuns: 300 },
    )
  })

  it('a date stands exactly where the deadline is dated', () => {
    fc.assert(
      fc.property(any, (text) => {
        for (const { deadline } of read(text)?.entries ?? [])
          expect(deadline.date !== null).toBe(deadline.kind === 'by-date')
      }),
      { numRuns: 200 },
    )
  })

  it('what cannot be dated or attributed is asked', () => {
    fc.assert(
      fc.property(plan, (text) => {
        for (const { deadline, missing, questions } of read(text)?.entries ?? []) {
          if (deadline.kind === 'unknown') expect(questions.length).toBeGreaterThan(0)
          expect(questions.length).toBeGreaterThanOrEqual(missing.length)
        }
      }),
      { numRuns: 200 },
    )
  })
})

describe('spacing', () => {
  it('around lines, and the kind of line ending, change nothing', () => {
    fc.assert(
      fc.property(
        plan,
        fc.constantFrom('  ', '　', ' \t'),
        fc.constantFrom('\n', '\r\n'),
        (text, pad, ending) => {
          const spaced = text
            .split('\n')
            .map((line) =>
              line.startsWith('|') ? line : pad.replace('\t', '') + line + pad.replace('\t', ''),
            )
            .join(ending)
          expect(withoutLines(read(spaced))).toEqual(withoutLines(read(text)))
        },
      ),
      { numRuns: 200 },
    )
  })

  it('reading twice gives the same', () => {
    fc.assert(
      fc.property(any, (text) => {
        expect(read(text)).toEqual(read(text))
      }),
      { numRuns: 200 },
    )
  })
})

describe('hostile lengths', () => {
  // Each would take minutes if any rule looked back over the whole text again and again.
  const REPEATED = [
    '(',
    '(责任单位:',
    '责任单位:',
    ':',
    '责任单位:甲局;',
    '2020年',
    '每',
    '、',
    '市环保局、',
    '章丘区、',
    '局和',
    '環(huán)',
    '《',
    ',',
    '| ',
    '1.\n',
    '(1)\n',
    '整改措施:\n',
    '责 ',
    '一是',
    '问题,',
    '主要负责人',
    '2020年至',
    '责任单位\t',
    '1.甲\n整改措施:\n',
  ]

  it.each(REPEATED.map((unit) => [JSON.stringify(unit), unit]))('%s, 10,000 times', (_, unit) => {
    const long = unit.repeat(10_000)
    for (const text of [long, `二、整改措施\n1.加强整改。(责任单位:${long};整改时限:2020年)`]) {
      const reading = read(text)
      expect(reading === null || reading.entries.length > 0).toBe(true)
    }
  })
})
