import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type PlanReading, type ReadEntry, readPlanText } from '../../intake/index.js'

/** The five published plans; absent on a user's machine, where the stories about them are skipped. */
const FOLDER = fileURLToPath(new URL('../../../shared/plans/', import.meta.url))

export const published = (name: string) => {
  const path = `${FOLDER}${name}`
  const present = existsSync(path)
  return {
    path,
    present,
    text: () => readFileSync(path, 'utf8'),
    read: (): PlanReading => readPlanText(readFileSync(path, 'utf8')),
  }
}

/** The entry with this number; a story about an entry that was not read fails here. */
export const entry = ({ entries }: PlanReading, n: number): ReadEntry => {
  const found = entries.find((each) => each.n === n)
  if (!found) throw new Error(`no entry ${n}; there are ${entries.length}`)
  return found
}

/** The only entry of a text. */
export const only = (reading: PlanReading): ReadEntry => {
  if (reading.entries.length !== 1) throw new Error(`${reading.entries.length} entries instead of one`)
  return entry(reading, 1)
}

/** ASCII punctuation as its full-width partner: half the cities type one, half the other. */
export const fullWidth = (text: string): string =>
  text.replace(/[()[\],;:?!]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0))
