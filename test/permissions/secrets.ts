import { EVERYTHING, type Viewer } from '../../contracts/permissions/viewers.js'

/** Words by which a matter is known wherever they turn up, and who alone may meet them; `inside`: the public may not either. */
export type Secret = {
  readonly what: string
  readonly words: RegExp
  readonly readers: readonly Viewer[]
  readonly routes: 'all' | 'inside'
}

const INSTRUCTED = [
  'coordinator',
  'office-head',
  'both',
  'leader',
  'own-clerk',
  'own-head',
  'discipline',
] as const
const RESPONSIBLE = [...EVERYTHING, 'own-clerk', 'own-head'] as const

/** Named as readers, or holding the post that decided it. */
const RESTRICTED = ['office-head', 'both', 'secretary', 'county-secretary'] as const

/** Written by hand from the clauses, as the table is. */
export const SECRETS: readonly Secret[] = [
  {
    what: 'GN-08 a case of restricted reading',
    words: /涉密管线渗漏|matrix\/003/,
    readers: RESTRICTED,
    routes: 'all',
  },
  {
    // Handed over by the test of that route: from then on its unit owes it something.
    what: 'GN-08 a case of restricted reading, of those it was handed over to',
    words: /涉密管线二期|matrix\/005/,
    readers: [...RESTRICTED, 'own-clerk', 'own-head'],
    routes: 'all',
  },
  {
    what: 'a case of another unit, beyond what JN-18 publishes of it',
    words: /云岫县规模养殖/,
    readers: [...EVERYTHING, 'lead', 'coop'],
    routes: 'inside',
  },
  { what: 'JN-19 who complained', words: /信访人李某|139-0000-0000/, readers: RESPONSIBLE, routes: 'all' },
  { what: 'JN-19 a petition', words: /河口(夜间|清早)异味/, readers: RESPONSIBLE, routes: 'all' },
  { what: 'HY-04 a leader’s instruction', words: /批示原文|批示事由/, readers: INSTRUCTED, routes: 'all' },
  { what: 'a proposal before it is decided', words: /处理建议之事实/, readers: EVERYTHING, routes: 'all' },
  { what: 'CD-14 a referral', words: /004-R1/, readers: EVERYTHING, routes: 'all' },
]
