import { describe, expect, it } from 'vitest'
import { alike } from '../../domain/petition/repeats.js'
import type { PetitionState } from '../../domain/petition/types.js'
import { plainDate } from '../../domain/words.js'
import { 材料 } from '../support/entries.js'
import { unit, 整改办, 经办人 } from '../support/people.js'
import { anOpened } from '../support/story.js'

/** 全市共收到信访件268件,已全部办结 (Yongzhou’s published figure). */
const RECEIVED = 268

describe('YZ-14 a whole inspection’s petitions', () => {
  it('268 are received, each accepted, answered and closed in time, or merged and answered with another', async () => {
    const states: PetitionState[] = []
    for (let n = 1; n <= RECEIVED; n += 1) {
      const day = plainDate(`2019-08-${String(1 + (n % 28)).padStart(2, '0')}`)
      const story = await anOpened(
        'yongzhou',
        整改办,
        {
          type: 'receive-petition',
          channel: n % 3 === 0 ? '12369' : '12345',
          petitioner: { name: `来信人${n}`, contact: '' },
          place: `第${n}处`,
          subject: '噪声扰民',
          text: '夜间施工',
          receivedOn: day,
        },
        { on: day, id: `yongzhou-letters/xf-${String(n).padStart(4, '0')}` },
      )
      await story.by(整改办, { type: 'accept-petition' })
      await story.daysLater(n % 20)
      if (n % 10 === 0) {
        await story.by(整改办, {
          type: 'merge-petition',
          into: 'yongzhou-letters/xf-0001' as never,
          reason: '重复',
        })
        await story.by(
          { machine: 'HH-13', rule: '随主件答复' },
          { type: 'answer-merged-petition', main: 'yongzhou-letters/xf-0001' as never, answer: '已停工' },
        )
      } else {
        await story.by(整改办, { type: 'assign-petition', unit: unit('甲县政府'), words: '' })
        await story.by(经办人, {
          type: 'answer-petition',
          findings: '属实',
          truth: 'true',
          answer: '已停工',
          told: '电话',
          evidence: [材料('照片')],
        })
        await story.by(整改办, { type: 'close-petition', satisfied: 'satisfied', note: '' })
      }
      await story.on('2019-12-05')
      states.push(await story.stateOf('petition'))
    }
    const count = (when: (state: (typeof states)[number]) => boolean) => states.filter(when).length
    expect({
      received: states.length,
      accepted: count(({ acceptedAt }) => acceptedAt !== undefined),
      closed: count(({ closedAt }) => closedAt !== undefined),
      merged: count(({ mergedInto }) => mergedInto !== undefined),
      unanswered: count(({ answeredAt }) => answeredAt === undefined),
      late: count(({ late }) => late.length > 0),
      numbers: new Set(states.map(({ id }) => id)).size,
    }).toEqual({
      received: 268,
      accepted: 268,
      closed: 268,
      merged: 26,
      unanswered: 0,
      late: 0,
      numbers: 268,
    })
  })
})

describe('GN-08 nobody re-examines their own answer', () => {
  it('neither on the petition itself nor on one merged into it before it had a unit of its own', async () => {
    const merged = await anOpened(
      'yongzhou',
      整改办,
      {
        type: 'receive-petition',
        channel: '12345',
        petitioner: { name: '来信人', contact: '' },
        place: '河口',
        subject: '噪声扰民',
        text: '夜间施工',
        receivedOn: plainDate('2019-08-01'),
      },
      { on: '2019-08-01', id: 'yongzhou-letters/xf-0002' },
    )
    const main = 'yongzhou-letters/xf-0001' as never
    await merged.by(整改办, { type: 'merge-petition', into: main, reason: '重复' })
    const given = { type: 'answer-merged-petition', main, unit: unit('甲县政府') } as const
    await merged.by({ machine: 'HH-13', rule: '随主件答复' }, { ...given, answer: '已停工' })
    await merged.by(
      { machine: 'HH-12', rule: '抽中' },
      {
        type: 'call-reexamination',
        inspection: 'yongzhou-letters/dc-0001' as never,
        by: plainDate('2019-09-01'),
      },
    )
    const fine = { type: 'reexamine-petition', verdict: 'good', reasons: '' } as const
    await merged.refused({ ...整改办, posts: [...整改办.posts, ...经办人.posts] }, fine, 'GN-08')
    await merged.by(整改办, fine)
    // The main one, reopened, was answered anew.
    await merged.by({ machine: 'HH-13', rule: '随主件答复' }, { ...given, answer: '已拆除' })
    expect(await merged.stateOf('petition')).toMatchObject({ phase: 'merged-closed', reply: '已拆除' })
  })
})

describe('HY-05 how alike two places or subjects are', () => {
  it('counts what the shorter one shares with the longer, whatever the marks between', () => {
    expect(alike('甲县冷水滩河口', '冷水滩河口')).toBe(100)
    expect(alike('河水发黑,臭味大', '河水发黑臭味大')).toBe(100)
    expect(alike('甲县', '乙县')).toBe(0)
    expect(alike('', '甲县')).toBe(0)
  })
})
