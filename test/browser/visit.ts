import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { projectRoot } from '../../runtime/project.js'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const PICTURES = join(projectRoot, '.cache', 'pictures')

export type Screen = 'desk' | 'telephone'
const SIZES: Readonly<Record<Screen, { readonly width: number; readonly height: number }>> = {
  desk: { width: 1_280, height: 900 },
  telephone: { width: 390, height: 844 },
}

/** Somebody at the console. `wrongs`: whatever the browser complained of, in order. */
export type Visit = {
  readonly page: Page
  readonly wrongs: readonly string[]
  /** Scrolls through the page, keeps its picture, and says what hinders people who see or point badly (WCAG 2 A and AA). */
  readonly look: (name: string) => Promise<readonly string[]>
}

/** Signs in through the issuer's own page, and lands on `to`. */
export const visit = async (
  browser: Browser,
  base: string,
  username: string,
  screen: Screen,
  to = '/console/',
): Promise<Visit> => {
  const context = await browser.newContext({ viewport: SIZES[screen], locale: 'zh-CN' })
  const page = await context.newPage()
  const wrongs: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') wrongs.push(`console: ${message.text()}`)
  })
  page.on('pageerror', ({ message }) => wrongs.push(`page: ${message}`))
  page.on('response', (answer) => {
    if (answer.status() >= 400) wrongs.push(`${answer.status()} ${answer.url()}`)
  })
  await page.goto(`${base}/session/sign-in?to=${encodeURIComponent(to)}`)
  await page.getByLabel('登录名').fill(username)
  await page.getByLabel('密码').fill('bihuan')
  await page.getByRole('button', { name: '登录' }).click()
  await page.locator('h1').waitFor()

  const look = async (name: string): Promise<readonly string[]> => {
    await page.evaluate('window.scrollTo(0, document.body.scrollHeight)')
    await page.evaluate('window.scrollTo(0, 0)')
    mkdirSync(PICTURES, { recursive: true })
    await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true })
    // By the browser itself: the console's own policy rightly lets no script into its pages.
    const browserSide = await context.newCDPSession(page)
    await browserSide.send('Runtime.evaluate', { expression: `${AXE};undefined` })
    const found = await page.evaluate<AxeResults>(`axe.run(document, { runOnly: ['wcag2a', 'wcag2aa'] })`)
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
  }
  return { page, wrongs, look }
}
