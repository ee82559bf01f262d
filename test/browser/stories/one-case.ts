import { beforeAll, describe, expect, it } from 'vitest'
import { instant } from '../../../domain/words.js'
import { evidenceFrom, openedRound } from '../../api/given.js'
import { done, fill, type Stage } from '../stage.js'

const ID = 'walk/001'
const CASE = `/cases/${ID}`
/** One white dot. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==',
  'base64',
)

/** From handing over to the leader's signature, by a coordinator, a clerk at a telephone and a leader. */
export const oneCase = ({ door, at, give }: Stage): void => {
  describe('one case', () => {
    beforeAll(async () => {
      await openedRound(await door().as('office'), 'walk')
    })

    const whole = async () =>
      (await door().as('office')).get<{
        phase: string
        closingStepId: string | null
        state: { seal: string }
      }>(CASE)

    it('a coordinator finds it in the ledger, reads why some acts are not open, and hands it over', async () => {
      const { page, look } = await at('office', 'desk', '/console/cases')
      expect(await look('台账')).toEqual([])
      await page
        .getByRole('link', { name: /雨污混流/ })
        .first()
        .click()
      await page.getByText(/现在还不能办的/).click()
      expect(await look('一件')).toEqual([])
      await page.getByRole('button', { name: '交办', exact: true }).click()
      await page.locator('form').getByRole('button', { name: '交办', exact: true }).click()
      await done(page, '已办:交办')
      expect((await whole()).phase).toBe('handed-over')
    })

    it('the clerk of its unit signs for it from a telephone: it is the first thing on the page', async () => {
      const { page, look } = await at('unit', 'telephone', '/console/')
      expect(await look('今日_手机')).toEqual([])
      await page.getByRole('link', { name: '签收' }).first().click()
      await page.locator('form').getByRole('button', { name: '签收' }).click()
      await done(page, '已办:签收')
      expect(await look('一件_手机')).toEqual([])
      expect((await whole()).phase).toBe('acknowledged')
    })

    it('hands its plan in from there with a photograph; what is no picture is refused in words, and nothing is lost', async () => {
      const { page, look, forgive } = await at('unit', 'telephone', `/console${CASE}?act=submit-case-plan`)
      await fill(page, { 整改方案: '分三步实施' })
      await page.getByRole('combobox', { name: '人员' }).fill('整改专班')
      await page.keyboard.press('Enter')
      const chooser = page.locator('form input[type=file]').first()
      await chooser.setInputFiles({
        name: '现场.png',
        mimeType: 'image/png',
        buffer: Buffer.from('并非图片'),
      })
      await page.getByText('“现场.png”的内容与所称的类型').waitFor()
      expect(forgive()).toContainEqual(expect.stringMatching(/^422 .*\/evidence-file$/))
      await chooser.setInputFiles({ name: '现场.png', mimeType: 'image/png', buffer: PICTURE })
      await page.locator('.files').getByText('现场.png').waitFor()
      expect(await page.locator('input[capture=environment]').count()).toBe(1)
      expect(await look('上传材料_手机')).toEqual([])
      await page.locator('form button[type=submit]').click()
      await done(page, '已办')
      expect((await whole()).phase).toBe('rectifying')
    })

    it('its leader signs where all others have; a second click does not sign twice', async () => {
      const report = await evidenceFrom(await door().as('unit'), '完工报告')
      const checklist = ['整改任务全部完成', '佐证材料齐全真实', '现场已经恢复到位'].map((point) => ({
        point,
        met: 'met',
      }))
      await give('unit', ID, { type: 'submit-closing', statement: '已完成', checklist, evidence: [report] })
      const sign = async (as: string, more: Readonly<Record<string, unknown>> = {}): Promise<void> => {
        const { closingStepId, state } = await whole()
        await give(as, ID, {
          ...{ type: 'sign', step: closingStepId, saw: state.seal, opinion: '同意', findings: [] },
          ...more,
        })
      }
      await sign('unith')
      await sign('shengtai')
      const photo = await evidenceFrom(await door().as('shuiwu'), '现场照片')
      await sign('shuiwu', {
        findings: ['污染消除', '生态恢复', '群众满意'].map((title) => ({
          ...{ title, met: 'met', note: '', evidence: [report.sha256] },
        })),
        site: { place: '东栖区老城片区', at: instant(Date.now()), photos: [photo], observers: [] },
      })

      const { page, look } = await at('leader', 'desk', '/console/')
      expect(await look('今日')).toEqual([])
      await page.locator('.next a').first().click()
      await page.locator('form').getByLabel('意见').fill('同意销号')
      expect(await look('签字')).toEqual([])
      await page.locator('form button[type=submit]').dblclick()
      await done(page, '已办')
      expect((await whole()).phase).toBe('on-notice')
      const { events } = await (await door().as('office')).get<{
        events: { type: string; author: string; told: string }[]
      }>(`${CASE}/events`)
      const own = events.filter(({ type, author }) => type === 'signed' && author.includes('沈知远'))
      expect(own.map(({ told }) => told)).toEqual([expect.stringContaining('同意销号')])
    })
  })
}
