import { sha256Of } from '../domain/record/chain.js'
import type { Files } from './acts.js'

/** Papers and photos that nobody will ever open: a name and a hash. */
export const imagined: Files = {
  documentOf: (title) => ({
    sha256: sha256Of(title),
    name: title,
    mediaType: 'text/plain',
    bytes: title.length,
  }),
  photoOf: (title) => ({
    sha256: sha256Of(title),
    name: '现场照片.png',
    mediaType: 'image/png',
    bytes: title.length,
  }),
}
