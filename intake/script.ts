import { Converter } from 'opencc-js/t2cn'

const toSimplified = Converter({ from: 't', to: 'cn' })

/** Characters looked at to tell the script of a text. */
const SAMPLE = 50_000
/** Simplified texts keep a few traditional characters in names (乾, 於): they are left alone. */
const TRADITIONAL_SHARE = 0.08

/** Traditional text in simplified characters, character for character; simplified text unchanged. */
export const simplify = (text: string): string => (isTraditional(text) ? toSimplified(text) : text)

/** For a text known to hold traditional characters, however few: one that carried glosses. */
export const simplifyAll = (text: string): string => toSimplified(text)

const isTraditional = (text: string): boolean => {
  const sample = text.slice(0, SAMPLE)
  const converted = toSimplified(sample)
  let han = 0
  let changed = 0
  for (let at = 0; at < sample.length; at++) {
    if (sample.charCodeAt(at) < 0x3400) continue
    han++
    if (sample.charCodeAt(at) !== converted.charCodeAt(at)) changed++
  }
  return changed > han * TRADITIONAL_SHARE
}
