/** An amount in whole fen (1 yuan = 100 fen), never a float. */
export type Money = { readonly currency: 'CNY'; readonly fen: number }

/** @throws RangeError when it is no whole number of fen, or below nothing. */
export const fenOf = (fen: number): Money => {
  if (!Number.isSafeInteger(fen) || fen < 0) throw new RangeError(`not an amount: ${fen}`)
  return { currency: 'CNY', fen }
}

/** 50000.00元; whole yuan without their fen: 50000元. */
export const yuan = ({ fen }: Money): string => {
  const rest = fen % 100
  return `${(fen - rest) / 100}${rest === 0 ? '' : `.${String(rest).padStart(2, '0')}`}元`
}

const AMOUNT = /^(\d{1,12})(?:\.(\d{1,2}))?$/

/** `50000` or `50000.5` yuan; undefined for anything else. */
export const parseYuan = (text: string): Money | undefined => {
  const [, whole, part = ''] = AMOUNT.exec(text) ?? []
  return whole === undefined ? undefined : fenOf(Number(whole) * 100 + Number(part.padEnd(2, '0')))
}
