import { connect } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { COMMANDS, type Moment } from '../../contracts/permissions/commands.js'
import { ROUTES } from '../../contracts/permissions/routes.js'
import type { Viewer } from '../../contracts/permissions/viewers.js'
import { asks } from '../permissions/asks.js'
import { bodies, openings } from '../permissions/bodies.js'
import { CASES, type Matrix, MINE, matrix } from '../permissions/given.js'
import { type Answer, newKey, type OpenDoor, openDoor } from '../support/door.js'
import { tokenMade } from '../support/tokens.js'
import { hostile, spoiled, unstorable } from './hostile.js'

/** What a fuzzer that keeps to the document does not reach. Seeded: the same every time. */
let door: OpenDoor
let city: Matrix
beforeAll(async () => {
  door = await openDoor()
  city = await matrix(door)
}, 240_000)
afterAll(() => door.close())

const RUNS = Number(process.env.BIHUAN_FUZZ_MINUTES ?? 0) > 0 ? 5_000 : 250
const parameters = { seed: 20_261_126, numRuns: RUNS, endOnFailure: true } as const
const JSON_TYPE = { 'content-type': 'application/json' }

/** Refused or done, and said as it should be: never an error of ours, never a word of its insides. */
const isAnswered = (asked: string, { status, headers, body }: Answer): void => {
  expect([asked, status < 500]).toEqual([asked, true])
  if (status < 400) return
  expect([asked, headers.get('content-type')]).toEqual([asked, 'application/problem+json; charset=utf-8'])
  expect(body).toMatchObject({
    status,
    type: expect.stringMatching(/^urn:bihuan:refusal:/),
    detail: expect.any(String),
  })
  expect(JSON.stringify(body)).not.toMatch(/node_modules|\.ts:\d+|at .*\(|select .* from/)
}

const CASE_AT: Readonly<Record<Moment, (ids: Matrix['ids']) => string>> = {
  ...CASES,
  application: () => MINE,
  opinions: () => MINE,
  verification: () => MINE,
  'leader-check': () => MINE,
  'on-notice': () => MINE,
}

type Type = keyof typeof COMMANDS
const TYPES = Object.keys(COMMANDS) as readonly Type[]

/** A command where it belongs, by somebody who may give it, or by the office where nobody may. */
const placeOf = (type: Type): { readonly path: string; readonly by: Viewer } => {
  const [row] = COMMANDS[type]
  if (!row) throw new Error(`no row of ${type}`)
  return { path: `/cases/${CASE_AT[row.when](city.ids)}/commands`, by: row.may[0] ?? 'office-head' }
}

describe('bodies', () => {
  it('of every command, spoiled in one place, are refused or done', async () => {
    const made = bodies(city)
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...TYPES), hostile, async (type, spoil) => {
        const { path, by } = placeOf(type)
        const raw = spoiled(made[type], spoil)
        isAnswered(
          `${type} ${raw.slice(0, 300)}`,
          await city.asked(by, 'POST', path, { raw, headers: JSON_TYPE }),
        )
      }),
      parameters,
    )
  })

  it('of every other route that takes one, too', async () => {
    const writing = Object.keys(ROUTES).filter(
      (route) => !route.startsWith('GET') && route !== 'POST /public/petitions',
    )
    const sent = asks(city)
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...writing),
        fc.constantFrom(...Object.values(openings)),
        hostile,
        async (route, opening, spoil) => {
          const [method = ''] = route.split(' ')
          const [ask] = sent[route] ?? []
          const body = route === 'POST /rounds/{id}/cases' ? opening : ask?.body
          const raw = spoiled((body ?? {}) as object, spoil)
          const answer = await city.asked('coordinator', method, ask?.path ?? '', { raw, headers: JSON_TYPE })
          isAnswered(`${route} ${raw.slice(0, 300)}`, answer)
        },
      ),
      parameters,
    )
  })

  it('with words PostgreSQL cannot hold are kept as they were typed, and every page still opens', async () => {
    const made = bodies(city)
    const done: string[] = []
    for (const type of TYPES.filter((one) => !ENDING.has(one))) {
      const { path, by } = placeOf(type)
      const answer = await city.asked(by, 'POST', path, { body: unstorable(made[type]) })
      isAnswered(type, answer)
      if (answer.status === 200) done.push(type)
    }
    for (const [type, body] of Object.entries(openings)) {
      const past = {
        ...body,
        seenAt: '2026-06-20T00:00:00Z',
        given: '2026-06-20',
        receivedOn: '2026-06-20',
        until: '2099-01-01',
      }
      const kept = Object.fromEntries(Object.entries(past).filter(([key]) => key in body))
      const answer = await city.asked('coordinator', 'POST', '/rounds/matrix/cases', {
        body: unstorable(kept),
      })
      isAnswered(type, answer)
      if (answer.status === 201) done.push(type)
    }
    expect(done).toEqual(
      expect.arrayContaining(['chase', 'report-matter', 'attach-supervision-note', 'receive-petition']),
    )

    const reads = Object.keys(ROUTES).filter((route) => route.startsWith('GET'))
    for (const route of reads)
      for (const { path, headers } of asks(city)[route] ?? [])
        isAnswered(path, await city.asked('office-head', 'GET', path, { ...(headers && { headers }) }))
    const { body } = await city.asked('office-head', 'GET', `/cases/${MINE}/events?limit=1000`)
    expect(JSON.stringify(body)).toContain('\\u0000\\ud800')
  })
})

