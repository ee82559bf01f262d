import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keepFile } from '../../activities/papers/keep-file.js'
import { isPassing } from '../../db/again.js'
import { connect, type Db } from '../../db/connect.js'
import { migrate } from '../../db/migrate.js'
import { bringPostgres, type Postgres } from '../../runtime/postgres.js'
import { temporaryFolder } from '../support/temporary.js'

/** A disk of its own, in memory; undefined where nothing may be mounted. */
const smallDisk = (path: string, megabytes: number): (() => void) | undefined => {
  mkdirSync(path, { recursive: true })
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0755`, 'tmpfs', path], {
      stdio: 'ignore',
    })
    return () => void execFileSync('umount', ['-l', path])
  } catch {
    return undefined
  }
}

const folder = temporaryFolder('disk')
const place = join(folder.path, 'small')
const unmount = smallDisk(place, 160)

afterAll(() => {
  unmount?.()
  folder.remove()
})

describe.skipIf(!unmount)('a full disk', () => {
  const filler = join(place, 'filler')
  let postgres: Postgres
  let db: Db
  beforeAll(async () => {
    chmodSync(place, 0o755)
    postgres = await bringPostgres({ home: place })
    await migrate(postgres.url)
    db = connect(postgres.url, 2)
  })
  afterAll(async () => {
    await db?.destroy()
    await postgres?.stop()
  })

  /** Takes what room there is. */
  const fill = (): void => {
    for (let bytes = 64 * 1024 * 1024; bytes >= 1_024; bytes /= 2)
      try {
        for (let n = 0; ; n += 1) writeFileSync(`${filler}-${bytes}-${n}`, Buffer.alloc(bytes, 1))
      } catch {
        // No room for so much.
      }
  }
  const free = (): void => void execFileSync('sh', ['-c', `rm -f ${filler}-*`])

  const write = () =>
    sql`insert into evidence (sha256, name, media_type, bytes, content)
      select md5(n::text || clock_timestamp()::text) || md5(n::text), '照片', 'image/png', 40000,
        (select string_agg(decode(md5(random()::text || n::text || i::text), 'hex'), '') from generate_series(1, 2500) as i)
      from generate_series(1, 40) as n`.execute(db)

  it('is told as trouble that passes: nothing half is there, and work goes on when there is room again', async () => {
    await write()
    fill()
    const failed = async (): Promise<unknown> => {
      for (let n = 0; n < 200; n += 1)
        try {
          await write()
        } catch (error) {
          return error
        }
      return undefined
    }
    const error = await failed()
    expect(error).toBeInstanceOf(Error)
    expect(isPassing(error)).toBe(true)
    free()
    // What the server could not survive, its supervisor starts again.
    if (postgres.running?.ended()) await postgres.restart()
    await expect.poll(() => write().then(() => 'written', isPassing), { timeout: 30_000 }).toBe('written')
    const { rows } = await sql<{ left: number }>`select count(*)::int % 40 as left from evidence`.execute(db)
    expect(rows[0]?.left).toBe(0)
  }, 120_000)

  it('leaves no half of a paper’s copy behind', async () => {
    fill()
    const papers = join(place, 'papers')
    await expect(keepFile(papers, '交办单.docx', Buffer.alloc(1_000_000, 1))).rejects.toMatchObject({
      code: 'ENOSPC',
    })
    free()
    await keepFile(papers, '交办单.docx', Buffer.alloc(1_000, 1))
    rmSync(papers, { recursive: true })
  })
})
