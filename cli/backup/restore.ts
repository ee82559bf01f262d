import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { keepCopies } from '../../activities/index.js'
import { ensureHomeKeys, keysIn } from '../../codec/keys.js'
import type { Db } from '../../db/connect.js'
import { verify } from '../../db/verify.js'
import { beingRestored, openHome } from '../../runtime/home.js'
import { bringPostgres } from '../../runtime/postgres.js'
import { bringTemporal } from '../../runtime/temporal.js'
import { Trouble } from '../../runtime/trouble.js'
import { makeUndo } from '../../runtime/undo.js'
import { type Restarted, restartCases } from '../ledger/restart.js'
import { withLedger } from '../ledger/with-ledger.js'
import { type TemporalPlace, withTemporal } from '../ledger/with-temporal.js'
import type { Manifest } from './manifest.js'
import { checkFiles, readBackup } from './read.js'

/** What is told on the way, in order; the terminal makes lines of it. */
export type RestoreStep =
  | { readonly kind: 'checked'; readonly manifest: Manifest }
  | { readonly kind: 'table'; readonly table: string; readonly rows: number }
  | { readonly kind: 'verified'; readonly cases: number; readonly events: number }
  | { readonly kind: 'papers'; readonly papers: number; readonly folder: string }
  | { readonly kind: 'restarted'; readonly cases: Restarted }

export type Restore = {
  readonly folder: string
  readonly manifest: Manifest
  readonly tell: (step: RestoreStep) => void
}

const verified = async (db: Db, tell: Restore['tell']): Promise<void> => {
  const { cases, events, broken } = await verify(db)
  const [first] = broken
  if (first) throw new Trouble(`恢复后核验,${broken.length} 件断链(如 ${first.case}),请改用另一份备份。`)
  tell({ kind: 'verified', cases, events })
}

/** A case that Temporal still runs is ahead of the record that was put back: the two must not meet. */
const restarted = async (db: Db, temporal: TemporalPlace, tell: Restore['tell']): Promise<void> => {
  const cases = await withTemporal(temporal, (client) => restartCases(db, client))
  tell({ kind: 'restarted', cases })
  if (cases.known > 0)
    throw new Trouble(
      `Temporal 里还有 ${cases.known} 件事项在运行,其历史可能多于备份的台账。请停用原命名空间,换一个空的再恢复。`,
    )
}

/** Into a database of the operator's; cases go on once they are started on a Temporal, here or by `ledger restart-cases`. */
export const restoreDatabase = async (
  databaseUrl: string,
  temporal: TemporalPlace | undefined,
  { folder, manifest, tell }: Restore,
): Promise<void> => {
  await checkFiles(folder, manifest)
  tell({ kind: 'checked', manifest })
  await readBackup(databaseUrl, folder, manifest, (table, rows) => tell({ kind: 'table', table, rows }))
  await withLedger(databaseUrl, async (db) => {
    await verified(db, tell)
    if (temporal) await restarted(db, temporal, tell)
  })
}

const refuseUsedHome = (home: string): void => {
  if (existsSync(home) && readdirSync(home).length > 0)
    throw new Trouble(`数据目录 ${home} 不是空的,恢复不覆盖任何东西;请用 --home 另选一个新目录。`)
}

/** Variables by which the environment names servers of its own. */
const ELSEWHERE = ['DATABASE_URL', 'TEMPORAL_ADDRESS', 'TEMPORAL_PROFILE', 'TEMPORAL_CONFIG_FILE'] as const

/**
 * Into a fresh home of one machine: its PostgreSQL gets the ledger, its empty Temporal the open cases, its folder the
 * papers. `npm start` goes on from there.
 */
export const restoreHome = async (home: string, { folder, manifest, tell }: Restore): Promise<void> => {
  refuseUsedHome(home)
  await checkFiles(folder, manifest)
  tell({ kind: 'checked', manifest })
  const undo = makeUndo()
  // Nothing here is meant for a server that the environment names.
  const env = { ...process.env, ...Object.fromEntries(ELSEWHERE.map((name) => [name, undefined])) }
  try {
    const held = openHome(home)
    undo.later(held.release)
    const restoring = beingRestored(home)
    const postgres = await bringPostgres({ home, env })
    undo.later(postgres.stop)
    await readBackup(postgres.url, folder, manifest, (table, rows) => tell({ kind: 'table', table, rows }))
    await withLedger(postgres.url, async (db) => {
      await verified(db, tell)
      const papers = join(home, 'papers')
      mkdirSync(papers, { recursive: true })
      tell({ kind: 'papers', ...(await keepCopies(db, papers)), folder: papers })
      const temporal = await bringTemporal({ home, env })
      undo.later(temporal.stop)
      const codecKeys = keysIn(ensureHomeKeys(home))
      await restarted(db, { ...temporal, ...(codecKeys && { codecKeys }) }, tell)
    })
    restoring.wholeAgain()
  } finally {
    await undo.run()
  }
}
