/**
 * A place in what one person is told: `transaction.kind.position`. Within a transaction events (0) come before notices (1).
 * Whoever was away goes on after it; several doors give the same places.
 */
export type NewsPlace = string & { readonly __place: 'NewsPlace' }
/** Without leading zeros: PostgreSQL reads a transaction's number that begins with one as octal. */
export const NEWS_PLACE = /^(0|[1-9]\d{0,17})\.[01]\.(0|[1-9]\d{0,17})$/

export const KINDS = { event: 0, notice: 1 } as const

export type PlaceRow = {
  readonly transaction: string
  readonly kind: (typeof KINDS)[keyof typeof KINDS]
  readonly position: string
}

export const placeOf = ({ transaction, kind, position }: PlaceRow): NewsPlace =>
  `${transaction}.${kind}.${position}` as NewsPlace

/** No identity column reaches it. */
const LAST = '9223372036854775807'

/** After which position the events, and after which the notices, of its transaction come that are behind a place. */
export const behind = (
  place: NewsPlace,
): { readonly transaction: string; readonly events: string; readonly notices: string } => {
  const [transaction = '0', kind = '0', position = '0'] = place.split('.')
  return kind === String(KINDS.event)
    ? { transaction, events: position, notices: '0' }
    : { transaction, events: LAST, notices: position }
}

/** Does one place come before another? Transaction, then kind, then position, each a number. */
export const isBefore = (one: NewsPlace, other: NewsPlace): boolean => {
  const [mine, theirs] = [one, other].map((place) => place.split('.').map(BigInt))
  for (const [index, part] of (mine ?? []).entries()) {
    const against = theirs?.[index] ?? 0n
    if (part !== against) return part < against
  }
  return false
}
