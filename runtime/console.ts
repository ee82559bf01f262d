import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot, typescript } from './project.js'
import { Trouble } from './trouble.js'

/** The console's built files, as the door serves them. */
export const consoleFolder = join(projectRoot, 'web', 'dist')

/** Beside the built files: what they were built from. */
export const STAMP_FILE = 'built-from.txt'

/** What the built files depend on: the pages, and whatever the interface's document is made of. */
const SOURCES = ['web', 'contracts', 'api', 'domain', 'package-lock.json']
const NOT_SOURCES = new Set(['dist', 'generated'])

const filesUnder = (path: string): readonly string[] =>
  readdirSync(path, { withFileTypes: true })
    .filter(({ name }) => !NOT_SOURCES.has(name))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesUnder(join(path, entry.name)) : [join(path, entry.name)]))

/** SHA-256 over the sources of the console, in hex. */
export const consoleStamp = (): string => {
  const hash = createHash('sha256')
  for (const source of SOURCES) {
    const path = join(projectRoot, source)
    const files = source.includes('.') ? [path] : filesUnder(path)
    for (const file of files) hash.update(file.slice(projectRoot.length)).update(readFileSync(file))
  }
  return hash.digest('hex')
}

const builtFrom = (): string | undefined => {
  const file = join(consoleFolder, STAMP_FILE)
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

/** Whether the tools that build the console are here: an image without development packages brings it built. */
const canBuild = (): boolean => existsSync(join(projectRoot, 'node_modules', 'vite'))

/**
 * Builds the console when it is missing or older than its sources.
 * @throws Trouble with what the build said, when it fails.
 */
export const ensureConsole = async (say: (text: string) => void): Promise<'built' | 'fresh'> => {
  if (!canBuild() || builtFrom() === consoleStamp()) return 'fresh'
  say('控制台正在生成(约 10 秒)……')
  const words: Buffer[] = []
  const child = spawn(process.execPath, [...typescript('scripts/console.ts')], {
    cwd: projectRoot,
    env: { ...process.env, TSX_TSCONFIG_PATH: join(projectRoot, 'tsconfig.json') },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child.stdout.on('data', (chunk) => words.push(chunk))
  child.stderr.on('data', (chunk) => words.push(chunk))
  const code = await new Promise<number | null>((done, fail) => {
    child.once('error', fail)
    child.once('close', done)
  })
  if (code !== 0) throw new Trouble(`控制台没有生成:\n${Buffer.concat(words).toString('utf8').trim()}`)
  return 'built'
}
