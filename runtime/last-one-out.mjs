/**
 * The last one out: when the launcher dies, even by SIGKILL, this ends what it started.
 *
 * The launcher holds the other end of stdin and writes one JSON line for each process, in the order of their start:
 * `{"watch":{"pid":1,"signal":"SIGTERM"}}` or `{"forget":1}`. End of input means that the launcher is gone.
 */
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

const GRACE = 8_000
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** @type {Map<number, string>} */
const watched = new Map()

const send = (pid, signal) => {
  try {
    process.kill(pid, signal)
    return true
  } catch {
    return false
  }
}

/** An ended process whose new parent has not collected it yet still has a number; it must not be waited for. */
const isEnded = (pid) => {
  if (!send(pid, 0)) return true
  try {
    return / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)/s, ''))
  } catch {
    return false
  }
}

const end = async (pid, signal) => {
  send(pid, signal)
  const last = Date.now() + GRACE
  while (!isEnded(pid) && Date.now() < last) await pause(50)
  if (!isEnded(pid)) send(pid, 'SIGKILL')
}

// A Ctrl-C or a closing terminal is the launcher's business; we end when it has.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {})

for await (const line of createInterface({ input: process.stdin })) {
  const { watch, forget } = JSON.parse(line)
  if (watch) watched.set(watch.pid, watch.signal)
  if (forget) watched.delete(forget)
}

for (const [pid, signal] of [...watched].reverse()) await end(pid, signal)
