import type { Command } from 'commander'
import { addWorkingDays, type Counting, isProvisional } from '../domain/calendar/working-days.js'
import { loadCalendar, UnreadableCalendar } from '../policies/calendars/load.js'
import { dateFrom, WrongInput, workingDaysFrom, yearFrom } from './calendar/arguments.js'
import { dayReading, renderDay } from './calendar/day.js'
import { renderYear } from './calendar/year.js'

type AddOptions = {
  readonly from?: string
  readonly workingDays?: string
  readonly countingFirstDay?: true
  readonly json?: true
}
type CheckOptions = { readonly date?: string; readonly json?: true }

const WRONG_INPUT = 2

const tell = (line: string): void => {
  process.stdout.write(`${line}\n`)
}
const remark = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

const add = (options: AddOptions): void => {
  const from = dateFrom('--from', options.from)
  const workingDays = workingDaysFrom('--working-days', options.workingDays)
  const counting: Counting = options.countingFirstDay ? 'from-first-day' : 'from-next-day'
  const calendar = loadCalendar()
  const { date, provisional } = addWorkingDays(calendar, from, workingDays, counting)
  const answer = { date, provisional, from, workingDays, counting, calendar: calendar.version }
  tell(options.json ? JSON.stringify(answer) : date)
  if (provisional && !options.json)
    remark('此日期为暂定:所经年份的放假安排尚未公布,按周一至周五推算,公布后将重新推算。')
}

const check = (options: CheckOptions): void => {
  const reading = dayReading(loadCalendar(), dateFrom('--date', options.date))
  tell(options.json ? JSON.stringify(reading) : renderDay(reading))
}

const year = (text: string): void => {
  const first = yearFrom(text)
  const calendar = loadCalendar()
  tell(renderYear(calendar, first))
  if (isProvisional(calendar, first)) remark('该年放假安排尚未公布,以上按周一至周五暂算。')
}

/** What a person typed wrong, or a broken calendar file, is one sentence and exit 2; anything else is a defect. */
const answering =
  <Input>(answer: (input: Input) => void) =>
  (input: Input): void => {
    try {
      answer(input)
    } catch (error) {
      if (!(error instanceof WrongInput || error instanceof UnreadableCalendar)) throw error
      remark(error.message)
      process.exitCode = WRONG_INPUT
    }
  }

const whichOne = (_options: unknown, { args: [unknown] }: Command): void => {
  const complaint = unknown === undefined ? '请写明要做什么' : `没有“${unknown}”这个动作`
  remark(`${complaint}:可用的有 calendar add、calendar check、calendar year。`)
  process.exitCode = WRONG_INPUT
}

/**
 * `bihuan calendar add|check|year`: working days by the State Council's calendar (GN-02). Complaints about the
 * command line itself are the program's, which puts Commander's into Chinese.
 */
export function registerCalendar(program: Command): void {
  const calendar = program.command('calendar').description('工作日历:推算工作日、查某日是否上班')

  calendar
    .command('add')
    .description('从某日起推算若干个工作日,只输出一个日期')
    .option('--from <日期>', '起算日,如 2026-03-02')
    .option('--working-days <天数>', '工作日数,0 至 10000')
    .option('--counting-first-day', '起算日当天计为第一天(公示用)')
    .option('--json', '输出 JSON')
    .action(answering(add))

  calendar
    .command('check')
    .description('某日是否工作日,依据是什么')
    .option('--date <日期>', '日期,如 2026-02-14')
    .option('--json', '输出 JSON')
    .action(answering(check))

  calendar
    .command('year')
    .description('一年各月的工作日、放假和调休')
    .argument('<年份>', '如 2026')
    .action(answering(year))

  // Last, because the commands above would inherit that any words may follow.
  calendar.allowExcessArguments().action(whichOne)
}
