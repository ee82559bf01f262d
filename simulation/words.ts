import { tell, tellAuthor } from '../domain/tell.js'
import { instant, millis } from '../domain/words.js'
import type { PlayedEvent } from './played.js'
import type { Total } from './totals.js'

const EIGHT_HOURS = 8 * 3_600_000

/** 2019-10-08 09:00, Asia/Shanghai. */
const minute = (at: PlayedEvent['at']): string =>
  instant(millis(at) + EIGHT_HOURS)
    .slice(0, 16)
    .replace('T', ' ')

/** One event a line: when, which case, who, what, and for what the machine did the clause. */
export const eventLine = ({ case: id, at, by, event }: PlayedEvent): string =>
  `  ${minute(at)}  ${id.split('/')[1] ?? id}  ${tellAuthor(by)}  ${tell(event)}${by.kind === 'engine' ? `(${by.clause})` : ''}`

export const totalsInWords = (totals: readonly Total[]): readonly string[] => {
  const chapters = [...new Set(totals.map(({ chapter }) => chapter))]
  return chapters.flatMap((chapter) => [
    chapter,
    ...totals
      .filter((total) => total.chapter === chapter)
      .map(({ title, count }) => `  ${String(count).padStart(6)}  ${title}`),
  ])
}
