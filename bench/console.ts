import { setTimeout as pause } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { browserPath, launchBrowser } from './browser.js'
import { type Figure, median } from './figure.js'
import type { Ground } from './ground.js'

const VIEWS = 5
const TURNS = 3
/** Whatever a page shows is there by then, or the figure is what it is. */
const SHOWN_WITHIN_MILLIS = 4_000
const FEEDBACK_WITHIN_MILLIS = 3_000
const FIRST_VIEW_GOAL_MILLIS = 1_500
const FEEDBACK_GOAL_MILLIS = 200

const notMeasured = (note: string): readonly Figure[] => [
  {
    ...{ key: 'consoleFirstViewMs', title: '控制台首屏', value: null, unit: '毫秒' },
    ...{ most: FIRST_VIEW_GOAL_MILLIS, note },
  },
  {
    ...{ key: 'consoleFeedbackMs', title: '控制台操作的反馈', value: null, unit: '毫秒' },
    ...{ most: FEEDBACK_GOAL_MILLIS, note },
  },
]

/** A coordinator's first view, and what they see after each click, in a real browser. */
export const measureConsole = async ({ stack }: Ground): Promise<readonly Figure[]> => {
  const executablePath = browserPath()
  if (executablePath === undefined) return notMeasured('本机没有 Chromium')
  const console = `${stack.urls.api}/console/`
  if ((await fetch(console, { redirect: 'manual' })).status === 404)
    return notMeasured('控制台尚未构建(npm run console)')
  const browser = await launchBrowser(executablePath)
  try {
    const page = await signedIn(browser, `${stack.urls.api}/session/sign-in?to=/console/`)
    const state = await page.context().storageState()
    const views: number[] = []
    for (let view = 0; view < VIEWS; view += 1) {
      // Cookies alone: nothing of the console is in this browser's cache.
      const context = await browser.newContext({ storageState: state })
      views.push(await firstView(await context.newPage(), console))
      await context.close()
    }
    const feedback: (readonly [title: string, millis: number])[] = []
    for (let turn = 0; turn < TURNS; turn += 1) feedback.push(...(await worked(page, console)))
    const titles = [...new Set(feedback.map(([title]) => title))]
    const typical = titles.map((title) => ({
      title,
      millis: median(feedback.flatMap(([of, millis]) => (of === title ? [millis] : []))),
    }))
    return [
      {
        ...{ key: 'consoleFirstViewMs', title: '控制台首屏', value: median(views), unit: '毫秒' },
        ...{ most: FIRST_VIEW_GOAL_MILLIS, note: `最大的一块内容画出来为止,${VIEWS} 次的中位数` },
      },
      {
        ...{ key: 'consoleFeedbackMs', title: '控制台操作的反馈', unit: '毫秒', most: FEEDBACK_GOAL_MILLIS },
        value: Math.max(...typical.map(({ millis }) => millis)),
        note: `最慢的一种:${typical.map(({ title, millis }) => `${title} ${Math.round(millis)}`).join('、')}`,
      },
    ]
  } finally {
    await browser.close()
  }
}

const signedIn = async (browser: Browser, address: string): Promise<Page> => {
  const page = await (await browser.newContext()).newPage()
  await page.goto(address)
  await page.fill('input[name=username]', 'office')
  await page.fill('input[name=password]', 'bihuan')
  await page.click('button[type=submit]')
  await page.waitForSelector('h1')
  return page
}

/** From asking for the page until its largest content was painted (Largest Contentful Paint), in milliseconds. */
const firstView = async (page: Page, address: string): Promise<number> => {
  await page.goto(address)
  await pause(SHOWN_WITHIN_MILLIS)
  const painted = await page.evaluate<number>(
    `new Promise((done) => new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime))
      .observe({ type: 'largest-contentful-paint', buffered: true }))`,
  )
  return painted
}

/** From pressing until the first frame in which the page shows something else, in milliseconds. */
const WATCH = `void (window.feedback = new Promise((done) => {
  const late = setTimeout(() => done(null), ${FEEDBACK_WITHIN_MILLIS});
  addEventListener('pointerdown', () => {
    const pressed = performance.now();
    const seen = new MutationObserver(() => {
      seen.disconnect();
      requestAnimationFrame(() => setTimeout(() => { clearTimeout(late); done(performance.now() - pressed) }));
    });
    seen.observe(document, { childList: true, subtree: true, characterData: true, attributes: true });
  }, { capture: true, once: true });
}))`

const CLICKS = [
  ['打开台账', 'nav a[href$="/cases"]'],
  ['打开一件', 'main a[href*="/cases/bench"]'],
  ['选一项办理', 'main .acts button, main .other-acts button'],
  ['提交', 'main form button[type=submit]'],
  ['回到今日', 'nav a[href$="/console/"], nav a[href$="/console"]'],
] as const

/** A coordinator goes to the ledger, opens a case, begins an act, sends it, and goes back; what is not there is left out. */
const worked = async (page: Page, address: string): Promise<readonly (readonly [string, number])[]> => {
  const seen: (readonly [string, number])[] = []
  await page.goto(address)
  await pause(FEEDBACK_WITHIN_MILLIS / 2)
  for (const [title, selector] of CLICKS) {
    const target = page.locator(selector).first()
    if (!(await target.isVisible())) continue
    await page.evaluate(WATCH)
    await target.click()
    const millis = await page.evaluate<number | null>('window.feedback')
    seen.push([title, millis ?? FEEDBACK_WITHIN_MILLIS])
    await pause(FEEDBACK_WITHIN_MILLIS / 3)
  }
  return seen
}
