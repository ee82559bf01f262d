import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, describe, expect, it } from 'vitest'
import { bringPostgres, type Postgres } from '../../runtime/postgres.js'
import { temporaryFolder } from '../support/temporary.js'

const query = async (url: string, text: string): Promise<unknown[]> => {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

describe('a PostgreSQL of our own', () => {
  const undo: (() => Promise<void> | void)[] = []
  afterEach(async () => {
    for (const step of undo.splice(0).reverse()) await step()
  })
  const aHome = (): string => {
    const { path, remove } = temporaryFolder('postgres')
    undo.push(remove)
    return path
  }
  const bring = async (home: string): Promise<Postgres> => {
    const postgres = await bringPostgres({ home, env: {} })
    undo.push(postgres.stop)
    return postgres
  }

  it('keeps what was committed through kill -9 and a restart', async () => {
    const postgres = await bring(aHome())
    await query(postgres.url, 'create table paper (number int)')
    await query(postgres.url, 'insert into paper values (41)')

    await postgres.kill()
    await expect(query(postgres.url, 'select 1')).rejects.toThrow()
    await postgres.restart()

    expect(await query(postgres.url, 'select number from paper')).toEqual([{ number: 41 }])
  })

  it('starts again on the same home although a killed one left its pid file with a number in use', async () => {
    const home = aHome()
    const first = await bring(home)
    await query(first.url, 'create table paper as select 7 as number')
    await first.kill()
    const inUse = await bring(aHome())
    const data = first.origin.kind === 'own' ? first.origin.data : ''
    writeFileSync(join(data, 'postmaster.pid'), `${inUse.running?.pid}\n${data}\n`)

    const second = await bring(home)

    expect(await query(second.url, 'select number from paper')).toEqual([{ number: 7 }])
  })

  it('stores Chinese, sorts it the same everywhere, and tells time in UTC', async () => {
    const { url } = await bring(aHome())
    const rows = await query(
      url,
      `select pg_encoding_to_char(encoding) as encoding, datlocprovider as provider,
              current_setting('timezone') as zone from pg_database where datname = current_database()`,
    )
    expect(rows).toEqual([{ encoding: 'UTF8', provider: 'b', zone: 'UTC' }])
  })

  it('answers on 127.0.0.1 only, and to nobody without the password', async () => {
    const { url } = await bring(aHome())
    expect(await query(url, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }])
    const wrong = Object.assign(new URL(url), { password: 'wrong' }).href
    await expect(query(wrong, 'select 1')).rejects.toThrow(/password authentication failed/)
  })

  it('is not brought where DATABASE_URL names one, and says whose it uses', async () => {
    const ours = await bring(aHome())
    const theirs = await bringPostgres({ home: aHome(), env: { DATABASE_URL: ours.url } })
    expect(theirs).toMatchObject({ url: ours.url, running: undefined, origin: { kind: 'external' } })
    await theirs.stop()
    expect(await query(ours.url, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  it('refuses a DATABASE_URL that does not answer in one plain sentence', async () => {
    const nowhere = 'postgres://nobody:secret@127.0.0.1:1/none'
    await expect(bringPostgres({ home: aHome(), env: { DATABASE_URL: nowhere } })).rejects.toThrow(
      /^无法连接 DATABASE_URL 所指的 PostgreSQL/,
    )
  })
})
