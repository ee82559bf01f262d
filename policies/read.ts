import { readFileSync, statSync } from 'node:fs'
import { UnreadablePolicy } from './problems.js'

/** Bytes. A policy is some 150 lines; this leaves room for many comments and none for a flood. */
const LARGEST = 64 * 1024

const tooLarge = (file: string) => new UnreadablePolicy(`${file}:超过 64 KB,不像是一份整改规则。`)

const sizeOf = (file: string): number => {
  const stat = statSync(file, { throwIfNoEntry: false })
  if (!stat) throw new UnreadablePolicy(`${file}:没有这个文件。`)
  if (!stat.isFile()) throw new UnreadablePolicy(`${file}:不是文件。`)
  return stat.size
}

const bytesOf = (file: string): Uint8Array => {
  try {
    return readFileSync(file)
  } catch (cause) {
    throw new UnreadablePolicy(`${file}:读不出来,请检查文件的权限。`, { cause })
  }
}

const decoded = (file: string, bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new UnreadablePolicy(`${file}:不是 UTF-8 编码的文字,请用 UTF-8 另存。`, { cause })
  }
}

/**
 * The text of a policy file.
 * @throws UnreadablePolicy when it is missing, no ordinary file, larger than 64 KB or no UTF-8 text.
 */
export const readPolicyText = (file: string): string => {
  if (sizeOf(file) > LARGEST) throw tooLarge(file)
  return decoded(file, bytesOf(file))
}

/** @throws UnreadablePolicy when a text that came another way is larger than a file may be. */
export const refuseFlood = (text: string, file: string): void => {
  if (Buffer.byteLength(text) > LARGEST) throw tooLarge(file)
}