/** After these there is no more to say to a case. */
const ENDING: ReadonlySet<string> = new Set(['end-round', 'end-inspection', 'end-opinion'])

describe('addresses', () => {
  const PARTS = [
    ...[
      '%00',
      '%ED%A0%80',
      '%',
      '%zz',
      '..%2f..',
      '%2e%2e',
      '%C0%AF',
      '-1',
      '0',
      '1e9',
      'NaN',
      'null',
      '__proto__',
    ],
    ...[
      'constructor',
      '%F0%9F%98%80',
      '%E2%80%AE',
      '0259542840.2',
      '18446744073709551616.1',
      '9999999999999999999',
    ],
    ...[
      '9999-12-31~matrix/001',
      '0000-01-01',
      'a'.repeat(301),
      '%27%3B--',
      '2026-06-01~0000-00-00',
      '[]',
      '{}',
    ],
  ]
  const NAMES = [
    ...[
      'round',
      'phase',
      'class',
      'unit',
      'principal',
      'standing',
      'overdue',
      'pace',
      'at',
      'audit',
      'happened',
    ],
    ...[
      'period',
      'leader',
      'closed-to',
      'kind',
      'source',
      'level',
      'q',
      'after',
      'limit',
      'before',
      'unread',
      'from',
    ],
    ...['to', 'tier', 'code', 'supervised', '__proto__', 'constructor', 'toString'],
  ]

  it('with anything in their parts, and asked anything, are answered', async () => {
    const routes = Object.keys(ROUTES).filter(
      (route) => route.startsWith('GET') && !route.includes('/public/petitions') && route !== 'GET /stream',
    )
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...routes),
        fc.array(fc.constantFrom(...PARTS), { minLength: 3, maxLength: 3 }),
        fc.array(fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...PARTS)), { maxLength: 3 }),
        fc.boolean(),
        async (route, parts, asked, isSpoiled) => {
          const [, path = ''] = route.split(' ')
          const own = asks(city)[route]?.[0]?.path.split('?')[0] ?? path
          const where = isSpoiled ? path.replace(/\{\w+\}/g, () => parts.pop() ?? '') : own
          const query = asked.map(([name, value]) => `${name}=${value}`).join('&')
          isAnswered(`${where}?${query}`, await city.asked('coordinator', 'GET', `${where}?${query}`))
        },
      ),
      { ...parameters, numRuns: RUNS * 2 },
    )
  })
})

