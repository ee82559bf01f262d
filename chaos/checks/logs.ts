import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Violation, violation } from './violation.js'

/** Lines that may never be written, whatever dies. */
const FORBIDDEN: readonly (readonly [RegExp, string])[] = [
  [/"msg":"incident"/, '接口没有意外出错'],
  [/事件与台账不符|台账拒收/, '事件与台账相符'],
  [/后续事项无法办理,已放弃/, '后续事项没有放弃'],
  [/[Nn]ondeterminis|non-deterministic|TMPRL1100/, '流程可以重演'],
]

const LONGEST = 600

export const checkLogs = (home: string): readonly Violation[] =>
  ['api', 'worker'].flatMap((name) => {
    const path = join(home, 'logs', `${name}.log`)
    return readFileSync(path, 'utf8')
      .split('\n')
      .flatMap((line) =>
        FORBIDDEN.flatMap(([pattern, rule]) =>
          pattern.test(line) ? [violation(rule, path, line.slice(0, LONGEST))] : [],
        ),
      )
  })
