import { expect, vi } from 'vitest'
import { dateOf } from '../../domain/calendar/dates.js'
import type { Rules } from '../../domain/context.js'
import type { Actor } from '../../domain/parties.js'
import { roundCaseId } from '../../domain/round/kind.js'
import type { Periodic, RoundState } from '../../domain/round/types.js'
import type { CaseId, PlainDate } from '../../domain/words.js'
import { returned, until, 材料 } from '../support/entries.js'
import { unit, 单位负责人, 县长, 整改办, 整改办主任, 旁人, 经办人 } from '../support/people.js'
import { type CityRules, withPolicy } from '../support/policies.js'
import type { Story } from '../support/story.js'
import { acceptance } from './clause.js'

const { clause } = acceptance()

const feedback = (day: string) => ({
  type: 'open-round' as const,
  title: '省级督察整改',
  source: { name: '省生态环境保护督察', level: 'provincial' as const },
  feedbackDate: day as PlainDate,
})

const plan = (day: string, ...units: readonly string[]) => ({
  planDate: day as PlainDate,
  entries: units.length,
  units: units.map(unit),
})

const stateOf = (story: Story): Promise<RoundState> => story.stateOf('round')

const periodOf = async (story: Story, thing: Periodic, period: string) => {
  const found = (await stateOf(story)).periods.find((one) => one.thing === thing && one.period === period)
  if (!found) throw new Error(`no ${thing} of ${period}`)
  return found
}

/** The snapshot comes back as an event of its own. */
const drafted = (story: Story, thing: Periodic, period: string) =>
  vi.waitFor(
    async () => expect((await periodOf(story, thing, period)).versions.at(-1)?.digest).toBeDefined(),
    { timeout: 10_000, interval: 20 },
  )

const JUNE = { thing: 'bulletin', period: '2020-06' } as const
const issueJune = { type: 'issue-period', ...JUNE } as const

/** The bulletin of June, issued, is found to have left somebody out, and is issued anew. */
const corrects = async (story: Story): Promise<void> => {
  await story.by(整改办, { type: 'correct-period', ...JUNE, reason: '漏列一件' })
  await drafted(story, JUNE.thing, JUNE.period)
  await story.by(整改办主任, issueJune)
}

/** The dates of events; of a periodic thing only the bulletin's, unless another is meant. */
const timed = async (story: Story, ...types: readonly string[]): Promise<readonly string[]> =>
  (await story.stage.record())
    .filter(({ event }) => types.includes(event.type) && (!('thing' in event) || event.thing === 'bulletin'))
    .map(({ at, event }) => `${event.type} ${dateOf(at)}`)

clause(
  'GN-12',
  'the plan is due 30 working days after the feedback: chased before, missed on the day and told to the leading group, late for good',
  async (_given, { opened, toldOf }) => {
    // Thirty working days from Monday 2019-09-02 over the Mid-Autumn and the National Day holidays, with their make-up days.
    const story = await opened('hohhot', 整改办, feedback('2019-09-02'), { on: '2019-09-03' })
    expect(await stateOf(story)).toMatchObject({ phase: 'awaiting-plan', planBy: '2019-10-18' })
    await story.refused(经办人, { type: 'adopt-plan', ...plan('2019-10-01', '甲县政府') }, 'GN-12')
    await story.on('2019-10-18', '23:00')
    expect(await timed(story, 'plan-chased', 'plan-missed')).toEqual(['plan-chased 2019-10-16'])
    await story.on('2019-10-21')
    expect(await timed(story, 'plan-missed')).toEqual(['plan-missed 2019-10-18'])
    expect(await toldOf(story, 'plan-missed')).toEqual([
      [
        { seat: 'secretary' },
        { seat: 'mayor' },
        { seat: 'deputy-secretaries-general' },
        { seat: 'office-head' },
      ],
    ])
    await story.by(整改办, { type: 'adopt-plan', ...plan('2019-10-21', '甲县政府') })
    expect(await story.events('plan-adopted')).toMatchObject([{ timeliness: 'late' }])
    await story.refused(
      整改办,
      { type: 'adopt-plan', ...plan('2019-10-25', '甲县政府') },
      'GN-12',
      /不必重复/,
    )
    expect(await stateOf(story)).toMatchObject({ phase: 'carrying-out' })

    const nothing = { ...feedback('2019-09-02') } as { feedbackDate?: PlainDate }
    delete nothing.feedbackDate
    await expect(opened('hohhot', 整改办, nothing as never)).rejects.toThrow(/GN-12.*反馈日期/)
  },
)

