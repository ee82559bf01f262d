import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { append } from '../../db/append.js'
import { migrate } from '../../db/migrate.js'
import { audited } from '../../db/queries/audits.js'
import { rebuild } from '../../db/rebuild.js'
import { openRound } from '../../db/rounds.js'
import { figuresAsOf, figuresHash, takeSnapshot } from '../../db/snapshots.js'
import { addDays } from '../../domain/calendar/dates.js'
import type { LedgerRecord } from '../../domain/decider-types.js'
import { type CaseHistory, caseThen, figuresFromRecords } from '../../domain/figures/from-records.js'
import type { Asked } from '../../domain/figures/types.js'
import type { Instant, PlainDate, RoundId } from '../../domain/words.js'
import { loadPolicy } from '../../policies/load.js'
import { typescript } from '../../runtime/project.js'
import { until, 省督察, 立行立改, 长期坚持 } from '../support/entries.js'
import { unit, 整改办 } from '../support/people.js'
import { startProcess } from '../support/program.js'
import { aCase, anOpened, at, type Story } from '../support/story.js'
import { aLedger, aLongLife, appendInPieces, type Ledger, recordsOf, theCalendar } from './given.js'

const ROUND = 'city' as RoundId
const day = (date: string) => date as PlainDate

let ledger: Ledger
let histories: readonly CaseHistory[]

const lives: readonly (readonly [string, Parameters<typeof aCase>[1], (story: Story) => Promise<unknown>])[] =
  [
    ['city/001', { entry: { n: 1, deadline: until('2020-06-30') } }, (story) => story.rectifying()],
    [
      'city/002',
      { entry: { n: 2, deadline: until('2019-11-01'), units: [unit('甲县政府'), unit('乙县政府')] } },
      async (story) => {
        await story.rectifying()
        await story.on('2020-01-05')
      },
    ],
    [
      'city/003',
      {
        entry: {
          n: 3,
          deadline: 长期坚持,
          nodes: [{ text: '建成站点', date: day('2019-12-31') }],
          units: [unit('乙县政府'), unit('丙县政府')],
        },
      },
      async (story) => {
        await story.handedOver()
        await story.on('2020-03-01')
      },
    ],
    ['city/004', { entry: { n: 4, deadline: 立行立改 } }, async () => undefined],
    ['city/006', { entry: { n: 6, deadline: until('2020-03-31') } }, (story) => story.closed()],
  ]

const asked = (cutOff: Instant, from: string, to: string): Asked => ({
  round: ROUND,
  cutOff,
  from: day(from),
  to: day(to),
})

beforeAll(async () => {
  ledger = await aLedger()
  await openRound(
    ledger.db,
    {
      id: ROUND,
      city: '某市',
      title: '某市整改方案',
      policyHash: loadPolicy('yongzhou').hash,
      calendarHash: theCalendar(),
      source: 省督察,
      feedbackDate: null,
      planDate: day('2019-10-08'),
      clock: { kind: 'real' },
      plan: '',
      reading: {},
      openedAt: at('2019-10-08'),
    },
    [],
  )
  const told: CaseHistory[] = []
  const keep = async (story: Story, records: readonly LedgerRecord[]) => {
    told.push({ rulesThen: () => story.rules, records })
    await appendInPieces(ledger.db, records, 3)
  }
  for (const [id, given, act] of lives) {
    const story = await aCase('yongzhou', { id, ...given })
    await act(story)
    await keep(story, await recordsOf(story))
  }
  const any = await aCase('yongzhou', { id: 'city/900' })
  await keep(any, await aLongLife('city/005'))
  histories = told
})
afterAll(() => ledger.close())

describe('figures as of a moment', () => {
  it('are the same from the tables and from the record, on every tenth day of a year', async () => {
    const { policy } = loadPolicy('yongzhou')
    const seen = new Set<string>()
    for (let date = day('2019-10-01'); date < '2020-10-01'; date = addDays(date, 10)) {
      const one = asked(at(date, '18:00'), addDays(date, -30), date)
      const figures = await figuresAsOf(ledger.db, one)
      expect(figures, date).toEqual(
        figuresFromRecords(
          policy,
          one,
          histories.flatMap((history) => caseThen(one, history) ?? []),
        ),
      )
      expect(figures.totals.received).toBe(
        figures.totals.open + figures.totals.closed + figures.totals.merged,
      )
      seen.add(figuresHash(figures))
    }
    expect(seen.size).toBeGreaterThan(20)
  })

  it('ask an answer to a leader’s instruction too, of whoever may know of it (HH-13, HY-04)', async () => {
    const { db } = ledger
    const story = await anOpened(
      'yongzhou',
      整改办,
      {
        ...{ type: 'register-instruction', leader: { name: '某领导', level: 'provincial' }, text: '请彻查' },
        ...{ about: '甲河污染', given: day('2019-10-08'), units: [unit('甲县政府')], due: day('2019-10-31') },
      },
      { id: 'city/ps-0001' },
    )
    await append(db, await recordsOf(story))
    const unanswered = async (moment: Instant, readsAs?: readonly string[]) =>
      (
        await audited(db, 'unanswered', { round: ROUND, at: moment, ...(readsAs && { readsAs }) }, 10)
      ).violators.map(({ id, why }) => [id, ...why])
    expect(await unanswered(at('2019-10-31', '23:00'))).toEqual([])
    expect(await unanswered(at('2019-11-01'))).toEqual([['city/ps-0001', 'answer-late']])
    expect(await unanswered(at('2019-11-01'), ['person:nobody'])).toEqual([])
    histories = [...histories, { rulesThen: () => story.rules, records: await recordsOf(story) }]
    const one = asked(at('2019-11-01'), '2019-10-01', '2019-11-01')
    expect((await figuresAsOf(db, one)).byPhase.map(({ kind }) => kind)).not.toContain('instruction')
  })

  it('are told by versions that follow each other without gap or overlap, and that a rebuild makes again', async () => {
    const { rows } = await sql<{ gaps: number }>`
      select count(*) as gaps from (
        select valid_until, lead(valid_from) over (partition by case_id order by seq) as next from case_versions
      ) as pairs where valid_until is distinct from next`.execute(ledger.db)
    expect(rows).toEqual([{ gaps: 0 }])
    const { differences } = await rebuild(ledger.db)
    expect(differences).toEqual([])
  })
})

