import { constants } from 'node:fs'
import { open } from 'node:fs/promises'

const { O_NONBLOCK, O_RDONLY } = constants

import { decodeText } from './decode.js'
import { docxText } from './docx.js'
import { readPlanText } from './read.js'
import type { PlanReading } from './types.js'
import { UnreadablePlan } from './unreadable.js'

/** Bytes; a larger file is refused before any of it is loaded. */
const FILE_LIMIT = 20 * 1024 * 1024

/**
 * Reads a plan from a .txt, .md or .docx file.
 * @throws UnreadablePlan, with one Chinese sentence, for a file that is missing, empty, binary, too large, or no plan.
 */
export const readPlanFile = async (path: string): Promise<PlanReading> =>
  readPlanText(await planText(await bytesOf(path)))

/** What a program's error code means to the person at the terminal. */
const CANNOT_OPEN: Readonly<Record<string, string>> = {
  ENOENT: '找不到文件',
  EISDIR: '这是一个文件夹,不是文件',
  EACCES: '没有读取权限',
  ENOTDIR: '找不到文件',
  ENAMETOOLONG: '文件名过长',
}

const bytesOf = async (path: string): Promise<Buffer> => {
  try {
    // Non-blocking, so that a pipe nobody writes to is seen for what it is.
    const handle = await open(path, O_RDONLY | O_NONBLOCK)
    try {
      const status = await handle.stat()
      if (status.isDirectory()) throw new UnreadablePlan(`这是一个文件夹,不是文件:${path}`)
      if (!status.isFile()) throw new UnreadablePlan(`这不是普通文件:${path}`)
      if (status.size === 0) throw new UnreadablePlan('文件是空的,没有可读的内容。')
      if (status.size > FILE_LIMIT)
        throw new UnreadablePlan(`文件有 ${megabytes(status.size)} MB,超过 20 MB 的上限,不予读取。`)
      return await handle.readFile()
    } finally {
      await handle.close()
    }
  } catch (error) {
    if (error instanceof UnreadablePlan) throw error
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    throw new UnreadablePlan(`${CANNOT_OPEN[code] ?? '无法打开文件'}:${path}`)
  }
}

const megabytes = (bytes: number): string => (bytes / 1024 / 1024).toFixed(1).replace(/\.0$/, '')

/** The content decides, not the name: a .docx saved under another name is still one. */
const planText = async (bytes: Buffer): Promise<string> => {
  if (startsWith(bytes, 'PK\u0003\u0004')) return docxText(bytes)
  if (startsWith(bytes, '%PDF'))
    throw new UnreadablePlan('暂不能读取 PDF,请提供 .txt、.md 或 .docx 格式的方案。')
  if (bytes.length > 4 && bytes.readUInt32BE(0) === OLD_WORD)
    throw new UnreadablePlan('这是旧版 Word 文档(.doc),请另存为 .docx 后再试。')
  return decodeText(bytes)
}

const OLD_WORD = 0xd0cf11e0
const startsWith = (bytes: Buffer, magic: string): boolean =>
  bytes.subarray(0, magic.length).toString('latin1') === magic
