import { sql } from 'kysely'
import type { Db } from '../../db/connect.js'

/** As on a full disk: no paper goes into the database any more, smaller rows still do. */
export const fillTheDisk = async (db: Db): Promise<void> => {
  await sql`
    create or replace function full_disk() returns trigger language plpgsql as
    $$ begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$`.execute(
    db,
  )
  await sql`create trigger full_disk before insert on papers for each row execute function full_disk()`.execute(
    db,
  )
}

export const makeRoom = async (db: Db): Promise<void> => {
  await sql`drop trigger if exists full_disk on papers`.execute(db)
}
