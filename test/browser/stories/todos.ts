import { beforeAll, describe, expect, it } from 'vitest'
import { openedRound } from '../../api/given.js'
import type { Stage } from '../stage.js'

/** Of hundreds the page of the day shows the first ones; all of them are one click away. */
export const todos = ({ door, at }: Stage): void => {
  describe('everything I owe', () => {
    beforeAll(async () => {
      await openedRound(await door().as('office'), 'many')
    })

    it('opens from the page of the day; what it is narrowed to stands in the address', async () => {
      const { page, look } = await at('office', 'desk', '/console/')
      await page.getByRole('link', { name: /^共 \d+ 项$/ }).click()
      await page.waitForURL(/\/me\/todos$/)
      await page.getByLabel('办什么').click()
      await page.getByTitle('交办', { exact: true }).click()
      await page.waitForURL(/act=hand-over/)
      await page.goto(`${page.url()}&round=many`)
      const list = page.getByLabel('待办')
      await list.getByRole('link', { name: '交办' }).first().waitFor()
      expect(await list.getByRole('link', { name: '交办' }).count()).toBe(3)
      expect(await look('待办')).toEqual([])
      await list.getByRole('link', { name: '交办' }).first().click()
      await page.waitForURL(/\/cases\/many\/\d+\?act=hand-over/)
    })
  })
}
