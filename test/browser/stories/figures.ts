import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { choose, type Stage } from '../stage.js'

/** Ranking, standing audits and frozen data: every number opens what it counts. */
export const theFigures = ({ at }: Stage): void => {
  describe('the figures', () => {
    it('open to their cases: pace, ranking, standing audits', async () => {
      const { page, look } = await at('office', 'desk', '/console/figures?round=walk')
      await page.getByRole('heading', { name: /排名/ }).waitFor()
      await page.getByRole('heading', { name: /常设审计/ }).waitFor()
      expect(await look('统计')).toEqual([])
      const violating = page.locator('.lines .count').first()
      const count = Number(await violating.textContent())
      await violating.click()
      await page.getByRole('heading', { name: '台账' }).waitFor()
      const rows = page.locator('tbody tr.ant-table-row')
      await expect.poll(() => rows.count()).toBe(count)
      await page.goBack()
      await page
        .getByRole('table', { name: '排名' })
        .getByRole('link', { name: '市住房和城乡建设局' })
        .click()
      await page.getByRole('heading', { name: '台账' }).waitFor()
      await expect.poll(() => rows.count()).toBe(1)
    })

    it('are frozen by the office, and stay as they were', async () => {
      const { page, look } = await at('office', 'desk', '/console/figures?round=walk')
      await page.getByRole('button', { name: '定格现在的数据' }).click()
      await page.getByRole('table', { name: '定格的数据' }).getByRole('link').first().click()
      await page.getByRole('heading', { name: '各单位' }).waitFor()
      expect(await look('定格的数据')).toEqual([])

      await choose(page, '看哪一份', '各单位')
      await page.waitForURL(/list=units/)
      expect(await page.getByRole('heading', { level: 2 }).count()).toBe(1)
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: '导出' }).click(),
      ])
      expect(file.suggestedFilename()).toBe('各单位.csv')
      expect(await readFile(await file.path(), 'utf8')).toContain('单位,收到,在办,办结,并案,逾期')
    })

    it('on a telephone are a table whose first column stands', async () => {
      const { page, look } = await at('leader', 'telephone', '/console/figures?round=walk')
      await page.getByRole('table', { name: '排名' }).waitFor()
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
      expect(await look('统计_手机')).toEqual([])
    })
  })
}
