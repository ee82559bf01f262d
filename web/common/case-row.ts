import type { CaseLine, CasePublic } from '../generated/api/types.gen'

/** A case in a list: a whole line, or only what is posted. */
export type CaseRow = CaseLine | CasePublic
export const isLine = (row: CaseRow): row is CaseLine => !('reading' in row)
