import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { PassThrough, type Readable, Transform, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'

/** A file as it lies there: its length in bytes and its hex SHA-256. */
export type Sum = { readonly bytes: number; readonly sha256: string }

/** Counts and hashes what passes. */
const summing = (): { readonly through: Transform; readonly sum: () => Sum } => {
  const hash = createHash('sha256')
  let bytes = 0
  const through = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      hash.update(chunk)
      bytes += chunk.length
      done(null, chunk)
    },
  })
  return { through, sum: () => ({ bytes, sha256: hash.digest('hex') }) }
}

/** A new file that is compressed and hashed on its way; `written` settles when all of it is on the disk. */
export const compressedFile = (path: string): { readonly sink: Writable; readonly written: Promise<Sum> } => {
  const sink = new PassThrough()
  const { through, sum } = summing()
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true })
  const written = pipeline(sink, createGzip({ level: 4 }), through, file).then(sum)
  // Whoever writes into `sink` hears of it there; the promise is looked at later.
  written.catch(() => undefined)
  return { sink, written }
}

export const sumOf = async (path: string): Promise<Sum> => {
  const { through, sum } = summing()
  through.resume()
  await pipeline(createReadStream(path), through)
  return sum()
}

export const contentOf = (path: string): Readable => {
  const content = createGunzip()
  createReadStream(path)
    .on('error', (error) => content.destroy(error))
    .pipe(content)
  return content
}
