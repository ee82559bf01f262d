import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { Document, Packer, Paragraph, Table, TableCell, TableRow, TextRun } from 'docx'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPlanFile, UnreadablePlan } from '../../intake/index.js'

const PLAN = '二、整改措施\n1.清理河道。(责任单位:市水利局;整改时限:2022年6月)\n'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bihuan-intake-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const file = async (name: string, content: string | Uint8Array): Promise<string> => {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

const docx = async (name: string, children: (Paragraph | Table)[]): Promise<string> =>
  file(name, await Packer.toBuffer(new Document({ sections: [{ children }] })))

/** The sentence the person at the terminal gets. */
const refusal = async (path: string): Promise<string> => {
  try {
    await readPlanFile(path)
  } catch (error) {
    if (error instanceof UnreadablePlan) return error.message
    throw error
  }
  throw new Error(`read without complaint: ${path}`)
}

describe('a text file', () => {
  it('is read in UTF-8, with or without its mark', async () => {
    for (const mark of ['', '\ufeff']) {
      const { entries } = await readPlanFile(await file(`utf8${mark.length}.txt`, mark + PLAN))
      expect(entries.map(({ units }) => units)).toEqual([['市水利局']])
    }
  })

  it('is read in UTF-16', async () => {
    const { entries } = await readPlanFile(await file('utf16.txt', Buffer.from(`\ufeff${PLAN}`, 'utf16le')))
    expect(entries).toHaveLength(1)
  })

  it('is read in GB 18030, as older offices save it', async () => {
    // 1.清淤。(责任单位:市水利局;时限:2022年)
    const bytes = Buffer.from(
      '312ec7e5d3d9a1a328d4f0c8ceb5a5cebb3acad0cbaec0fbbed63bcab1cfde3a32303232c4ea29',
      'hex',
    )
    const { entries } = await readPlanFile(await file('gbk.txt', bytes))
    expect(entries.map(({ text, units }) => [text, units])).toEqual([['清淤。', ['市水利局']]])
  })

  it('counts its lines alike with every line ending', async () => {
    for (const [name, ending] of [
      ['lf', '\n'],
      ['crlf', '\r\n'],
      ['cr', '\r'],
    ] as const) {
      const { entries } = await readPlanFile(await file(`${name}.txt`, PLAN.replaceAll('\n', ending)))
      expect(entries.map(({ lines }) => lines)).toEqual([[2, 2]])
    }
  })
})

describe('a Word file', () => {
  it('gives paragraphs, one a line', async () => {
    const path = await docx('plan.docx', [
      new Paragraph('甲市整改方案'),
      new Paragraph(''),
      new Paragraph('二、整改措施'),
      new Paragraph({
        children: [new TextRun('1.清理'), new TextRun({ text: '河道', bold: true }), new TextRun('。')],
      }),
      new Paragraph('责任单位:市水利局、东城区党委、政府'),
      new Paragraph('整改时限:2022年6月底前'),
    ])
    const { source, entries } = await readPlanFile(path)
    expect(source.title).toBe('甲市整改方案')
    expect(entries).toHaveLength(1)
    expect(entries[0]).toMatchObject({
      text: '清理河道。',
      lines: [4, 6],
      units: ['市水利局', '东城区党委', '东城区政府'],
      deadline: { date: '2022-06-30' },
    })
  })

  const row = (...cells: string[]) =>
    new TableRow({
      children: cells.map(
        (cell) => new TableCell({ children: cell.split('\n').map((line) => new Paragraph(line)) }),
      ),
    })

  it('gives the rows of a ledger, merged cells said again', async () => {
    const merged = new TableRow({
      children: [
        new TableCell({ children: [new Paragraph('1')] }),
        new TableCell({ children: [new Paragraph('甲河污染')] }),
        new TableCell({ rowSpan: 2, children: [new Paragraph('市水利局、'), new Paragraph('东城区政府')] }),
        new TableCell({ children: [new Paragraph('2022年6月')] }),
      ],
    })
    const below = new TableRow({
      children: ['2', '乙河污染', '2022年9月'].map(
        (cell) => new TableCell({ children: [new Paragraph(cell)] }),
      ),
    })
    const path = await docx('ledger.docx', [
      new Paragraph('乙市整改清单'),
      new Table({ rows: [row('序号', '反馈问题', '责任单位', '整改时限'), merged, below] }),
    ])
    const { entries } = await readPlanFile(path)
    expect(entries.map(({ text, units, deadline, lines }) => [text, units, deadline.date, lines])).toEqual([
      ['甲河污染', ['市水利局', '东城区政府'], '2022-06-30', [3, 3]],
      ['乙河污染', ['市水利局', '东城区政府'], '2022-09-30', [4, 4]],
    ])
  })

  it('gives label–value rows, one sheet a problem', async () => {
    const sheet = (problem: string, unit: string) =>
      new Table({
        rows: [
          row('反馈问题', problem),
          row('整改措施', '截污\n清淤'),
          row('责任单位', unit),
          row('整改时限', '立行立改'),
        ],
      })
    const path = await docx('sheets.docx', [
      new Paragraph('丙市整改台账'),
      sheet('甲河污染', '市水利局'),
      new Paragraph(''),
      sheet('乙山裸露', '市林业局'),
    ])
    const { entries } = await readPlanFile(path)
    expect(entries.map(({ units, measures, deadline }) => [units, measures, deadline.kind])).toEqual([
      [['市水利局'], '截污\n清淤', 'immediate'],
      [['市林业局'], '截污\n清淤', 'immediate'],
    ])
  })

  it('is known by its content, whatever its name', async () => {
    const path = await docx('renamed.txt', [new Paragraph('1.清淤。(责任单位:市水利局;时限:2022年)')])
    expect((await readPlanFile(path)).entries).toHaveLength(1)
  })
})

describe('a file that cannot be read', () => {
  it.each([
    ['missing', () => join(folder, 'nowhere.txt'), '找不到文件'],
    ['a folder', () => folder, '文件夹'],
    ['a device', () => '/dev/zero', '不是普通文件'],
  ])('%s', async (_, path, words) => {
    expect(await refusal(path())).toContain(words)
  })

  it.each([
    ['empty', '', '空的'],
    ['blank', ' \n\t\n　\n', '空的'],
    ['a poem', '床前明月光,\n疑是地上霜。\n举头望明月,\n低头思故乡。\n', '不像整改方案'],
    ['a shopping list', '1.苹果\n2.牛奶\n3.面包\n', '不像整改方案'],
    [
      'a meeting',
      '关于召开会议的通知\n会议时间:2022年6月\n一、会议内容\n1.学习文件。\n2.讨论工作。\n',
      '不像整改方案',
    ],
    ['code', 'const a = { b: 1 }\nexport default a\n', '不像整改方案'],
    ['data', JSON.stringify({ name: 'x', items: [1, 2, 3] }), '不像整改方案'],
    ['a program', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0]), '不是文本文件'],
    ['noise', Buffer.from(Array.from({ length: 4_000 }, (_, at) => (at * 7_919) % 251)), '不是文本文件'],
    ['a PDF', '%PDF-1.7\n…', 'PDF'],
    ['an old Word file', Buffer.from('d0cf11e0a1b11ae1', 'hex'), '.doc'],
    ['a torn zip', Buffer.from('504b0304aabbcc', 'hex'), '损坏'],
  ])('%s gets one sentence', async (name, content, words) => {
    const sentence = await refusal(await file(`${name}.txt`, content))
    expect(sentence).toContain(words)
    expect(sentence).not.toContain('\n')
  })

  it('of 50 MB is refused by its size, unread', async () => {
    const path = join(folder, 'large.txt')
    const handle = await open(path, 'w')
    await handle.truncate(50 * 1024 * 1024)
    await handle.close()
    expect(await refusal(path)).toBe('文件有 50 MB,超过 20 MB 的上限,不予读取。')
  })

  it('that is a zip without a Word document is told so', async () => {
    expect(
      await refusal(await file('other.docx', zip([{ name: 'a.txt', data: Buffer.from('a') }]))),
    ).toContain('不是 Word 文档')
  })

  it('that would inflate beyond bounds is refused by its directory', async () => {
    const bomb = zip([{ name: 'word/document.xml', data: Buffer.alloc(1024), claims: 4_000_000_000 }])
    expect(await refusal(await file('claims.docx', bomb))).toContain('解压后过大')
  })

  it('whose directory lies about its size is refused when it outgrows it', async () => {
    const bomb = zip([{ name: 'word/document.xml', data: Buffer.alloc(200 * 1024 * 1024), claims: 1_000 }])
    expect(bomb.length).toBeLessThan(1024 * 1024)
    expect(await refusal(await file('lies.docx', bomb))).toContain('解压后过大')
  })

  it.each([
    ['never closed', `<w:document xmlns:w="x">${'<w:p>'.repeat(100_000)}`],
    ['nested without end', `${'<w:p>'.repeat(100_000)}${'</w:p>'.repeat(100_000)}`],
    ['with entities that multiply', '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>'],
    ['cut off', '<w:document xmlns:w="x"><w:body'],
  ])('whose XML is %s is refused at once', async (name, xml) => {
    const path = await file(`${name}.docx`, zip([{ name: 'word/document.xml', data: Buffer.from(xml) }]))
    expect(await refusal(path)).toContain('损坏')
  })
})

type Part = { readonly name: string; readonly data: Buffer; readonly claims?: number }

/** A zip by hand, so that its directory can claim what it likes. */
const zip = (parts: readonly Part[]): Buffer => {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, data, claims } of parts) {
    const packed = deflateRawSync(data)
    const title = Buffer.from(name)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(8, 8)
    local.writeUInt32LE(packed.length, 18)
    local.writeUInt32LE(claims ?? data.length, 22)
    local.writeUInt16LE(title.length, 26)
    const central = Buffer.alloc(46)
    central.writeUInt32LE(0x02014b50, 0)
    central.writeUInt16LE(8, 10)
    central.writeUInt32LE(packed.length, 20)
    central.writeUInt32LE(claims ?? data.length, 24)
    central.writeUInt16LE(title.length, 28)
    central.writeUInt32LE(offset, 42)
    locals.push(local, title, packed)
    directory.push(central, title)
    offset += 30 + title.length + packed.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(
    directory.reduce((sum, { length }) => sum + length, 0),
    12,
  )
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, ...directory, end])
}
