import { beforeAll, describe, expect, it, vi } from 'vitest'
import { draw, populationHash } from '../../../domain/draw/draw.js'
import type { CaseId } from '../../../domain/words.js'
import { evidenceFrom, openedRound } from '../../api/given.js'
import { closingOn } from '../../permissions/given.js'
import { choose, done, fill, type Stage } from '../stage.js'

const inDays = (days: number): string =>
  new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10)

/** Petitions, instructions, inspections and referrals: what comes beside the plan. */
export const otherKinds = ({ door, at, give }: Stage): void => {
  describe('what comes beside the plan', () => {
    beforeAll(async () => {
      await openedRound(await door().as('office'), 'beside')
      await give('office', 'beside/001', { type: 'hand-over' })
    })
    const phaseOf = async (id: string) =>
      (await (await door().as('office')).get<{ phase: string }>(`/cases/${id}`)).phase

    it('two petitions of one matter are registered, found alike, and merged by a person', async () => {
      for (const name of ['李先生', '王女士']) {
        const { page } = await at('office', 'desk', '/console/kinds/petition')
        await page.getByRole('button', { name: '登记信访件' }).click()
        await page.getByRole('radio', { name: '12345 热线' }).check()
        await fill(page, { 姓名: name, 联系方式: '13900000000', 地点: '汀洲县码头' })
        await fill(page, { 反映的问题: '夜间排污', 内容: '水面有泡沫', 收到日期: inDays(0) })
        expect(await page.locator('form').getByText('查询码').count()).toBe(0)
        await page.locator('form button[type=submit]').click()
        await page.getByRole('heading', { name: '汀洲县码头:夜间排污' }).waitFor()
      }
      const { page, look } = await at('office', 'desk', '/console/kinds/petition')
      await page.getByText('疑似重复').waitFor()
      expect(await look('信访')).toEqual([])
      await page.getByRole('link', { name: '去并案' }).click()
      await fill(page, { 理由: '同一处、同一事' })
      await page.locator('form button[type=submit]').click()
      await done(page, '已办')
      expect(await phaseOf('beside/xf-0002')).toBe('merged')
    })

    it('a leader’s instruction is registered by the office alone, and is the first thing on its unit’s page', async () => {
      const { page, look } = await at('office', 'desk', '/console/kinds/instruction')
      await page.getByRole('button', { name: '登记批示件' }).click()
      await fill(page, { 姓名: '裴承远', 批示原文: '请一周内拿出方案。', 批示事由: '老城雨污分流' })
      await page.getByRole('radio', { name: '市领导' }).check()
      await fill(page, { 批示日期: inDays(0), 办结期限: inDays(20) })
      await choose(page, '责任单位', '市住房和城乡建设局')
      expect(await look('登记批示件')).toEqual([])
      await page.locator('form button[type=submit]').click()
      await page.getByRole('heading', { name: /老城雨污分流/ }).waitFor()

      const unit = await at('unit', 'telephone', '/console/kinds/instruction')
      await unit.page.getByRole('link', { name: /老城雨污分流/ }).click()
      await unit.page.locator('.next .ant-btn-primary').click()
      await unit.page.locator('form button[type=submit]').click()
      await done(unit.page, '已办')
      expect(await unit.page.getByRole('button', { name: /登记/ }).count()).toBe(0)
      expect(await unit.look('批示_手机')).toEqual([])
    })

    it('an inspection is ordered and its sample drawn from a public seed; anybody draws the same again', async () => {
      const { page, look } = await at('office', 'desk', '/console/kinds/inspection')
      await page.getByRole('button', { name: '部署督查检查' }).click()
      await choose(page, '方式', '随机抽查')
      await fill(page, { 标题: '随机抽查', 督查要求: '看整改是否落实', 期限: inDays(20) })
      await page.locator('fieldset', { hasText: '人员' }).getByRole('button', { name: '添加' }).click()
      await choose(page, '人员', '市政府督查室经办人')
      await fill(page, { 姓名: '市政府督查室经办人' })
      await page.locator('form button[type=submit]').click()
      await page.getByRole('heading', { name: '随机抽查' }).waitFor()
      await page.getByRole('button', { name: '抽取样本' }).click()
      await fill(page, { 公开的种子: '当日上证指数 3962.35', 抽取件数: '1' })
      await page.locator('form button[type=submit]').click()
      await page.getByRole('heading', { name: /随机抽取/ }).waitFor()
      const link = page.getByRole('link', { name: '清单', exact: true })
      await page.getByText('清单和重抽的办法').click()
      const list = decodeURIComponent((await link.getAttribute('href')) ?? '')
        .replace(/^[^,]*,/, '')
        .trim()
        .split('\n')
      expect(await look('随机抽取')).toEqual([])
      const shown = await page.locator('.ways a').allTextContents()
      expect(shown).toEqual(draw(list, '当日上证指数 3962.35', 1))
      await page.getByText(populationHash(list)).waitFor()
    })

    it('a falsehood found becomes a clue, the clue a referral, and the referral the organ’s to do', async () => {
      const id = 'beside/001'
      await give('unit', id, { type: 'acknowledge' })
      await give('unit', id, { type: 'submit-case-plan', plan: '整改', team: ['专班'], evidence: [] })
      await give('unit', id, closingOn(await evidenceFrom(await door().as('unit'), '完工报告')))
      const { closingStepId, state } = await (await door().as('office')).get<{
        closingStepId: string
        state: { seal: string }
      }>(`/cases/${id}`)
      const refusal = { step: closingStepId, saw: state.seal, reasons: '表面整改', code: 'superficial' }
      await give('unith', id, { type: 'refuse-step', ...refusal })
      const { page } = await at('leader', 'desk', '/console/')
      // Not the notice of it, which may be there first.
      await page.locator('a[href*="act=decide-clue"]').first().click()
      await page.getByRole('radio', { name: '移送' }).check()
      await fill(page, { 理由: '情况属实' })
      await page.locator('form button[type=submit]').click()
      await done(page, '已办')
      const office = await door().as('office')
      const referral = await vi.waitFor(
        async () => {
          const { cases } = await office.get<{ cases: { id: CaseId }[] }>('/cases?kind=referral&round=beside')
          const [first] = cases
          if (!first) throw new Error('no referral yet')
          return first.id
        },
        { timeout: 60_000, interval: 300 },
      )
      const desk = await at('office', 'desk', `/console/cases/${referral}`)
      await desk.page.getByRole('button', { name: '移交线索' }).click()
      await fill(desk.page, { 函件内容: '现将有关线索移交你们' })
      await desk.page.locator('form button[type=submit]').click()
      await done(desk.page, '已办')
      const organ = await at('discipline', 'desk', '/console/kinds/referral')
      await organ.page.locator('main .ant-table a').first().click()
      await organ.page.waitForURL(new RegExp(referral))
      await organ.page.getByRole('button', { name: '开始调查核实' }).waitFor()
      expect(await organ.look('移送')).toEqual([])
      await organ.page.getByRole('link', { name: new RegExp(`^${id} `) }).click()
      await organ.page.waitForURL(new RegExp(`${id}$`))
      await organ.page.getByRole('heading', { name: /关联事项/ }).waitFor()
      expect(await organ.look('移送所来自的事项')).toEqual([])
      await organ.page.getByRole('link', { name: /^责任追究案件:/ }).click()
      await organ.page.waitForURL(new RegExp(referral))
    })
  })
}
