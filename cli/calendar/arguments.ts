import { MOST_WORKING_DAYS } from '../../domain/calendar/working-days.js'
import { isPlainDate, type PlainDate, plainDate } from '../../domain/words.js'

/** What a person typed cannot be read; `message` is one Chinese sentence. */
export class WrongInput extends Error {
  override readonly name = 'WrongInput'
}

const given = (option: string, text: string | undefined): string => {
  if (text === undefined) throw new WrongInput(`缺少 ${option}。`)
  return text
}

/** @throws WrongInput when the option is missing or is no existing day of the years 1900 to 2999. */
export const dateFrom = (option: string, text: string | undefined): PlainDate => {
  const written = given(option, text)
  if (!isPlainDate(written))
    throw new WrongInput(`${option} 应是存在的日期,写作 年-月-日,如 2026-03-02;“${written}”不是。`)
  if (written < '1900' || written >= '3000') throw new WrongInput(`${option} 的年份应在 1900 至 2999 之间。`)
  return written
}

/** @throws WrongInput when the option is missing or is no whole number from 0 to 10,000. */
export const workingDaysFrom = (option: string, text: string | undefined): number => {
  const written = given(option, text)
  const days = /^\d{1,6}$/.test(written) ? Number(written) : Number.NaN
  if (!(days <= MOST_WORKING_DAYS))
    throw new WrongInput(`${option} 应是 0 至 ${MOST_WORKING_DAYS} 的整数;“${written}”不是。`)
  return days
}

/** The first day of the year written. @throws WrongInput when it is no year of four digits. */
export const yearFrom = (text: string): PlainDate => {
  if (!/^[12]\d{3}$/.test(text)) throw new WrongInput(`年份应是四位数字,如 2026;“${text}”不是。`)
  return plainDate(`${text}-01-01`)
}
