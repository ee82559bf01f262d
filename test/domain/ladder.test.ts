import { describe, expect, it } from 'vitest'
import type { Command, Source } from '../../domain/case/commands.js'
import type { RungId } from '../../domain/policy.js'
import { plainDate } from '../../domain/words.js'
import { checked } from '../acceptance/acts.js'
import { onSite, until, 中央督察, 省督察 } from '../support/entries.js'
import {
  书记,
  包案领导,
  单位负责人,
  县长,
  整改办,
  整改办主任,
  牵头单位,
  经办人,
  身兼两职,
} from '../support/people.js'
import { withPolicy } from '../support/policies.js'
import type { Story } from '../support/story.js'
import { aCaseThatIs } from './given.js'

const decide = (
  rung: RungId,
  decision: 'issue' | 'dismiss' | 'skip' = 'issue',
  reason = '经研究',
): Command => ({ type: 'decide-rung', rung, decision, reason })
const release = (rung: RungId, reason = '已整改到位'): Command => ({ type: 'release-rung', rung, reason })

/** Each rung and what became of it, in the order of the record. */
const ladderOf = async (story: Story): Promise<readonly string[]> =>
  (await story.stage.record()).flatMap(({ event }) =>
    event.type === 'rung-raised' ||
    event.type === 'rung-drafted' ||
    event.type === 'rung-dismissed' ||
    event.type === 'rung-skipped' ||
    event.type === 'rung-released'
      ? [`${event.rung} ${event.type.slice(5)}`]
      : [],
  )

/** Jinan, overdue since 1 July 2020 and reporting every week, so that nothing but the deadline presses. */
const overdue = async (days: number): Promise<Story> => {
  const story = await aCaseThatIs('rectifying', 'jinan', { on: '2020-06-22' })
  return story.reportsWeeklyUntil(['2020-07-02', '2020-07-16', '2020-07-31', '2020-09-01'][days] ?? '')
}

describe('CD-11 four rungs', () => {
  it('the warning is automatic; from 通报 up the engine drafts and a person decides', async () => {
    const story = await overdue(0)
    expect(await ladderOf(story)).toEqual(['warning raised', 'circular drafted'])
    expect((await story.events('rung-drafted'))[0]?.decider).toBe('office-head')
    await story.by(整改办主任, decide('circular'))
    expect((await story.events('rung-raised')).at(-1)).toMatchObject({ rung: 'circular', paper: 'circular' })
    expect((await story.told()).at(-1)).toMatch(/^主任老何\(整改办主任\) 通报:/)
  })

  it('are climbed one by one as time goes on, none skipped by itself', async () => {
    const story = await overdue(0)
    await story.by(整改办主任, decide('circular'))
    await story.on('2020-07-16')
    await story.by(整改办主任, decide('listed-supervision'))
    await story.on('2020-07-31')
    await story.by(整改办主任, decide('interview'))
    await story.on('2020-09-01')
    await story.by(整改办主任, decide('referral-draft'))
    expect((await ladderOf(story)).filter((line) => line.endsWith('raised'))).toEqual([
      'warning raised',
      'circular raised',
      'listed-supervision raised',
      'interview raised',
      'referral-draft raised',
    ])
  })

  it('a rung called for while a draft waits comes as soon as that is decided', async () => {
    const story = await overdue(2)
    expect(await ladderOf(story)).toEqual(['warning raised', 'circular drafted'])
    await story.by(整改办主任, decide('circular'))
    await story.by(整改办主任, decide('listed-supervision'))
    expect((await ladderOf(story)).at(-1)).toBe('interview drafted')
  })

  it('one is passed over by a signed decision only, and the climb goes on', async () => {
    const story = await overdue(1)
    await story.by(整改办主任, decide('circular', 'skip', '已在全市会上点名'))
    expect((await ladderOf(story)).slice(-2)).toEqual(['circular skipped', 'listed-supervision drafted'])
    expect((await story.told()).findLast((line) => line.includes('越过'))).toContain('主任老何')
  })

  it('one dismissed ends this climb; a later trigger calls for the next one up', async () => {
    const story = await overdue(0)
    await story.by(整改办主任, decide('circular', 'dismiss', '次日即完成'))
    expect((await ladderOf(story)).at(-1)).toBe('circular dismissed')
    await story.on('2020-07-16')
    expect((await ladderOf(story)).at(-1)).toBe('listed-supervision drafted')
  })

  it('one dismissed after another was skipped leaves the climb where it stood', async () => {
    const story = await overdue(2)
    await story.by(整改办主任, decide('circular', 'skip', '已点名'))
    await story.by(整改办主任, decide('listed-supervision', 'dismiss', '已有进展'))
    expect((await ladderOf(story)).at(-1)).toBe('listed-supervision dismissed')
    expect((await story.state()).ladder.claimed).toBe(2)
    await story.on('2020-09-01')
    expect((await ladderOf(story)).at(-1)).toBe('interview drafted')
  })

  it('is decided by the one the policy names, with a reason, not by those who answer for the item', async () => {
    const story = await overdue(0)
    await story.refused(整改办, decide('circular'), 'GN-08', '整改办主任')
    await story.refused(单位负责人, decide('circular'), 'GN-08')
    await story.refused(整改办主任, decide('circular', 'dismiss', ' '), 'CD-11', '理由')
    await story.refused(整改办主任, decide('circular', 'skip', ''), 'CD-11', '理由')
    await story.refused(整改办主任, decide('warning'), 'CD-11', '不需要人工决定')
    await story.refused(整改办主任, decide('interview'), 'CD-11', '没有待决定')
    const both = { ...身兼两职, posts: [...身兼两职.posts, { role: 'office-head' as const }] }
    await story.refused(both, decide('circular'), 'GN-08', '本单位')
    await story.by(整改办主任, decide('circular'))
    await story.refused(整改办主任, decide('circular'), 'CD-11', '没有待决定')
  })
})

