import { reached } from '../../activities/notices/audience.js'
import type { Db } from '../../db/connect.js'
import { fold } from '../../db/fold.js'
import { recordedCases } from '../../db/record-stream.js'
import { roundById } from '../../db/rounds.js'
import { rulesAlong } from '../../db/rules.js'
import { dateOf } from '../../domain/calendar/dates.js'
import { effectsOf } from '../../domain/decider.js'
import type { Effect, NoticeEffect } from '../../domain/effects/types.js'
import { concernedIn } from '../../domain/people/drill.js'
import { instant, later } from '../../domain/words.js'
import { type Violation, violation } from './violation.js'

/** Everything that follows from the events on the record up to now. */
export const followingEffects = async (db: Db): Promise<readonly Effect[]> => {
  const found: Effect[] = []
  for await (const records of recordedCases(db)) {
    const steps = fold(undefined, records)
    const round = await roundById(db, steps[0].after.state.round)
    if (!round) throw new TypeError(`${records[0].case}: no round`)
    const drill = round.clock.kind === 'drill' ? 'drill' : 'real'
    const rulesFor = await rulesAlong(db, steps)
    for (const { record, after } of steps) found.push(...effectsOf(rulesFor(after), after, record, drill))
  }
  return found
}

/** Of these, those that are not done, or not known to be done on the record. */
export const notDone = async (db: Db, effects: readonly Effect[]): Promise<readonly Violation[]> => {
  const keys = async (table: 'papers' | 'notices' | 'orders' | 'snapshots'): Promise<ReadonlySet<string>> =>
    new Set((await db.selectFrom(table).select('key').execute()).map(({ key }) => key))
  const [papers, notices, orders, snapshots] = await Promise.all([
    keys('papers'),
    keys('notices'),
    keys('orders'),
    keys('snapshots'),
  ])
  const waiting = await db.selectFrom('orders').select('key').where('state', '=', 'waiting').execute()
  const ungiven = new Set<string>(waiting.map(({ key }) => key))
  const unsent = await db.selectFrom('mails').select('key').where('state', '=', 'waiting').execute()
  const unmailed = new Set<string>(unsent.map(({ key }) => key))
  const cases = new Set((await db.selectFrom('cases').select('id').execute()).map(({ id }) => id))
  const found: Violation[] = []
  const lacks = (effect: Effect, what: string): void =>
    void found.push(violation('应有的公文、通知、交办、定格、移送都有', effect.key, what))
  for (const effect of effects) {
    switch (effect.kind) {
      case 'paper':
        if (!papers.has(effect.key)) lacks(effect, '没有公文')
        break
      case 'notice':
        if (unmailed.has(effect.key)) lacks(effect, '邮件没有发出')
        if (!notices.has(effect.key) && (await concerns(db, effect))) lacks(effect, '没有通知')
        break
      case 'referral':
        if (!cases.has(effect.referral)) lacks(effect, `没有 ${effect.referral}`)
        break
      case 'order':
        if (!orders.has(effect.key)) lacks(effect, '没有交办')
        if (ungiven.has(effect.key)) lacks(effect, '没有送达')
        break
      case 'snapshot':
        if (!snapshots.has(effect.key)) lacks(effect, '没有定格')
        break
    }
  }
  return found
}

/** Whether there is anybody to tell. */
const concerns = async (db: Db, { round, audience, readers, at }: NoticeEffect): Promise<boolean> => {
  const day = dateOf(later(at, instant(Date.now())))
  return concernedIn(round, await reached(db, audience, day, readers)).length > 0
}
