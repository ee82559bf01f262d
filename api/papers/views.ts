import { z } from 'zod'
import type { papersOfCase } from '../../db/queries/papers.js'
import { PAPER_TITLES } from '../../domain/policy.js'

export const paperLine = z
  .object({
    number: z.string().meta({ example: '常督改办〔2024〕1号' }),
    paper: z.string(),
    title: z.string(),
    subject: z.string(),
    caseId: z.string(),
    at: z.string(),
    sha256: z.string(),
    drill: z.boolean(),
    href: z.string(),
  })
  .meta({ id: 'Paper' })

type Row = Awaited<ReturnType<typeof papersOfCase>>[number]

export const paperOf = ({
  number,
  paper,
  subject,
  caseId,
  at,
  sha256,
  series,
}: Row): z.infer<typeof paperLine> => ({
  number,
  paper,
  title: PAPER_TITLES[paper],
  subject,
  caseId,
  at,
  sha256,
  drill: series === 'drill',
  href: `/papers/${encodeURIComponent(number)}`,
})
