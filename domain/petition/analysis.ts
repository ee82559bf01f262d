import { dateOf, daysBetween } from '../calendar/dates.js'
import type { CaseId, PlainDate } from '../words.js'
import { CHANNEL_TITLES, type PetitionState } from './types.js'

/** 梳理分析 (HY-06): one line for each value of a dimension, with the petitions behind every number. */
export type AnalysisLine = {
  readonly title: string
  readonly received: readonly CaseId[]
  readonly repeats: readonly CaseId[]
  readonly answered: readonly CaseId[]
  readonly late: readonly CaseId[]
  /** Whole days from receipt to answer: the middle one (of an even number, the lower of the two), and the longest; absent when none was answered. */
  readonly answerDays?: { readonly median: number; readonly worst: number }
}

export type Analysis = {
  readonly from: PlainDate
  readonly to: PlainDate
  readonly total: AnalysisLine
  readonly byArea: readonly AnalysisLine[]
  readonly bySubject: readonly AnalysisLine[]
  readonly byChannel: readonly AnalysisLine[]
}

const isRepeat = ({ phase, takenIn }: PetitionState): boolean =>
  phase === 'merged' || phase === 'merged-closed' || takenIn.length > 0

const daysToAnswer = ({ receivedOn, answeredAt }: PetitionState): readonly number[] =>
  answeredAt === undefined ? [] : [daysBetween(receivedOn, dateOf(answeredAt))]

const lineOf = (title: string, petitions: readonly PetitionState[]): AnalysisLine => {
  const ids = (some: readonly PetitionState[]): readonly CaseId[] => some.map(({ id }) => id).toSorted()
  const days = petitions.flatMap(daysToAnswer).toSorted((a, b) => a - b)
  const median = days[Math.floor((days.length - 1) / 2)]
  const worst = days.at(-1)
  return {
    title,
    received: ids(petitions),
    repeats: ids(petitions.filter(isRepeat)),
    answered: ids(petitions.filter(({ answeredAt }) => answeredAt !== undefined)),
    late: ids(petitions.filter(({ late }) => late.length > 0)),
    ...(median !== undefined && worst !== undefined && { answerDays: { median, worst } }),
  }
}

const by = (
  petitions: readonly PetitionState[],
  titleOf: (petition: PetitionState) => string,
): readonly AnalysisLine[] => {
  const groups = new Map<string, readonly PetitionState[]>()
  for (const petition of petitions) {
    const title = titleOf(petition)
    groups.set(title, [...(groups.get(title) ?? []), petition])
  }
  return [...groups]
    .map(([title, some]) => lineOf(title, some))
    .toSorted((a, b) => b.received.length - a.received.length || (a.title < b.title ? -1 : 1))
}

/** Petitions received from one day through another, by place, subject and channel, with repeats and times of answer. */
export const analysisOf = (petitions: readonly PetitionState[], from: PlainDate, to: PlainDate): Analysis => {
  const within = petitions.filter(({ receivedOn }) => receivedOn >= from && receivedOn <= to)
  return {
    from,
    to,
    total: lineOf('合计', within),
    byArea: by(within, ({ area, place }) => area ?? place),
    bySubject: by(within, ({ subject }) => subject),
    byChannel: by(within, ({ channel }) => CHANNEL_TITLES[channel]),
  }
}
