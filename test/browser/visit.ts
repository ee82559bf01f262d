import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { AxeResults } from 'axe-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { DEVELOPMENT_PASSWORD } from '../../api/seed.js'
import { projectRoot } from '../../runtime/project.js'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const PICTURES = join(projectRoot, '.cache', 'pictures')

export type Screen = 'desk' | 'telephone'
const SIZES: Readonly<Record<Screen, { readonly width: number; readonly height: number }>> = {
  desk: { width: 1_366, height: 900 },
  telephone: { width: 390, height: 844 },
}

/** Somebody at the console. `wrongs`: whatever the browser complained of, in order. */
export type Visit = {
  readonly page: Page
  readonly wrongs: readonly string[]
  /** What was complained of so far, where a refusal was meant: it counts no longer. */
  readonly forgive: () => readonly string[]
  /** Scrolls through the page, keeps its picture, and says what hinders people who see or point badly (WCAG 2 A and AA). */
  readonly look: (name: string) => Promise<readonly string[]>
}

type Visiting = {
  readonly base: string
  readonly who: string
  readonly screen: Screen
  readonly to: string
  /** The cookies of somebody who has signed in before. */
  readonly known: BrowserContextOptions['storageState'] | undefined
}

/** Asks for a page; whoever is not known is sent to the issuer's own page, signs in there, and lands on what was asked for. */
export const visit = async (browser: Browser, { base, who, screen, to, known }: Visiting): Promise<Visit> => {
  const context = await browser.newContext({
    ...{ viewport: SIZES[screen], locale: 'zh-CN' },
    ...(known !== undefined && { storageState: known }),
  })
  const page = await context.newPage()
  const wrongs: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') wrongs.push(`console: ${message.text()}`)
  })
  page.on('pageerror', ({ message }) => wrongs.push(`page: ${message}`))
  page.on('response', (answer) => {
    if (answer.status() >= 400) wrongs.push(`${answer.status()} ${answer.url()}`)
  })
  await page.goto(`${base}${to}`)
  if (known === undefined) {
    await page.getByLabel('登录名').fill(who)
    await page.getByLabel('密码').fill(DEVELOPMENT_PASSWORD)
    await page.getByRole('button', { name: '登录' }).click()
    await page.waitForURL(`${base}${to}`)
  }
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
  return { page, wrongs, look, forgive: () => wrongs.splice(0) }
}
