import { execFile, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { cacheFolder, projectRoot } from '../../runtime/project.js'
import { canInstall, installPackages, onPath } from '../../runtime/system-packages.js'

const run = promisify(execFile)

const requirements = join(projectRoot, 'test', 'fuzz', 'requirements.txt')
const [, version = ''] = /^schemathesis==(.+)$/m.exec(readFileSync(requirements, 'utf8')) ?? []

/** Python with its venv: there, or to be installed without asking anybody. */
export const canFuzz = (): boolean =>
  canInstall() ||
  (onPath('python3') &&
    spawnSync('python3', ['-c', 'import venv, ensurepip'], { stdio: 'ignore' }).status === 0)

/** The fuzzer's executable, in an environment of its own in the project's cache; made once, with every package pinned. */
export const fuzzer = async (): Promise<string> => {
  const folder = join(cacheFolder(), `schemathesis-${version}`)
  const executable = join(folder, 'bin', 'st')
  if (existsSync(join(folder, 'ready'))) return executable
  rmSync(folder, { recursive: true, force: true })
  await run('python3', ['-m', 'venv', folder]).catch(async () => {
    rmSync(folder, { recursive: true, force: true })
    await installPackages(['python3-venv'])
    await run('python3', ['-m', 'venv', folder])
  })
  await run(join(folder, 'bin', 'pip'), ['install', '--quiet', '--no-deps', '--requirement', requirements])
  await run('touch', [join(folder, 'ready')])
  return executable
}
