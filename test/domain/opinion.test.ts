import { describe, expect, it } from 'vitest'
import type { Opening } from '../../domain/decider-types.js'
import { todos } from '../../domain/todo.js'
import type { Instant } from '../../domain/words.js'
import { 材料 } from '../support/entries.js'
import { unit, 整改办, 整改办主任, 旁人, 经办人 } from '../support/people.js'
import { anOpened, at, type Story } from '../support/story.js'

const seenAt = at('2019-10-05', '08:00')
const seen: Opening = {
  type: 'report-opinion',
  text: '甲县河道发黑,视频转发过万',
  channel: '短视频平台',
  where: '某账号 10 月 5 日',
  seenAt,
}
const assign = { type: 'assign-opinion', units: [unit('甲县政府')], words: '立即核查' } as const

const aMatter = (): Promise<Story> => anOpened('hengyang', 整改办, seen, { on: '2019-10-05', time: '09:00' })

describe('HY-12 a matter of public opinion', () => {
  it('has hours, not days: on the National Day holidays as on any other day', async () => {
    const story = await aMatter()
    await story.on('2019-10-06', '09:00')
    expect(await story.moments('opinion-late')).toEqual([
      '2019-10-05T02:00:00.000Z' as Instant,
      '2019-10-06T00:00:00.000Z' as Instant,
    ])
    expect((await story.stateOf('opinion')).late).toEqual(['assign', 'respond'])
  })

  it('goes from its finding to its end, each in turn, by those whose turn it is', async () => {
    const story = await aMatter()
    await story.refused(
      整改办,
      { type: 'respond-opinion', response: '已查', channels: ['官微'] },
      'HY-12',
      '现在应“交办舆情”',
    )
    await story.by(整改办, assign)
    const verify = {
      type: 'verify-opinion',
      findings: '雨污混流',
      truth: 'true',
      measures: '封堵',
      evidence: [材料('照片')],
    } as const
    await story.refused(旁人, verify, 'HY-12', '不由您办理')
    await story.refused(经办人, { ...verify, evidence: [] }, 'HY-12', '佐证')
    await story.by(经办人, verify)
    await story.by(整改办, { type: 'respond-opinion', response: '已封堵', channels: ['官微'] })
    await story.refused(整改办, { type: 'end-opinion', conclusion: '办结' }, 'HY-12', '不由您办理')
    await story.by(整改办主任, { type: 'end-opinion', conclusion: '已封堵,群众认可' })
    await story.on('2020-10-05')
    const ledger = await story.stage.state()
    expect(ledger.state.phase).toBe('ended')
    expect(todos(story.rules, ledger)).toEqual([])
    expect(await story.told()).toEqual([
      '办小宁(整改办) 登记舆情:短视频平台(某账号 10 月 5 日)',
      '办小宁(整改办) 交办甲县政府核查',
      expect.stringContaining('核查属实:雨污混流'),
      '办小宁(整改办) 在官微回应',
      expect.stringContaining('办结:已封堵,群众认可'),
    ])
  })

  it('seen tomorrow is refused', async () => {
    await expect(
      anOpened('hengyang', 整改办, { ...seen, seenAt: at('2019-10-07') }, { on: '2019-10-05' }),
    ).rejects.toThrow('发现时间不能晚于现在')
  })
})
