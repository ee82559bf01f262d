/** `npm test`: makes sure that the servers the tests need can be had, with words while they are fetched, then tests. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { temporalCli } from '../runtime/temporal-cli.ts'
import { skippingServer } from '../runtime/testserver.ts'
import { Trouble } from '../runtime/trouble.ts'

const say = (line) => process.stderr.write(`${line}\n`)

const main = async () => {
  const cli = await temporalCli({ say })
  const skipping = await skippingServer({ say })
  const vitest = join(import.meta.dirname, '..', 'node_modules', 'vitest', 'vitest.mjs')
  const child = spawn(process.execPath, [vitest, 'run', ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, BIHUAN_TEMPORAL_CLI: cli.path, BIHUAN_SKIPPING_SERVER: skipping.path },
  })
  // Whoever stops us sends one signal; at a terminal vitest has it already.
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT']) {
    process.on(signal, () => {
      if (!(signal === 'SIGINT' && process.stdin.isTTY)) child.kill(signal)
    })
  }
  child.on('exit', (code) => {
    process.exitCode = code ?? 1
  })
}

main().catch((error) => {
  say(error instanceof Trouble ? error.message : String(error?.stack ?? error))
  process.exitCode = 1
})
