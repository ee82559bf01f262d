import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { browserPath, launchBrowser } from '../../bench/browser.js'
import { instant } from '../../domain/words.js'
import { consoleFolder, ensureConsole } from '../../runtime/console.js'
import { evidenceFrom, openedRound } from '../api/given.js'
import { type OpenDoor, openDoor } from '../support/door.js'
import { type Screen, type Visit, visit } from './visit.js'

const CASE = '/cases/walk/001'

const chromium = browserPath()
if (chromium === undefined && process.env.BIHUAN_BROWSER === 'wanted')
  throw new Error('no Chromium on this machine, and its tests are wanted')

/** Elsewhere than in CI a machine may have no browser: then these tests are passed over. */
describe.skipIf(chromium === undefined)('one case at the console, in a real browser', () => {
  let door: OpenDoor
  let browser: Browser
  const visits: Visit[] = []

  beforeAll(async () => {
    await ensureConsole(() => undefined)
    door = await openDoor({ consoleFolder })
    await openedRound(await door.as('office'), 'walk')
    browser = await launchBrowser(chromium ?? '')
  }, 240_000)
  afterAll(async () => {
    await browser?.close()
    await door?.close()
  })

  const at = async (who: string, screen: Screen, to: string): Promise<Visit> => {
    const visited = await visit(browser, door.serving().url, who, screen, to)
    visits.push(visited)
    return visited
  }
  /** What the console says was done; the page shows it before anything else. */
  const done = (page: Page, words: string) => page.getByRole('status').getByText(words).waitFor()
  const give = async (as: string, body: unknown): Promise<void> =>
    void (await (await door.as(as)).post(`${CASE}/commands`, body))
  const whole = async () =>
    (await door.as('office')).get<{ phase: string; closingStepId: string | null; state: { seal: string } }>(
      CASE,
    )

  it('a coordinator finds it in the ledger, reads why some acts are not open, and hands it over', async () => {
    const { page, look } = await at('office', 'desk', '/console/cases')
    expect(await look('台账')).toEqual([])
    await page
      .getByRole('link', { name: /雨污混流/ })
      .first()
      .click()
    await page.getByText(/项现在不能办/).click()
    expect(await look('一件')).toEqual([])
    await page.getByRole('button', { name: '交办', exact: true }).click()
    await page.locator('form').getByRole('button', { name: '交办', exact: true }).click()
    await done(page, '已办:交办')
    expect((await whole()).phase).toBe('handed-over')
  })

  it('the clerk of its unit signs for it from a telephone: it is the first thing on the page', async () => {
    const { page, look } = await at('unit', 'telephone', '/console/')
    expect(await look('今日_手机')).toEqual([])
    await page.getByRole('link', { name: '签收' }).first().click()
    await page.locator('form').getByRole('button', { name: '签收' }).click()
    await done(page, '已办:签收')
    expect(await look('一件_手机')).toEqual([])
    expect((await whole()).phase).toBe('acknowledged')
  })

  it('its leader signs where all others have; a second click does not sign twice', async () => {
    await give('unit', { type: 'submit-case-plan', plan: '分三步实施', team: ['整改专班'], evidence: [] })
    const report = await evidenceFrom(await door.as('unit'), '完工报告')
    const checklist = ['整改任务全部完成', '佐证材料齐全真实', '现场已经恢复到位'].map((point) => ({
      point,
      met: 'met',
    }))
    await give('unit', { type: 'submit-closing', statement: '已完成', checklist, evidence: [report] })
    const sign = async (as: string, more: Readonly<Record<string, unknown>> = {}): Promise<void> => {
      const { closingStepId, state } = await whole()
      await give(as, {
        ...{ type: 'sign', step: closingStepId, saw: state.seal, opinion: '同意', findings: [] },
        ...more,
      })
    }
    await sign('unith')
    await sign('shengtai')
    const photo = await evidenceFrom(await door.as('shuiwu'), '现场照片')
    await sign('shuiwu', {
      findings: ['污染消除', '生态恢复', '群众满意'].map((title) => ({
        ...{ title, met: 'met', note: '', evidence: [report.sha256] },
      })),
      site: { place: '东栖区老城片区', at: instant(Date.now()), photos: [photo], observers: [] },
    })

    const { page, look } = await at('leader', 'desk', '/console/')
    expect(await look('今日')).toEqual([])
    await page.locator('.next a').first().click()
    await page.locator('form').getByLabel('意见').fill('同意销号')
    expect(await look('签字')).toEqual([])
    await page.locator('form button[type=submit]').dblclick()
    await done(page, '已办')
    expect((await whole()).phase).toBe('on-notice')
    const { events } = await (await door.as('office')).get<{ events: { type: string; author: string }[] }>(
      `${CASE}/events`,
    )
    const own = events.filter(({ type, author }) => type === 'signed' && author.includes('沈知远'))
    expect(own).toHaveLength(1)
  })

  it('and through all of it the browser had nothing to complain of', () => {
    expect(visits.flatMap(({ wrongs }) => wrongs)).toEqual([])
  })
})
