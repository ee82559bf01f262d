import { z } from 'zod'
import type { CadenceRule, CadenceRules } from '../../domain/policy.js'
import type { Clause } from '../../domain/words.js'
import { absentOr, count, mapping } from './mapping.js'
import { source } from './sources.js'
import { span, timeOfDay } from './spans.js'

const EVERY = ['month', 'quarter', 'half-year'] as const
const CUT_OFFS = ['last-working-day', 'last-day'] as const

const rule = (what: string, usual: Clause) =>
  mapping(
    {
      every: z
        .enum(EVERY, { error: absentOr('周期应为 month(每月)、quarter(每季)或 half-year(每半年)') })
        .describe('多久一次:month 每月,quarter 每季,half-year 每半年'),
      'cut-off': z
        .enum(CUT_OFFS, { error: absentOr('截数应为 last-working-day(最后一个工作日)或 last-day(最后一天)') })
        .describe('截数之日:last-working-day 最后一个工作日,last-day 最后一天'),
      within: span('截数后多久办成'),
      source: source(usual),
    },
    what,
  ).transform(
    (file): CadenceRule => ({
      every: file.every,
      cutOff: file['cut-off'],
      within: file.within,
      ...file.source,
    }),
  )

/** 月通报、季讲评、半年交账 */
export const cadence = mapping(
  {
    bulletin: rule('月通报', 'HH-03'),
    review: rule('季讲评', 'HY-02'),
    account: rule('半年交账', 'HH-04'),
    chase: span('到期前多久催办'),
    'chase-time': timeOfDay('几点催办'),
    named: count('各列最好、最差的几个', 1, 20),
    source: source('CD-17'),
  },
  '周期工作:通报、讲评、交账',
).transform(
  (file): CadenceRules => ({
    bulletin: file.bulletin,
    review: file.review,
    account: file.account,
    chase: file.chase,
    chaseTime: file['chase-time'],
    named: file.named,
    ...file.source,
  }),
)
