/** Tells when npm, which started us, is gone. Plain JavaScript, no dependencies. */
import { readFileSync } from 'node:fs'

const LOOK = 1000

const read = (path) => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

const parentOf = (pid) =>
  read(`/proc/${pid}/stat`)
    .replace(/^.*\) \S+ /s, '')
    .split(' ')[0]

/**
 * npm starts a script through a shell and, killed or told to end, does not always end what it started. Watch the
 * shell and, through it, npm; further up is none of our business: whoever starts npm may leave before it.
 *
 * @param {() => void} gone - called once.
 */
export const whenNpmIsGone = (gone) => {
  if (!process.env.npm_lifecycle_event) return
  const parent = process.ppid
  const throughShell = /^(sh|dash|ash|bash|zsh)\n$/.test(read(`/proc/${parent}/comm`))
  const npm = throughShell ? parentOf(parent) : undefined
  const clock = setInterval(() => {
    if (process.ppid === parent && (npm === undefined || parentOf(parent) === npm)) return
    clearInterval(clock)
    gone()
  }, LOOK)
  clock.unref()
}
