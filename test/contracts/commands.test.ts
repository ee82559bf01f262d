import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { z } from 'zod'
import { COMMANDS, type CommandBody, commandBody } from '../../contracts/commands.js'
import { complaint } from '../../contracts/complaints.js'
import type { Sent } from '../../domain/decider-types.js'
import { CASE_KINDS, kindOf } from '../../domain/kinds/registry.js'
import { PERMISSIONS } from '../../domain/permission/command.js'

z.config({ customError: complaint })

/** Fields a schema writes for a command, whatever their values. */
const fieldsOf = (type: CommandBody['type']): readonly string[] => {
  const { properties = {} } = z.toJSONSchema(COMMANDS[type], { unrepresentable: 'any', io: 'input' })
  return Object.keys(properties).toSorted()
}

/** What was decided for a whole round, and its orders bring: nobody sends it. */
const BY_ROUND: ReadonlySet<string> = new Set(
  Object.entries(PERMISSIONS).flatMap(([type, who]) => (who === 'machine' ? [type] : [])),
)

describe('schemas of commands', () => {
  it('are of the domain’s own types, every command and no other', () => {
    expectTypeOf<z.output<typeof commandBody>>().toEqualTypeOf<Sent>()
    const sent = CASE_KINDS.flatMap((kind) =>
      Object.keys(kindOf(kind).commands).filter(
        (type) => type !== kindOf(kind).opening && !BY_ROUND.has(type),
      ),
    )
    expect(Object.keys(COMMANDS).toSorted()).toEqual(sent.toSorted())
  })

  it('leave out no optional field of the domain', () => {
    expect(fieldsOf('submit-return')).toEqual(['content', 'period', 'type'])
    expect(fieldsOf('sign')).toEqual(['findings', 'opinion', 'saw', 'site', 'step', 'type'])
    expect(fieldsOf('refuse-step')).toEqual(['code', 'reasons', 'saw', 'step', 'type'])
    expect(fieldsOf('look-back')).toEqual([
      'campaign',
      'checks',
      'code',
      'findings',
      'result',
      'site',
      'type',
    ])
    expect(fieldsOf('delegate')).toEqual(['document', 'seat', 'to', 'toName', 'type', 'until'])
    expect(fieldsOf('report-rebound')).toEqual(['code', 'findings', 'type'])
  })

  it('never take what nobody may send', () => {
    for (const type of ['register', 'open-referral', ...BY_ROUND])
      expect(commandBody.safeParse({ type }).success).toBe(false)
  })

  it('take no field the domain does not know', () => {
    for (const type of Object.keys(COMMANDS)) {
      const read = commandBody.safeParse({
        type,
        how: 'waive',
        at: '2018-07-02T01:00:00.000Z',
        by: 'secretary',
      })
      expect(read.error?.issues.map(({ code }) => code)).toContain('unrecognized_keys')
    }
  })

  it('answer anything at all without throwing, each fault in Chinese', () => {
    const types = fc.constantFrom(...Object.keys(COMMANDS))
    fc.assert(
      fc.property(types, fc.dictionary(fc.string(), fc.jsonValue()), (type, fields) => {
        const read = commandBody.safeParse({ ...fields, type })
        for (const { message } of read.error?.issues ?? []) expect(message).toMatch(/[\u4e00-\u9fff]/)
      }),
    )
  })

  it('put a moment into UTC, as the record has it', () => {
    const asked = {
      type: 'report-matter',
      what: '泄漏',
      where: '一号池',
      since: '2018-07-02T09:00:00+08:00',
      done: '',
    }
    expect(commandBody.parse(asked)).toMatchObject({ since: '2018-07-02T01:00:00.000Z' })
  })

  it('bound every list and every text', () => {
    const unbounded: string[] = []
    const walk = (schema: unknown, path: string): void => {
      if (typeof schema !== 'object' || schema === null) return
      const { type, maxLength, maxItems, pattern, format } = schema as Record<string, unknown>
      const fixed = 'const' in schema || 'enum' in schema || pattern !== undefined || format !== undefined
      if (type === 'string' && maxLength === undefined && !fixed) unbounded.push(path)
      if (type === 'array' && maxItems === undefined && !('prefixItems' in schema)) unbounded.push(path)
      for (const [key, value] of Object.entries(schema)) walk(value, `${path}.${key}`)
    }
    for (const [type, schema] of Object.entries(COMMANDS))
      walk(z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }), type)
    expect(unbounded).toEqual([])
  })
})