describe('GN-05 each rung at most once a round', () => {
  it('three announcements, one warning', async () => {
    const story = await aCaseThatIs('rectifying', 'jinan')
    await story.reportsWeeklyUntil('2020-06-29')
    expect(await story.events('deadline-near')).toHaveLength(3)
    expect(await ladderOf(story)).toEqual(['warning raised'])
  })

  it('late work does not cancel a rung; release is a decision, and does not let it be raised again', async () => {
    const story = await overdue(0)
    await story.by(整改办主任, decide('circular'))
    await story.submits()
    expect(await story.rung('circular')).toBe('raised')
    await story.refused(整改办, release('circular'), 'GN-08')
    await story.refused(整改办主任, release('circular', ' '), 'GN-05', '理由')
    await story.refused(整改办主任, release('interview'), 'GN-05', '没有生效')
    await story.by(整改办主任, release('circular'))
    expect(await story.rung('circular')).toBe('released')
    await story.by(经办人, { type: 'withdraw-closing', reason: '有误' })
    await story.on('2020-07-16')
    expect((await ladderOf(story)).filter((line) => line.startsWith('circular'))).toEqual([
      'circular drafted',
      'circular raised',
      'circular released',
    ])
  })

  it('missing returns in a row: two warn, three call for the next rung', async () => {
    const story = await aCaseThatIs('rectifying', 'jinan')
    await story.on('2019-10-26')
    expect(await ladderOf(story)).toEqual(['warning raised', 'circular drafted'])
    expect((await story.events('rung-drafted'))[0]?.cause).toBe('连续 3 期缺报调度')
  })

  it('the second refusal calls for 挂牌督办, by way of the rungs below', async () => {
    const story = await aCaseThatIs('closing', 'jinan')
    for (const round of [1, 2]) {
      await story.signedUpTo('leader-check')
      await story.refuses(包案领导, '仍有渗漏')
      if (round === 1) await story.submits()
    }
    expect(await ladderOf(story)).toEqual(['warning raised', 'circular drafted'])
    expect((await story.events('rung-called'))[0]).toMatchObject({
      rung: 'listed-supervision',
      cause: '销号第 2 次被退回',
    })
  })

  it('a rebound begins the ladder afresh: the interview is called for in the new round', async () => {
    const story = await aCaseThatIs('closed', 'jinan', { entry: { deadline: until('2022-06-30') } })
    await story.on('2020-05-01')
    await story.by(整改办, { type: 'report-rebound', findings: '又见直排' })
    const { ladder } = await story.state()
    expect(ladder).toMatchObject({ round: 2, claimed: 3, cause: '问题反弹' })
    await story.by(整改办主任, decide('circular', 'skip', '直接约谈'))
    await story.by(整改办主任, decide('listed-supervision', 'skip', '直接约谈'))
    await story.by(整改办主任, decide('interview'))
    expect(await story.rung('interview')).toBe('raised')
  })

  it('a rung of the round before stays on the record, and is no obstacle in the new one', async () => {
    const story = await overdue(0)
    await story.by(整改办主任, decide('circular'))
    await story.submits()
    await story.signedUpTo()
    await story.posts()
    await story.noticeOver()
    await story.files()
    await story.by(整改办, { type: 'report-rebound', findings: '又见直排' })
    await story.by(整改办主任, decide('circular'))
    expect((await ladderOf(story)).filter((line) => line === 'circular raised')).toHaveLength(2)
    expect((await story.events('rung-raised')).map(({ rung, round }) => `${round} ${rung}`)).toEqual([
      '1 warning',
      '1 circular',
      '2 warning',
      '2 circular',
    ])
  })
})

