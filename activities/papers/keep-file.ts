import { randomUUID } from 'node:crypto'
import { access, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

/**
 * Puts a file into a folder whole or not at all: written beside under a name of its own, then renamed. One that is there
 * already stays as it is.
 */
export const keepFile = async (folder: string, name: string, content: Uint8Array): Promise<void> => {
  const path = join(folder, name)
  if (await isThere(path)) return
  await mkdir(folder, { recursive: true })
  const draft = join(folder, `.${randomUUID()}.part`)
  try {
    await writeFile(draft, content)
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}
