import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { migrate } from '../../db/migrate.js'
import { UnfitDatabase } from '../../db/migrations.js'
import '../support/provided.js'

const query = async (url: string, text: string) => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

let url: string
let name: string
beforeEach(async () => {
  name = `empty_${randomBytes(6).toString('hex')}`
  await query(inject('databaseUrl'), `create database ${name}`)
  url = Object.assign(new URL(inject('databaseUrl')), { pathname: `/${name}` }).href
})
afterEach(() => query(inject('databaseUrl'), `drop database ${name} with (force)`))

describe('migrating', () => {
  it('an empty database gets every table, a second time changes nothing', async () => {
    const first = await migrate(url)
    expect(first.applied).toBe(first.total)
    expect(first.total).toBeGreaterThan(4)
    expect(await migrate(url)).toEqual({ applied: 0, total: first.total })
    const tables = await query(url, "select count(*)::int as n from pg_tables where schemaname = 'public'")
    expect(tables[0].n).toBeGreaterThan(20)
  })

  it('several at once are safe: each migration is applied by exactly one of them', async () => {
    const all = await Promise.all([migrate(url), migrate(url), migrate(url), migrate(url)])
    expect(all.map(({ applied }) => applied).toSorted()).toEqual([0, 0, 0, all[0]?.total])
  })

  it('goes on from where an older version stood', async () => {
    await migrate(url)
    await query(url, 'drop table requests; alter table rounds drop column opened_by')
    await query(url, 'delete from migrations where number = 6')
    expect(await migrate(url)).toMatchObject({ applied: 1 })
    expect(await query(url, 'select * from requests')).toEqual([])
  })

  it('one that fails leaves nothing of itself, and is done when its cause is gone', async () => {
    await query(url, 'create table cases (mine text)')
    await expect(migrate(url)).rejects.toThrow(/cases/)
    const done = await query(url, 'select number from migrations order by number')
    expect(done.map((row) => row.number)).toEqual([1, 2, 3])
    await query(url, 'drop table cases')
    expect((await migrate(url)).applied).toBe((await migrate(url)).total - 3)
  })

  it('refuses a database of a newer version, and a migration edited afterwards', async () => {
    await migrate(url)
    await query(url, "insert into migrations (number, name, sha256) values (999, 'future', 'x')")
    await expect(migrate(url)).rejects.toThrow(UnfitDatabase)
    await expect(migrate(url)).rejects.toThrow(/更新的版本/)
    await query(
      url,
      "delete from migrations where number = 999; update migrations set sha256 = 'y' where number = 2",
    )
    await expect(migrate(url)).rejects.toThrow(/改动过/)
  })
})
