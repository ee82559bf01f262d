import { execFile } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  createWriteStream,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'

/** What Temporal publishes for its SDKs: the command line tool with its server, and the native test server. */
export type Artifact = 'cli' | 'temporal-test-server'

/** How long the site may take to answer, in milliseconds: behind a closed network there must be no long silence. */
const ANSWER = 8_000
/** How long the file itself may take. */
const TRANSFER = 300_000

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' }

/** Answer within `ANSWER`, however long the body takes afterwards. */
const request = async (url: string): Promise<Response> => {
  const patience = new AbortController()
  const timer = setTimeout(() => patience.abort(), ANSWER)
  const giveUp = setTimeout(() => patience.abort(), TRANSFER)
  giveUp.unref()
  try {
    const response = await fetch(url, { signal: patience.signal })
    if (!response.ok) throw new Error(`HTTP ${response.status}`)
    return response
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Fetch an executable from Temporal's own download site and put it at `target`.
 *
 * @throws Error when the site does not answer in time, has nothing for this machine, or the archive does not open.
 */
export const officialDownload = async (
  artifact: Artifact,
  version: string,
  target: string,
): Promise<void> => {
  const query = new URLSearchParams({
    arch: ARCHITECTURES[process.arch] ?? process.arch,
    platform: process.platform,
    format: 'tar.gz',
  })
  const about = (await (
    await request(`https://temporal.download/${artifact}/${version}?${query}`)
  ).json()) as {
    archiveUrl: string
    fileToExtract: string
  }
  const folder = mkdtempSync(join(tmpdir(), 'bihuan-download-'))
  try {
    const archive = join(folder, 'archive.tar.gz')
    const { body } = await request(about.archiveUrl)
    if (!body) throw new Error('empty answer')
    await pipeline(Readable.fromWeb(body), createWriteStream(archive))
    await promisify(execFile)('tar', ['-xzf', archive, '-C', folder])
    putExecutable(join(folder, about.fileToExtract), target)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Copy and rename, so that nobody ever runs half a file. */
export const putExecutable = (file: string, target: string): void => {
  mkdirSync(dirname(target), { recursive: true })
  const draft = `${target}.${process.pid}`
  copyFileSync(file, draft)
  chmodSync(draft, 0o755)
  renameSync(draft, target)
}
