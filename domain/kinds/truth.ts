/** What an investigation found of what somebody said, in a petition or in public. */
export type Truth = 'true' | 'partly' | 'untrue'

export const TRUTH_TITLES: Readonly<Record<Truth, string>> = {
  true: '属实',
  partly: '部分属实',
  untrue: '不属实',
}
