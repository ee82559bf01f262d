import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { type MigrationStep, migrate } from '../../db/migrate.js'
import { freePort } from '../../runtime/ports.js'
import { typescript } from '../../runtime/project.js'
import { type Started, startProcess } from '../support/program.js'
import '../support/provided.js'
import { temporaryFolder } from '../support/temporary.js'

/** The tables as an earlier version left them; what came after is brought while people work. */
const EARLIER = 14

/** Longer than any command of ours may be kept waiting. */
const PATIENCE_MILLIS = 8_000

let url: string
let name: string
const clients: pg.Client[] = []
const client = async (): Promise<pg.Client> => {
  const one = new pg.Client({ connectionString: url, statement_timeout: PATIENCE_MILLIS })
  one.on('error', () => undefined)
  await one.connect()
  clients.push(one)
  return one
}

beforeEach(async () => {
  name = `earlier_${randomBytes(6).toString('hex')}`
  const administrator = new pg.Client({ connectionString: inject('databaseUrl') })
  await administrator.connect()
  await administrator.query(`create database ${name}`)
  await administrator.end()
  url = Object.assign(new URL(inject('databaseUrl')), { pathname: `/${name}` }).href
  await migrate(url, { through: EARLIER })
})
afterEach(async () => {
  await Promise.all(clients.splice(0).map((one) => one.end()))
  const administrator = new pg.Client({ connectionString: inject('databaseUrl') })
  await administrator.connect()
  await administrator.query(`drop database ${name} with (force)`)
  await administrator.end()
})

const hash = (n: number): string => n.toString(16).padStart(64, '0')

/** What the earlier version's append does to the tables, for one event of a case that is there. */
const appendAsBefore = async (one: pg.Client, caseId: string, seq: number): Promise<void> => {
  await one.query('begin')
  await one.query(
    `insert into events (case_id, seq, at, type, author, event, prev, hash)
     values ($1, $2, now(), 'chased', '{}', '{}', $3, $4)`,
    [caseId, seq, hash(seq - 1), hash(seq)],
  )
  await one.query('update cases set head_seq = $2, at = now() where id = $1', [caseId, seq])
  await one.query('commit')
}

const BLANK = `'load', 1, 'rectifying', true, '{}', '{}', '{}', 'infinity', 0, 0, 1, 0, 0, 0, 0, 0, now()`
const BLANK_COLUMNS = `round, n, phase, open, units, parties, cooperating_units, sort_due, claimed, verified, rectification_round,
  closing_round, returns_submitted, returns_late, returns_missed, missed_in_a_row, registered_at`

/** A case as the earlier version had it, with its one version. */
const openCase = async (one: pg.Client, caseId: string): Promise<void> => {
  await one.query(
    `insert into cases (id, kind, text, policy, calendar, at, head_seq, head_hash, ${BLANK_COLUMNS})
     values ($1, 'problem', '', '', '', now(), 0, '', ${BLANK})`,
    [caseId],
  )
  await one.query(
    `insert into case_versions (case_id, seq, valid_from, kind, standing, completed, open_nodes, awaits, owner, leaders, ${BLANK_COLUMNS})
     values ($1, 1, now(), 'problem', 'open', 0, 0, 'unit', 'unit', '{}', ${BLANK})`,
    [caseId],
  )
}

describe('migrating while people work', () => {
  it('keeps every command of the earlier version, and finishes', async () => {
    const over = new AbortController()
    const writers = await Promise.all(
      [1, 2, 3, 4].map(async (n) => ({ caseId: `load/${n}`, one: await client() })),
    )
    const written = writers.map(async ({ caseId, one }) => {
      await openCase(one, caseId)
      let seq = 0
      while (!over.signal.aborted) await appendAsBefore(one, caseId, ++seq)
      return { caseId, seq }
    })
    await pause(300)
    const { applied, total } = await migrate(url)
    await pause(300)
    over.abort()

    expect(applied).toBe(total - EARLIER)
    const look = await client()
    for (const { caseId, seq } of await Promise.all(written)) {
      const { rows } = await look.query(
        'select count(*)::int as n, max(seq) as last from events where case_id = $1',
        [caseId],
      )
      expect(rows[0]).toEqual({ n: seq, last: seq })
      expect(seq).toBeGreaterThan(5)
    }
  })

  it('behind a long reader it steps back, so that nobody waits behind it, and comes again', async () => {
    const reader = await client()
    await reader.query('begin; select from cases')
    const steps: MigrationStep[] = []
    let told: () => void = () => undefined
    const heldUp = new Promise<void>((done) => {
      told = done
    })
    const migrating = migrate(url, {
      onStep: (step) => {
        steps.push(step)
        if (step.kind === 'held-up') told()
      },
    })
    // Somebody who comes after the migration began to wait is served while the reader still reads.
    await pause(200)
    const late = await client()
    expect((await late.query('select count(*)::int as n from cases')).rows).toEqual([{ n: 0 }])
    await heldUp
    await reader.query('commit')
    const { applied } = await migrating
    expect(steps.filter(({ kind }) => kind === 'applied')).toHaveLength(applied)
    expect(steps[0]).toMatchObject({ kind: 'held-up', number: EARLIER + 1 })
  })
})

describe('programs on the tables of an earlier version', () => {
  const home = temporaryFolder('earlier')
  const started: Started[] = []
  afterEach(() => {
    for (const { child } of started.splice(0)) child.kill('SIGKILL')
    home.remove()
  })
  const start = async (script: string): Promise<Started> => {
    const { BIHUAN_ISSUER: _issuer, ...inherited } = process.env
    const one = startProcess(process.execPath, typescript(script), {
      ...inherited,
      DATABASE_URL: url,
      TEMPORAL_ADDRESS: inject('temporalAddress'),
      BIHUAN_HOME: home.path,
      BIHUAN_PORT: String(await freePort()),
      BIHUAN_ISSUER_PORT: String(await freePort()),
    })
    started.push(one)
    return one
  }

  it('wait, say which migrations are missing, and go on once they are there', async () => {
    const [api, worker] = await Promise.all([start('api/main.ts'), start('worker/main.ts')])
    expect(await api.line(/早于本版/)).toContain('请运行 bihuan migrate')
    expect(await worker.line(/早于本版/)).toContain(`缺第 ${EARLIER + 1}`)
    await migrate(url)
    await Promise.all([api.line(/"msg":"open"/), worker.line(/办理进程已就绪/)])
  })
})
