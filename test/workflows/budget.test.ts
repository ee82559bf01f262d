import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dateOf } from '../../domain/calendar/dates.js'
import { until } from '../support/entries.js'
import * as people from '../support/people.js'
import { aCase } from '../support/story.js'
import { servedWorld } from './served.js'
import { type Played, playedOn, type WorkflowStage } from './stage.js'
import type { World } from './world.js'

type Counted = { readonly events: number; readonly activities: readonly string[] }

/** An activity: scheduled, started, completed, and the workflow task that hears of it. */
const EVENTS_OF_AN_ACTIVITY = 6

const historyOf = async ({ handle }: WorkflowStage): Promise<Counted> => {
  const { events } = await handle.fetchHistory()
  // What the server's own skipping of time writes is no part of a case's life.
  const own = (events ?? []).filter(
    (event) =>
      !event.workflowExecutionOptionsUpdatedEventAttributes &&
      !event.workflowExecutionTimeSkippingTransitionedEventAttributes,
  )
  return {
    events: own.length,
    activities: own.flatMap((event) => event.activityTaskScheduledEventAttributes?.activityType?.name ?? []),
  }
}

type Line = { readonly what: string; readonly own: number; readonly activities: readonly string[] }

/** Counts what each act of a story adds to the history: the command's or moment's own events, and the activities. */
const counting = (stage: WorkflowStage) => {
  const lines: Line[] = []
  let before: Counted = { events: 0, activities: [] }
  return {
    lines,
    count: async (what: string): Promise<Line> => {
      const now = await historyOf(stage)
      const activities = now.activities.slice(before.activities.length)
      const line = {
        what,
        own: now.events - before.events - EVENTS_OF_AN_ACTIVITY * activities.length,
        activities,
      }
      before = now
      lines.push(line)
      return line
    },
  }
}

const table = (lines: readonly Line[]): string => {
  const own = lines.reduce((sum, line) => sum + line.own, 0)
  const activities = lines.reduce((sum, line) => sum + line.activities.length, 0)
  return [
    ...lines.map(
      ({ what, own, activities }) => `${String(own).padStart(4)}  ${what}  ${activities.join(' ')}`,
    ),
    `${String(own).padStart(4)}  合计,另有 ${activities} 个活动 × ${EVENTS_OF_AN_ACTIVITY}`,
  ].join('\n')
}

let world: World
beforeAll(async () => {
  world = await servedWorld()
})
afterAll(() => world.close())

const given = (id: string): Promise<Played> =>
  playedOn(world, (set) =>
    aCase('yongzhou', {
      id,
      on: '2020-06-30',
      entry: { deadline: until('2021-06-30') },
      stage: set,
    }),
  )

const WEEKS = [
  '2020-07-01',
  '2020-07-08',
  '2020-07-15',
  '2020-07-22',
  '2020-07-29',
  '2020-08-05',
  '2020-08-12',
  '2020-08-19',
  '2020-08-26',
  '2020-09-02',
  '2020-09-09',
  '2020-09-16',
] as const

describe('what a case costs in history events, on the real server', () => {
  it('a canonical life: 175 at most, and one activity for each paper and batch of notices', async () => {
    const { story, stage } = await given('budget/001')
    const { count, lines } = counting(stage)
    await count('立项登记')
    await story.handedOver()
    await count('交办')
    await story.acknowledged()
    await count('签收')
    await story.planned()
    await count('整改方案')
    for (const [index, day] of WEEKS.entries()) {
      await story.on(day)
      await story.reports(8 * (index + 1))
      const { own } = await count(`${day} 调度`)
      expect(own, 'a week with its return on time').toBeLessThanOrEqual(7)
    }
    await story.on('2020-09-21', '09:00')
    await story.submits()
    await count('提请销号')
    await story.refuses(people.牵头单位, '清单未附监测报告')
    await count('把关退回')
    await story.on('2020-09-21', '11:00')
    await story.submits()
    await count('再次提请')
    for (const who of ['把关', '包案领导', '书记', '县长', '市办']) {
      await story.signs()
      await count(`${who} 签署`)
    }
    await story.posts()
    await count('公示')
    await story.noticeOver()
    await count('公示期满')
    await story.by(people.整改办, { type: 'send-filing', to: '省整改办', noticeResult: '无异议' })
    await count('报送备案')
    await story.by(people.整改办, {
      type: 'record-filing-receipt',
      receipt: '湘督改备〔2020〕7号',
      receivedOn: dateOf(stage.now()),
    })
    await count('备案回执,销号')
    await story.phase('closed')

    console.log(table(lines))
    expect(lines.reduce((sum, { own }) => sum + own, 0)).toBeLessThanOrEqual(175)
    for (const { activities } of lines) expect(new Set(activities).size).toBe(activities.length)
  })

  it('a refused command: nothing', async () => {
    const { story, stage } = await given('budget/002')
    const { count } = counting(stage)
    await count('立项登记')
    await story.refused(people.经办人, { type: 'acknowledge' }, 'CD-01')
    expect(await count('签收被拒')).toEqual({ what: '签收被拒', own: 0, activities: [] })
  })
})
