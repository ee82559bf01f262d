import { UnreadablePlan } from './unreadable.js'

const BINARY = '这不是文本文件,请提供 .txt、.md 或 .docx 格式的方案。'
/** Bytes looked at to tell text from binary. */
const SAMPLE = 65_536

/**
 * Text from the bytes of a .txt or .md: UTF-8, UTF-16 with its mark, or GB 18030 as older offices save it.
 * @throws UnreadablePlan when the bytes are no text.
 */
export const decodeText = (bytes: Uint8Array): string => {
  const text = decoded(bytes)
  if (looksBinary(text)) throw new UnreadablePlan(BINARY)
  return text
}

const decoded = (bytes: Uint8Array): string => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes)
    } catch {
      // Not this encoding: try the next.
    }
  }
  throw new UnreadablePlan(BINARY)
}

/** Control characters, private-use characters and replacement marks do not stand in a paper. */
const looksBinary = (text: string): boolean => {
  const sample = text.slice(0, SAMPLE)
  let strange = 0
  for (const char of sample) {
    const code = char.charCodeAt(0)
    if (code === 0) return true
    const control = code < 32 && !'\t\n\v\f\r\u001b'.includes(char)
    if (control || code === 0x7f || code === 0xfffd || (code >= 0xe000 && code <= 0xf8ff)) strange++
  }
  return strange > Math.max(8, sample.length * 0.02)
}