describe('CD-16 敷衍整改、表面整改、假装整改', () => {
  it('found by a refusal, it drafts a clue at once, and calls for the last rung', async () => {
    const story = await aCaseThatIs('closing', 'jinan')
    await story.signedUpTo('leader-check')
    await story.refuses(包案领导, '临时停产应付检查', 'feigned')
    expect(await story.events('clue-drafted')).toMatchObject([
      { clause: 'CD-16', cause: '假装整改:临时停产应付检查' },
    ])
    expect((await story.events('rung-called'))[0]).toMatchObject({
      rung: 'referral-draft',
      cause: '查实假装整改',
    })
  })

  it('found by a look-back, it does so in the new round, once', async () => {
    const story = await aCaseThatIs('closed', 'jinan')
    await story.on('2020-02-03')
    await story.by(整改办, {
      type: 'look-back',
      result: 'rebound',
      findings: '设施未运行',
      site: onSite(story.stage.now()),
      ...(await checked(story, 'not-met')),
      code: 'superficial',
    })
    expect(await story.events('clue-drafted')).toHaveLength(1)
    expect((await story.events('rung-called')).map(({ round, rung }) => `${round} ${rung}`)).toEqual([
      '2 referral-draft',
    ])
    expect((await story.events('rung-raised')).map(({ round, rung }) => `${round} ${rung}`)).toEqual([
      '2 warning',
    ])
  })

  it('the rung it calls for drafts no second clue of the same', async () => {
    const story = await aCaseThatIs('closing', 'yongzhou')
    await story.refuses(牵头单位, '数据造假', 'feigned')
    await story.by(整改办主任, decide('interview'))
    await story.by(整改办主任, decide('referral-draft'))
    expect(await story.events('clue-drafted')).toHaveLength(1)
  })

  it('JN-15 slow progress drafts its own, when the last rung is decided', async () => {
    const story = await overdue(3)
    for (const rung of ['circular', 'listed-supervision', 'interview', 'referral-draft'] as const) {
      await story.by(整改办主任, decide(rung))
    }
    expect(await story.events('clue-drafted')).toMatchObject([
      { clause: 'JN-15', cause: '进展缓慢:超过时限 2020年6月30日已 60 天' },
    ])
  })
})

describe('JN-15 the leading group decides on a clue', () => {
  const clue = async (): Promise<Story> => {
    const story = await aCaseThatIs('closing', 'yongzhou')
    await story.refuses(牵头单位, '数据造假', 'feigned')
    return story
  }
  const decideClue = (index: number, decision: 'refer' | 'dismiss', reason = '情节严重') =>
    ({ type: 'decide-clue', clue: index, decision, reason }) as const

  it('referred, it becomes a case of its own; once', async () => {
    const story = await clue()
    await story.by(书记, decideClue(0, 'refer'))
    expect((await story.state()).clues).toMatchObject([{ state: 'referred' }])
    expect((await story.events('clue-referred'))[0]?.referral).toContain(story.stage.caseId)
    await story.refused(书记, decideClue(0, 'dismiss'), 'JN-15', '已经决定')
  })

  it('dismissed, with a reason, by a leader who does not answer for the item', async () => {
    const story = await clue()
    await story.refused(书记, decideClue(0, 'dismiss', ' '), 'JN-15', '理由')
    await story.refused(书记, decideClue(1, 'dismiss'), 'JN-15', '没有这条')
    await story.refused(整改办主任, decideClue(0, 'dismiss'), 'GN-08')
    const both = { ...身兼两职, posts: [...身兼两职.posts, { role: 'mayor' as const }] }
    await story.refused(both, decideClue(0, 'dismiss'), 'GN-08', '本单位')
    await story.by(县长, decideClue(0, 'dismiss', '查无实据'))
  })
})

