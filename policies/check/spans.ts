import type { Span } from '../../domain/policy.js'
import type { Fault, Path } from '../problems.js'

const WORKING_WEEK = 5
const WEEK = 7

/** Calendar days a span usually takes, so that spans of different units can be held against each other. */
const usualDays = ({ days, of }: Span): number =>
  of === 'calendar' ? days : Math.ceil((days * WEEK) / WORKING_WEEK)

/** Of one unit exactly; of two, as they usually are. */
const isAsLong = (one: Span, other: Span): boolean =>
  one.of === other.of ? one.days >= other.days : usualDays(one) >= usualDays(other)

export const zeroDays = (path: Path, { days }: Span, what: string): readonly Fault[] =>
  days >= 1 ? [] : [{ path, reason: `${what}不能为 0 天` }]

/** Whoever is chased so long before (or after) that the time itself is over has not been chased at all. */
export const chasedTooFar = (path: Path, chase: Span, within: Span, reason: string): readonly Fault[] =>
  within.days >= 1 && isAsLong(chase, within) ? [{ path, reason }] : []
