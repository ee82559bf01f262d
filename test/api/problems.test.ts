import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, type Ask, newKey, type OpenDoor, openDoor } from '../support/door.js'
import { openedRound } from './given.js'

let door: OpenDoor
beforeAll(async () => {
  door = await openDoor()
  await openedRound(await door.as('office'), 'words')
})
afterAll(() => door.close())

const commands = (ask: Ask): Promise<Answer> =>
  door.ask('POST', '/cases/words/001/commands', { as: 'office', key: newKey(), ...ask })

describe('a problem document', () => {
  it.each<[string, number, string, () => Promise<Answer>]>([
    ['an address that is not there', 404, 'not-found', () => door.ask('GET', '/nowhere')],
    ['a method that is not for it', 405, 'method', () => door.ask('DELETE', '/cases')],
    [
      'JSON that breaks off',
      400,
      'bad-request',
      () => commands({ raw: '{"type":', headers: { 'content-type': 'application/json' } }),
    ],
    [
      'a body that is no JSON',
      415,
      'media-type',
      () => commands({ raw: 'type=hand-over', headers: { 'content-type': 'text/csv' } }),
    ],
    [
      'a body far too large',
      413,
      'too-large',
      () => commands({ body: { type: 'chase', whom: 'office', words: '催'.repeat(1_000_000) } }),
    ],
    [
      'a command without a key',
      400,
      'bad-request',
      () => door.ask('POST', '/cases/words/001/commands', { as: 'office', body: { type: 'hand-over' } }),
    ],
    [
      'a key that is too short',
      400,
      'bad-request',
      () => commands({ key: 'x', body: { type: 'hand-over' } }),
    ],
    ['a command nobody knows', 422, 'invalid', () => commands({ body: { type: 'close-everything' } })],
    ['an id that cannot be', 422, 'invalid', () => door.ask('GET', '/cases/WORDS/001', { as: 'office' })],
    [
      'a filter that cannot be',
      422,
      'invalid',
      () => door.ask('GET', '/cases?phase=finished', { as: 'office' }),
    ],
    ['a page that never was', 422, 'invalid', () => door.ask('GET', '/cases?after=later', { as: 'office' })],
  ])('says in Chinese what is wrong with %s', async (_, status, kind, make) => {
    const answer = await make()
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(answer.body).toMatchObject({
      type: `urn:bihuan:refusal:${kind}`,
      status,
      title: expect.stringMatching(/[\u4e00-\u9fff]/),
      detail: expect.stringMatching(/[\u4e00-\u9fff]/),
    })
    expect(JSON.stringify(answer.body)).not.toMatch(/node_modules|at .*\.ts|Error:/)
  })

  it('a wrong method says which there are', async () => {
    const { headers } = await door.ask('DELETE', '/cases')
    expect(headers.get('allow')).toContain('GET')
  })

  it('names every field at fault, each with its own sentence', async () => {
    const { body } = await commands({
      body: {
        type: 'submit-return',
        content: {
          progress: 101,
          done: '',
          hinders: '',
          help: '',
          nodes: [],
          duties: [],
          evidence: [],
          mood: '好',
        },
      },
    })
    expect(body.errors).toEqual([
      { path: 'content.progress', message: '不得大于 100' },
      { path: 'content.done', message: '不得为空' },
      { path: 'content', message: '没有这一项:mood' },
    ])
  })

  it.each([
    ['a day that does not exist', { until: '2026-02-30' }, '应为存在的日期,如 2026-03-02'],
    ['a number for words', { reason: 5 }, '应为文字'],
    ['nothing', { reason: undefined }, '缺少这一项'],
    ['a novel', { reason: '因'.repeat(5_001) }, '至多 5000 个字'],
  ])('for %s', async (_, changed, message) => {
    const asked = {
      type: 'request-extension',
      until: '2026-12-31',
      reason: '雨季',
      measures: '赶工',
      ...changed,
    }
    const { status, body } = await commands({ body: asked })
    expect([status, body.errors]).toEqual([422, [{ path: Object.keys(changed)[0], message }]])
  })
})

describe('hostile words', () => {
  it.each([
    ['a NUL and half a character', 'a\u0000b\ud800c'],
    ['markup', '<script>alert(1)</script>'],
    ['SQL', "'; drop table events; --"],
  ])('%s are kept as they were typed', async (_, words) => {
    const { status } = await commands({
      body: { type: 'amend-entry', patch: { enterprise: words }, reason: '更正' },
    })
    expect(status).toBe(200)
    const { state } = (await door.ask('GET', '/cases/words/001', { as: 'office' })).body
    expect(state.entry.enterprise).toBe(JSON.parse(JSON.stringify(words)))
  })

  it('a body that reaches for the prototype changes nothing', async () => {
    const raw = '{"type":"chase","whom":"responsible-unit","words":"x","__proto__":{"admin":true}}'
    const { status } = await commands({ raw, headers: { 'content-type': 'application/json' } })
    expect(status).toBe(400)
    expect(({} as { admin?: boolean }).admin).toBeUndefined()
  })
})

describe('answers', () => {
  it('carry the headers that keep a browser safe', async () => {
    const { headers } = await door.ask('GET', '/docs')
    expect(headers.get('content-security-policy')).toContain("script-src 'self'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-powered-by')).toBeNull()
  })

  it('the front page leads to the document, which loads nothing from elsewhere', async () => {
    const home = await door.ask('GET', '/')
    expect([home.status, home.headers.get('location')]).toEqual([302, '/docs'])
    const { status, body } = await door.ask('GET', '/docs')
    expect(status).toBe(200)
    expect(String(body)).not.toMatch(/(?:src|href)="https?:/)
    const script = /src="\.(\/docs\/swagger-ui-bundle\.js)/.exec(String(body))?.[1] ?? 'missing'
    expect((await door.ask('GET', script)).status).toBe(200)
  })

  it('the ledger comes as a spreadsheet, too', async () => {
    const { headers, body } = await door.ask('GET', '/cases?round=words', {
      as: 'office',
      headers: { accept: 'text/csv' },
    })
    expect(headers.get('content-type')).toContain('text/csv')
    const [head, ...lines] = String(body).trimEnd().split('\r\n')
    expect(head).toContain('编号,轮次,来源')
    expect(lines).toHaveLength(3)
  })

  it('page by page shows every case once', async () => {
    const seen: string[] = []
    for (let after = ''; ; ) {
      const { body } = await door.ask('GET', `/cases?round=words&limit=2${after}`, { as: 'office' })
      seen.push(...body.cases.map(({ id }: { id: string }) => id))
      if (body.next === null) break
      after = `&after=${encodeURIComponent(body.next)}`
    }
    expect(seen.toSorted()).toEqual(['words/001', 'words/002', 'words/003'])
  })

  it('every number of the summary opens to just its cases', async () => {
    const { body } = await door.ask('GET', '/summary?round=words', { as: 'office' })
    for (const { count, href } of [...body.byPhaseAndClass, ...body.pace]) {
      const { cases } = (await door.ask('GET', href, { as: 'office' })).body
      expect(cases).toHaveLength(count)
    }
    expect(body.total).toBe(3)
  })
})
