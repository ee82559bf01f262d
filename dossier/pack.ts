import { strToU8, type Zippable, zipSync } from 'fflate'
import type { LedgerRecord } from '../domain/decider-types.js'
import { canonical, sha256OfBytes } from '../domain/record/chain.js'
import { tellRecord } from '../domain/tell.js'
import type { Instant, Sha256 } from '../domain/words.js'
import { CONTENTS, type Contents, EVIDENCE, PAPERS, RECORD } from './layout.js'

/** Everything of one case that goes into its dossier (YZ-04). */
export type DossierParts = {
  readonly case: string
  readonly title: string
  readonly records: readonly LedgerRecord[]
  readonly rules: readonly { readonly hash: Sha256; readonly text: string }[]
  readonly papers: readonly {
    readonly number: string
    readonly title: string
    readonly content: Uint8Array
  }[]
  readonly evidence: readonly {
    readonly sha256: Sha256
    readonly name: string
    readonly content: Uint8Array
  }[]
}

/** A name that no file system minds. */
const safe = (name: string): string => name.replace(/[\\/:*?"<>|\p{Cc}]/gu, '_').slice(0, 120)

const EIGHT_HOURS = 8 * 3_600_000
const minute = (at: Instant): string =>
  new Date(Date.parse(at) + EIGHT_HOURS).toISOString().slice(0, 16).replace('T', ' ')

const NOTE = `一个问题一个案卷。
${CONTENTS} 列出本卷全部文件和每个文件的 SHA-256;${RECORD} 是全部记录,每条以哈希与前一条相连。
不经系统也能核对:任何人可以用 bihuan dossier verify 核对,或自行计算各文件的 SHA-256 与目录比较。
`

/** The same case at the same point gives the same bytes: a dossier can be compared with another by its hash. */
const UNDATED = { mtime: new Date(1980, 0, 1) }

/** One dossier a case, a zip: the record, the papers, the evidence, the rules, and a list of all of them by hash. */
export const packDossier = (parts: DossierParts): Uint8Array => {
  const { records } = parts
  const files = new Map<string, Uint8Array>([
    ['说明.txt', strToU8(NOTE)],
    [RECORD, strToU8(records.map((record) => `${canonical(record)}\n`).join(''))],
    ['经过.txt', strToU8(records.map((record) => `${minute(record.at)}  ${tellRecord(record)}\n`).join(''))],
    ...parts.rules.map(({ hash, text }) => [`规则/${hash}.txt`, strToU8(text)] as const),
    ...parts.papers.map(
      ({ number, title, content }) => [`${PAPERS}${safe(`${title}_${number}`)}.docx`, content] as const,
    ),
    ...parts.evidence.map(
      ({ sha256, name, content }) => [`${EVIDENCE}${sha256}-${safe(name)}`, content] as const,
    ),
  ])
  const head = records.at(-1)
  const contents: Contents = {
    case: parts.case,
    title: parts.title,
    head: { seq: head?.seq ?? 0, hash: head?.hash ?? '' },
    files: [...files].map(([path, content]) => ({
      path,
      sha256: sha256OfBytes(content),
      bytes: content.length,
    })),
  }
  const zip: Zippable = { [CONTENTS]: [strToU8(`${JSON.stringify(contents, null, 2)}\n`), UNDATED] }
  for (const [path, content] of files) zip[path] = [content, UNDATED]
  return zipSync(zip, { level: 6 })
}
