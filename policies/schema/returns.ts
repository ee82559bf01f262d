import { z } from 'zod'
import type { ReturnRules } from '../../domain/policy.js'
import { mapping } from './mapping.js'
import { source } from './sources.js'
import { chase, due, dueHelp, each, rhythmOf, span } from './spans.js'

/** 调度 */
export const returns = mapping(
  { each, due, chase, grace: span('交办后不满多久的首期免报'), source: source('JN-07') },
  '调度',
).transform((file, context): ReturnRules => {
  const rhythm = rhythmOf(file.each, file.due)
  if (rhythm) return { rhythm, chase: file.chase, grace: file.grace, ...file.source }
  context.issues.push({ code: 'custom', input: file.due, path: ['due'], message: dueHelp(file.each) })
  return z.NEVER
})
