import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exportJWK, generateKeyPair } from 'jose'
import { z } from 'zod'

/** The one algorithm our own issuer signs with. */
export const ALGORITHM = 'ES256'

const secrets = z.object({
  jwks: z.object({ keys: z.array(z.looseObject({ kty: z.string() })).min(1) }),
  cookieKeys: z.array(z.string().min(32)).min(1),
})
export type IssuerSecrets = z.infer<typeof secrets>

const generate = async (): Promise<IssuerSecrets> => {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true })
  const jwk = await exportJWK(privateKey)
  const key = {
    ...jwk,
    kty: String(jwk.kty),
    alg: ALGORITHM,
    use: 'sig',
    kid: randomBytes(8).toString('hex'),
  }
  return { jwks: { keys: [key] }, cookieKeys: [randomBytes(32).toString('base64url')] }
}

/** The issuer's keys of a home: made once, readable by their owner alone. */
export const issuerSecrets = (home: string): Promise<IssuerSecrets> =>
  madeOnce(home, 'issuer.json', secrets, generate)

const client = z.object({ secret: z.string().min(32) })

/** The secret between the door and its own issuer. */
export const consoleSecret = async (home: string): Promise<string> => {
  const make = async () => ({ secret: randomBytes(32).toString('base64url') })
  return (await madeOnce(home, 'console-client.json', client, make)).secret
}

/** What is kept in a file of the home; whoever comes second takes the first one's. */
const madeOnce = async <T>(
  home: string,
  name: string,
  schema: z.ZodType<T>,
  make: () => Promise<T>,
): Promise<T> => {
  const file = join(home, name)
  const read = (): T | undefined => {
    try {
      return schema.parse(JSON.parse(readFileSync(file, 'utf8')))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
      throw error
    }
  }
  const kept = read()
  if (kept) return kept
  const made = await make()
  const draft = `${file}.${process.pid}`
  mkdirSync(home, { recursive: true })
  writeFileSync(draft, JSON.stringify(made), { mode: 0o600 })
  try {
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
  return read() ?? made
}
