import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { DEVELOPMENT_PASSWORD } from '../../../api/seed.js'
import { openedRound } from '../../api/given.js'
import type { Stage } from '../stage.js'

const WHO = 'leader2'
const WHERE = '/console/cases?round=over&overdue=false'

/** A session that is over ends quietly: the way to sign in, and back to where one was; the browser writes down no error. */
export const overSessions = ({ door, at }: Stage): void => {
  describe('a session that is over', () => {
    beforeAll(async () => {
      await openedRound(await door().as('office'), 'over')
    })
    const end = () => sql`delete from sessions where person = ${WHO}`.execute(door().serving().parts.db)

    it('leads to sign in from a page that stands open, and from one that is asked for, and back', async () => {
      const { page, wrongs } = await at(WHO, 'desk', WHERE)
      const here = `${door().serving().url}${WHERE}`
      const signInAgain = async () => {
        await page.getByLabel('密码').fill(DEVELOPMENT_PASSWORD)
        await page.getByLabel('登录名').fill(WHO)
        await page.getByRole('button', { name: '登录' }).click()
        await page.waitForURL(here)
        await page.locator('.counts a').first().waitFor()
      }

      await end()
      await signInAgain()

      await page.goto('about:blank')
      await end()
      await page.goto(here)
      await signInAgain()
      expect(wrongs).toEqual([])
    })
  })
}
