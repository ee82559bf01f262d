import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { browserPath } from '../../bench/browser.js'
import { makeStage } from './stage.js'
import { consequences } from './stories/consequences.js'
import { theFigures } from './stories/figures.js'
import { otherKinds } from './stories/kinds.js'
import { liveNews } from './stories/live.js'
import { oneCase } from './stories/one-case.js'
import { aRound } from './stories/round.js'
import { overSessions } from './stories/session.js'
import { todos } from './stories/todos.js'
import { unwritten } from './stories/unwritten.js'

const chromium = browserPath()
if (chromium === undefined && process.env.BIHUAN_BROWSER === 'wanted')
  throw new Error('no Chromium on this machine, and its tests are wanted')

/** Elsewhere than in CI a machine may have no browser: then these tests are passed over. All of them share one stack. */
describe.skipIf(chromium === undefined)('at the console, in a real browser', () => {
  const stage = makeStage(chromium ?? '')
  beforeAll(stage.raise, 240_000)
  afterEach(stage.leave)
  afterAll(stage.close)

  oneCase(stage)
  aRound(stage)
  otherKinds(stage)
  consequences(stage)
  theFigures(stage)
  liveNews(stage)
  todos(stage)
  unwritten(stage)
  overSessions(stage)

  it('and through all of it the browser had nothing to complain of', () => {
    expect(stage.wrongs()).toEqual([])
  })
})
