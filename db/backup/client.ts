import type pg from 'pg'
import { withClient } from '../client.js'
import { clientSettings } from '../connect.js'

/** Works on one connection that may take its time: disks are slow, tables are large. */
export const withPatientClient = <T>(
  databaseUrl: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> =>
  withClient(
    { ...clientSettings(databaseUrl), idle_in_transaction_session_timeout: 0, statement_timeout: 0 },
    work,
  )