describe('headers', () => {
  const MANGLED: readonly (readonly [name: string, value: string])[] = [
    ['idempotency-key', ''],
    ['idempotency-key', 'x'.repeat(8_000)],
    ['idempotency-key', '../../../../'],
    ['authorization', 'Bearer'],
    ['authorization', `Bearer ${'a'.repeat(7_000)}`],
    ['authorization', 'Bearer e30.e30.'],
    ['authorization', 'Bearer eyJhbGciOiJub25lIn0.e30.'],
    ['content-type', 'application/json; charset=utf-16'],
    ['content-type', 'multipart/form-data'],
    ['content-type', 'text/plain'],
    ['content-type', ';;;'],
    ['content-encoding', 'gzip'],
    ['accept', 'text/csv;q=;;'],
    ['accept', '*/*,'.repeat(1_500)],
    ['cookie', '__Host-bihuan=%00; bihuan==;;='],
    ['x-forwarded-for', '\t,,,,:::1'],
    ['x-http-method-override', 'DELETE'],
    ['range', 'bytes=-1'],
    ['if-none-match', '*'],
    ['expect', '200-ok'],
  ]

  it.each(MANGLED)('%s: %.40s', async (name, value) => {
    for (const [method, path] of [
      ['POST', `/cases/${MINE}/commands`],
      ['GET', '/cases'],
    ] as const) {
      const answer = await city
        .asked('coordinator', method, path, {
          ...(method === 'POST' && { raw: '{"type":"acknowledge"}' }),
          headers: { ...(method === 'POST' && JSON_TYPE), [name]: value },
        })
        // A client of ours will not even send some of them: what it sends is what is looked at.
        .catch(() => undefined)
      if (answer) isAnswered(`${method} ${name}`, answer)
    }
  })
})

/** Bytes as they are, and what came back until the door or we hung up. */
const raw = (
  bytes: readonly string[],
  pauseMillis: number,
  hangUp: 'at once' | 'after the answer',
): Promise<string> =>
  new Promise((done, fail) => {
    const { hostname, port } = new URL(door.serving().url)
    const heard: string[] = []
    const socket = connect(Number(port), hostname)
    socket.on('data', (chunk) => {
      heard.push(String(chunk))
      if (hangUp === 'after the answer' && heard.join('').includes('\r\n\r\n')) socket.end()
    })
    socket.on('close', () => done(heard.join('')))
    socket.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' ? done(heard.join('')) : fail(error),
    )
    void (async () => {
      for (const part of bytes) {
        socket.write(part)
        await new Promise((next) => setTimeout(next, pauseMillis))
      }
      if (hangUp === 'at once') socket.destroy()
    })()
  })

describe('connections', () => {
  const post = async (length: number): Promise<string> => {
    const token = await tokenMade(door, { subject: 'office' })
    return [
      `POST /cases/${MINE}/commands HTTP/1.1`,
      ...['host: door', 'content-type: application/json', `authorization: Bearer ${token}`],
      ...[`idempotency-key: ${newKey()}`, `content-length: ${length}`, '', ''],
    ].join('\r\n')
  }
  const lives = async () => expect((await door.ask('GET', '/health/ready')).status).toBe(200)

  it('a body that comes letter by letter is read to its end', async () => {
    const body = JSON.stringify({ type: 'chase', whom: 'responsible-unit', words: 'slow' })
    const answer = await raw([await post(body.length), ...body], 5, 'after the answer')
    expect(answer).toMatch(/^HTTP\/1\.1 200 /)
  })

  it('a body cut in the middle does nothing, and hurts nobody', async () => {
    const seen = async () => (await city.asked('coordinator', 'GET', `/cases/${MINE}`)).body.events
    const before = await seen()
    const body = JSON.stringify({ type: 'chase', whom: 'responsible-unit', words: 'cut' })
    expect(await raw([await post(body.length), body.slice(0, -5)], 20, 'at once')).toBe('')
    await lives()
    expect(await seen()).toBe(before)
  })

  it.each([
    ['what is no request', 'GARBAGE\r\n\r\n'],
    ['a line without end', `GET /${'a'.repeat(40_000)} HTTP/1.1\r\n\r\n`],
    ['headers without end', `GET / HTTP/1.1\r\nhost: door\r\nx: ${'a'.repeat(40_000)}\r\n\r\n`],
    [
      'two lengths',
      'POST /evidence HTTP/1.1\r\nhost: door\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab',
    ],
    [
      'a length and pieces',
      'POST /evidence HTTP/1.1\r\nhost: door\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    [
      'a piece of no length',
      'POST /evidence HTTP/1.1\r\nhost: door\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n',
    ],
    ['a header with a NUL', 'GET / HTTP/1.1\r\nhost: door\r\nx: a\u0000b\r\n\r\n'],
  ])('%s is refused', async (_, bytes) => {
    expect(await raw([bytes], 0, 'after the answer')).toMatch(/^HTTP\/1\.1 4\d\d /)
    await lives()
  })
})
