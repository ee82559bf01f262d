import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { atOnce } from '../../api/at-once.js'
import {
  COMMANDS,
  type CommandRow,
  MOMENTS,
  type Moment,
  OPENINGS,
} from '../../contracts/permissions/commands.js'
import { ROUTES } from '../../contracts/permissions/routes.js'
import {
  ALL_VIEWERS,
  OF_THE_CITY,
  SIGNED_IN,
  type Viewer,
  verdictOn,
} from '../../contracts/permissions/viewers.js'
import { instant } from '../../domain/words.js'
import { evidenceFrom } from '../api/given.js'
import { type Answer, newKey, type OpenDoor, openDoor } from '../support/door.js'
import { asks } from './asks.js'
import { bodies, openings } from './bodies.js'
import { CASES, closingOn, type Matrix, MINE, matrix, OFFICES_OWN } from './given.js'
import { SECRETS } from './secrets.js'

/**
 * The table of permissions, cell by cell, at the real door: each route and each command, by everybody. First all who may not, then
 * those who may, so that what somebody may do changes nothing for whoever may not.
 */
let door: OpenDoor
let city: Matrix
let document: Document

type Described = {
  readonly operationId: string
  readonly summary: string
  readonly responses: Readonly<Record<string, { content?: Readonly<Record<string, unknown>> }>>
}
type Document = {
  readonly openapi: string
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>
}

beforeAll(async () => {
  door = await openDoor()
  city = await matrix(door)
  document = (await door.ask('GET', '/docs/openapi.json')).body
}, 240_000)
afterAll(() => door.close())

const SIX = 6
const NO_SUCH_CASE = '没有这件案件,或者您无权查看'

const isProblem = ({ status, headers, body }: Answer): void => {
  expect(headers.get('content-type')).toContain('application/problem+json')
  expect(body).toMatchObject({
    type: expect.stringMatching(/^urn:bihuan:refusal:/),
    title: expect.stringMatching(/[\u4e00-\u9fff]/),
    status,
    detail: expect.stringMatching(/[\u4e00-\u9fff]/),
    instead: expect.any(Array),
  })
}

/** What the door said, in the words of the table; a case's own refusal is one it makes after it has let somebody in. */
const said = ({ status, body }: Answer): 'allowed' | number => {
  if (status === 401 || status === 403) return status
  return status === 404 && body?.detail === NO_SUCH_CASE ? 404 : status >= 500 ? status : 'allowed'
}

const textOf = ({ body }: Answer): string => (typeof body === 'string' ? body : JSON.stringify(body))

/** Somebody who reads words that are not for them. */
const leaks = (viewer: Viewer, route: string, answer: Answer): readonly string[] => {
  const text = textOf(answer)
  const isPublic = route.includes('/public/')
  return SECRETS.filter(({ readers, routes }) => !readers.includes(viewer) && (routes === 'all' || !isPublic))
    .filter(({ words }) => words.test(text))
    .map(({ what }) => `${viewer} reads ${what} at ${route}`)
}

const routes = (): readonly string[] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )

const described = (route: string): Described => {
  const [method = '', path = ''] = route.split(' ')
  const found = document.paths[path]?.[method.toLowerCase()]
  if (!found) throw new Error(`${route} is not in the document`)
  return found
}

describe('the interface document', () => {
  it('has a row of the table (contracts/permissions/routes.ts) for each of its routes, and an ask (asks.ts); no row is of a route that is gone', () => {
    expect(routes().toSorted()).toEqual(Object.keys(ROUTES).toSorted())
    expect(Object.keys(asks(city)).toSorted()).toEqual(Object.keys(ROUTES).toSorted())
  })

  it('is OpenAPI 3.1, names each operation once, in Chinese, with what it answers and how it refuses', () => {
    expect(document.openapi).toBe('3.1.0')
    const all = routes().map(described)
    expect(new Set(all.map(({ operationId }) => operationId)).size).toBe(all.length)
    for (const { summary, responses } of all) {
      expect(summary).toMatch(/[\u4e00-\u9fff]/)
      expect(Object.keys(responses).some((status) => status.startsWith('2'))).toBe(true)
      expect(responses.default?.content).toHaveProperty(['application/problem+json'])
    }
  })
})

