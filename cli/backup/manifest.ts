import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { Trouble } from '../../runtime/trouble.js'

export const MANIFEST = 'manifest.json'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const count = z.number().int().min(0)

const manifestSchema = z.object({
  format: z.literal(1),
  /** Of the program that made it. */
  version: z.string(),
  /** When its moment was, UTC. */
  at: z.iso.datetime(),
  migrations: z.array(z.object({ number: count, name: z.string(), sha256 })).min(1),
  tables: z.array(
    z.object({
      name: z.string().regex(/^[a-z_][a-z0-9_]*$/),
      columns: z.array(z.string()),
      rows: count,
      /** The file beside this one; `bytes` and `sha256` are of it as it lies there, compressed. */
      file: z.string().regex(/^[a-z_][a-z0-9_]*\.copy\.gz$/),
      bytes: count,
      sha256,
    }),
  ),
})

/** What a backup holds: written last, so that a folder without it is no backup. */
export type Manifest = z.infer<typeof manifestSchema>

/** @throws Trouble when the folder holds no whole backup that this version can read. */
export const readManifest = (folder: string): Manifest => {
  let text: string
  try {
    text = readFileSync(join(folder, MANIFEST), 'utf8')
  } catch {
    throw new Trouble(`${folder} 不是一份完整的备份:其中没有 ${MANIFEST}。`)
  }
  const read = manifestSchema.safeParse(jsonIn(text))
  if (!read.success) throw new Trouble(`${join(folder, MANIFEST)} 读不懂:不是本程序所写,或被改动过。`)
  return read.data
}

const jsonIn = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
