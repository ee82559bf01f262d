/** Where things are in a dossier. */
export const CONTENTS = '目录.json'
export const RECORD = '记录.jsonl'
export const PAPERS = '公文/'
export const EVIDENCE = '材料/'

/** What the list of contents says. */
export type Contents = {
  readonly case: string
  readonly title: string
  readonly head: { readonly seq: number; readonly hash: string }
  readonly files: readonly { readonly path: string; readonly sha256: string; readonly bytes: number }[]
}
