import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeActivities } from '../../activities/index.js'
import { connect, type Db } from '../../db/connect.js'
import type { EffectKey, PaperOrder } from '../../domain/effects/types.js'
import { aDrill, orderFor } from '../papers/orders.js'
import { createDatabase, type TestDatabase } from '../support/database.js'
import { readBack } from '../support/docx.js'
import { at } from '../support/story.js'

const key = (seq: number): EffectKey => `changde-2024/007#${seq}/handover-slip`

describe('writing a paper', () => {
  let database: TestDatabase
  let db: Db
  let folder: string
  let warnings: string[]

  beforeEach(async () => {
    database = await createDatabase()
    db = connect(database.url, 10)
    folder = mkdtempSync(join(tmpdir(), 'bihuan-papers-'))
    warnings = []
  })
  afterEach(async () => {
    await db.destroy()
    await database.drop()
    rmSync(folder, { recursive: true, force: true })
  })

  const write = (seq: number, order: PaperOrder = orderFor('handover-slip', { seq }), papersDir = folder) =>
    makeActivities({ db, papersDir, warn: (line) => warnings.push(line) }).writePaper({
      key: key(seq),
      order,
    })
  const content = async (seq: number): Promise<Uint8Array> =>
    (await db.selectFrom('papers').select('content').where('key', '=', key(seq)).executeTakeFirstOrThrow())
      .content

  it('gives it the next number of its organ and year, in the file and in the ledger', async () => {
    expect((await write(1)).number).toBe('常督改办〔2024〕1号')
    expect((await write(2)).number).toBe('常督改办〔2024〕2号')
    expect(await readBack(await content(2))).toContain('常督改办〔2024〕2号')
  })

  it('answers with the hash of what it wrote', async () => {
    const { sha256 } = await write(1)
    expect(
      createHash('sha256')
        .update(await content(1))
        .digest('hex'),
    ).toBe(sha256)
  })

  it('gives the same event the same paper, however often it is asked', async () => {
    const first = await write(1)
    expect(await write(1)).toEqual(first)
    const together = await Promise.all([write(1), write(1), write(1)])
    expect(together).toEqual([first, first, first])
    expect(readdirSync(folder)).toHaveLength(1)
  })

  it('starts from 1 with each year in Shanghai, and with each organ', async () => {
    await write(1)
    const newYear = orderFor('handover-slip', { seq: 2, at: at('2025-01-01', '00:00') })
    expect((await write(2, newYear)).number).toBe('常督改办〔2025〕1号')
    const elsewhere = orderFor('handover-slip', { seq: 3, documentCode: '永督改办' })
    expect((await write(3, elsewhere)).number).toBe('永督改办〔2024〕1号')
  })

  it('gives 40 papers at once the numbers 1 to 40', async () => {
    const written = await Promise.all(Array.from({ length: 40 }, (_, n) => write(n + 1)))
    const ordinals = written
      .map(({ number }) => Number(/〕(\d+)号$/u.exec(number)?.[1]))
      .toSorted((a, b) => a - b)
    expect(ordinals).toEqual(Array.from({ length: 40 }, (_, n) => n + 1))
    expect(readdirSync(folder)).toHaveLength(40)
  })

  it('never uses up a real number in a drill, and says 演练 in number, name and text', async () => {
    const drill = await write(1, orderFor('handover-slip', aDrill))
    expect(drill.number).toBe('演练常督改办〔2024〕1号')
    expect((await write(2)).number).toBe('常督改办〔2024〕1号')
    expect(readdirSync(folder).toSorted()).toEqual([
      '【演练】演练常督改办〔2024〕1号 交办单 changde-2024-007.docx',
      '常督改办〔2024〕1号 交办单 changde-2024-007.docx',
    ])
    expect(await readBack(await content(1))).toContain('【演练】')
  })

  it('keeps a copy of what was issued, and leaves one that is there alone', async () => {
    await write(1)
    const file = join(folder, '常督改办〔2024〕1号 交办单 changde-2024-007.docx')
    expect(readFileSync(file).equals(Buffer.from(await content(1)))).toBe(true)
    writeFileSync(file, '改过')
    await write(1)
    expect(readFileSync(file, 'utf8')).toBe('改过')
    rmSync(file)
    await write(1)
    expect(readFileSync(file).equals(Buffer.from(await content(1)))).toBe(true)
  })

  it('names the copy so that every file system takes it', async () => {
    await write(1, orderFor('handover-slip', { documentCode: '市/办:*?"<>|' }))
    expect(readdirSync(folder)).toEqual(['市-办-------〔2024〕1号 交办单 changde-2024-007.docx'])
  })

  it('is done when the copy cannot be written, and says so', async () => {
    const file = join(folder, 'a file, not a folder')
    writeFileSync(file, '')
    expect((await write(1, undefined, file)).number).toBe('常督改办〔2024〕1号')
    expect(warnings.join()).toContain('常督改办〔2024〕1号')
  })

  it('holds what PostgreSQL and XML refuse', async () => {
    const nasty = `字\u0000\uD800</w:t>${'长'.repeat(5_000)}`
    const { number } = await write(
      1,
      orderFor('handover-slip', {
        subject: nasty,
        documentCode: '督\u0000办',
        facts: [{ label: '问题表述', value: nasty }],
      }),
    )
    expect(await readBack(await content(1))).toContain(`字\uFFFD</w:t>${'长'.repeat(5_000)}`)
    expect(number).toMatch(/〔2024〕1号$/u)
  })
})
