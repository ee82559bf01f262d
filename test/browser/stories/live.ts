import { beforeAll, describe, expect, it } from 'vitest'
import { openedRound } from '../../api/given.js'
import { done, type Stage } from '../stage.js'

const ID = 'live/001'

/** What one does the other sees, without asking for the page again. */
export const liveNews = ({ door, at, give }: Stage): void => {
  describe('two people at one case', () => {
    beforeAll(async () => {
      await openedRound(await door().as('office'), 'live')
      await give('office', ID, { type: 'hand-over' })
    })

    it('what one does the other sees without a reload; whoever was cut off gets what they missed', async () => {
      const office = await at('office', 'desk', `/console/cases/${ID}`)
      const unit = await at('unit', 'telephone', `/console/cases/${ID}?act=acknowledge`)
      await office.page.evaluate('window.sameDocument = true')
      await unit.page.locator('form button[type=submit]').click()
      await done(unit.page, '已办:签收')
      await office.page
        .getByText('签收', { exact: false })
        .and(office.page.locator('.timeline li'))
        .first()
        .waitFor()
      await office.page.locator('.page-head').getByText('已签收').waitFor()

      await unit.page.context().setOffline(true)
      await give('office', ID, { type: 'chase', whom: 'responsible-unit', words: '请尽快报送方案' })
      await unit.page.context().setOffline(false)
      await unit.page.locator('.timeline').getByText(/催办/).first().waitFor()
      expect(await office.page.evaluate('window.sameDocument')).toBe(true)
    })

    it('whoever signs out is signed out, though news comes in just then; the next page asks who one is', async () => {
      const { page, look } = await at('mayor', 'desk', `/console/cases/${ID}`)
      await page.locator('.timeline li').first().waitFor()
      await give('office', ID, { type: 'chase', whom: 'responsible-unit', words: '再次催办' })
      await page.getByRole('button', { name: '退出' }).click()
      await page.waitForURL(/signed-out$/)
      await page.getByRole('link', { name: '重新登录' }).waitFor()
      expect(await look('已退出')).toEqual([])
      await page.goto(`${door().serving().url}/console/cases/${ID}`)
      await page.getByLabel('密码').waitFor()
    })
  })
}
