import { splitOutside } from './characters.js'
import type { Draft } from './drafts.js'
import type { Section } from './sections.js'

/**
 * Measures told in one paragraph: 制定了两个方面的整改任务。一是…;…。二是…. Each 一是 is a heading with its
 * first sentence; under it the semicolon parts measures, and so does a title that rhymes with its siblings'
 * (坚决打赢蓝天保卫战。 … 持续推进净土保卫战。).
 */
export const enumeratedIn = (root: Section): Draft[] => visit(root, [])

const visit = (section: Section, above: readonly string[]): Draft[] => {
  const path = section.title === '' ? above : [...above, section.title]
  return [
    ...section.paragraphs.flatMap(({ paragraph, pieces }) =>
      pieces.flatMap((piece) =>
        piece.kind === 'words' ? measuresTold(piece.text, paragraph.from, paragraph.to, path) : [],
      ),
    ),
    ...section.children.flatMap((child) => visit(child, path)),
  ]
}

const ANNOUNCED =
  /(?:整改任务|整改措施|主要任务|重点任务|主要措施|重点措施|工作任务|工作措施)[^。:：,，]{0,10}[。:：](?=一是)/
const NOT_MEASURES = /(?:保障|组织|目标)[^。]{0,6}$/
const ITEM = /(?<=^|[。;；:：])(?=[一二三四五六七八九十]{1,3}是)/

const measuresTold = (text: string, from: number, to: number, above: readonly string[]): Draft[] => {
  const announced = ANNOUNCED.exec(text)
  if (!announced || NOT_MEASURES.test(text.slice(Math.max(0, announced.index - 12), announced.index)))
    return []
  const title = text.slice(0, announced.index + announced[0].length)
  const caption = title.slice(title.slice(0, -1).lastIndexOf('。') + 1).replace(/[。:：]$/, '')
  const items = text.slice(announced.index + announced[0].length).split(ITEM)
  return items
    .filter((item) => item !== '')
    .flatMap((item) => {
      const end = item.indexOf('。')
      const heading = end > 0 && end <= 60 ? item.slice(0, end) : ''
      const body = heading === '' ? item : item.slice(end + 1)
      return parts(body).map((words) => ({
        from,
        to,
        section: heading === '' ? [...above, caption] : [...above, caption, heading],
        words: [words],
        values: [],
        inherited: [],
        amongMeasures: true,
        caption: false,
        style: '',
      }))
    })
}

/** At semicolons, and before a sentence that rhymes with the titles. */
const parts = (body: string): string[] => {
  const chunks = splitOutside(body, ';；')
    .map((chunk) => chunk.trim())
    .filter(Boolean)
  const rhymes = new Set(
    chunks
      .map(titleOf)
      .filter((title) => title !== '')
      .map(rhymeOf),
  )
  return chunks.flatMap((chunk) => {
    const cut: string[] = []
    for (const sentence of chunk.split(/(?<=。)/)) {
      const title = isTitle(sentence) && rhymes.has(rhymeOf(sentence.replace(/。$/, '')))
      if (title || cut.length === 0) cut.push(sentence)
      else cut[cut.length - 1] += sentence
    }
    return cut.map((part) => part.trim()).filter((part) => part.length > 1)
  })
}

const titleOf = (chunk: string): string => {
  const first = /^[^。]*/.exec(chunk)?.[0] ?? ''
  return isTitle(first) ? first : ''
}
const isTitle = (sentence: string): boolean => sentence.length <= 20 && !/[,，、]/.test(sentence)
const rhymeOf = (title: string): string => title.slice(-3)
