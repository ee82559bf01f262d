import { expect } from 'vitest'
import { addDays, endOfDay } from '../../domain/calendar/dates.js'
import { plainDate } from '../../domain/words.js'
import { national } from '../calendar/given.js'
import { adopt, onCalendar, withoutYear, withYear } from '../support/calendars.js'
import { until } from '../support/entries.js'
import { 整改办, 整改办主任, 经办人 } from '../support/people.js'
import { rulesOf, withPolicy } from '../support/policies.js'
import { hourOf } from './acts.js'
import { acceptance } from './clause.js'

const { clause } = acceptance()

/** As it stood in December 2025: the arrangement for 2026 is not out. */
const BEFORE = withoutYear(national, '2026')
const yongzhou = rulesOf('yongzhou')

clause(
  'GN-02',
  'working days follow the notices with their make-up days; past the last published year a date is provisional, and moves on the record when the notice is out',
  async (given, { toldOf }) => {
    // 2026-01-04 is a Sunday of work, 2026-01-02 a Friday off.
    const story = await given(onCalendar(yongzhou, BEFORE), {
      on: '2025-12-22',
      entry: { deadline: until('2026-06-30') },
    })
    await story.handedOver()
    const [handedOver] = await story.events('handed-over')
    expect(handedOver).toMatchObject({
      acknowledgeBy: '2025-12-24',
      planBy: '2026-01-05',
      provisional: ['planBy'],
    })
    await story.acknowledged()
    await story.on('2025-12-30', '09:00')
    await story.reports(5)

    const notice = adopt(onCalendar(yongzhou, national), '国办发明电〔2025〕7号已公布')
    await story.refused(经办人, notice, 'GN-08', '整改办主任')
    await story.refused(整改办, notice, 'GN-08')
    const lost = adopt(onCalendar(yongzhou, withoutYear(BEFORE, '2025')))
    await story.refused(整改办主任, lost, 'GN-02', '2025')

    const past = await story.stage.record()
    await story.by(整改办主任, notice, 'notice-2026')
    const record = await story.stage.record()
    expect(record.slice(0, past.length)).toEqual(past)
    expect(record.at(past.length)).toMatchObject({
      by: { kind: 'person', person: 整改办主任.person, role: 'office-head' },
      event: {
        type: 'rules-adopted',
        calendar: national.version,
        before: { calendar: BEFORE.version },
        // Ten working days from 22 December: two holidays came, one Sunday of work.
        moved: [{ key: 'planBy', title: '报送整改方案', from: '2026-01-05', to: '2026-01-06' }],
      },
    })
    expect((await story.state()).handover).toMatchObject({
      acknowledgeBy: '2025-12-24',
      planBy: '2026-01-06',
    })

    // Told twice, it happens once; told again, it is refused.
    await story.by(整改办主任, notice, 'notice-2026')
    expect(await story.events('rules-adopted')).toHaveLength(1)
    await story.refused(整改办主任, notice, 'GN-02', '已是这一版')

    // The year after is not out either: what is counted over it is provisional again, and moves when it is.
    const later = await given(yongzhou, { on: '2026-12-21', entry: { deadline: until('2027-06-30') } })
    await later.handedOver()
    expect((await later.events('handed-over'))[0]).toMatchObject({
      planBy: '2027-01-04',
      provisional: ['planBy'],
    })
    const next = withYear(national, '2027', { off: ['01-01'], on: [] })
    await later.on('2026-12-25')
    await later.by(整改办主任, adopt(onCalendar(yongzhou, next)))
    const [adopted] = await later.events('rules-adopted')
    expect(adopted?.moved).toEqual([
      { key: 'planBy', title: '报送整改方案', from: '2027-01-04', to: '2027-01-05' },
    ])
    // What is waited for by itself moved with it: the return of New Year's Day is due on the last working day before.
    expect(adopted?.moments).toContainEqual(
      expect.objectContaining({ rule: '到期未报整改方案', to: endOfDay(plainDate('2027-01-05')) }),
    )
    expect(await toldOf(later, 'rules-adopted')).toEqual([[{ unit: '甲县政府', who: 'everybody' }]])
    await later.on('2027-01-08')
    // Missed before the decision, and missed it stays.
    expect(await later.moments('acknowledgement-missed')).toEqual([endOfDay(plainDate('2026-12-23'))])
    expect(await later.moments('case-plan-missed')).toEqual([endOfDay(plainDate('2027-01-05'))])
    expect(await later.moments('return-missed')).toEqual([hourOf('2026-12-25', 17), hourOf('2026-12-31', 17)])
    expect(addDays(plainDate('2026-12-31'), 1)).toBe('2027-01-01')
  },
)

clause(
  'GN-02 CD-05',
  'a running case goes over to a new version of its rules by a signed decision: steps completed stay, the rest follows the new chain',
  async (given) => {
    const story = await given('yongzhou')
    await story.rectifying()
    await story.submits()
    await story.signedUpTo('secretary')
    const shorter = withPolicy('yongzhou', ({ closing }) => ({
      closing: { ...closing, chain: closing.chain.filter(({ id }) => id !== 'mayor') },
    }))
    const other = withPolicy('yongzhou', ({ closing }) => ({
      closing: { ...closing, chain: closing.chain.filter(({ id }) => id !== 'gatekeeping') },
    }))
    await story.refused(整改办主任, adopt(other, '修订规则'), 'CD-05', '先撤回或退回')
    await story.by(整改办主任, adopt(shorter, '修订规则'))
    await story.turn('secretary')
    await story.signs()
    await story.turn('office-check')
    await story.signedUpTo()
    await story.posts()
    await story.noticeOver()
    await story.files()
    await story.phase('closed')
    expect((await story.events('signed')).map(({ step }) => step)).toEqual([
      'self-check',
      'gatekeeping',
      'leader-check',
      'secretary',
      'office-check',
    ])
  },
)
