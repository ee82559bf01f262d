import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, type Ask, newKey, type OpenDoor, openDoor } from '../support/door.js'
import { openedRound } from './given.js'
import { openBody, SMALL_PLAN } from './plans.js'

/**
 * Every route of the interface's document: without a token, with the wrong role, valid. A route added without a line here fails
 * the first test.
 */
type Trial = {
  /** A person of the register who may not; absent where everybody signed in may. */
  readonly wrong?: { readonly as: string; readonly status: 403 | 404 }
  readonly valid: {
    readonly as?: string
    readonly path: string
    readonly ask?: Ask
    readonly status?: number
  }
  /** May be called by anybody. */
  readonly open?: true
}

const GONE = 'a'.repeat(64)
const foreign = { as: 'shichang', status: 404 } as const
const notOffice = { as: 'unit', status: 403 } as const

const TRIALS: Readonly<Record<string, Trial>> = {
  'GET /cases': { valid: { as: 'observer', path: '/cases' } },
  'GET /summary': { valid: { as: 'unit', path: '/summary?round=table' } },
  'GET /cases/{round}/{n}': { wrong: foreign, valid: { as: 'unit', path: '/cases/table/001' } },
  'GET /cases/{round}/{n}/events': {
    wrong: foreign,
    valid: { as: 'discipline', path: '/cases/table/001/events' },
  },
  'GET /cases/{round}/{n}/papers': {
    wrong: foreign,
    valid: { as: 'leader', path: '/cases/table/001/papers' },
  },
  'GET /cases/{round}/{n}/why': { wrong: foreign, valid: { as: 'unit', path: '/cases/table/001/why' } },
  'GET /cases/{round}/{n}/next': { wrong: foreign, valid: { as: 'unit', path: '/cases/table/001/next' } },
  'GET /cases/{round}/{n}/dossier': {
    wrong: foreign,
    valid: { as: 'discipline', path: '/cases/table/001/dossier' },
  },
  'GET /cases/{round}/{n}/acts': { wrong: foreign, valid: { as: 'shuiwu', path: '/cases/table/001/acts' } },
  'POST /cases/{round}/{n}/commands': {
    wrong: { as: 'secretary', status: 403 },
    valid: { as: 'unit', path: '/cases/table/001/commands', ask: { body: { type: 'acknowledge' } } },
  },
  'GET /cases/{round}/{n}/commands/{key}': {
    wrong: foreign,
    valid: { as: 'unit', path: '/cases/table/001/commands/no-such-key', status: 404 },
  },
  'POST /cases/{round}/{n}/objections': {
    open: true,
    valid: {
      path: '/cases/table/001/objections',
      ask: { body: { name: '市民', text: '仍有异味', contact: '12345' } },
      // Not on notice: what is not posted is not known to exist.
      status: 404,
    },
  },
  'POST /rounds': {
    wrong: notOffice,
    valid: { as: 'officehead', path: '/rounds', ask: { body: openBody('table-2') }, status: 201 },
  },
  'GET /rounds': { valid: { as: 'unit', path: '/rounds' } },
  'GET /rounds/{id}': { valid: { as: 'unit', path: '/rounds/table' } },
  'GET /rounds/{id}/cadence': {
    wrong: { as: 'observer', status: 404 },
    valid: { as: 'leader', path: '/rounds/table/cadence' },
  },
  'POST /rounds/{id}/plan': {
    wrong: notOffice,
    // Opened with its plan: a second is not taken.
    valid: {
      as: 'office',
      path: '/rounds/table/plan',
      ask: { body: { plan: { text: SMALL_PLAN } } },
      status: 409,
    },
  },
  'GET /rounds/{id}/entries': { wrong: notOffice, valid: { as: 'office', path: '/rounds/table/entries' } },
  'GET /rounds/{id}/papers': { wrong: notOffice, valid: { as: 'office', path: '/rounds/table/papers' } },
  'GET /rounds/{id}/feed': { wrong: notOffice, valid: { as: 'office', path: '/rounds/table/feed' } },
  'GET /rounds/{id}/todos': { wrong: notOffice, valid: { as: 'office', path: '/rounds/table/todos' } },
  'POST /rounds/{id}/hand-over': {
    wrong: notOffice,
    valid: { as: 'office', path: '/rounds/table/hand-over', ask: { body: {} } },
  },
  'POST /rounds/{id}/cases': {
    wrong: { as: 'observer', status: 403 },
    valid: {
      as: 'office',
      path: '/rounds/table/cases',
      ask: {
        body: {
          type: 'report-opinion',
          text: '网传栖水河有死鱼',
          channel: '短视频平台',
          where: '某账号',
          seenAt: '2026-06-20T08:00:00+08:00',
        },
      },
      status: 201,
    },
  },
  'GET /reconciliation': { valid: { as: 'unit', path: '/reconciliation?round=table' } },
  'GET /audits': {
    wrong: { as: 'observer', status: 403 },
    valid: { as: 'unit', path: '/audits?round=table' },
  },
  'GET /pace': { wrong: { as: 'observer', status: 403 }, valid: { as: 'unit', path: '/pace?round=table' } },
  'GET /rankings': {
    wrong: { as: 'observer', status: 403 },
    valid: { as: 'leader', path: '/rankings?round=table' },
  },
  'GET /appraisals': { wrong: notOffice, valid: { as: 'leader', path: '/appraisals?round=table' } },
  'POST /rounds/{id}/snapshots': {
    wrong: notOffice,
    valid: { as: 'office', path: '/rounds/table/snapshots', ask: { body: {} }, status: 201 },
  },
  'GET /snapshots': {
    wrong: { as: 'observer', status: 403 },
    valid: { as: 'unit', path: '/snapshots?round=table' },
  },
  'GET /snapshots/{hash}': {
    wrong: { as: 'observer', status: 403 },
    valid: { as: 'office', path: `/snapshots/${GONE}`, status: 404 },
  },
  'GET /rounds/{id}/lists': { valid: { as: 'office', path: '/rounds/table/lists' } },
  'GET /rounds/{id}/petitions': {
    wrong: notOffice,
    valid: { as: 'discipline', path: '/rounds/table/petitions' },
  },
  'GET /rounds/{id}/petitions/repeats': {
    wrong: notOffice,
    valid: { as: 'office', path: '/rounds/table/petitions/repeats' },
  },
  'GET /rounds/{id}/petitions/analysis': {
    wrong: notOffice,
    valid: { as: 'leader', path: '/rounds/table/petitions/analysis?from=2026-01-01&to=2026-12-31' },
  },
  'POST /public/petitions': {
    open: true,
    valid: {
      path: '/public/petitions',
      ask: {
        body: {
          round: 'table',
          name: '市民',
          contact: '13800000000',
          place: '栖水河口',
          subject: '河水发臭',
          text: '夜里尤其重',
        },
      },
      status: 201,
    },
  },
  'GET /public/petitions/{round}/{n}': {
    open: true,
    // A wrong code: what it belongs to is not known to exist.
    valid: { path: '/public/petitions/table/xf-0001?code=000000000000', status: 404 },
  },
  'GET /rounds/{id}/wall-chart': { valid: { as: 'unit', path: '/rounds/table/wall-chart' } },
  'GET /rounds/{id}/orders': { wrong: notOffice, valid: { as: 'office', path: '/rounds/table/orders' } },
  'POST /rounds/{id}/rules/preview': {
    wrong: notOffice,
    valid: { as: 'office', path: '/rounds/table/rules/preview', ask: { body: {} } },
  },
  'POST /rounds/{id}/rules': {
    wrong: { as: 'office', status: 403 },
    valid: { as: 'officehead', path: '/rounds/table/rules', ask: { body: { reason: '核对' } }, status: 202 },
  },
  'GET /register/units': { wrong: notOffice, valid: { as: 'discipline', path: '/register/units' } },
  'POST /register/units': {
    wrong: { as: 'discipline', status: 403 },
    valid: { as: 'office', path: '/register/units', ask: { body: { name: '市应急管理局' } } },
  },
  'GET /register/areas': { wrong: notOffice, valid: { as: 'discipline', path: '/register/areas' } },
  'POST /register/areas': {
    wrong: { as: 'discipline', status: 403 },
    valid: { as: 'office', path: '/register/areas', ask: { body: { name: '东栖区' } } },
  },
  'POST /register/areas/{area}/leaders': {
    wrong: { as: 'discipline', status: 403 },
    valid: {
      as: 'office',
      path: '/register/areas/东栖区/leaders',
      ask: { body: { tier: 'first', person: 'dongqih' } },
    },
  },
  'GET /register/officers': { wrong: notOffice, valid: { as: 'office', path: '/register/officers' } },
  'POST /register/officers': {
    wrong: notOffice,
    valid: {
      as: 'office',
      path: '/register/officers',
      ask: {
        body: { person: 'yingji', name: '应急局经办人', posts: [{ role: 'unit-clerk', unit: '市水务局' }] },
      },
    },
  },
  'POST /register/officers/{person}/posts': {
    wrong: notOffice,
    valid: {
      as: 'office',
      path: '/register/officers/leader/posts',
      ask: { body: { post: { role: 'leader' }, from: '2026-02-01' } },
    },
  },
  'POST /register/officers/{person}/posts/end': {
    wrong: notOffice,
    valid: {
      as: 'office',
      path: '/register/officers/leader3/posts/end',
      ask: { body: { post: { role: 'leader' }, lastDay: '2026-12-31' } },
    },
  },
  'PUT /register/officers/{person}/active': {
    wrong: notOffice,
    valid: { as: 'office', path: '/register/officers/linye/active', ask: { body: { active: 'left' } } },
  },
  'GET /register/proposals': { wrong: notOffice, valid: { as: 'office', path: '/register/proposals' } },
  'POST /register/proposals': {
    wrong: notOffice,
    valid: {
      as: 'office',
      path: '/register/proposals',
      ask: { body: { round: 'table', name: '市园林绿化局', decision: 'dismissed' } },
    },
  },
  'GET /session': { valid: { as: 'observer', path: '/session' } },
  'POST /session/sign-out': { valid: { as: 'observer', path: '/session/sign-out' } },
  'GET /me': { valid: { as: 'observer', path: '/me' } },
  'GET /me/todos': { valid: { as: 'unit', path: '/me/todos' } },
  'GET /me/inbox': { valid: { as: 'unit', path: '/me/inbox' } },
  'POST /me/inbox/read': { valid: { as: 'unit', path: '/me/inbox/read', ask: { body: { ids: [1] } } } },
  'GET /papers/{number}': { wrong: foreign, valid: { as: 'unit', path: 'the slip' } },
  'POST /evidence': {
    valid: {
      as: 'unit',
      path: '/evidence',
      ask: { body: { name: '清单.txt', mediaType: 'text/plain', content: 'AAAA' } },
    },
  },
  'GET /evidence/{sha256}': { valid: { as: 'unit', path: `/evidence/${GONE}`, status: 404 } },
  'GET /public/progress': { open: true, valid: { path: '/public/progress?round=table' } },
  'GET /public/progress/page': { open: true, valid: { path: '/public/progress/page' } },
  'GET /public/feed': { open: true, valid: { path: '/public/feed' } },
  'GET /public/notices': { open: true, valid: { path: '/public/notices' } },
  'GET /health/live': { open: true, valid: { path: '/health/live' } },
  'GET /health/ready': { open: true, valid: { path: '/health/ready' } },
}