describe.each(Object.entries(ROUTES))('%s', (route, row) => {
  const [method = ''] = route.split(' ')
  // Strangers are let in five times in ten minutes: whoever may come is let to come twice.
  const viewers = row.may === 'anybody' ? (['stranger', 'expired'] as const) : ALL_VIEWERS
  const refused = viewers.filter((viewer) => verdictOn(row, viewer) !== 'allowed')
  const allowed = viewers.filter((viewer) => verdictOn(row, viewer) === 'allowed')

  it('refuses whoever it is not for, and lets in whoever it is for; nobody reads what is not theirs', async () => {
    const own = asks(city)[route] ?? []
    const [first] = own
    if (!first) throw new Error(`no ask of ${route}`)
    const { path, status: _status, ...ask } = first
    const wrong = await atOnce(SIX, refused, async (viewer) => {
      const answer = await city.asked(viewer, method, path, ask)
      isProblem(answer)
      if (answer.status === 401)
        expect(answer.headers.get('www-authenticate')).toBe(
          viewer === 'stranger' ? 'Bearer realm="bihuan"' : 'Bearer realm="bihuan", error="invalid_token"',
        )
      expect(Object.keys(described(route).responses)).toContain(String(answer.status))
      const verdict = verdictOn(row, viewer)
      return [
        ...(answer.status === verdict ? [] : [`${viewer}: ${answer.status}, not ${verdict}`]),
        ...leaks(viewer, route, answer),
      ]
    })
    expect(wrong.flat()).toEqual([])

    for (const viewer of allowed)
      for (const { path: where, status = 0, ...more } of own) {
        const answer = await city.asked(viewer, method, where, more)
        const usual = Object.keys(described(route).responses).find((one) => one.startsWith('2'))
        expect([viewer, where, answer.status, leaks(viewer, route, answer)]).toEqual([
          viewer,
          where,
          status === 0 ? Number(usual) : status,
          [],
        ])
        if (answer.status >= 400) isProblem(answer)
      }
  })
})

describe('what opens a case', () => {
  it.each(Object.entries(OPENINGS))('%s', async (type, { may }) => {
    const row = { may, reads: [...OF_THE_CITY, 'other-drill'] as const }
    const wrong = await atOnce(SIX, ALL_VIEWERS, async (viewer) => {
      const answer = await city.asked(viewer, 'POST', '/rounds/matrix/cases', {
        body: openings[type as keyof typeof openings],
      })
      const [found, verdict] = [said(answer), verdictOn(row, viewer)]
      return found === verdict ? [] : [`${viewer}: ${found}, not ${verdict}`]
    })
    expect(wrong.flat()).toEqual([])
  })
})

/** The steps of closing, and who brings the case from each to the next. */
const STEPS = {
  application: 'own-head',
  opinions: 'coop',
  verification: 'lead',
  'leader-check': 'leader',
  'on-notice': undefined,
} as const

type Tried = readonly [type: keyof typeof COMMANDS, row: CommandRow]
const rowsAt = (moment: Moment): readonly Tried[] =>
  (Object.keys(COMMANDS) as (keyof typeof COMMANDS)[]).flatMap((type) =>
    COMMANDS[type].filter(({ when }) => when === moment).map((row) => [type, row] as const),
  )

/** After these the case is no longer at this moment. */
const ENDING: ReadonlySet<string> = new Set(['refuse-step', 'end-round', 'end-opinion', 'end-inspection'])

/** Whoever reviewed an excuse may not decide afterwards (GN-08): deciding is tried before reviewing. */
const BEGINNING: ReadonlySet<string> = new Set(['decide-consequence'])

const placeOf = ({ type }: { readonly type: string }): number =>
  Number(ENDING.has(type)) - Number(BEGINNING.has(type))

/** Every command of this moment by everybody: all who may not, then, one after another, those who may. */
const tryAll = async (moment: Moment, caseId: string, step?: string): Promise<void> => {
  const made = bodies(city)
  const { reads } = MOMENTS[moment]
  const cells = rowsAt(moment).flatMap(([type, row]) =>
    ALL_VIEWERS.map((viewer) => ({ type, viewer, verdict: verdictOn({ ...row, reads }, viewer) })),
  )
  const give = async ({ type, viewer }: (typeof cells)[number]): Promise<'allowed' | number> => {
    const body = { ...made[type], ...(step !== undefined && 'step' in made[type] && { step }) }
    const answer = await city.asked(viewer, 'POST', `/cases/${caseId}/commands`, { body })
    if (answer.status >= 400) isProblem(answer)
    if (answer.status === 403 && viewer !== 'left') expect(answer.body.clause).toMatch(/^[A-Z]{2}-\d\d$/)
    return said(answer)
  }
  const tried = async (cell: (typeof cells)[number]): Promise<readonly string[]> => {
    const found = await give(cell)
    return found === cell.verdict ? [] : [`${cell.type} by ${cell.viewer}: ${found}, not ${cell.verdict}`]
  }
  const not = cells.filter(({ verdict }) => verdict !== 'allowed')
  const wrong = (await atOnce(SIX, not, tried)).flat()
  const may = cells.filter(({ verdict }) => verdict === 'allowed')
  for (const cell of may.toSorted((a, b) => placeOf(a) - placeOf(b))) wrong.push(...(await tried(cell)))
  expect(cells.length).toBeGreaterThan(0)
  expect(wrong).toEqual([])
}

