import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { migrate } from '../../db/migrate.js'
import { bringPostgres } from '../../runtime/postgres.js'
import { bringTemporal } from '../../runtime/temporal.js'
import './provided.js'
import { temporaryFolder } from './temporary.js'

const TEMPLATE = `bihuan_template_${process.pid}`

/** One PostgreSQL with a migrated template, and one Temporal, for all files of the project `server`. */
export default async (project: TestProject): Promise<() => Promise<void>> => {
  const home = temporaryFolder('tests')
  const [postgres, temporal] = await Promise.all([
    bringPostgres({ home: home.path, durability: 'throwaway' }),
    bringTemporal({ home: home.path, durability: 'throwaway' }),
  ])
  await query(postgres.url, `create database ${TEMPLATE}`)
  await migrate(Object.assign(new URL(postgres.url), { pathname: `/${TEMPLATE}` }).href)

  project.provide('databaseUrl', postgres.url)
  project.provide('templateDatabase', TEMPLATE)
  project.provide('temporalAddress', temporal.address)
  return async () => {
    await query(postgres.url, `drop database if exists ${TEMPLATE} with (force)`)
    await temporal.stop()
    await postgres.stop()
    home.remove()
  }
}

const query = async (url: string, text: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(text)
  } finally {
    await client.end()
  }
}
