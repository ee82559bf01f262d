import { beforeAll, describe, expect, it } from 'vitest'
import { openedRound } from '../../api/given.js'
import { choose, done, fill, type Stage } from '../stage.js'

const LIST = '/console/kinds/consequence?round=consequences'
const today = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)

/** 水质超标补偿 (HH-11) and 先免职再调查 (HH-10): the office proposes, people and organs decide. */
export const consequences = ({ door, at }: Stage): void => {
  describe('what follows from failure', () => {
    beforeAll(async () => {
      await openedRound(await door().as('office'), 'consequences', { policy: 'hohhot' })
    })
    const wholeOf = async (address: string) =>
      (await door().as('office')).get<{ phaseTitle: string; state: { payments: unknown } }>(
        new URL(address).pathname.replace('/console', ''),
      )

    it('a compensation is proposed with the table’s amount, reviewed, decided by the mayor, told to the unit, and paid', async () => {
      const office = await at('office', 'desk', LIST)
      await office.page.getByRole('button', { name: '提出处理建议' }).click()
      await office.page.getByRole('radio', { name: '水质超标补偿' }).check()
      await choose(office.page, '单位', '汀洲县政府')
      await fill(office.page, { 事实: '六月考核断面超标' })
      await fill(office.page, { 断面: '栖水河口', 污染物: '氨氮', 监测值: '1.6', 标准限值: '1.0' })
      await fill(office.page, { 监测日期: '2026-06-01' })
      expect(await office.look('提出水质超标补偿')).toEqual([])
      await office.page.locator('form button[type=submit]').click()
      await office.page.getByRole('heading', { name: /^水质超标补偿:汀洲县政府/ }).waitFor()
      const address = office.page.url()

      const discipline = await at('discipline', 'desk', '/console/')
      await discipline.page.getByRole('link', { name: '水质超标补偿:尽职免责审查' }).first().click()
      await discipline.page.getByRole('radio', { name: '不予免责' }).check()
      await fill(discipline.page, { 理由: '无免责情形' })
      expect(await discipline.look('尽职免责审查')).toEqual([])
      await discipline.page.locator('form button[type=submit]').click()
      await done(discipline.page, '已办')

      const mayor = await at('mayor', 'desk', '/console/')
      await mayor.page.getByRole('link', { name: '水质超标补偿:决定处理' }).first().click()
      await mayor.page.locator('.shown').getByText('200000元').waitFor()
      await mayor.page.getByRole('radio', { name: '减轻' }).check()
      await fill(mayor.page, { 理由: '已先行治理' })
      await mayor.page.getByRole('button', { name: '选填内容' }).click()
      await fill(mayor.page, { '减轻后的金额(选填)': '150000.50' })
      expect(await mayor.look('决定水质超标补偿')).toEqual([])
      await mayor.page.locator('form button[type=submit]').click()
      await done(mayor.page, '已办')

      const unit = await at('tingzhou', 'telephone', new URL(address).pathname)
      await unit.page.getByRole('link', { name: /处理决定通知书/ }).waitFor()
      expect(await unit.look('水质超标补偿_手机')).toEqual([])

      await office.page.goto(`${address}?act=record-payment`)
      await office.page.locator('.shown').getByText('150000.50元').waitFor()
      await fill(office.page, { 金额: '150000.5', 缴款凭证: '票据 0001', 缴款日期: today() })
      expect(await office.look('登记缴款')).toEqual([])
      await office.page.locator('form button[type=submit]').click()
      await done(office.page, '已办')
      expect(await wholeOf(address)).toMatchObject({
        phaseTitle: '已缴清',
        state: { payments: [{ amount: { fen: 15_000_050 } }] },
      })
    })

    it('a removal goes first only for the causes the rules name; it is raised to the organ, and ends with its decision and its number', async () => {
      const { page, look, forgive } = await at('office', 'desk', LIST)
      await page.getByRole('button', { name: '提出处理建议' }).click()
      await page.getByRole('radio', { name: '免职建议' }).check()
      await choose(page, '单位', '汀洲县政府')
      await fill(page, { 事实: '辖区内发生秸秆焚烧', 情形: '整改不力', 人员: '某人', 职务: '镇长' })
      await page.locator('form button[type=submit]').click()
      await page.getByText(/不在先免职之列/).waitFor()
      expect(forgive()).toContainEqual(expect.stringMatching(/^409 /))
      await fill(page, { 情形: '秸秆焚烧' })
      expect(await look('提出免职建议')).toEqual([])
      await page.locator('form button[type=submit]').click()
      await page.getByRole('heading', { name: /^免职建议:汀洲县政府/ }).waitFor()
      const address = page.url()

      await page.locator('.next .ant-btn-primary').click()
      await fill(page, { 有权机关: '中共汀洲县委组织部', 函件内容: '建议先予免职,再调查处理。' })
      expect(await look('提请任免机关')).toEqual([])
      await page.locator('form button[type=submit]').click()
      await done(page, '已办')

      await page.getByRole('button', { name: '登记任免机关的决定' }).click()
      await page.locator('.shown').getByText('中共汀洲县委组织部').waitFor()
      await page.getByRole('radio', { name: '免职', exact: true }).check()
      await fill(page, { 文号: '汀组干〔2026〕5号', 决定日期: today() })
      expect(await look('登记任免决定')).toEqual([])
      await page.locator('form button[type=submit]').click()
      await done(page, '已办')
      expect(await wholeOf(address)).toMatchObject({ phaseTitle: '任免机关已决定' })
      expect(await look('免职建议已办')).toEqual([])
    })
  })
}
