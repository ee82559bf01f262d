import { z } from 'zod'
import type { Command } from '../domain/case/commands.js'
import type { Target } from '../domain/case/events.js'
import { CHECK_TITLES, type Check } from '../domain/case/state.js'
import { officer } from './entry.js'
import { filledList, list, long, personId, short, unit } from './fields.js'
import { role } from './register.js'
import { siteVisit } from './site.js'

const target = z.union([
  z.enum(['case', 'immediate']),
  z.string().regex(/^node:\d{1,4}$/, '应为 case、immediate 或 node:序号'),
]) as unknown as z.ZodType<Target, Target>
const check = z.enum(Object.keys(CHECK_TITLES) as [Check, ...Check[]])

type Own =
  | 'put-under-supervision'
  | 'record-watching'
  | 'end-supervision'
  | 'mark-key'
  | 'unmark-key'
  | 'inspect-key'
  | 'invite-observers'
  | 'record-observation'
  | 'restrict-case'
  | 'unrestrict-case'

/** Special watching over a problem: the supervised list, key cases, outside observers, restricted reading. */
export const OF_OVERSIGHT: { readonly [T in Own]: z.ZodType<Extract<Command, { type: T }>> } = {
  'put-under-supervision': z.strictObject({
    type: z.literal('put-under-supervision'),
    watcher: officer,
    reason: long,
    release: long,
  }),
  'record-watching': z.strictObject({ type: z.literal('record-watching'), findings: long }),
  'end-supervision': z.strictObject({ type: z.literal('end-supervision'), reason: long }),
  'mark-key': z.strictObject({ type: z.literal('mark-key'), target, reason: long }),
  'unmark-key': z.strictObject({ type: z.literal('unmark-key'), target, reason: long }),
  'inspect-key': z.strictObject({
    type: z.literal('inspect-key'),
    target,
    result: z.enum(['on-track', 'behind']),
    findings: long,
    site: siteVisit,
  }),
  'invite-observers': z.strictObject({
    type: z.literal('invite-observers'),
    check,
    observers: filledList(z.strictObject({ name: short, from: short, person: personId.exactOptional() })),
  }),
  'record-observation': z.strictObject({ type: z.literal('record-observation'), words: long }),
  'restrict-case': z.strictObject({
    type: z.literal('restrict-case'),
    persons: list(officer),
    roles: list(role, 20),
    units: list(unit),
    reason: long,
  }),
  'unrestrict-case': z.strictObject({ type: z.literal('unrestrict-case'), reason: long }),
}
