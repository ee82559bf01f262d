import { dayInWords } from './dates'

type Dated = {
  readonly due: string | null
  readonly overdueSince?: string | null
  /** What stands where there is no day. */
  readonly note?: string | null
}

/** A due day; red only when the interface says that it is overdue. */
export const Due = ({ due, overdueSince = null, note = null }: Dated) => {
  if (due === null)
    return overdueSince === null ? (
      <span className="quiet">{note ?? '无期限'}</span>
    ) : (
      <b className="overdue">已逾期</b>
    )
  return overdueSince === null ? (
    <span>{dayInWords(due)}</span>
  ) : (
    <b className="overdue">{dayInWords(due)} 已逾期</b>
  )
}
