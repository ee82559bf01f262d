/** Brings both servers on the home given as argument, prints their process numbers, and waits to be killed. */
import { bringPostgres } from '../../../runtime/postgres.js'
import { bringTemporal } from '../../../runtime/temporal.js'

const home = process.argv[2] ?? ''
const postgres = await bringPostgres({ home, env: {} })
const temporal = await bringTemporal({ home, env: { ...process.env, TEMPORAL_ADDRESS: '' } })
process.stdout.write(`${JSON.stringify([postgres.running?.pid, temporal.running?.pid])}\n`)
setInterval(() => undefined, 60_000)
