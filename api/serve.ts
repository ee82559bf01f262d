import type { Server } from 'node:http'
import { serveMetrics } from '../runtime/metrics.js'
import { makeApplication } from './application.js'
import { consoleSecret, issuerSecrets } from './issuer/keys.js'
import { makeProvider } from './issuer/provider.js'
import { serveIssuer } from './issuer/server.js'
import type { Log } from './log.js'
import { makeParts, type Parts } from './parts.js'
import { seedRegister } from './seed.js'
import { CALLBACK } from './session/relying-party.js'
import type { Settings } from './settings.js'

export type Serving = {
  /** Where the door is. */
  readonly url: string
  readonly issuerUrl: string
  readonly parts: Parts
  /** Finish what is under way, then close. Asking again waits for the same end. */
  readonly stop: () => Promise<void>
}

/** Opens the door and, in embedded mode, the issuer beside it. The one owner of both. */
export const serve = async (settings: Settings, log: Log): Promise<Serving> => {
  const parts = makeParts(settings, log)
  const url = `http://${settings.host}:${settings.port}`
  const app = await makeApplication(parts)
  // Whoever finds the door open can sign in.
  const issuer = await openIssuer(parts)
  await app.listen(settings.port, settings.host)
  const measured =
    settings.metrics === undefined ? undefined : await serveMetrics(settings.metrics, parts.metrics.registry)
  parts.opener.start()
  parts.dispatcher.start()
  log.info({ url, issuer: parts.issuerUrl }, 'open')

  let stopping: Promise<void> | undefined
  const stop = async (): Promise<void> => {
    log.info('closing')
    await parts.streams.close()
    await lettingGo(app.getHttpServer(), () => app.close())
    if (issuer) await lettingGo(issuer, () => closed(issuer))
    measured?.close()
    await parts.close()
    log.info('closed')
  }
  return {
    url,
    issuerUrl: parts.issuerUrl,
    parts,
    stop: () => {
      stopping ??= stop()
      return stopping
    },
  }
}

const openIssuer = async (parts: Parts): Promise<Server | undefined> => {
  const { settings, db, log, issuerUrl } = parts
  const { issuer, audience } = settings
  if (issuer.kind === 'external') return undefined
  await seedRegister(db)
  const [secrets, secret] = await Promise.all([issuerSecrets(issuer.home), consoleSecret(issuer.home)])
  const { publicUrl } = settings
  const provider = makeProvider({
    url: issuerUrl,
    audience,
    apiUrl: publicUrl,
    console: { redirect: `${publicUrl}${CALLBACK}`, secret },
    secrets,
    db,
  })
  const server = serveIssuer(provider, db, log)
  await new Promise<void>((done, fail) => {
    server.once('error', fail)
    server.listen(issuer.port, '127.0.0.1', done)
  })
  return server
}

const closed = (server: Server): Promise<void> => new Promise((done) => void server.close(() => done()))

const LOOK_MILLIS = 50

/** A caller keeps the connection after its answer; while closing, whatever falls idle is let go. */
const lettingGo = async (server: Server, close: () => Promise<void>): Promise<void> => {
  const looking = setInterval(() => server.closeIdleConnections(), LOOK_MILLIS)
  try {
    await close()
  } finally {
    clearInterval(looking)
  }
}
