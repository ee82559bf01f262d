import { unzipSync } from 'fflate'
import { fileTypeFromBuffer } from 'file-type'
import { problem } from '../problems/problem.js'

/** A file as somebody hands it in: what they call it, what they say it is, and what it is. */
export type HandedIn = { readonly name: string; readonly mediaType: string; readonly content: Uint8Array }

type Kind = { readonly mediaType: string; readonly extensions: readonly string[] }

const OOXML = 'application/vnd.openxmlformats-officedocument.'
const kind = (mediaType: string, ...extensions: readonly string[]): Kind => ({ mediaType, extensions })

/** Pictures, documents and plain text; nothing that runs, no page, no archive. */
const PACKED: readonly Kind[] = [
  kind(`${OOXML}wordprocessingml.document`, 'docx'),
  kind(`${OOXML}spreadsheetml.sheet`, 'xlsx'),
  kind(`${OOXML}presentationml.presentation`, 'pptx'),
]
const KNOWN: readonly Kind[] = [
  kind('image/jpeg', 'jpg', 'jpeg'),
  kind('image/png', 'png'),
  kind('image/gif', 'gif'),
  kind('image/webp', 'webp'),
  kind('image/heic', 'heic'),
  kind('application/pdf', 'pdf'),
  ...PACKED,
]
const TEXTS: readonly Kind[] = [
  kind('text/plain', 'txt'),
  kind('text/csv', 'csv'),
  kind('text/markdown', 'md'),
]

const MEGABYTE = 1_048_576
const MOST_UNPACKED = 100 * MEGABYTE
const MOST_PARTS = 5_000

/**
 * Looks into a file before it is kept: the bytes decide what it is, and its claimed type and the end of its name must agree.
 * @throws Problem 415 for a kind that is not taken, 422 for a file that is not what it says or that unpacks beyond measure.
 */
export const checked = async (file: HandedIn): Promise<HandedIn> => {
  const { name, mediaType, content } = file
  if (content.byteLength === 0) throw problem('invalid', '这是一个空文件,请重新选择')
  const found = await kindIn(content)
  const said = [...KNOWN, ...TEXTS].find((one) => one.mediaType === mediaType)
  if (!found || !said)
    throw problem('media-type', '只收图片、PDF、Word/Excel/PowerPoint(新格式)和纯文本,请转换后再传')
  const agrees = found === 'text' ? TEXTS.includes(said) : found === said
  if (!agrees) throw problem('invalid', `“${name}”的内容与所称的类型(${mediaType})不符`)
  const [, extension] = /\.([A-Za-z0-9]{1,8})$/.exec(name) ?? []
  if (extension !== undefined && !said.extensions.includes(extension.toLowerCase()))
    throw problem('invalid', `“${name}”的后缀与内容不符,应为 .${said.extensions.join('、.')}`)
  if (PACKED.includes(said)) refuseUnfitPackage(name, content)
  return file
}

const kindIn = async (content: Uint8Array): Promise<Kind | 'text' | undefined> => {
  const seen = await fileTypeFromBuffer(content).catch(() => undefined)
  if (seen) return KNOWN.find(({ mediaType }) => mediaType === seen.mime)
  return isPlainText(content) ? 'text' : undefined
}

const MARKUP = /^\s*<(?:!doctype|!--|\?xml|html|head|body|script|svg|iframe|style|meta|link|object|embed)/i
const SCRIPT = /^#!|^\s*<\?php/i

/** Words in UTF-8 or GB 18030, without control characters; not a page and not a script. */
const isPlainText = (content: Uint8Array): boolean => {
  const text = decoded(content, 'utf-8') ?? decoded(content, 'gb18030')
  if (text === undefined || MARKUP.test(text) || SCRIPT.test(text)) return false
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these must not be there
  return !/[\x00-\x08\x0b\x0e-\x1f]/.test(text)
}

const decoded = (content: Uint8Array, encoding: string): string | undefined => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(content)
  } catch {
    return undefined
  }
}

/** Reads the package's directory only: nothing is unpacked to find out how large it would be. */
const refuseUnfitPackage = (name: string, content: Uint8Array): void => {
  let unpacked = 0
  let parts = 0
  let macros = 0
  try {
    unzipSync(content, {
      filter: ({ name: part, originalSize }) => {
        unpacked += originalSize
        parts += 1
        if (/vbaProject|\.(?:exe|dll|js|vbs|bat)$/i.test(part)) macros += 1
        return false
      },
    })
  } catch {
    throw problem('invalid', `“${name}”已经损坏,打不开`)
  }
  if (unpacked > MOST_UNPACKED || parts > MOST_PARTS)
    throw problem('invalid', `“${name}”解开后过大,疑为压缩炸弹,不予接收`)
  if (macros > 0) throw problem('invalid', `“${name}”带有宏或程序,请另存为不带宏的文件`)
}
