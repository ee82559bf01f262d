import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Client, Connection } from '@temporalio/client'
import { sql } from 'kysely'
import { converterWith } from '../codec/converter.js'
import { type Keys, keysIn, newKey } from '../codec/keys.js'
import { connect, type Db } from '../db/connect.js'
import { bringStack, type Part, type Stack } from '../runtime/stack.js'
import { newRegister, type Register } from './asked.js'
import { checkCommands } from './checks/commands.js'
import { checkLedger } from './checks/ledger.js'
import { checkLogs } from './checks/logs.js'
import { checkMails } from './checks/mails.js'
import { checkPapers } from './checks/papers.js'
import { checkReplays } from './checks/replays.js'
import { checkSealed } from './checks/sealed.js'
import { type Violation, violation } from './checks/violation.js'
import { checkWorkflows } from './checks/workflows.js'
import { stage, work } from './load.js'
import { type MailServer, startMailServer } from './mail-server.js'
import { settle } from './settle.js'
import { type Struck, strike } from './striker.js'

export type Storm = {
  /** An empty folder of its own. */
  readonly home: string
  readonly seed: string
  /** So many kills at most. */
  readonly kills: number
  /** So long at most, in milliseconds, from the first blow. */
  readonly millis: number
  readonly signal: AbortSignal
}

export type Ending = {
  readonly seed: string
  readonly struck: readonly Struck[]
  readonly register: Register
  readonly counted: Counted
  readonly violations: readonly Violation[]
}

export type Counted = {
  readonly cases: number
  readonly events: number
  readonly papers: number
  readonly notices: number
  readonly mails: number
  /** Nobody can tell whether the mail server has them (docs/adr/0007). */
  readonly unknownMails: number
}

const DAYS_PER_SECOND = 1.5
/** Seconds a caller waits before being told to ask again. */
const PATIENCE = '5'
/** After the last blow people work on for a while, on parts that all live. */
const CALM_MILLIS = 2_000

/** The real stack under load, struck from a seed, and everything looked at when it is quiet again. */
export const storm = async (wish: Storm): Promise<Ending> => {
  const mail = await startMailServer()
  const key = newKey('storm')
  // Kept with the data when something was found: histories are read with it.
  writeFileSync(join(wish.home, 'codec-keys'), key)
  try {
    const stack = await bringStack({
      home: wish.home,
      signal: wish.signal,
      env: { SMTP_URL: mail.url, BIHUAN_PATIENCE: PATIENCE, BIHUAN_CODEC_KEYS: key },
    })
    try {
      const db = connect(stack.urls.database, 6)
      try {
        return await weather(wish, { stack, db, mail, keys: keysIn(key), home: wish.home })
      } finally {
        await db.destroy()
      }
    } finally {
      await stack.stop()
    }
  } finally {
    await mail.stop()
  }
}

type Place = {
  readonly stack: Stack
  readonly db: Db
  readonly mail: MailServer
  readonly keys: Keys | undefined
  readonly home: string
}

const weather = async (wish: Storm, place: Place): Promise<Ending> => {
  const { seed, kills, millis, signal, home } = wish
  const { stack, db } = place
  const register = newRegister()
  const staged = await stage(stack, register, seed, DAYS_PER_SECOND)
  // Notices go out by mail, too: everybody has an address.
  await sql`update officers set email = replace(person, '@', '.') || '@chaos.test'`.execute(db)

  const struck: Struck[] = []
  const lost: Violation[] = []
  let over = false
  const working = work(stack, staged, { register, seed, isOver: () => over })
  await strike({
    ...{ stack, seed, kills },
    signal: AbortSignal.any([signal, AbortSignal.timeout(millis)]),
    struck: (one) => void struck.push(one),
    lost: (part: Part, why) => void lost.push(violation('每个部分都能重新启动', part, why)),
  })
  await pause(CALM_MILLIS)
  over = true
  await working

  const undone = lost.length > 0 ? [] : await settle(db)
  const violations = [
    ...lost,
    ...undone,
    ...faultsOf(register),
    ...(await everything(place, register)),
    ...checkLogs(home),
  ]
  return { seed, struck, register, violations, counted: await count(db) }
}

const everything = async (
  { stack: { urls }, db, mail, keys, home }: Place,
  register: Register,
): Promise<readonly Violation[]> => {
  const connection = await Connection.connect({ address: urls.temporalAddress })
  try {
    const client = new Client({
      connection,
      namespace: urls.temporalNamespace,
      dataConverter: converterWith(keys),
    })
    return [
      ...(await checkWorkflows({ db, client })),
      ...(await checkReplays({ db, client, keys, home })),
      ...(await checkSealed({ db, client })).violations,
      ...(await checkCommands(db, register)),
      ...(await checkPapers(db)),
      ...(await checkMails(db, mail.taken)),
      ...(await checkLedger(db)),
    ]
  } finally {
    await connection.close()
  }
}

const faultsOf = ({ faults }: Register): readonly Violation[] =>
  faults.map(({ path, status, detail }) => violation('接口的答复都说得清', path, `${status} ${detail}`))

const count = async (db: Db): Promise<Counted> => {
  const { rows } = await sql<Counted>`
    select (select count(*) from cases)::int as cases, (select count(*) from events)::int as events,
      (select count(*) from papers)::int as papers, (select count(*) from notices)::int as notices,
      (select count(*) from mails where state = 'sent')::int as mails,
      (select count(*) from mails where state = 'sending')::int as unknown_mails`.execute(db)
  const [counted] = rows
  if (!counted) throw new TypeError('nothing counted')
  return counted
}
