import type { AnyCommand, LedgerRecord } from '../decider-types.js'
import { nobodyTwice } from '../effects/audience.js'
import type { Audience, EffectKey, NoticeEffect, OrderEffect } from '../effects/types.js'
import type { CaseId } from '../words.js'
import type { CommonState, Giver } from './kind.js'

/** What follows from an event has the event's own key: `jinan-2018/xf-0001#3/notice`. */
export const effectKey = ({ case: caseId, seq }: LedgerRecord, kind: string): EffectKey =>
  `${caseId}#${seq}/${kind}`

/**
 * One batch of notices of one event; none when nobody is to be told. `about` are the case's words, `said` the event's; `readers`
 * are who alone may read the case.
 */
export const noticeOf = (
  state: CommonState,
  record: LedgerRecord,
  drill: 'drill' | 'real',
  audience: readonly Audience[],
  {
    about,
    said,
    readers,
  }: { readonly about: string; readonly said: string; readonly readers?: NoticeEffect['readers'] },
): readonly NoticeEffect[] =>
  audience.length === 0
    ? []
    : [
        {
          kind: 'notice',
          key: effectKey(record, 'notice'),
          caseId: state.id,
          round: state.round,
          seq: record.seq,
          at: record.at,
          drill,
          audience: nobodyTwice(audience),
          ...(readers && { readers }),
          subject: `${state.id} ${said}`,
          text: `${about}\n${said}。`,
        },
      ]

/** A command that follows for another case of the round; `key` tells apart the orders of one event. */
export const orderOf = (
  { round }: CommonState,
  record: LedgerRecord,
  {
    key,
    by,
    to,
    command,
  }: {
    readonly key: string
    readonly by: Giver
    readonly to: CaseId
    readonly command: AnyCommand['command']
  },
): OrderEffect => ({
  kind: 'order',
  key: effectKey(record, key),
  round,
  at: record.at,
  by,
  order: { kind: 'command', to, command },
})
