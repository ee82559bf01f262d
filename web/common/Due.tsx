import { dayInWords } from './dates'

type Dated = { readonly due: string | null; readonly overdueSince?: string | null }

/** A due day; red only when the interface says that it is overdue. */
export const Due = ({ due, overdueSince = null }: Dated) => {
  if (due === null)
    return overdueSince === null ? <span className="quiet">无期限</span> : <b className="overdue">已逾期</b>
  return overdueSince === null ? (
    <span>{dayInWords(due)}</span>
  ) : (
    <b className="overdue">{dayInWords(due)} 已逾期</b>
  )
}