type Document = {
  readonly openapi: string
  readonly paths: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          {
            readonly operationId: string
            readonly summary: string
            readonly responses: Readonly<Record<string, { content?: Readonly<Record<string, unknown>> }>>
          }
        >
      >
    >
  >
}

let door: OpenDoor
let document: Document
let slip: string

beforeAll(async () => {
  door = await openDoor()
  const office = await door.as('office')
  await openedRound(office, 'table')
  await office.post('/cases/table/001/commands', { type: 'hand-over' })
  document = (await door.ask('GET', '/docs/openapi.json')).body
  for (let papers: { href: string }[] = []; papers.length === 0; ) {
    papers = (await office.get<{ papers: { href: string }[] }>('/cases/table/001/papers')).papers
    slip = papers[0]?.href ?? ''
  }
})
afterAll(() => door.close())

const routes = (): readonly string[] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )

const tried = (route: string, as?: string): Promise<Answer> => {
  const [method = ''] = route.split(' ')
  const trial = TRIALS[route]
  if (!trial) throw new Error(`no trial of ${route}`)
  const { path, ask } = trial.valid
  return door.ask(method, path === 'the slip' ? slip : path, {
    ...ask,
    key: newKey(),
    ...(as !== undefined && { as }),
  })
}

const described = (route: string) => {
  const [method = '', path = ''] = route.split(' ')
  const found = document.paths[path]?.[method.toLowerCase()]
  if (!found) throw new Error(`${route} is not in the document`)
  return found
}

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

describe('the interface document', () => {
  it('has a trial here for each of its routes, and no trial is of a route that is gone', () => {
    expect(routes().toSorted()).toEqual(Object.keys(TRIALS).toSorted())
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

describe.each(Object.entries(TRIALS))('%s', (route, { wrong, valid, open }) => {
  it.runIf(!open)('without a token is 401', async () => {
    const answer = await tried(route)
    expect(answer.status).toBe(401)
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="bihuan"')
    isProblem(answer)
    expect(described(route).responses).toHaveProperty('401')
  })

  it.runIf(wrong !== undefined)('by somebody it is not for is refused', async () => {
    const answer = await tried(route, wrong?.as)
    expect(answer.status).toBe(wrong?.status)
    isProblem(answer)
  })

  it('asked rightly answers', async () => {
    const answer = await tried(route, valid.as)
    expect(answer.status).toBe(valid.status ?? 200)
    if (answer.status >= 400) isProblem(answer)
    const { responses } = described(route)
    expect(Object.keys(responses)).toContain(String(answer.status))
  })
})
