import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '../../db/connect.js'
import { type Violation, violation } from './violation.js'

const NUMBERS = '文号不缺不重'
const RECORDED = '公文与记录一一对应'

/** Numbers run from 1 without gap in each series; every file is what its hash says; the record knows each paper once. */
export const checkPapers = async (db: Db): Promise<readonly Violation[]> => {
  const series = await db.selectFrom('paperSeries').selectAll().execute()
  const papers = await db
    .selectFrom('papers')
    .select([
      'key',
      'caseId',
      'seq',
      'paper',
      'number',
      'documentCode',
      'year',
      'series',
      'ordinal',
      'content',
      'sha256',
    ])
    .orderBy('ordinal')
    .execute()
  const { rows: issued } = await sql<{ number: string; times: number }>`
    select event ->> 'number' as number, count(*)::int as times from events where type = 'paper-issued' group by 1`.execute(
    db,
  )
  const times = new Map(issued.map((one) => [one.number, one.times]))
  const known = new Set(papers.map(({ number }) => number))
  return [
    ...series.flatMap(({ documentCode, year, series: kind, last }) => {
      const own = papers.filter(
        (paper) => paper.documentCode === documentCode && paper.year === year && paper.series === kind,
      )
      const right = own.length === last && own.every(({ ordinal }, index) => ordinal === index + 1)
      return right
        ? []
        : [
            violation(
              NUMBERS,
              `${documentCode} ${year} ${kind}`,
              `末号 ${last},${own.map(({ ordinal }) => ordinal).join()}`,
            ),
          ]
    }),
    ...papers.flatMap(({ number, content, sha256 }) =>
      createHash('sha256').update(content).digest('hex') === sha256
        ? []
        : [violation('公文与其哈希相符', number, sha256)],
    ),
    ...papers.flatMap(({ number, key }) =>
      (times.get(number) ?? 0) > 1
        ? [violation(RECORDED, key, `${number} 记录了 ${times.get(number)} 次`)]
        : [],
    ),
    ...issued.flatMap(({ number }) =>
      known.has(number) ? [] : [violation(RECORDED, number, '没有这件公文')],
    ),
  ]
}