/** A round with one case of 甲县政府 in it, handed over, its plan adopted. */
const underWay = async (
  { given, opened }: { given: Given; opened: Opened },
  city: string | CityRules,
  round: string,
  on: string,
): Promise<{ story: Story; matter: Story }> => {
  const matter = await given(city, { on, round, entry: { deadline: until(soon(on)) } })
  await matter.rectifying()
  const story = await opened(city, 整改办, { ...feedback(on), plan: plan(on, '甲县政府') }, { on, round })
  return { story, matter }
}
type Given = Parameters<Parameters<typeof clause>[2]>[0]
type Opened = Parameters<Parameters<typeof clause>[2]>[1]['opened']
const soon = (on: string): string => `${on.slice(0, 4)}-12-31`

clause(
  'HH-03',
  'each month a bulletin is drafted from figures frozen at the last working day; the office’s head issues it; a correction is a new version',
  async (given, { opened, papersOf, toldOf }) => {
    const { story, matter } = await underWay({ given, opened }, 'hohhot', 'hohhot-bulletin', '2020-06-22')
    await story.refused(整改办主任, issueJune, 'HH-03', /还没有/)
    await matter.on('2020-06-30', '23:00')
    await story.on('2020-07-01')
    await drafted(story, 'bulletin', '2020-06')
    const first = await periodOf(story, 'bulletin', '2020-06')
    expect(first).toMatchObject({
      to: '2020-06-30',
      issueBy: '2020-07-07',
      totals: { received: 1, open: 1, closed: 0, merged: 0, overdue: 0 },
    })
    expect(await timed(story, 'period-cut', 'snapshot-taken')).toEqual([
      'period-cut 2020-06-30',
      expect.stringMatching(/^snapshot-taken 2020-0(6-30|7-01)$/),
    ])
    await story.refused(整改办, issueJune, 'GN-12', /不由您办理/)
    // The head of a ranked unit does not issue its ranking.
    const both: Actor = { ...整改办主任, posts: [...整改办主任.posts, ...单位负责人.posts] }
    await story.refused(both, issueJune, 'GN-08', /甲县政府/)
    await story.on('2020-07-08')
    expect(await timed(story, 'period-chased', 'period-late')).toEqual([
      'period-chased 2020-07-03',
      'period-late 2020-07-07',
    ])
    expect((await toldOf(story, 'period-late'))[0]).toEqual([{ seat: 'office-head' }])
    await story.by(整改办主任, issueJune)
    const [paper] = papersOf(story, 'circular')
    expect(paper).toMatchObject({
      subject: '关于2020年6月督察整改工作情况的通报',
      to: ['甲县政府'],
    })
    expect(paper?.body.join('')).toMatch(/共 1 件,在办 1 件.*第 1 名 甲县政府.*缺报 1 期.*甲县政府 1 期/s)
    await story.refused(整改办主任, issueJune, 'HH-03', /不得改动/)

    await corrects(story)
    const corrected = await periodOf(story, 'bulletin', '2020-06')
    expect(corrected.versions).toMatchObject([
      { version: 1, issuedAt: expect.any(String) },
      { version: 2, reason: '漏列一件', issuedAt: expect.any(String) },
    ])
    const cuts = await story.events('correction-begun')
    expect(cuts).toMatchObject([{ cutOff: first.cutOff, version: 2 }])
    expect(papersOf(story, 'circular')).toHaveLength(2)
    expect(papersOf(story, 'circular')[0]).toEqual(paper)
    expect(papersOf(story, 'circular')[1]?.body.join('')).toContain('更正理由:漏列一件')
  },
)

