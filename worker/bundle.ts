import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker'
import { failureConverterPath } from '../codec/converter.js'
import { projectRoot } from '../runtime/project.js'

/** Everything a workflow may be made of (ARCHITECTURE: it knows domain and contracts, nothing else). */
const ROOMS = ['workflows', 'contracts', 'domain'] as const

/**
 * Loaded once for all cases of a worker, not once for each: pure functions, whose only state are answers remembered under what they
 * were asked. One copy is compiled once and soon runs fast; a copy for each case never would, and a thousand take a gigabyte.
 */
const SHARED = ['domain/decider.ts'] as const

/** Bundles kept in all: whoever goes back to yesterday's code starts as fast. */
const KEPT = 5

/**
 * The workflows as one file, for the worker and for tests: made once, found again by the hash of what it is made of.
 * `interceptors`: modules of `workflows/` that are joined to it.
 * @throws Error when the workflows do not compile.
 */
export const workflowBundle = async (
  interceptors: readonly string[] = [],
): Promise<{ readonly codePath: string }> => {
  const folder = cache()
  const codePath = join(folder, `workflows-${sourceHash(interceptors)}.js`)
  if (existsSync(codePath)) return { codePath }
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(projectRoot, 'workflows', 'index.ts'),
    failureConverterPath,
    workflowInterceptorModules: [...interceptors],
    preloadModules: [...SHARED.map((file) => join(projectRoot, file))],
    logger: new DefaultLogger('ERROR'),
  })
  // Two who start at once write the same: each its own draft, renamed into place whole.
  const draft = `${codePath}.${process.pid}`
  writeFileSync(draft, code)
  renameSync(draft, codePath)
  forgetOld(folder)
  return { codePath }
}

/** Beside the packages; where nobody may write there, a folder of this process. */
const cache = (): string => {
  const folder = join(projectRoot, 'node_modules', '.cache', 'bihuan')
  try {
    mkdirSync(folder, { recursive: true })
    return folder
  } catch {
    return mkdtempSync(join(tmpdir(), 'bihuan-bundle-'))
  }
}

const sourceHash = (interceptors: readonly string[]): string => {
  const hash = createHash('sha256').update(readFileSync(join(projectRoot, 'package-lock.json')))
  hash.update(readFileSync(failureConverterPath))
  hash.update([...interceptors, ...SHARED].join('\n'))
  for (const room of ROOMS) {
    const files = readdirSync(join(projectRoot, room), { recursive: true, encoding: 'utf8' })
    for (const file of files.filter((name) => name.endsWith('.ts')).toSorted()) {
      hash.update(`${room}/${file}\n`).update(readFileSync(join(projectRoot, room, file)))
    }
  }
  return hash.digest('hex').slice(0, 32)
}

const forgetOld = (folder: string): void => {
  const bundles = readdirSync(folder)
    .filter((name) => /^workflows-[0-9a-f]+\.js$/.test(name))
    .map((name) => ({ path: join(folder, name), at: statSync(join(folder, name)).mtimeMs }))
    .toSorted((a, b) => b.at - a.at)
  for (const { path } of bundles.slice(KEPT)) rmSync(path, { force: true })
}
