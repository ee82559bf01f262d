/** `npm run fuzz [-- --minutes N] [--seed N]`: the interface fuzzed for longer than CI does, by every fuzzer for N minutes each. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '5' }, seed: { type: 'string' } },
})

const child = spawn(process.execPath, [join(import.meta.dirname, 'test.mjs'), 'test/fuzz'], {
  stdio: 'inherit',
  env: {
    ...process.env,
    BIHUAN_FUZZ: 'wanted',
    BIHUAN_FUZZ_MINUTES: values.minutes,
    ...(values.seed !== undefined && { BIHUAN_FUZZ_SEED: values.seed }),
  },
})
for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT']) process.on(signal, () => child.kill(signal))
child.on('exit', (code) => {
  process.exitCode = code ?? 1
})