describe('commands', () => {
  it.each(Object.keys(CASES) as (keyof typeof CASES)[])(
    'GN-08 %s: each by whom the table names, and by nobody else',
    async (moment) => {
      await tryAll(moment, CASES[moment](city.ids))
    },
  )

  it('GN-08 the steps of closing: each by its own chair, in its turn', async () => {
    await city.given('unit', MINE, closingOn(await evidenceFrom(await door.as('unit'), '销号材料')))
    for (const [step, by] of Object.entries(STEPS)) {
      const { closingStepId } = await (await door.as('office')).get<{ closingStepId: string }>(
        `/cases/${MINE}`,
      )
      await tryAll(step as Moment, MINE, closingStepId)
      if (by) await signed(by)
    }
  })
})

const signed = async (viewer: Viewer): Promise<void> => {
  const { body } = await city.asked(viewer, 'GET', `/cases/${MINE}`)
  const evidence = [city.evidence.sha256]
  const answer = await city.asked(viewer, 'POST', `/cases/${MINE}/commands`, {
    body: {
      type: 'sign',
      step: body.closingStepId,
      saw: body.state.seal,
      opinion: '同意',
      findings: ['污染消除', '生态恢复', '群众满意'].map((title) => ({
        title,
        met: 'met',
        note: '',
        evidence,
      })),
      site: { place: '老城片区', at: instant(Date.now()), photos: [city.evidence], observers: [] },
    },
  })
  expect([viewer, answer.status, answer.body.detail]).toEqual([viewer, 200, undefined])
}

describe('what is somebody’s own', () => {
  it('GN-07 a key names one person’s request: under it another gives a command of their own', async () => {
    const key = newKey()
    const chase = { type: 'chase', whom: 'responsible-unit', words: '请抓紧' }
    const first = await city.asked('coordinator', 'POST', `/cases/${OFFICES_OWN}/commands`, {
      body: chase,
      key,
    })
    const other = await city.asked('office-head', 'POST', `/cases/${OFFICES_OWN}/commands`, {
      body: chase,
      key,
    })
    expect([first.status, other.status]).toEqual([200, 200])
    expect(other.body.from).toBeGreaterThan(first.body.to)
    const asked = await city.asked('leader', 'GET', `/cases/${OFFICES_OWN}/commands/${key}`)
    expect(asked.status).toBe(404)
  })

  it('GN-07 a notice is read by whom it was sent to: nobody marks another’s', async () => {
    const { body } = await city.asked('own-clerk', 'GET', '/me/inbox?unread=only')
    const ids = body.notices.map(({ id }: { id: number }) => id)
    expect(ids.length).toBeGreaterThan(0)
    const tried = await city.asked('other-clerk', 'POST', '/me/inbox/read', { body: { ids } })
    expect(tried.body.read).toBe(0)
    const after = await city.asked('own-clerk', 'GET', '/me/inbox?unread=only')
    expect(after.body.unread).toBeGreaterThanOrEqual(ids.length)
  })

  it('CD-09 whoever has no key of the register cannot pass for the public, nor the public for somebody', async () => {
    const reserved = await city.asked('coordinator', 'POST', '/register/officers', {
      body: { person: 'public', name: '冒名' },
    })
    expect(reserved.status).toBe(422)
  })

  it('GN-08 a post of a unit names its unit', async () => {
    for (const role of ['unit-clerk', 'unit-head'])
      expect(
        await city.asked('coordinator', 'POST', '/register/officers/shiweiban/posts', {
          body: { post: { role } },
        }),
      ).toMatchObject({ status: 422, body: { errors: [{ path: expect.stringContaining('unit') }] } })
  })
})

it('SIGNED_IN is everybody but strangers and who left', () => {
  expect(SIGNED_IN.toSorted()).toEqual(
    ALL_VIEWERS.filter((viewer) => !['stranger', 'expired', 'left'].includes(viewer)).toSorted(),
  )
})
