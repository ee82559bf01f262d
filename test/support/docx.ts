import { strFromU8, unzipSync } from 'fflate'
import mammoth from 'mammoth'

/** A Word file taken apart: the XML of its parts by path. */
export const partsOf = (file: Uint8Array): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(unzipSync(file)).map(([path, part]) => [path, strFromU8(part)]))

export const partOf = (file: Uint8Array, path: string): string => {
  const part = partsOf(file)[path]
  if (part === undefined) throw new Error(`no ${path} in the file`)
  return part
}

/** What a reader that knows nothing of us makes of the file, a paragraph a line. */
export const readBack = async (file: Uint8Array): Promise<string> => {
  const { value } = await mammoth.extractRawText({ buffer: Buffer.from(file) })
  return value
}

/** The rows of the file's tables, as another reader sees them. */
export const rowsOf = async (file: Uint8Array): Promise<readonly (readonly string[])[]> => {
  const { value } = await mammoth.convertToHtml({ buffer: Buffer.from(file) })
  return [...value.matchAll(/<tr>(.*?)<\/tr>/gu)].map(([, row = '']) =>
    [...row.matchAll(/<td[^>]*>(.*?)<\/td>/gu)].map(([, cell = '']) =>
      cell
        .replaceAll('</p><p>', '\n')
        .replaceAll(/<[^>]+>/gu, '')
        .replaceAll('&amp;', '&')
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>'),
    ),
  )
}
