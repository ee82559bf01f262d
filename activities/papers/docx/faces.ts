import { type IRunOptions, TextRun } from 'docx'
import { BODY_SIZE, BODY_SPACING, halfPoints, SMALL_SIZE, TITLE_SIZE } from './measures.js'

/**
 * The official faces, by the names an office's machines know them. A machine without one puts its own in its place;
 * the file carries no font (`font-table.ts` names the nearest others).
 */
export const FACES = {
  song: '宋体',
  title: '方正小标宋简体',
  fang: '仿宋_GB2312',
  hei: '黑体',
  kai: '楷体_GB2312',
} as const
export type Face = keyof typeof FACES

/** One face for every script, or quotation marks and figures would be set in another. */
export const faceOf = (face: Face) => ({
  ascii: FACES[face],
  hAnsi: FACES[face],
  eastAsia: FACES[face],
  cs: FACES[face],
  hint: 'eastAsia',
})

export type RunOptions = Omit<IRunOptions, 'font' | 'size'>

const run = (text: string, face: Face, size: number, options: RunOptions): TextRun =>
  new TextRun({ text, font: faceOf(face), size: halfPoints(size), ...options })

/** 三号, 28 to a line. */
export const bodyRun = (text: string, face: Face = 'fang', options: RunOptions = {}): TextRun =>
  run(text, face, BODY_SIZE, { characterSpacing: BODY_SPACING, ...options })

/** 四号 */
export const smallRun = (text: string, face: Face = 'fang', options: RunOptions = {}): TextRun =>
  run(text, face, SMALL_SIZE, options)

/** 二号小标宋 */
export const titleRun = (text: string, options: RunOptions = {}): TextRun =>
  run(text, 'title', TITLE_SIZE, options)

/** 发文机关标志 */
export const markRun = (text: string, size: number, options: RunOptions): TextRun =>
  run(text, 'title', size, options)
