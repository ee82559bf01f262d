/** Makes node_modules match package-lock.json, once, whoever asks first. Plain JavaScript, no dependencies. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Trouble } from './trouble.mjs'

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))

const read = (path) => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

const fingerprint = (root) =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
const stampFile = (root) => join(root, 'node_modules', '.bihuan-stamp')
const isStamped = (root) => read(stampFile(root)) === fingerprint(root)
const stamp = (root) => writeFileSync(stampFile(root), fingerprint(root))

/** True when npm's own record of what it installed (by hand, perhaps) agrees with the lock file, package by package. */
const agrees = (root) => {
  const installed = read(join(root, 'node_modules', '.package-lock.json'))
  if (installed === undefined) return false
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  const present = JSON.parse(installed).packages
  const same = (path) => present[path]?.version === wanted[path]?.version
  return (
    Object.keys(present).every((path) => wanted[path] !== undefined && same(path)) &&
    Object.keys(wanted).every(
      (path) => path === '' || same(path) || (wanted[path].optional && !present[path]),
    )
  )
}

const isAlive = (pid) => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Hold the installation for ourselves; a holder that died is passed over. */
const underLock = async (root, say, work) => {
  const folder = join(root, '.cache')
  const lock = join(folder, 'install.lock')
  mkdirSync(folder, { recursive: true })
  let told = false
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' })
      break
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      const holder = Number(read(lock))
      if (holder > 0 && !isAlive(holder)) {
        rmSync(lock, { force: true })
        continue
      }
      if (!told) say('另一个窗口正在安装依赖,稍候……')
      told = true
      await pause(300)
    }
  }
  try {
    return await work()
  } finally {
    rmSync(lock, { force: true })
  }
}

/** What npm printed, without its page of help. */
const reasonIn = (words) =>
  words
    .split('\n')
    .filter((line) => /^npm error (?!A complete log|Run "npm help|aliases:|Usage:|Options:|\s|$)/.test(line))
    .slice(0, 8)
    .join('\n')

/** Run npm with its words kept for the case that it fails; resolves with how it ended. */
const npm = (root, args, say) =>
  new Promise((resolve, reject) => {
    const child = spawn(
      'npm',
      [...args, '--include=dev', '--no-audit', '--no-fund', '--loglevel=error', '--no-progress'],
      {
        cwd: root,
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    const words = []
    child.stdout.on('data', (chunk) => words.push(chunk))
    child.stderr.on('data', (chunk) => words.push(chunk))
    const began = Date.now()
    const clock = setInterval(
      () => say(`  仍在安装,已 ${Math.round((Date.now() - began) / 1000)} 秒……`),
      15_000,
    )
    const stopOnSignal = () => child.kill('SIGTERM')
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stopOnSignal)
    const done = () => {
      clearInterval(clock)
      for (const signal of ['SIGINT', 'SIGTERM']) process.removeListener(signal, stopOnSignal)
    }
    child.on('error', (error) => {
      done()
      reject(
        new Trouble(`找不到或无法运行 npm(${error.message})。请先安装 Node.js 20 或更新版本,它自带 npm。`),
      )
    })
    child.on('close', (code, signal) => {
      done()
      resolve({ code, signal, words: Buffer.concat(words).toString('utf8') })
    })
  })

/**
 * `npm ci`. A registry that lacks packages for other kinds of machine makes it refuse the whole lock file; then
 * `npm install`, which takes the same versions and leaves those out.
 */
const installPackages = async (root, say) => {
  let end = await npm(root, ['ci'], say)
  if (end.code !== 0 && end.words.includes('EUSAGE')) {
    say('npm 源缺少清单中的个别包,改用 npm install……')
    end = await npm(root, ['install', '--no-save'], say)
  }
  if (end.code === 0) return
  if (end.signal) throw new Trouble('安装依赖被中断,再次运行会重新安装。', 130)
  throw new Trouble(
    `${reasonIn(end.words)}\n\n安装依赖未成(npm 退出码 ${end.code})。` +
      '请检查网络与 npm 源(npm config get registry),然后重新运行同一命令。',
  )
}

/**
 * After this, node_modules is what package-lock.json asks for.
 *
 * @param {{ root: string, say: (line: string) => void }} options
 * @throws {Trouble} when npm is missing or fails.
 */
export const ensureInstalled = async ({ root, say }) => {
  if (isStamped(root)) return
  await underLock(root, say, async () => {
    if (isStamped(root)) return
    if (!agrees(root)) {
      say(
        existsSync(join(root, 'node_modules'))
          ? '依赖有变动,正在重新安装……'
          : '首次运行,正在安装依赖(约一分钟)……',
      )
      const began = Date.now()
      await installPackages(root, say)
      say(`依赖已装好,用时 ${Math.round((Date.now() - began) / 1000)} 秒。`)
    }
    stamp(root)
  })
}
