/**
 * `npm run check`: format and lint, types, the rooms' borders, dead code. Side by side, one line each. The console's client is
 * made first: its pages are checked against the interface as it is.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import rooms from './rooms.cjs'

const root = join(import.meta.dirname, '..')
const bin = (name) => join(root, 'node_modules', '.bin', name)

const checks = [
  {
    title: '格式与写法',
    command: bin('biome'),
    args: ['check', '--colors=off', '--max-diagnostics=50', '.'],
  },
  { title: '类型', command: bin('tsc'), args: ['--noEmit', '-p', '.'] },
  { title: '控制台类型', command: bin('tsc'), args: ['--noEmit', '-p', 'web'] },
  {
    title: '房间边界',
    command: bin('depcruise'),
    args: ['--config', '.dependency-cruiser.cjs', ...rooms.filter((room) => existsSync(join(root, room)))],
  },
  { title: '无用代码', command: bin('knip'), args: ['--no-progress', '--no-config-hints'] },
]

const run = ({ title, command, args }) =>
  new Promise((done) => {
    const began = performance.now()
    const words = []
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, FORCE_COLOR: '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child.stdout.on('data', (chunk) => words.push(chunk))
    child.stderr.on('data', (chunk) => words.push(chunk))
    const finish = (ok, text) => done({ title, ok, text, seconds: (performance.now() - began) / 1000 })
    child.on('error', (error) => finish(false, error.message))
    child.on('close', (code) => finish(code === 0, Buffer.concat(words).toString('utf8').trim()))
  })

const client = await run({
  title: '控制台的接口',
  command: process.execPath,
  args: ['--import', import.meta.resolve('tsx'), join(root, 'scripts', 'console.ts'), 'client'],
})
if (!client.ok) process.stdout.write(`${client.text}\n`)

const results = await Promise.all(
  checks.map(async (check) => {
    const result = await run(check)
    process.stdout.write(`  ${result.ok ? '✓' : '✗'} ${check.title}  ${result.seconds.toFixed(1)} 秒\n`)
    return result
  }),
)
const failed = results.filter(({ ok }) => !ok)
for (const { title, text } of failed) process.stdout.write(`\n── ${title} ──\n${text}\n`)
process.stdout.write(`\n${results.length - failed.length} checks passed, ${failed.length} failed\n`)
process.exitCode = failed.length === 0 ? 0 : 1
