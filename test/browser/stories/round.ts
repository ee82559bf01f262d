import { describe, expect, it } from 'vitest'
import { everyCaseIsThere } from '../../api/given.js'
import { SMALL_PLAN } from '../../api/plans.js'
import { choose, fill, type Stage } from '../stage.js'

/** From a plan's text to cases handed over, and what is periodic in a round. */
export const aRound = ({ door, at }: Stage): void => {
  describe('a round', () => {
    it('begins from a plan’s text: what was read stands beside its lines, what is missing is answered in place, the rest is handed over', async () => {
      const { page, look } = await at('office', 'desk', '/console/rounds')
      expect(await look('轮次')).toEqual([])
      await page.getByRole('link', { name: '从整改方案建立' }).click()
      await fill(page, { 或者粘贴方案全文: SMALL_PLAN, 轮次编号: 'spring' })
      await choose(page, '按哪个城市的规则办理', '栖澜市')
      expect(await look('建立轮次')).toEqual([])
      await page.getByRole('button', { name: '读取并建立' }).click()
      await page.getByText('可以交办 1 件').waitFor()
      await everyCaseIsThere(await door().as('office'), 'spring')

      await page.getByRole('button', { name: /第 1 项/ }).click()
      expect(await page.locator('.plan-text .lit').first().textContent()).toContain('东栖区老城片区雨污混流')
      expect(await look('方案与各项')).toEqual([])

      const third = page.locator('.entry', { hasText: '公园水体富营养化' })
      await third.getByRole('button', { name: '回答' }).click()
      await choose(page, '更正哪一栏', '时限')
      await choose(page, '类别', '限时整改')
      await fill(page, { 日期: '2099-06-30', 怎么知道的: '市园林绿化局来函明确' })
      expect(await look('回答疑问')).toEqual([])
      await third.getByRole('button', { name: '回答' }).last().click()
      await page.getByText('可以交办 2 件').waitFor()

      const second = page.locator('.entry', { hasText: '污水处理厂长期超负荷' })
      await second.getByRole('button', { name: '回答' }).click()
      await choose(page, '更正哪一栏', '牵头验收单位')
      await choose(page, '牵头验收单位', '市水务局')
      await fill(page, { 怎么知道的: '市水务局来函' })
      await second.getByRole('button', { name: '回答' }).last().click()
      await page.getByRole('button', { name: '交办这 3 件' }).click()
      await page.getByRole('status').getByText('已交办 3 件').waitFor()
    })

    it('shows its cadence: what is due next, and every number opens its cases', async () => {
      const { page, look } = await at('office', 'telephone', '/console/rounds/spring')
      await page.getByRole('heading', { name: /定期工作/ }).waitFor()
      expect(await look('轮次_手机')).toEqual([])
      await page.getByRole('link', { name: '3', exact: true }).first().click()
      await page.getByRole('list', { name: '台账' }).waitFor()
      expect(await page.locator('.card').count()).toBe(3)
    })
  })
}
