import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** True when a program of that name is on PATH. */
export const onPath = (program: string): boolean =>
  spawnSync('sh', ['-c', 'command -v "$0"', program], { stdio: 'ignore' }).status === 0

/** True where packages can be installed without asking anybody: Debian or its kin, as root. */
export const canInstall = (): boolean => process.getuid?.() === 0 && onPath('apt-get')

/** Install Debian packages; the lists are fetched only when they are too old to know them. */
export const installPackages = async (packages: readonly string[]): Promise<void> => {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const install = () =>
    run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], { env })
  try {
    await install()
  } catch {
    await run('apt-get', ['update', '-q'], { env })
    await install()
  }
}
