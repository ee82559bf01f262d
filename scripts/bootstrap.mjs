/**
 * The door of every npm script: `node scripts/bootstrap.mjs <command> [arguments]`.
 *
 * Plain JavaScript for Node 20 or newer with nothing installed. It installs the packages of package-lock.json
 * when they are not there, then hands over to the project's own Node. Nothing is ever printed on stdout here:
 * that belongs to the command.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { ensureInstalled } from './install.mjs'
import { whenNpmIsGone } from './npm-above.mjs'
import { projectNode } from './project-node.mjs'
import { Trouble } from './trouble.mjs'

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/, '')

/** What each command runs. A relative path a person types counts from where they stand, hence `where`. */
const commands = {
  start: (rest) => ({ script: 'cli/main.ts', args: ['start', ...rest], where: 'caller' }),
  demo: (rest) => ({ script: 'cli/main.ts', args: ['demo', ...rest], where: 'caller' }),
  bihuan: (rest) => ({ script: 'cli/main.ts', args: rest, where: 'caller' }),
  conformance: (rest) => ({ script: 'cli/main.ts', args: ['conformance', ...rest], where: 'root' }),
  chaos: (rest) => ({ script: 'cli/main.ts', args: ['chaos', ...rest], where: 'root' }),
  bench: (rest) => ({ script: 'cli/main.ts', args: ['bench', ...rest], where: 'root' }),
  migrate: (rest) => ({ script: 'cli/main.ts', args: ['migrate', ...rest], where: 'root' }),
  console: (rest) => ({ script: 'scripts/console.ts', args: rest, where: 'root' }),
  fuzz: (rest) => ({ script: 'scripts/fuzz.mjs', args: rest, where: 'root' }),
  test: (rest) => ({ script: 'scripts/test.mjs', args: rest, where: 'root' }),
  'test:cluster': (rest) => ({ script: 'test/cluster/programs/main.ts', args: rest, where: 'root' }),
  check: (rest) => ({ script: 'scripts/check.mjs', args: rest, where: 'root' }),
}

const say = (line) => process.stderr.write(`${line}\n`)

/** Where the person stood: npm changes to the package's folder and keeps the old one in INIT_CWD. */
const callersFolder = () =>
  process.env.npm_package_json === join(root, 'package.json') &&
  process.env.INIT_CWD &&
  existsSync(process.env.INIT_CWD)
    ? process.env.INIT_CWD
    : process.cwd()

const environment = () => ({
  ...process.env,
  PATH: `${join(root, 'node_modules', '.bin')}:${process.env.PATH ?? ''}`,
  TSX_TSCONFIG_PATH: join(root, 'tsconfig.json'),
  BIHUAN_BOOTSTRAPPED: '1',
})

/** Run the command on the project's Node, pass every signal on once, and end as it ended. */
const run = (node, { script, args, where }) => {
  const loader = pathToFileURL(join(root, 'node_modules', 'tsx', 'dist', 'loader.mjs')).href
  const child = spawn(node, ['--import', loader, join(root, script), ...args], {
    cwd: where === 'caller' ? callersFolder() : root,
    env: environment(),
    stdio: 'inherit',
  })

  // At a terminal Ctrl-C reaches the whole foreground group, the command included: saying it again would be twice.
  const terminal = process.stdin.isTTY === true
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (!(signal === 'SIGINT' && terminal)) child.kill(signal)
    })
  }

  // Nobody else would stop it then.
  whenNpmIsGone(() => child.kill('SIGTERM'))

  child.on('error', (error) => {
    say(`无法启动 ${node}:${error.message}`)
    process.exitCode = 1
  })
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal ?? 'SIGTERM'] ?? 15)
  })
}

const main = async () => {
  const [name = '', ...rest] = process.argv.slice(2)
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) throw new Trouble(`没有“${name}”这个命令。可用的有:${Object.keys(commands).join('、')}。`, 2)
  await ensureInstalled({ root, say })
  run(projectNode({ root, say }), command(rest))
}

main().catch((error) => {
  say(error instanceof Trouble ? error.message : String(error?.stack ?? error))
  process.exitCode = error instanceof Trouble ? error.exitCode : 1
})