describe('a ledger from before there were versions', () => {
  it('has them all, from the record, once it is migrated', async () => {
    const { db, url } = ledger
    const versions = () =>
      db.selectFrom('caseVersions').selectAll().orderBy('caseId').orderBy('seq').execute()
    const before = await versions()
    await sql`drop table case_versions, snapshots`.execute(db)
    await sql`drop function refuse_thawing`.execute(db)
    await sql`delete from migrations
      where name in ('figures', 'owners-and-answers', 'leaders-of-cases', 'versions-of-now')`.execute(db)
    expect(await migrate(url)).toMatchObject({ applied: 4 })
    expect(await versions()).toEqual(before)
    expect(before.length).toBeGreaterThan(lives.length)
  })
})

describe('a snapshot', () => {
  it('JN-21 is frozen: what is carried late changes the figures told now, never those taken then', async () => {
    const { db } = ledger
    const one = asked(at('2019-12-31', '18:00'), '2019-12-01', '2019-12-31')
    const taken = await takeSnapshot(db, { key: 'city/bulletin/2019-12', ...one })
    const late = await aCase('yongzhou', { id: 'city/007', entry: { n: 7 }, on: '2019-12-20' })
    await append(db, await recordsOf(late))
    const again = await takeSnapshot(db, { key: 'city/bulletin/2019-12', ...one })
    expect(again).toEqual(taken)
    const now = await figuresAsOf(db, one)
    expect(now.totals.received).toBe(taken.figures.totals.received + 1)
    expect(figuresHash(now)).not.toBe(taken.hash)
    await expect(sql`update snapshots set hash = hash`.execute(db)).rejects.toThrow('never edited')
  })

  it('is counted again from the record alone, and what came late is shown, as it is typed', async () => {
    const { DATABASE_URL: _database, BIHUAN_HOME: _home, ...env } = process.env
    const bihuan = (...args: readonly string[]) =>
      startProcess(process.execPath, [...typescript('cli/main.ts'), ...args, '--database', ledger.url], env)
        .ended
    const one = asked(at('2020-01-31', '18:00'), '2020-01-01', '2020-01-31')
    await takeSnapshot(ledger.db, { key: 'city/2020-01', ...one })
    const good = await bihuan('snapshot', 'verify', 'city/2020-01')
    expect(good.stdout).toContain('✓ 按记录重新计算,与定格时一致。')
    expect(good.code).toBe(0)
    const bad = await bihuan('snapshot', 'verify', 'city/bulletin/2019-12')
    expect(bad.stdout).toContain('✗ 定格之后有迟到的记录')
    expect(bad.stdout).toContain('totals › received  定格 6  现在 7')
    expect(bad.code).toBe(1)
    expect((await bihuan('snapshot', 'list', '--round', 'city')).stdout).toContain(
      'city/2020-01  截至 2020-01-31',
    )
    const audit = await bihuan('audit', '--round', 'city', '--at', '2019-12-31')
    expect(audit.stdout).toContain('三项常设审计 · city · 截至 2019-12-31\n  ✗ 件件有着落  查 6 件,2 件不符')
    expect(audit.stdout).toContain('city/004  甲县政府  没有下一个日期')
    expect(audit.code).toBe(1)
    expect((await bihuan('audit', '--at', '2999-01-01')).stderr).toContain('还没有到')
  }, 60_000)

  it('asked for by several at once is one', async () => {
    const one = asked(at('2020-02-28', '18:00'), '2020-02-01', '2020-02-28')
    const all = await Promise.all(
      [1, 2, 3, 4].map(() => takeSnapshot(ledger.db, { key: 'city/bulletin/2020-02', ...one })),
    )
    expect(new Set(all.map(({ hash }) => hash)).size).toBe(1)
  })
})
