/** The tables that follow from the record and the rules, in PostgreSQL's names; all others are kept beside it. */
export const PROJECTIONS = [
  'cases',
  'case_states',
  'case_texts',
  'todos',
  'returns',
  'sign_offs',
  'rungs',
  'case_evidence',
  'case_versions',
  'papers_awaited',
] as const
