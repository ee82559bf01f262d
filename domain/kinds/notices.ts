import type { LedgerRecord } from '../decider-types.js'
import { nobodyTwice } from '../effects/audience.js'
import type { Audience, EffectKey, NoticeEffect } from '../effects/types.js'
import type { CommonState } from './kind.js'

/** What follows from an event has the event's own key: `jinan-2018/xf-0001#3/notice`. */
export const effectKey = ({ case: caseId, seq }: LedgerRecord, kind: string): EffectKey =>
  `${caseId}#${seq}/${kind}`

/** One batch of notices of one event; none when nobody is to be told. `about` are the case's words, `said` the event's. */
export const noticeOf = (
  state: CommonState,
  record: LedgerRecord,
  drill: 'drill' | 'real',
  audience: readonly Audience[],
  { about, said }: { readonly about: string; readonly said: string },
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
          subject: `${state.id} ${said}`,
          text: `${about}\n${said}。`,
        },
      ]
