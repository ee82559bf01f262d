import { inflateRawSync } from 'node:zlib'
import { UnreadablePlan } from './unreadable.js'
import { isSoundXml } from './xml.js'

/** Bytes after inflating: all parts together, and one XML part. */
const TOTAL_LIMIT = 100 * 1024 * 1024
const XML_LIMIT = 16 * 1024 * 1024
const PARTS_LIMIT = 5_000

const BROKEN = '这个 .docx 文件已损坏,无法打开。'
const BOMB = '这个 .docx 文件解压后过大,不予读取。'

type Part = {
  readonly name: string
  readonly method: number
  readonly packed: number
  readonly size: number
  readonly offset: number
}

/**
 * Refuses a zip that would inflate beyond bounds, before anything is inflated by the sizes its directory claims,
 * then part by part, so that a directory that lies is found out at the first part that outgrows its claim.
 * XML that is torn or nested beyond sense is refused as well: a parser would spend minutes on it.
 * @returns the names of the parts.
 * @throws UnreadablePlan
 */
export const checkZip = (bytes: Buffer): readonly string[] => {
  const parts = directoryOf(bytes)
  if (parts.length > PARTS_LIMIT || total(parts) > TOTAL_LIMIT) throw new UnreadablePlan(BOMB)
  if (parts.some((part) => isXml(part) && part.size > XML_LIMIT)) throw new UnreadablePlan(BOMB)
  for (const part of parts) {
    const data = inflated(bytes, part)
    if (isXml(part) && !isSoundXml(data.toString('utf8'))) throw new UnreadablePlan(BROKEN)
  }
  return parts.map(({ name }) => name)
}

const isXml = ({ name }: Part): boolean => /\.(?:xml|rels)$/i.test(name)

const total = (parts: readonly Part[]): number => parts.reduce((sum, { size }) => sum + size, 0)

const END = 0x06054b50
const ENTRY = 0x02014b50
const LOCAL = 0x04034b50
const END_SIZE = 22
const LONGEST_COMMENT = 65_535

const directoryOf = (bytes: Buffer): Part[] => {
  const end = endOf(bytes)
  const count = bytes.readUInt16LE(end + 10)
  const start = bytes.readUInt32LE(end + 16)
  // 65,535 parts, or a directory beyond 4 GB: the large form of zip, never a plan.
  if (count === 0xffff || start === 0xffffffff) throw new UnreadablePlan(BOMB)
  const parts: Part[] = []
  let at = start
  for (let index = 0; index < count; index++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== ENTRY) throw new UnreadablePlan(BROKEN)
    const nameLength = bytes.readUInt16LE(at + 28)
    if ((bytes.readUInt16LE(at + 8) & 1) === 1) throw new UnreadablePlan('这个 .docx 文件已加密,无法读取。')
    parts.push({
      name: bytes.toString('utf8', at + 46, at + 46 + nameLength),
      method: bytes.readUInt16LE(at + 10),
      packed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    })
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return parts
}

const endOf = (bytes: Buffer): number => {
  const lowest = Math.max(0, bytes.length - END_SIZE - LONGEST_COMMENT)
  for (let at = bytes.length - END_SIZE; at >= lowest; at--) if (bytes.readUInt32LE(at) === END) return at
  throw new UnreadablePlan(BROKEN)
}

const inflated = (bytes: Buffer, { method, packed, size, offset }: Part): Buffer => {
  if (offset + 30 > bytes.length || bytes.readUInt32LE(offset) !== LOCAL) throw new UnreadablePlan(BROKEN)
  const from = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28)
  if (method === 0) {
    if (packed !== size) throw new UnreadablePlan(BOMB)
    return bytes.subarray(from, from + packed)
  }
  if (method !== 8) throw new UnreadablePlan(BROKEN)
  try {
    return inflateRawSync(bytes.subarray(from, from + packed), { maxOutputLength: Math.max(1, size) })
  } catch (error) {
    const outgrown =
      error instanceof RangeError ||
      (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
    throw new UnreadablePlan(outgrown ? BOMB : BROKEN)
  }
}