describe('YZ-11 约谈', () => {
  const interviewed = async (): Promise<Story> => {
    const story = await aCaseThatIs('rectifying', 'yongzhou', { on: '2020-06-22' })
    await story.reportsWeeklyUntil('2020-07-02')
    return story.by(整改办主任, decide('interview'))
  }
  const minutes = (
    by: string,
    change: { minutes?: string; present?: readonly string[]; text?: string } = {},
  ) => ({
    type: 'record-interview' as const,
    minutes: change.minutes ?? '责令限期整改',
    present: change.present ?? ['局长老周', '企业负责人'],
    commitments: [{ text: change.text ?? '七月底前完成', by: plainDate(by) }],
  })

  it('overdue leads to it: notice, minutes, commitments with dates, each tracked', async () => {
    const story = await interviewed()
    expect((await story.events('rung-raised')).at(-1)).toMatchObject({
      rung: 'interview',
      paper: 'interview-notice',
      cause: '超过时限 2020年6月30日已 1 天',
    })
    await story.by(整改办, minutes('2020-07-31'))
    await story.on('2020-08-03')
    expect(await story.moments('commitment-missed')).toEqual(['2020-07-31T15:59:59.999Z'])
    await story.by(整改办, { type: 'settle-commitment', commitment: 0, result: '八月三日完成' })
    expect((await story.state()).interview.commitments).toMatchObject([{ state: 'settled' }])
  })

  it('a commitment settled in time is not missed', async () => {
    const story = await interviewed()
    await story.by(整改办, minutes('2020-07-31'))
    await story.by(整改办, { type: 'settle-commitment', commitment: 0, result: '已完成' })
    await story.on('2020-08-03')
    expect(await story.events('commitment-missed')).toEqual([])
  })

  it('is recorded of an interview that was called, with minutes, people and days to come', async () => {
    const none = await aCaseThatIs('rectifying')
    await none.refused(整改办, minutes('2020-07-31'), 'YZ-11', '没有已发出')
    const story = await interviewed()
    await story.refused(经办人, minutes('2020-07-31'), 'GN-08')
    await story.refused(整改办, minutes('2020-07-31', { minutes: ' ' }), 'YZ-11', '纪要')
    await story.refused(整改办, minutes('2020-07-31', { present: [] }), 'YZ-11', '到场人员')
    await story.refused(整改办, minutes('2020-07-01'), 'YZ-11', '今天以后')
    await story.refused(整改办, minutes('2020-07-31', { text: '' }), 'YZ-11', '承诺')
    await story.by(整改办, minutes('2020-07-31'))
    const settle = (commitment: number, result = '已完成') =>
      ({ type: 'settle-commitment', commitment, result }) as const
    await story.refused(整改办, settle(1), 'YZ-11', '没有这条')
    await story.refused(整改办, settle(0, ' '), 'YZ-11', '落实情况')
    await story.refused(经办人, settle(0), 'GN-08')
    await story.by(整改办, settle(0))
    await story.refused(整改办, settle(0), 'YZ-11', '已经落实')
  })
})

describe('GN-13 ladders that differ by level of source', () => {
  const byLevel = withPolicy('jinan', ({ ladder }) => ({
    ladder: ladder.flatMap((rung) =>
      rung.id === 'listed-supervision'
        ? [
            { ...rung, levels: ['provincial'] },
            {
              ...rung,
              levels: ['central'],
              by: 'case-leader',
              triggers: [{ on: 'after-deadline', days: 5 }],
            },
          ]
        : [rung],
    ),
  }))
  const listedBy = async (source: Source, day: string): Promise<string | undefined> => {
    const story = await aCaseThatIs('rectifying', byLevel, { on: '2020-06-22', source })
    await story.reportsWeeklyUntil('2020-07-02')
    await story.by(整改办主任, decide('circular'))
    await story.reportsWeeklyUntil(day)
    const listed = (await story.events('rung-drafted')).find(({ rung }) => rung === 'listed-supervision')
    return listed?.decider
  }

  it('one level of source is listed after five days by its leader, another later by the office’s head', async () => {
    expect(await listedBy(中央督察, '2020-07-08')).toBe('case-leader')
    expect(await listedBy(省督察, '2020-07-08')).toBeUndefined()
    expect(await listedBy(省督察, '2020-07-20')).toBe('office-head')
  })

  it('who decides it is who decides it for that level', async () => {
    const story = await aCaseThatIs('rectifying', byLevel, { on: '2020-06-22', source: 中央督察 })
    await story.reportsWeeklyUntil('2020-07-02')
    await story.by(整改办主任, decide('circular'))
    await story.reportsWeeklyUntil('2020-07-08')
    await story.refused(整改办主任, decide('listed-supervision'), 'GN-08')
    await story.by(包案领导, decide('listed-supervision'))
    expect(await story.rung('listed-supervision')).toBe('raised')
  })
})
