import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openedRound } from '../../api/given.js'
import { fillTheDisk, makeRoom } from '../../support/full-disk.js'
import type { Stage } from '../stage.js'

const ID = 'full/001'

/** What the machine could not do stands on the office's first page. */
export const unwritten = ({ door, at, give }: Stage): void => {
  const db = () => door().serving().parts.db
  describe('a paper that cannot be written', () => {
    beforeAll(async () => {
      await openedRound(await door().as('office'), 'full')
      await fillTheDisk(db())
    })
    afterAll(() => makeRoom(db()))

    it('is on the office’s page of the day, with the reason, and opens its case; when it is written it is gone', async () => {
      await give('office', ID, { type: 'hand-over' })
      const { page, look } = await at('office', 'desk', '/console/')
      const section = page.locator('section', {
        has: page.getByRole('heading', { name: '没有制发出来的公文' }),
      })
      const link = section.getByRole('link', { name: /^交办单:/ })
      await expect
        .poll(
          async () => {
            await page.reload()
            await link.waitFor()
            return section.textContent()
          },
          { timeout: 30_000, interval: 1_000 },
        )
        .toContain('磁盘已满')
      expect(await look('今日_公文未制发')).toEqual([])
      await link.click()
      await page.waitForURL(new RegExp(`${ID}$`))
      await makeRoom(db())
      await page.goBack()
      await section.getByText('公文都已制发').waitFor({ timeout: 90_000 })
    })
  })
}
