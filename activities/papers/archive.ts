import { type Unzipped, unzipSync, type Zippable, zipSync } from 'fflate'

/** The earliest time a zip can hold, in fields of the machine's own zone: the same bytes in every zone. */
const EPOCH = new Date(1980, 0, 1)

/** Some readers look for it at the front. */
const FIRST = '[Content_Types].xml'
const place = (path: string): string => (path === FIRST ? '' : path)

/** The archive's parts as `edit` leaves them, packed so that equal parts give equal bytes: fixed order, fixed times. */
export const repack = (archive: Uint8Array, edit: (parts: Unzipped) => Unzipped): Uint8Array => {
  const parts = Object.entries(edit(unzipSync(archive)))
  const sorted = parts.toSorted(([a], [b]) => (place(a) < place(b) ? -1 : 1))
  const files: Zippable = Object.fromEntries(sorted.map(([path, bytes]) => [path, [bytes, { mtime: EPOCH }]]))
  return zipSync(files)
}
