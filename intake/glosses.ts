import { HAN } from './characters.js'

/**
 * Pinyin glosses: `環(huán)境保護(hù)` is `環境保護`. Real parentheses stay, also where a gloss sits
 * inside one: `縣(區(qū))` is `縣(區)` (domain rule 1, YZ-01). No line is added or lost.
 * Must run before characters are converted: a gloss tells apart what conversion folds together.
 */
export const stripGlosses = (text: string): string => {
  const toned = text.replace(GLOSS, (whole, han: string, latin: string) =>
    isTonedPinyin(latin) ? han : whole,
  )
  // A neutral tone carries no mark (`們(men)`): only believed in a text that is glossed throughout.
  if (toned === text) return text
  return toned.replace(GLOSS, (whole, han: string, latin: string) => (isPinyin(latin) ? han : whole))
}

const GLOSS = new RegExp(
  `([${HAN}])[(（]\\s{0,2}([a-zü\\u00e0-\\u01dc\\u0300-\\u030c]{1,24})\\s{0,2}[)）]`,
  'g',
)

const SYLLABLE =
  /^(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?(?:a|o|e|ai|ei|ao|ou|an|en|ang|eng|er|ong|i|ia|ie|iao|iu|ian|in|iang|ing|iong|u|ua|uo|uai|ui|uan|un|uang|ü|üe|v|ve|n|ng|m)(?:r)?$/
const TONE = /[\u0300\u0301\u0304\u030c]/g

/** Tone marks off, the diaeresis of ü kept. */
const bare = (latin: string): string => latin.normalize('NFD').replace(TONE, '').normalize('NFC')

const isPinyin = (latin: string): boolean => SYLLABLE.test(bare(latin))
/** A tone mark is proof enough that the word is a gloss, of one syllable or of several. */
const isTonedPinyin = (latin: string): boolean =>
  latin.normalize('NFD').search(TONE) >= 0 && /^[a-zü]+$/.test(bare(latin))
