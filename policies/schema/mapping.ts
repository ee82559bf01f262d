import { z } from 'zod'
import { nearest } from '../suggest.js'

/** What is said about a key the file should not have; the nearest known key is offered. */
const unknownKey = (key: string, known: readonly string[]): string => {
  const meant = nearest(key, known)
  return meant ? `不认得“${key}”,是不是“${meant}”?` : `不认得“${key}”,这里可以写:${known.join('、')}`
}

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
          : `${what}应逐项写成“项: 值”,可以写:${Object.keys(shape).join('、')}`,
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

/** A missing key and a wrong value are told apart: what to write is the same, what went wrong is not. */
export const absentOr =
  (message: string) =>
  (issue: { readonly input?: unknown }): string =>
    issue.input === undefined || issue.input === null ? `缺少这一项:${message}` : message