clause(
  'CD-17 HH-03',
  'the cadence is paused and resumed by a decision with a reason; what was passed over is caught up as of its own cut-off',
  async (given, { opened }) => {
    const { story, matter } = await underWay({ given, opened }, 'hohhot', 'hohhot-paused', '2020-06-22')
    const pause = { type: 'pause-cadence', things: ['bulletin'], reason: '机构调整' } as const
    await story.refused(整改办, pause, 'GN-12')
    await story.by(整改办主任, pause)
    await story.refused(整改办主任, pause, 'CD-17', /不必重复/)
    await matter.on('2020-08-03')
    await story.on('2020-08-03')
    expect(await timed(story, 'period-skipped', 'period-cut')).toEqual([
      'period-skipped 2020-06-30',
      'period-skipped 2020-07-31',
    ])
    await story.refused(整改办主任, issueJune, 'HH-03', /尚未补办/)
    await story.by(整改办主任, { ...pause, type: 'resume-cadence', reason: '调整完毕' })
    await story.by(整改办, { type: 'catch-up', thing: 'bulletin', period: '2020-06' })
    await drafted(story, 'bulletin', '2020-06')
    const june = await periodOf(story, 'bulletin', '2020-06')
    expect(june).toMatchObject({ to: '2020-06-30', issueBy: '2020-08-10', state: 'cut' })
    // One return was missing by the end of June; four more have been since.
    expect(june.versions.at(-1)?.digest?.returns.missing).toBe(1)
    await story.by(整改办主任, issueJune)
    await matter.on('2020-09-01')
    await story.on('2020-09-01')
    expect((await timed(story, 'period-cut')).at(-1)).toBe('period-cut 2020-08-31')
  },
)

clause(
  'HY-02',
  'each quarter a review is drafted from its three months: best, worst, who rose and fell, whom to praise and press, and the agenda',
  async (given, { opened, papersOf }) => {
    const { story, matter } = await underWay({ given, opened }, 'hengyang', 'hengyang-review', '2019-07-01')
    const other = await given('hengyang', {
      on: '2019-07-01',
      round: 'hengyang-review',
      entry: { units: [unit('乙县政府')], deadline: until('2019-08-20') },
    })
    await other.handedOver()
    await other.by(旁人, { type: 'acknowledge' })
    await other.by(旁人, {
      type: 'submit-case-plan',
      plan: '分两步走',
      team: ['经办小吴'],
      evidence: [材料('整改方案')],
    })
    await other.by(旁人, { type: 'submit-return', content: returned(40) })
    await matter.reportsWeeklyUntil('2019-10-01')
    await other.on('2019-10-01')
    await story.on('2019-10-01')
    await drafted(story, 'review', '2019-Q3')
    const issue = { type: 'issue-period', thing: 'review', period: '2019-Q3' } as const
    await story.refused(整改办主任, issue, 'HY-02', /由谁主讲/)
    await story.by(整改办主任, { ...issue, speaker: '市委书记' })
    const review = papersOf(story, 'circular').find(({ subject }) => subject.includes('讲评'))
    const words = review?.body.join('\n') ?? ''
    expect(words).toContain('较好:甲县政府')
    expect(words).toContain('对照2019年7月排名')
    expect(words).toContain('较差:乙县政府')
    expect(words).toMatch(/下降:乙县政府由第 \d 名/)
    expect(words).toMatch(/三、表扬。甲县政府/)
    expect(words).toMatch(/四、督促。.*乙县政府,逾期 \d+ 天/)
    expect(words).toMatch(/五、讲评议程。.*主讲人讲评/)
    expect(words).toContain('主讲人:市委书记')
    expect(await timed(story, 'period-cut')).toEqual([
      'period-cut 2019-07-31',
      'period-cut 2019-08-30',
      'period-cut 2019-09-30',
    ])
  },
)

clause(
  'HH-04',
  'each half-year every unit’s head signs an account of each promise against its result; who has not is chased and listed',
  async (given, { opened, papersOf, toldOf }) => {
    const { story, matter } = await underWay({ given, opened }, 'hohhot', 'hohhot-account', '2020-06-01')
    const other = await given('hohhot', {
      on: '2020-06-01',
      round: 'hohhot-account',
      entry: { units: [unit('乙县政府')], deadline: until('2020-12-31') },
    })
    await other.handedOver()
    await matter.on('2020-07-01')
    await other.on('2020-07-01')
    await story.on('2020-07-01')
    await drafted(story, 'account', '2020-H1')
    const line = { case: matter.stage.caseId, outcome: 'under-way', result: '一期已通水' } as const
    const sign = { type: 'sign-account', period: '2020-H1', unit: unit('甲县政府'), lines: [line] } as const
    await story.refused(经办人, sign, 'GN-12', /不由您办理/)
    await story.refused(单位负责人, { ...sign, unit: unit('乙县政府') }, 'HH-04', /不由您签/)
    await story.refused(
      单位负责人,
      { ...sign, lines: [{ ...line, case: 'hohhot-account/999' as CaseId }] },
      'HH-04',
      /还缺 1 项/,
    )
    await story.refused(
      单位负责人,
      { ...sign, lines: [{ ...line, outcome: 'done' }] },
      'YZ-13',
      /没有核实销号/,
    )
    await story.by(单位负责人, sign)
    await story.refused(单位负责人, sign, 'HH-04', /已经签字/)
    const issue = { type: 'issue-period', thing: 'account', period: '2020-H1' } as const
    await story.refused(整改办主任, issue, 'HH-04', /还有 1 个单位/)
    await story.on('2020-07-15')
    expect(await story.events('period-late')).toContainEqual(
      expect.objectContaining({ thing: 'account', unsigned: ['乙县政府'] }),
    )
    expect((await toldOf(story, 'period-chased')).at(-1)).toContainEqual({ unit: '乙县政府', who: 'head' })
    // Whoever signed an account does not sum it up.
    const both: Actor = { ...单位负责人, posts: [...单位负责人.posts, { role: 'office-head' }] }
    await story.refused(both, issue, 'GN-08')
    await story.by(整改办主任, issue)
    expect(papersOf(story, 'circular').at(-1)?.body.join('')).toMatch(
      /签字交账的单位:甲县政府.*未交账的单位:乙县政府/,
    )
  },
)

