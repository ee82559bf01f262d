import { weekday } from '../../domain/calendar/dates.js'
import {
  type Calendar,
  type DayKind,
  isProvisional,
  isWorkingDay,
  kindOfDay,
} from '../../domain/calendar/working-days.js'
import type { PlainDate } from '../../domain/words.js'

/** One day as `bihuan calendar check` answers it; `source` is absent while the year's notice is not out. */
export type DayReading = {
  readonly date: PlainDate
  readonly working: boolean
  readonly kind: DayKind
  readonly provisional: boolean
  readonly source?: string
}

const WHY: Readonly<Record<DayKind, string>> = {
  working: '工作日',
  'make-up': '工作日(调休上班)',
  holiday: '非工作日(节假日或调休放假)',
  weekend: '非工作日(周末)',
}

/** 周一 … 周日 */
export const weekdayName = (date: PlainDate): string => `周${'一二三四五六日'[weekday(date) - 1]}`

export const dayReading = (calendar: Calendar, date: PlainDate): DayReading => {
  const source = calendar.years[date.slice(0, 4)]?.source
  return {
    date,
    working: isWorkingDay(calendar, date),
    kind: kindOfDay(calendar, date),
    provisional: isProvisional(calendar, date),
    ...(source === undefined ? {} : { source }),
  }
}

export const renderDay = ({ date, kind, source }: DayReading): string =>
  [
    `${date} ${weekdayName(date)} ${WHY[kind]}${source === undefined ? ',暂定' : ''}`,
    `依据:${source ?? `${date.slice(0, 4)} 年放假安排尚未公布,按周一至周五暂算`}`,
  ].join('\n')
