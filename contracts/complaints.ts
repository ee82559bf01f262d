import type { z } from 'zod'

const TYPES: Readonly<Record<string, string>> = {
  string: '文字',
  number: '数字',
  int: '整数',
  boolean: '是或否(true、false)',
  array: '列表',
  object: '对象',
  date: '日期',
  null: '空值',
}

const UNITS: Readonly<Record<string, string>> = { string: '个字', array: '项', set: '项' }

/** `a`、`b` 或 `c` */
const choice = (values: readonly unknown[]): string => values.map((value) => `“${String(value)}”`).join('、')

/**
 * What is wrong with a field, as one Chinese sentence; a schema's own words come before these.
 * Given to zod once, by each process that speaks to people.
 */
export const complaint = (issue: z.core.$ZodRawIssue): string => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? '缺少这一项' : `应为${TYPES[issue.expected] ?? issue.expected}`
    case 'too_small':
      return tooSmall(issue)
    case 'too_big':
      return tooBig(issue)
    case 'unrecognized_keys':
      return `没有这一项:${issue.keys.join('、')}`
    case 'invalid_value':
      return `只能是${choice(issue.values)}`
    case 'invalid_union':
      return issue.discriminator
        ? `没有这一种;只能是${choice(Array.isArray(issue.options) ? issue.options : [])}`
        : '不符合任何一种写法'
    case 'invalid_format':
      return '写法不对'
    default:
      return '不符合要求'
  }
}

const tooSmall = ({ origin, minimum }: Pick<z.core.$ZodIssueTooSmall, 'origin' | 'minimum'>): string => {
  const counted = UNITS[origin]
  if (counted === undefined) return `不得小于 ${minimum}`
  return Number(minimum) === 1 ? '不得为空' : `至少 ${minimum} ${counted}`
}

const tooBig = ({ origin, maximum }: Pick<z.core.$ZodIssueTooBig, 'origin' | 'maximum'>): string => {
  const counted = UNITS[origin]
  return counted === undefined ? `不得大于 ${maximum}` : `至多 ${maximum} ${counted}`
}
