import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SEAT_TITLES, type Seat } from '../../domain/parties.js'
import {
  PAPER_TITLES,
  type PaperKind,
  type Policy,
  type Quorum,
  type ReturnRules,
  type Rhythm,
  SLIP_TITLES,
  type SlipColour,
  type SourceLevel,
  type Span,
  type Trigger,
} from '../../domain/policy.js'
import type { UnitName } from '../../domain/words.js'
import { mayBeEmpty, OF_SEVERAL } from '../../policies/check/seats.js'
import { CLAUSES } from '../../policies/clauses.js'
import { policyHash } from '../../policies/hash.js'
import { loadPolicy, readPolicy, shippedPolicies } from '../../policies/load.js'
import { LEVEL_TITLES } from '../../policies/schema/words.js'
import { writePolicy } from '../../policies/write.js'

/** Words an official might type, among them what YAML reads as something else. */
const words = fc.oneof(
  fc.constantFrom(
    'null',
    'true',
    '2026-01-01',
    '17:00',
    '- 一',
    '# 注',
    '“引号”',
    "it's",
    'a: b',
    '{x}',
    '&a',
    '*a',
    '0x1F',
    '~',
  ),
  fc
    .string({ minLength: 1, maxLength: 40 })
    .map((text) => text.trim())
    .filter((text) => text.length > 0),
  fc
    .string({ unit: 'binary', minLength: 1, maxLength: 20 })
    .map((text) => text.trim())
    .filter((text) => text.length > 0),
)
const span: fc.Arbitrary<Span> = fc.record({
  days: fc.integer({ min: 6, max: 999 }),
  of: fc.constantFrom('working', 'calendar'),
})
const soon: fc.Arbitrary<Span> = fc.record({
  days: fc.integer({ min: 0, max: 3 }),
  of: fc.constantFrom('working', 'calendar'),
})
const seats = fc.subarray(Object.keys(SEAT_TITLES) as Seat[], { minLength: 1 })
const time = fc
  .record({ hour: fc.integer({ min: 0, max: 23 }), minute: fc.integer({ min: 0, max: 59 }) })
  .map(({ hour, minute }) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`)
const sourced = fc
  .record({ clause: fc.constantFrom(...CLAUSES), note: words.filter((text) => !/[A-Z]{2}-\d/.test(text)) })
  .map(({ clause, note }) => ({ clause, source: `${clause} ${note}` }))
const ascending = (max: number) =>
  fc
    .uniqueArray(fc.integer({ min: 1, max }), { minLength: 1, maxLength: 4 })
    .map((list) => list.toSorted((a, b) => a - b))
/** A return due at midnight could not be chased on its day. */
const afterMidnight = time.filter((at) => at > '00:00')

const rhythm: fc.Arbitrary<Rhythm> = fc.oneof(
  fc.record({
    every: fc.constant('week' as const),
    weekday: fc.integer({ min: 1, max: 7 }),
    time: afterMidnight,
  }),
  fc.record({
    every: fc.constant('month' as const),
    day: fc.oneof(fc.integer({ min: 1, max: 31 }), fc.constant('last-working-day' as const)),
    time: afterMidnight,
  }),
  fc.record({ every: fc.constant('ten-days' as const), days: ascending(31), time: afterMidnight }),
  fc.record({ every: fc.constant('day' as const), time: afterMidnight }),
)

/** One that comes after the return before was due, and before this one is. */
const chaseFor = ({ every }: Rhythm, chase: ReturnRules['chase']): ReturnRules['chase'] =>
  every === 'day' || chase.days === 0 ? { ...chase, days: 0, time: '00:00' } : chase
const quorum: fc.Arbitrary<Quorum> = fc.oneof(
  fc.constant({ mode: 'one' as const }),
  fc.record({ mode: fc.constant('all' as const), order: fc.constantFrom('sequential', 'parallel') }),
  fc
    .record({
      of: fc.integer({ min: 1, max: 9 }),
      share: fc.nat(),
      veto: fc.constantFrom('veto' as const, 'no-veto' as const),
    })
    .map(({ of, share, veto }) => ({ mode: 'ratio' as const, needed: 1 + (share % of), of, veto })),
)

const COLOURS = Object.keys(SLIP_TITLES) as readonly SlipColour[]

/** The nearer the deadline the redder; of more days than colours the furthest stay plain. */
const inColours = (triggers: readonly Trigger[]): readonly Trigger[] => {
  const days = triggers
    .flatMap((one) => (one.on === 'before-deadline' ? [one.days] : []))
    .toSorted((a, b) => a - b)
  return triggers.map((one) => {
    const slip = one.on === 'before-deadline' ? COLOURS.at(-1 - days.indexOf(one.days)) : undefined
    return slip ? { ...one, slip } : one
  })
}

const levels = fc.subarray(Object.keys(LEVEL_TITLES) as SourceLevel[], { minLength: 1 })

/** A shipped policy in which whatever may vary without making nonsense varies. */
const policy: fc.Arbitrary<Policy> = fc
  .record({
    base: fc.constantFrom(...shippedPolicies()).map((name) => loadPolicy(name).policy),
    names: fc.record({ city: words, title: words, letterhead: words, organ: words, unit: words }),
    points: fc.uniqueArray(words, { maxLength: 5 }),
    findings: fc.array(words, { maxLength: 3 }),
    channels: fc.array(words, { minLength: 1, maxLength: 3 }),
    rhythm,
    quorum,
    span,
    soon,
    seats,
    time,
    sourced,
    paper: fc.constantFrom(...(Object.keys(PAPER_TITLES) as PaperKind[])),
    months: ascending(120),
    visits: fc.option(fc.integer({ min: 1, max: 36 })),
    slips: fc.constantFrom<'plain' | 'coloured'>('plain', 'coloured'),
    levels: fc.option(levels),
    collected: fc.option(ascending(31)),
  })
  .map(
    ({
      base,
      names,
      points,
      findings,
      channels,
      rhythm,
      quorum,
      span,
      soon,
      seats,
      time,
      sourced,
      paper,
      months,
      visits,
      slips,
      levels,
      collected,
    }) => {
      const { visits: _dropped, ...rest } = base
      const filled = seats.filter((seat) => mayBeEmpty(base, seat) === undefined)
      const reached = filled.length > 0 ? filled : (['office'] as const)
      return {
        ...rest,
        city: names.city,
        title: names.title,
        office: { ...base.office, letterhead: names.letterhead, aliases: [names.unit as UnitName] },
        handover: {
          ...base.handover,
          acknowledge: { ...span, ...sourced },
          casePlan: { ...span, ...sourced },
        },
        returns: { ...sourced, rhythm, chase: chaseFor(rhythm, { ...soon, time }), grace: soon },
        ladder: base.ladder.map((rung) => ({
          ...rung,
          ...sourced,
          triggers: slips === 'coloured' ? inColours(rung.triggers) : rung.triggers,
          reaches: reached,
          paper,
          ...(levels === null ? {} : { levels }),
        })),
        closing: {
          checklist: { points, ...sourced },
          ...(collected === null ? {} : { collected: { days: collected, ...sourced } }),
          chain: base.closing.chain.map((step) => {
            switch (step.kind) {
              case 'sign-off':
                return step.by === 'responsible-unit' || step.by === 'responsible-head'
                  ? { ...step, ...sourced, title: names.title, within: span, chaseAfter: soon, quorum }
                  : {
                      ...step,
                      ...sourced,
                      title: names.title,
                      within: span,
                      chaseAfter: soon,
                      ...(OF_SEVERAL.has(step.by) && { quorum }),
                      findings,
                    }
              case 'notice':
                return { ...step, ...sourced, period: span, channels, objection: { answer: span } }
              default:
                return { ...step, ...sourced, to: names.organ, within: span }
            }
          }),
        },
        lookBack: { months, immediateMonths: months, within: span, ...sourced },
        referral: { organ: names.organ, receiptWithin: span, ...sourced },
        matters: { reaches: reached, acknowledgeWithin: span, ...sourced },
        ...(visits === null ? {} : { visits: { everyMonths: visits, ...sourced } }),
      }
    },
  )

describe('a policy written out whole', () => {
  it('reads as the same policy, with the same hash', () => {
    fc.assert(
      fc.property(policy, (one) => {
        const again = readPolicy(writePolicy(one), 'again.yaml')
        expect(again.policy).toEqual(one)
        expect(again.hash).toBe(policyHash(one))
      }),
    )
  })
})
