import type { AdoptRules } from '../../domain/adoption/types.js'
import { calendarVersion } from '../../domain/calendar/version.js'
import type { Calendar, CalendarYear } from '../../domain/calendar/working-days.js'
import type { Policy } from '../../domain/policy.js'
import { canonical, sha256Of } from '../../domain/record/chain.js'
import type { CityRules } from './policies.js'

/** The calendar with a year's notice more. */
export const withYear = (calendar: Calendar, year: string, told: Omit<CalendarYear, 'source'>): Calendar => {
  const years = { ...calendar.years, [year]: { ...told, source: `测试用:${year}年放假安排` } }
  return { version: calendarVersion(years), years }
}

/** The calendar as it was before a year's notice came out. */
export const withoutYear = ({ years }: Calendar, year: string): Calendar => {
  const { [year]: _gone, ...rest } = years
  return { version: calendarVersion(rest), years: rest }
}

/** The decision by which a case goes over to these rules. */
export const adopt = (
  { policy, calendar }: { readonly policy: Policy; readonly calendar: Calendar },
  reason = '国务院办公厅已公布放假安排',
): AdoptRules => ({
  type: 'adopt-rules',
  rules: { policy, calendar },
  policy: sha256Of(canonical(policy)),
  reason,
})

/** The city's rules with another calendar. */
export const onCalendar = (rules: CityRules, calendar: Calendar): CityRules => ({ ...rules, calendar })
