/**
 * Writes policies/calendars/cn.yaml: `npx tsx scripts/calendar-data.ts`. Run it when the State Council's
 * next notice is out and npm's `chinese-days` carries it; add the notice below first. An office in a hurry
 * adds the year to cn.yaml by hand: the running system reads nothing but that file.
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import chineseDays from 'chinese-days'

/** The notices that arranged each year. A notice may reach into the year before (元旦) or be amended later. */
const NOTICES: Readonly<Record<number, readonly string[]>> = {
  2017: ['国务院办公厅关于2017年部分节假日安排的通知(国办发明电〔2016〕17号)'],
  2018: [
    '国务院办公厅关于2018年部分节假日安排的通知(国办发明电〔2017〕12号)',
    '国务院办公厅关于2019年部分节假日安排的通知(国办发明电〔2018〕15号)',
  ],
  2019: [
    '国务院办公厅关于2019年部分节假日安排的通知(国办发明电〔2018〕15号)',
    '国务院办公厅关于调整2019年劳动节假期安排的通知(国办发明电〔2019〕3号)',
  ],
  2020: [
    '国务院办公厅关于2020年部分节假日安排的通知(国办发明电〔2019〕16号)',
    '国务院办公厅关于延长2020年春节假期的通知(国办发明电〔2020〕1号)',
  ],
  2021: ['国务院办公厅关于2021年部分节假日安排的通知(国办发明电〔2020〕27号)'],
  2022: [
    '国务院办公厅关于2022年部分节假日安排的通知(国办发明电〔2021〕11号)',
    '国务院办公厅关于2023年部分节假日安排的通知(国办发明电〔2022〕16号)',
  ],
  2023: ['国务院办公厅关于2023年部分节假日安排的通知(国办发明电〔2022〕16号)'],
  2024: ['国务院办公厅关于2024年部分节假日安排的通知(国办发明电〔2023〕7号)'],
  2025: ['国务院办公厅关于2025年部分节假日安排的通知(国办发明电〔2024〕12号)'],
  2026: ['国务院办公厅关于2026年部分节假日安排的通知(国办发明电〔2025〕7号)'],
}

const HEAD = `# 国务院办公厅公布的节假日安排(GN-02)。
# off:放假的周一至周五(法定节假日和调休放假);on:上班的周六、周日(调休上班)。按节日列出,月-日。
# 没有列出的年份视为尚未公布:按周一至周五暂算,算出的日期注明“暂定”。
# 除夕:2024 年通知只是鼓励安排休息(2 月 9 日仍是工作日),自 2025 年起为法定节假日。
# 由 scripts/calendar-data.ts 生成;通知已出而数据包未更新时,可照样手工增加一年。
`

const daysOf = (year: number): readonly string[] => {
  const first = Date.UTC(year, 0, 1)
  const count = (Date.UTC(year + 1, 0, 1) - first) / 86_400_000
  return Array.from({ length: count }, (_, day) =>
    new Date(first + day * 86_400_000).toISOString().slice(0, 10),
  )
}

const isWeekend = (date: string): boolean => [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay())

/** `chinese-days` names a festival's days off and its make-up days alike: `Spring Festival,春节,4`. */
const festivalOf = (date: string): string => {
  const name = chineseDays.getDayDetail(date).name.split(',')[1]
  if (!name) throw new Error(`chinese-days names no festival for ${date}`)
  return name
}

const byFestival = (dates: readonly string[]): string =>
  [...new Set(dates.map(festivalOf))]
    .map((festival) => {
      const days = dates.filter((date) => festivalOf(date) === festival).map((date) => date.slice(5))
      return `      ${festival}: [${days.join(', ')}]\n`
    })
    .join('')

const yearOf = (year: number, notices: readonly string[]): string => {
  const days = daysOf(year)
  const off = days.filter((date) => !isWeekend(date) && !chineseDays.isWorkday(date))
  const on = days.filter((date) => isWeekend(date) && chineseDays.isWorkday(date))
  if (off.length === 0) throw new Error(`chinese-days has no holidays for ${year}: is the package too old?`)
  return `  ${year}:\n    source: ${notices.join(';')}\n    off:\n${byFestival(off)}    on:\n${byFestival(on)}`
}

/** The whole file, every year in order. */
export const calendarYaml = (): string =>
  `${HEAD}years:\n${Object.entries(NOTICES)
    .map(([year, notices]) => yearOf(Number(year), notices))
    .join('')}`

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(fileURLToPath(new URL('../policies/calendars/cn.yaml', import.meta.url)), calendarYaml())
}
