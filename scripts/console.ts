/**
 * `npm run console [client]`: the console's typed client from the interface's own document, then its pages into `web/dist`.
 * `client` stops after the client. Nothing is served and no service is needed: the document comes from a door that is not opened.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createClient } from '@hey-api/openapi-ts'
import { documentOfDoor } from '../api/openapi/of-door.js'
import { consoleStamp, STAMP_FILE } from '../runtime/console.js'
import { projectRoot } from '../runtime/project.js'

const web = join(projectRoot, 'web')

const makeClient = async (): Promise<void> => {
  const generated = join(web, 'generated')
  mkdirSync(generated, { recursive: true })
  const document = await documentOfDoor()
  await createClient({
    input: document as never,
    output: { path: join(generated, 'api'), clean: true },
    logs: { level: 'silent', file: false },
    plugins: [
      '@hey-api/client-fetch',
      '@hey-api/typescript',
      { name: '@hey-api/sdk' },
      { name: '@tanstack/react-query', mutationOptions: false, infiniteQueryOptions: false },
      { name: '@hey-api/schemas', type: 'json' },
    ],
  })
}

const makePages = async (): Promise<void> => {
  const { build } = await import('vite')
  const stamp = consoleStamp()
  await build({ root: web, configFile: join(web, 'vite.config.ts'), logLevel: 'warn' })
  writeFileSync(join(web, 'dist', STAMP_FILE), stamp)
}

await makeClient()
if (process.argv[2] !== 'client') await makePages()
