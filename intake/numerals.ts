const DIGITS = '〇一二三四五六七八九'
const digitOf = (char: string): number => {
  const same: Record<string, number> = { 零: 0, '○': 0, 〇: 0, 两: 2 }
  return same[char] ?? DIGITS.indexOf(char)
}

/** Source of a class of the characters that `numberOf` reads. */
export const NUMERAL = '\\d〇○零一二三四五六七八九十百两'

/** Reads 12, 十二, 二十, 一百零三, 二〇二〇; null for anything else. */
export const numberOf = (text: string): number | null => {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  if (!/^[〇○零一二三四五六七八九十百两]{1,8}$/.test(text)) return null
  if (!/[十百]/.test(text)) return Number([...text].map(digitOf).join(''))
  let total = 0
  let digit = 0
  for (const char of text) {
    if (char === '百') {
      total += (digit || 1) * 100
      digit = 0
    } else if (char === '十') {
      total += (digit || 1) * 10
      digit = 0
    } else digit = digitOf(char)
  }
  return total + digit
}
