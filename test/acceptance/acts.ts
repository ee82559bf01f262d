import type { Command, EntryPatch, FalsehoodCode } from '../../domain/case/commands.js'
import type { LedgerEvent } from '../../domain/decider-types.js'
import type { Actor, Role } from '../../domain/parties.js'
import type { RungId } from '../../domain/policy.js'
import { type Instant, type PersonId, plainDate } from '../../domain/words.js'
import { onSite, 材料 } from '../support/entries.js'
import { unit, 包案领导, 整改办, 整改办主任, 经办人 } from '../support/people.js'
import type { Story } from '../support/story.js'

/** The last moment of a day in Shanghai, as UTC writes it (GN-01). */
export const endOf = (date: string): Instant => `${date}T15:59:59.999Z` as Instant

/** An hour of a day in Shanghai. */
export const hourOf = (date: string, hour: number): Instant =>
  `${date}T${String(hour - 8).padStart(2, '0')}:00:00.000Z` as Instant

/** Somebody who is not of the usual cast. */
export const someone = (id: string, name: string, ...roles: readonly Role[]): Actor => ({
  person: id as PersonId,
  name,
  posts: roles.map((role) => ({ role })),
})

export const clerkOf = (name: string): Actor => ({
  person: `${name}经办` as PersonId,
  name: `${name}经办人`,
  posts: [{ role: 'unit-clerk', unit: unit(name) }],
})

export const headOf = (name: string): Actor => ({
  person: `${name}负责` as PersonId,
  name: `${name}负责人`,
  posts: [{ role: 'unit-head', unit: unit(name) }],
})

/** What the coordinator corrects or fills in before handing over. */
export const amend = (patch: EntryPatch): Command => ({ type: 'amend-entry', patch, reason: '核对整改清单' })

export const decides = (
  story: Story,
  rung: RungId,
  decision: 'issue' | 'dismiss' | 'skip' = 'issue',
  by: Actor = 整改办主任,
) => story.by(by, { type: 'decide-rung', rung, decision, reason: '经研究决定' })

export const looksBack = async (
  story: Story,
  result: 'holds' | 'rebound',
  by: Actor = 整改办,
  code?: FalsehoodCode,
) =>
  story.by(by, {
    type: 'look-back',
    result,
    findings: result === 'holds' ? '未见反弹' : '排口又见黑水',
    site: onSite(story.stage.now()),
    ...(code && { code }),
    ...(await checked(story, result === 'holds' ? 'met' : 'not-met')),
  })

/** Every criterion of the first acceptance, answered (JN-13). */
export const checked = async (story: Story, met: 'met' | 'not-met') => {
  const { criteria } = await story.state()
  return criteria
    ? { checks: criteria.map((title) => ({ title, met, note: '', evidence: [材料(title).sha256] })) }
    : {}
}

export const visits = (story: Story, by: Actor = 包案领导) =>
  story.by(by, { type: 'record-visit', visit: onSite(story.stage.now()), opinion: '抓紧整改' })

export const completes = (story: Story, node: number) =>
  story.by(经办人, { type: 'complete-node', node, evidence: [材料(`节点${node}`)] })

export const asksUntil = (story: Story, date: string, by: Actor = 经办人) =>
  story.by(by, {
    type: 'request-extension',
    until: plainDate(date),
    reason: '主汛期不能施工',
    measures: '增加班组,汛后赶工',
  })

/** Every event of these types with its moment, in order: `overdue 2024-10-16T15:59:59.999Z`. */
export const timeline = async (
  story: Story,
  ...types: readonly LedgerEvent['type'][]
): Promise<readonly string[]> =>
  (await story.stage.record())
    .filter(({ event }) => types.includes(event.type))
    .map(({ event, at }) => `${event.type} ${at}`)

/** Each rung with what became of it, in order: `warning raised`. */
export const climbed = async (story: Story): Promise<readonly string[]> =>
  (await story.stage.record()).flatMap(({ event }) => {
    switch (event.type) {
      case 'rung-drafted':
      case 'rung-raised':
      case 'rung-skipped':
      case 'rung-dismissed':
      case 'rung-released':
        return [`${event.rung} ${event.type.slice('rung-'.length)}`]
      default:
        return []
    }
  })
