/**
 * An identity provider of its own beside the APIs, to which it is an external one: `issuer.ts PORT`, officers and their
 * passwords from `DATABASE_URL`, its keys in `BIHUAN_HOME`.
 */
import { randomBytes } from 'node:crypto'
import { issuerSecrets } from '../../../api/issuer/keys.js'
import { makeProvider } from '../../../api/issuer/provider.js'
import { serveIssuer } from '../../../api/issuer/server.js'
import { makeLog } from '../../../api/log.js'
import { seedRegister } from '../../../api/seed.js'
import { connect } from '../../../db/connect.js'

const port = Number(process.argv[2])
const db = connect(process.env.DATABASE_URL ?? '', 3)
await seedRegister(db)
const provider = makeProvider({
  url: `http://127.0.0.1:${port}`,
  audience: 'urn:bihuan:api',
  apiUrl: process.argv[3] ?? '',
  console: { redirect: `${process.argv[3]}/signed-in`, secret: randomBytes(24).toString('base64url') },
  secrets: await issuerSecrets(process.env.BIHUAN_HOME ?? ''),
  db,
})
serveIssuer(provider, db, makeLog({ logLevel: 'warn' })).listen(port, '127.0.0.1')
