import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** The folder of package.json. */
export const projectRoot = fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/, '')

/** What a process, or a thread, is started with to read TypeScript. */
export const withTypescript: readonly string[] = [
  '--import',
  pathToFileURL(join(projectRoot, 'node_modules', 'tsx', 'dist', 'loader.mjs')).href,
]

/** Arguments that let Node run a TypeScript file of this project, wherever it is started. */
export const typescript = (script: string): readonly string[] => [
  ...withTypescript,
  '--import',
  pathToFileURL(join(projectRoot, 'runtime', 'unwatched-promises.mjs')).href,
  join(projectRoot, script),
]

/** Where what was fetched once is kept for every checkout: `BIHUAN_CACHE`, or `~/.cache/bihuan`. */
export const cacheFolder = (env: NodeJS.ProcessEnv = process.env): string =>
  env.BIHUAN_CACHE ?? join(env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'bihuan')
