import { z } from 'zod'
import { nearest } from '../suggest.js'

/** What is said about a key the file should not have; the nearest known key is offered. */
const unknownKey = (key: string, known: readonly string[]): string => {
  const meant = nearest(key, known)
  return meant ? `不认得“${key}”,是不是“${meant}”?` : `不认得“${key}”,这里可以写:${known.join('、')}`
}

type Issue = { readonly input?: unknown; readonly path?: readonly PropertyKey[] | undefined }

/** What was left out is named; a wrong value is told what to write instead. */
export const absentOr =
  (message: string) =>
  ({ input, path }: Issue): string =>
    input === undefined || input === null ? `缺少“${String(path?.at(-1) ?? '')}”:${message}` : message

/**
 * A mapping with exactly these keys. When there are unknown ones the issue's message has one line for each of its
 * `keys`, in their order, so that each can be shown on its own line of the file.
 */
export const mapping = <Shape extends z.ZodRawShape>(shape: Shape, what: string) =>
  z
    .strictObject(shape, {
      error: (issue) =>
        issue.code === 'unrecognized_keys'
          ? (issue.keys ?? []).map((key) => unknownKey(key, Object.keys(shape))).join('\n')
          : absentOr(`${what}应逐项写成“项: 值”,可以写:${Object.keys(shape).join('、')}`)(issue),
    })
    .describe(what)

export const list = <Item extends z.ZodType>(item: Item, what: string) =>
  z.array(item, { error: absentOr(`${what}应写成列表,每项以“- ”开头`) }).describe(what)

export const text = (what: string) =>
  z
    .string({ error: absentOr(`${what}应写成文字;如是数字,请加引号`) })
    .trim()
    .min(1, `${what}不能为空`)
    .max(400, `${what}过长,请在 400 字以内`)
    .describe(what)

export const count = (what: string, from: number, to: number) =>
  z
    .int({ error: absentOr(`${what}应写成整数`) })
    .min(from, `${what}至少为 ${from}`)
    .max(to, `${what}至多为 ${to}`)
    .describe(what)
