import { strFromU8, type Unzipped, unzipSync } from 'fflate'
import { z } from 'zod'
import { evolve } from '../domain/decider.js'
import type { LedgerRecord, LedgerState } from '../domain/decider-types.js'
import { firstBrokenLink, sha256OfBytes } from '../domain/record/chain.js'
import { CONTENTS, EVIDENCE, PAPERS, RECORD } from './layout.js'

/** What a check of a dossier found; `faults` empty when it is whole and unaltered. */
export type Verified = {
  readonly case: string
  readonly events: number
  readonly files: number
  readonly signatures: number
  readonly faults: readonly string[]
}

const contents = z.object({
  case: z.string(),
  title: z.string(),
  head: z.object({ seq: z.int(), hash: z.string() }),
  files: z.array(z.object({ path: z.string(), sha256: z.string(), bytes: z.int() })),
})

/** Nobody's dossier is larger unpacked: what claims to be is no dossier. */
const MOST_BYTES = 4_000_000_000

const opened = (bytes: Uint8Array): Unzipped | undefined => {
  try {
    let total = 0
    return unzipSync(bytes, {
      filter: ({ originalSize }) => {
        total += originalSize
        return total <= MOST_BYTES
      },
    })
  } catch {
    return undefined
  }
}

const NOTHING = { case: '', events: 0, files: 0, signatures: 0 } as const

/** Checks a dossier by itself: no server, no database, nothing but the file (YZ-04). */
export const verifyDossier = (bytes: Uint8Array): Verified => {
  const zip = opened(bytes)
  const listed = zip?.[CONTENTS]
  const record = zip?.[RECORD]
  if (!zip || !listed || !record) return { ...NOTHING, faults: ['不是案卷:打不开,或缺少目录、记录'] }
  const read = contents.safeParse(parsed(strFromU8(listed)))
  const records = recordsIn(strFromU8(record))
  if (!read.success || !records) return { ...NOTHING, faults: ['目录或记录已经损坏,读不出来'] }
  const { data } = read
  const signatures = sealFaults(records)
  return {
    case: data.case,
    events: records.length,
    files: data.files.length,
    signatures: signatures.checked,
    faults: [
      ...fileFaults(zip, data.files),
      ...chainFaults(records, data),
      ...attachedFaults(zip, records),
      ...signatures.faults,
    ],
  }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const recordsIn = (text: string): readonly LedgerRecord[] | undefined => {
  const lines = text.split('\n').filter((line) => line !== '')
  const records = lines.map(parsed)
  return records.length > 0 && records.every((one) => typeof one === 'object' && one !== null)
    ? (records as readonly LedgerRecord[])
    : undefined
}

const fileFaults = (zip: Unzipped, files: z.output<typeof contents>['files']): readonly string[] => {
  const known = new Set([CONTENTS, ...files.map(({ path }) => path)])
  return [
    ...files.flatMap(({ path, sha256 }) => {
      const content = zip[path]
      if (!content) return [`缺少文件:${path}`]
      return sha256OfBytes(content) === sha256 ? [] : [`文件被改动:${path}`]
    }),
    ...Object.keys(zip).flatMap((path) => (known.has(path) ? [] : [`目录以外的文件:${path}`])),
  ]
}

const chainFaults = (
  records: readonly LedgerRecord[],
  { head, case: id }: z.output<typeof contents>,
): readonly string[] => {
  const broken = firstBrokenLink(records)
  const last = records.at(-1)
  return [
    ...(broken ? [`记录在第 ${broken.seq} 条断链:${broken.why}`] : []),
    ...(last?.seq === head.seq && last.hash === head.hash ? [] : ['记录的末条与目录不符']),
    ...(records.every((record) => record.case === id) ? [] : ['记录里有别的事项']),
  ]
}

const HASH = /"sha256":"([0-9a-f]{64})"/g

/** Every paper issued and every file an event names is there, with the content that was named. */
const attachedFaults = (zip: Unzipped, records: readonly LedgerRecord[]): readonly string[] => {
  const hashes = new Set(
    Object.entries(zip).flatMap(([path, content]) =>
      path.startsWith(PAPERS) || path.startsWith(EVIDENCE) ? [sha256OfBytes(content)] : [],
    ),
  )
  return records.flatMap(({ seq, event }) => {
    if (event.type === 'paper-issued')
      return hashes.has(event.sha256) ? [] : [`第 ${seq} 条印发的公文 ${event.number} 不在卷内`]
    const named = [...JSON.stringify(event).matchAll(HASH)].map(([, hash = '']) => hash)
    return named.flatMap((hash) =>
      hashes.has(hash as never) ? [] : [`第 ${seq} 条所附材料 ${hash.slice(0, 12)}… 不在卷内`],
    )
  })
}

/** Each signature is bound to the evidence its signer saw: told again from the record, the seals must agree (YZ-09). */
const sealFaults = (
  records: readonly LedgerRecord[],
): { readonly checked: number; readonly faults: readonly string[] } => {
  let state: LedgerState | undefined
  let checked = 0
  const faults: string[] = []
  try {
    for (const record of records) {
      if (record.event.type === 'signed' && state?.kind === 'problem') {
        checked += 1
        const own = record.event.saw === state.state.seal
        if (!own) faults.push(`第 ${record.seq} 条签署与所见材料不符`)
      }
      state = evolve(state, record)
    }
  } catch {
    faults.push('记录不能还原')
  }
  return { checked, faults }
}
