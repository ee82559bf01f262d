import type { Money } from '../money.js'
import type { CompensationRules } from '../policy.js'
import type { Percent } from '../words.js'
import type { Reading } from './types.js'

const DECIMAL = /^(\d{1,9})(?:\.(\d{1,9}))?$/
const PLACES = 9

/** A measured figure in billionths: exact, whatever its decimals. */
const scaled = (text: string): bigint | undefined => {
  const [, whole, part = ''] = DECIMAL.exec(text) ?? []
  return whole === undefined ? undefined : BigInt(whole + part.padEnd(PLACES, '0'))
}

/** How far a reading lies over its limit, in whole per cent of the limit, rounded down; undefined when a figure is none. */
export const exceedance = ({ value, limit }: Pick<Reading, 'value' | 'limit'>): Percent | undefined => {
  const [measured, allowed] = [scaled(value), scaled(limit)]
  if (measured === undefined || allowed === undefined || allowed === 0n) return undefined
  return Number(((measured - allowed) * 100n) / allowed)
}

/** True for any excess, also of less than one per cent. */
export const isOver = ({ value, limit }: Pick<Reading, 'value' | 'limit'>): boolean => {
  const [measured, allowed] = [scaled(value), scaled(limit)]
  return measured !== undefined && allowed !== undefined && measured > allowed
}

/** What the table asks for: the highest tier the excess reaches (HH-11). Tiers ascend. */
export const compensationFor = (
  reading: Pick<Reading, 'value' | 'limit'>,
  { tiers }: Pick<CompensationRules, 'tiers'>,
): Money | undefined => {
  const over = exceedance(reading)
  if (over === undefined || !isOver(reading)) return undefined
  return tiers.findLast(({ overPercent }) => over >= overPercent)?.amount
}
