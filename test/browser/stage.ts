import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { launchBrowser } from '../../bench/browser.js'
import { consoleFolder, ensureConsole } from '../../runtime/console.js'
import { type OpenDoor, openDoor } from '../support/door.js'
import { type Screen, type Visit, visit } from './visit.js'

/** The console on its real stack, and people at it: everything the stories below have in common. */
export type Stage = {
  readonly door: () => OpenDoor
  readonly at: (who: string, screen: Screen, to: string) => Promise<Visit>
  /** What the browsers complained of so far. */
  readonly wrongs: () => readonly string[]
  /** Gives a command over the interface, for what is not looked at. */
  readonly give: (as: string, caseId: string, body: unknown) => Promise<void>
  readonly raise: () => Promise<void>
  /** Everybody closes their browser. */
  readonly leave: () => Promise<void>
  readonly close: () => Promise<void>
}

export const makeStage = (executablePath: string): Stage => {
  let door: OpenDoor | undefined
  let browser: Browser | undefined
  const visits: Visit[] = []
  /** Who has signed in once need not again. */
  const known = new Map<string, BrowserContextOptions['storageState']>()
  const opened = <T>(thing: T | undefined): T => {
    if (thing === undefined) throw new Error('the stage is not raised')
    return thing
  }
  return {
    raise: async () => {
      await ensureConsole(() => undefined)
      door = await openDoor({ consoleFolder })
      browser = await launchBrowser(executablePath)
    },
    door: () => opened(door),
    at: async (who, screen, to) => {
      const base = opened(door).serving().url
      const visited = await visit(opened(browser), { base, who, screen, to, known: known.get(who) })
      known.set(who, await visited.page.context().storageState())
      visits.push(visited)
      return visited
    },
    wrongs: () => visits.flatMap(({ wrongs }) => wrongs),
    give: async (as, caseId, body) =>
      void (await (await opened(door).as(as)).post(`/cases/${caseId}/commands`, body)),
    leave: async () => {
      for (const { page } of visits) await page.context().close()
    },
    close: async () => {
      await browser?.close()
      await door?.close()
    },
  }
}

/** What the console says was done; the page shows it before anything else. */
export const done = (page: Page, words: string): Promise<void> =>
  page.getByRole('status').getByText(words).waitFor()

/** A form's field by what it is called; a list is chosen from by the beginning of a title. */
export const fill = async (page: Page, fields: Readonly<Record<string, string>>): Promise<void> => {
  for (const [label, value] of Object.entries(fields))
    await page.locator('form').getByLabel(label, { exact: true }).first().fill(value)
}

/** Opens a list, looks for a title where it can be looked for, and takes the first that is found. */
export const choose = async (page: Page, label: string, title: string): Promise<void> => {
  const field = page.getByRole('combobox', { name: label })
  await field.click()
  if (await field.isEditable()) await field.fill(title)
  await page.locator('.ant-select-item-option:visible', { hasText: title }).first().click()
  await page.keyboard.press('Escape')
}
