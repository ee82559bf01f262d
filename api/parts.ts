import { connect, type Db } from '../db/connect.js'
import { tracedQueries } from '../runtime/tracing/queries.js'
import { makeTracer, type Tracer } from '../runtime/tracing/tracer.js'
import { TemporalCalls } from './cases/calls.js'
import { Commander } from './cases/commander.js'
import { Desk } from './cases/desk.js'
import { connectTemporal } from './cases/temporal.js'
import { Clocks, worldNow } from './clock.js'
import { People } from './identity/people.js'
import { Verifier } from './identity/verifier.js'
import { ALGORITHM, consoleSecret } from './issuer/keys.js'
import { CONSOLE_CLIENT } from './issuer/provider.js'
import type { Log } from './log.js'
import { type ApiMetrics, makeApiMetrics } from './metrics.js'
import { Dispatcher } from './orders/dispatcher.js'
import { problem } from './problems/problem.js'
import { Opener } from './rounds/opener.js'
import { Browsers } from './session/browsers.js'
import { type Client, RelyingParty } from './session/relying-party.js'
import type { Issuer, Settings } from './settings.js'
import { admission } from './stream/admission.js'
import { Streams } from './stream/streams.js'
import { Throttle } from './throttle.js'
import { tracedUpdates } from './tracing/updates.js'

/** What the door is made of. Whoever makes it closes it. */
export type Parts = {
  readonly settings: Settings
  readonly log: Log
  readonly db: Db
  readonly calls: TemporalCalls
  readonly commander: Commander
  readonly verifier: Verifier
  readonly browsers: Browsers
  readonly relyingParty: RelyingParty
  readonly throttle: Throttle
  readonly streams: Streams
  readonly people: People
  readonly clocks: Clocks
  readonly desk: Desk
  readonly opener: Opener
  readonly dispatcher: Dispatcher
  readonly metrics: ApiMetrics
  /** Absent: nobody keeps traces. */
  readonly tracer: Tracer | undefined
  readonly issuerUrl: string
  /** In order: nothing new is begun, what is under way is finished, connections are closed. */
  readonly close: () => Promise<void>
}

/** Signatures an external issuer may use; nothing symmetric, never `none`. */
const EXTERNAL_ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'] as const

const CONNECTIONS = 20

/** The embedded issuer is always on this machine, whatever the door itself listens on. */
export const issuerUrlOf = (issuer: Issuer): string =>
  issuer.kind === 'external' ? issuer.url : `http://127.0.0.1:${issuer.port}`

const personClaimOf = (issuer: Issuer): string => (issuer.kind === 'embedded' ? 'sub' : issuer.personClaim)

/** How we are known to the issuer. @throws Problem 503 where the operator did not say. */
const clientOf = async (issuer: Issuer): Promise<Client> => {
  if (issuer.kind === 'embedded') return { id: CONSOLE_CLIENT, secret: await consoleSecret(issuer.home) }
  if (issuer.client) return issuer.client
  throw problem('unavailable', '还没有设置从浏览器登录(BIHUAN_CLIENT_ID、BIHUAN_CLIENT_SECRET),请联系管理员')
}

export const makeParts = (settings: Settings, log: Log): Parts => {
  const { issuer, audience, patienceMillis } = settings
  const tracer = settings.traces === undefined ? undefined : makeTracer(settings.traces, 'bihuan-api', log)
  const db = connect(settings.databaseUrl, CONNECTIONS, tracer && tracedQueries(tracer))
  const { connection, client } = connectTemporal(settings, tracer ? [tracedUpdates(tracer)] : [])
  const calls = new TemporalCalls(connection)
  const commander = new Commander({ db, client, calls, patienceMillis })
  const clocks = new Clocks(db)
  const metrics = makeApiMetrics(db)
  const issuerUrl = issuerUrlOf(issuer)
  const opener = new Opener({ db, commander, log, tracer })
  const dispatcher = new Dispatcher({ db, commander, log, tracer })
  const browsers = new Browsers(db, settings)
  const people = new People(db, worldNow)
  const verifier = new Verifier(
    issuer.kind === 'embedded'
      ? {
          issuer: issuerUrl,
          audience,
          personClaim: personClaimOf(issuer),
          algorithms: [ALGORITHM],
          type: 'at+jwt',
        }
      : {
          issuer: issuerUrl,
          audience,
          personClaim: personClaimOf(issuer),
          algorithms: EXTERNAL_ALGORITHMS,
        },
  )
  return {
    settings,
    log,
    db,
    calls,
    commander,
    verifier,
    browsers,
    relyingParty: new RelyingParty({
      issuer: issuerUrl,
      publicUrl: settings.publicUrl,
      personClaim: personClaimOf(issuer),
      client: () => clientOf(issuer),
      log,
    }),
    throttle: new Throttle(settings.rates),
    streams: new Streams({
      ...{ db, databaseUrl: settings.databaseUrl, limits: settings.streams, log },
      admission: admission(browsers, people),
    }),
    people,
    clocks,
    desk: new Desk({ db, commander, clocks, log, metrics }),
    opener,
    dispatcher,
    metrics,
    tracer,
    issuerUrl,
    close: async () => {
      await Promise.all([opener.stop(), dispatcher.stop(), calls.close()])
      await db.destroy()
      await tracer?.close()
    },
  }
}