clause(
  'HH-08',
  'the bottom of an issued ranking is named in a circular, once, and by nobody it ranks',
  async (given, { opened, papersOf, delivered }) => {
    const { story, matter } = await underWay({ given, opened }, 'hohhot', 'hohhot-named', '2020-06-22')
    const other = await given('hohhot', {
      on: '2020-06-22',
      round: 'hohhot-named',
      entry: { units: [unit('乙县政府')], deadline: until('2020-06-26') },
    })
    await other.handedOver()
    await matter.reportsWeeklyUntil('2020-07-01')
    await other.on('2020-07-01')
    await story.on('2020-07-01')
    await drafted(story, 'bulletin', '2020-06')
    const named = { type: 'issue-circular', period: '2020-06', demand: '限期一个月赶上序时进度。' } as const
    await story.refused(整改办主任, named, 'HH-08', /还没有印发/)
    await story.by(整改办主任, issueJune)
    // HH-09: what the table has for the bottom is proposed by the machine; whether it is imposed a person decides.
    const proposed = await delivered(story)
    expect(await Promise.all(proposed.map((one) => one.stateOf('consequence')))).toMatchObject([
      { phase: 'proposed', unit: '乙县政府', cause: '月度排名末位' },
    ])
    expect((await proposed[0]?.stage.record())?.[0]?.by).toMatchObject({ kind: 'engine', clause: 'HH-08' })
    await story.refused(整改办, named, 'GN-12')
    await story.by(整改办主任, named)
    expect(await story.events('circular-issued')).toMatchObject([{ named: ['乙县政府'] }])
    expect(papersOf(story, 'circular').at(-1)?.body.join('')).toMatch(/排名靠后.*乙县政府.*限期一个月/s)
    await story.refused(整改办主任, named, 'HH-08', /不重复/)
  },
)

clause(
  'HH-08 HH-09',
  'a corrected ranking proposes for whom it newly names, and says of what was proposed before that its ground is gone; a person decides',
  async (given, { opened, delivered, toldOf }) => {
    const round = 'hohhot-corrected'
    const lastNamed = withPolicy('hohhot', ({ ranking }) =>
      ranking ? { ranking: { ...ranking, named: 1 } } : {},
    )
    const { story, matter } = await underWay({ given, opened }, lastNamed, round, '2020-06-22')
    const late = { on: '2020-06-22', round } as const
    const entryOf = (name: string) => ({ units: [unit(name)], deadline: until('2020-06-26') })
    const 乙经办人: Actor = { ...经办人, posts: [{ role: 'unit-clerk', unit: unit('乙县政府') }] }
    const other = await given(lastNamed, { ...late, entry: entryOf('乙县政府') })
    await other.handedOver()
    await other.on('2020-06-24')
    await other.by(乙经办人, { type: 'submit-return', content: returned(10) })
    await matter.reportsWeeklyUntil('2020-07-01')
    await other.on('2020-07-01')
    await story.on('2020-07-01')
    await drafted(story, 'bulletin', '2020-06')
    await story.by(整改办主任, issueJune)
    const [first] = await delivered(story)
    expect(await first?.stateOf('consequence')).toMatchObject({
      unit: '乙县政府',
      ground: { period: '2020-06', version: 1 },
    })

    const left = await given(lastNamed, { ...late, entry: entryOf('丙县政府') })
    await left.handedOver()
    await left.on('2020-07-01')
    await corrects(story)
    const [second, ...more] = await delivered(story)
    expect(more).toEqual([])
    expect(await second?.stateOf('consequence')).toMatchObject({
      unit: '丙县政府',
      facts: expect.stringContaining('更正后的第 2 版'),
      ground: { period: '2020-06', version: 2 },
    })
    if (!first) throw new Error('nothing was proposed')
    expect(await first.stateOf('consequence')).toMatchObject({
      phase: 'proposed',
      groundGone: { version: 2, reason: '漏列一件' },
    })
    expect((await toldOf(first, 'ground-gone'))[0]).toContainEqual({ seat: 'office-head' })
    const drop = { type: 'decide-consequence', decision: 'drop', reason: '排名已更正' } as const
    await first.refused(县长, { ...drop, decision: 'impose' }, 'HH-08', '请决定不予处理')
    await first.by(县长, drop)
    expect(await first.stateOf('consequence')).toMatchObject({ phase: 'dropped' })
  },
)

