import type { LedgerRecord } from '../domain/decider-types.js'

/** What became of something asked at the door, as whoever asked it knows. */
export type Fate =
  /** 2xx: the door said which events it made, where it makes events of one case. */
  | { readonly kind: 'accepted'; readonly made: Made | undefined }
  | { readonly kind: 'refused'; readonly status: number }
  /** No answer came (202, 503, a broken connection), and whoever asked went away. */
  | { readonly kind: 'given-up' }

export type Made = {
  readonly caseId: string
  readonly from: number
  readonly to: number
  readonly hashes: readonly LedgerRecord['hash'][]
}

export type Asked = {
  /** `person/key`: the command's id on the record. */
  readonly id: string
  readonly path: string
  readonly act: string
  readonly fate: Fate
  /** How often it was sent until somebody answered. */
  readonly times: number
}

/** An answer no part of us may give, whatever is dead: 500, or words that are no problem document. */
export type Fault = { readonly path: string; readonly status: number; readonly detail: string }

/** Everything asked at the door during a run. */
export type Register = {
  readonly asked: readonly Asked[]
  readonly faults: readonly Fault[]
  readonly note: (asked: Asked) => void
  readonly fault: (fault: Fault) => void
}

export const newRegister = (): Register => {
  const asked: Asked[] = []
  const faults: Fault[] = []
  return {
    asked,
    faults,
    note: (one) => void asked.push(one),
    fault: (one) => void faults.push(one),
  }
}
