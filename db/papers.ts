import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { dateOf } from '../domain/calendar/dates.js'
import type { EffectKey, PaperOrder } from '../domain/effects/types.js'
import { storable } from '../domain/text.js'
import type { Instant, Sha256 } from '../domain/words.js'
import { again } from './again.js'
import type { Db, Executor } from './connect.js'
import { json } from './json.js'

export type IssuedPaper = { readonly key: EffectKey; readonly number: string; readonly sha256: Sha256 }

type Series = {
  readonly documentCode: string
  readonly year: number
  readonly series: 'real' | 'drill'
}

/** 常督改办〔2024〕1号: hexagonal brackets, no 第, no leading zero (GB/T 9704-2012). A drill never uses up a real number. */
export const documentNumber = ({ documentCode, year, series }: Series, ordinal: number): string =>
  `${series === 'drill' ? '演练' : ''}${documentCode}〔${year}〕${ordinal}号`

const seriesOf = ({ documentCode, at, drill }: PaperOrder): Series => ({
  documentCode: storable(documentCode),
  year: Number(dateOf(at).slice(0, 4)),
  series: drill,
})

/** Holds the series until the transaction ends: numbers are given one after another, and only with their paper. */
const lastNumber = async (trx: Executor, series: Series): Promise<number> => {
  await trx
    .insertInto('paperSeries')
    .values(series)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const { last } = await trx
    .selectFrom('paperSeries')
    .select('last')
    .where('documentCode', '=', series.documentCode)
    .where('year', '=', series.year)
    .where('series', '=', series.series)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return last
}

const paperOf = (db: Executor, key: EffectKey): Promise<IssuedPaper | undefined> =>
  db.selectFrom('papers').select(['key', 'number', 'sha256']).where('key', '=', key).executeTakeFirst()

/**
 * Writes a paper under the next number of its organ, year and series: number, content and record in one transaction, so
 * no number is lost, doubled or left without its paper, whatever fails. The same key again gives the same paper.
 * `render` is called with the number while the series is held; it must do nothing but make the file.
 */
export const issuePaper = async (
  db: Db,
  {
    key,
    order,
    render,
  }: {
    readonly key: EffectKey
    readonly order: PaperOrder
    readonly render: (number: string) => Promise<Uint8Array>
  },
): Promise<IssuedPaper> =>
  again(async () => {
    const issued = await paperOf(db, key)
    if (issued) return issued
    return db.transaction().execute(async (trx) => {
      const series = seriesOf(order)
      const ordinal = (await lastNumber(trx, series)) + 1
      // Asked again under the lock: the same key may have been written while we waited for it.
      const meanwhile = await paperOf(trx, key)
      if (meanwhile) return meanwhile
      const number = documentNumber(series, ordinal)
      const content = await render(number)
      const sha256 = createHash('sha256').update(content).digest('hex') as Sha256
      await trx
        .insertInto('papers')
        .values({
          key,
          caseId: order.caseId,
          round: order.round,
          seq: order.seq,
          paper: order.paper,
          number,
          ...series,
          ordinal,
          subject: storable(order.subject),
          content: Buffer.from(content),
          sha256,
          paperOrder: json(order),
          at: order.at,
        })
        .execute()
      await trx
        .updateTable('paperSeries')
        .set({ last: ordinal })
        .where('documentCode', '=', series.documentCode)
        .where('year', '=', series.year)
        .where('series', '=', series.series)
        .execute()
      await trx.deleteFrom('paperFailures').where('key', '=', key).execute()
      return { key, number, sha256 }
    })
  })

const LONGEST_ANSWER = 300

/** An attempt failed of this: whoever looks at what is not written reads why. */
export const paperFailed = async (db: Executor, key: EffectKey, why: string): Promise<void> => {
  const answer = storable(why).slice(0, LONGEST_ANSWER)
  await db
    .insertInto('paperFailures')
    .values({ key, answer })
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet((set) => ({
        answer,
        times: set('paperFailures.times', '+', 1),
        at: sql<Instant>`now()`,
      })),
    )
    .execute()
}