clause(
  'CD-17',
  'several rounds run side by side, each on its own policy, calendar of periods and figures',
  async (given, { opened }) => {
    const hohhot = await underWay({ given, opened }, 'hohhot', 'side-hohhot', '2020-06-22')
    const hengyang = await underWay({ given, opened }, 'hengyang', 'side-hengyang', '2020-06-22')
    for (const one of [hohhot, hengyang]) {
      await one.matter.on('2020-07-01')
      await one.story.on('2020-07-01')
      await drafted(one.story, 'bulletin', '2020-06')
      expect((await periodOf(one.story, 'bulletin', '2020-06')).totals?.received).toBe(1)
      expect(one.story.stage.caseId).toBe(roundCaseId((await stateOf(one.story)).round))
    }
    const rules: readonly Rules[] = [hohhot.story.rules, hengyang.story.rules]
    expect(rules.map(({ policy }) => policy.id)).toEqual(['hohhot', 'hengyang'])
    expect((await stateOf(hohhot.story)).policy).not.toBe((await stateOf(hengyang.story)).policy)
  },
)

clause(
  'CD-17',
  'the office’s head pauses the returns of a whole round: no case owes one, none is missing; afterwards what fell due is waived or called in',
  async (given, { opened, delivered }) => {
    const { story, matter } = await underWay({ given, opened }, 'yongzhou', 'yongzhou-pause', '2019-10-08')
    const pause = { type: 'pause-cadence', things: ['return'], reason: '防汛抢险' } as const
    await story.refused(整改办, pause, 'GN-12', '不由您办理')
    await story.on('2019-10-14')
    await matter.on('2019-10-14')
    await story.by(整改办主任, pause)
    await delivered(story)
    expect(await matter.events('returns-paused')).toMatchObject([
      { reason: '防汛抢险', decidedBy: 整改办主任.name },
    ])
    await matter.on('2019-10-28')
    await story.on('2019-10-28')
    expect((await matter.events('return-missed')).map(({ period }) => period)).toEqual(['2019-10-11'])
    expect((await matter.events('return-passed-over')).map(({ period }) => period)).toEqual([
      '2019-10-18',
      '2019-10-25',
    ])
    const waive = {
      type: 'settle-returns',
      how: 'waive',
      periods: ['2019-10-18' as PlainDate],
      reason: '汛情期间不再补',
    } as const
    await story.refused(整改办主任, waive, 'CD-17', /还在暂停/)
    await story.refused(整改办主任, { type: 'end-round', reason: '结束' }, 'CD-17', /先恢复调度/)
    await story.by(整改办主任, { ...pause, type: 'resume-cadence' })
    await story.by(整改办主任, waive)
    await story.refused(整改办主任, waive, 'CD-17', /尚待决定/)
    await story.by(整改办主任, {
      type: 'settle-returns',
      how: 'make-up',
      by: '2019-10-30' as PlainDate,
      periods: ['2019-10-25' as PlainDate],
      reason: '补齐',
    })
    await delivered(story)
    await matter.by(经办人, {
      type: 'submit-return',
      period: '2019-10-25' as PlainDate,
      content: returned(40),
    })
    expect(await matter.events('return-submitted')).toMatchObject([
      { period: '2019-10-25', timeliness: 'on-time' },
    ])
    expect((await matter.events('returns-waived'))[0]?.periods).toEqual(['2019-10-18'])
    expect((await matter.state()).returns).toMatchObject({ missed: 1, settled: '2019-10-25' })
  },
)
