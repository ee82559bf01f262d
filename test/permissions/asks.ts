import type { Ask } from '../support/door.js'
import { type Matrix, MINE, THEIR_KEY } from './given.js'

type Asked = Ask & { readonly path: string; readonly status?: number }

const CSV = { accept: 'text/csv' }
const body = (path: string, sent: unknown, status?: number): Asked => ({
  path,
  body: sent,
  ...(status !== undefined && { status }),
})

/** One request of each route as somebody who may would make it, so that little or nothing happens; `status` where it is not 200. */
export const asks = ({ slip, snapshot, evidence }: Matrix): Readonly<Record<string, readonly Asked[]>> => ({
  'GET /cases': [
    { path: '/cases?round=matrix&limit=500' },
    { path: '/cases?q=%E6%B6%89%E5%AF%86' },
    { path: '/cases?round=matrix', headers: CSV },
  ],
  'GET /summary': [{ path: '/summary?round=matrix' }],
  'GET /reconciliation': [
    { path: '/reconciliation?round=matrix' },
    { path: '/reconciliation', headers: CSV },
  ],
  'GET /cases/{round}/{n}': [{ path: `/cases/${MINE}` }],
  'GET /cases/{round}/{n}/events': [{ path: `/cases/${MINE}/events` }],
  'GET /cases/{round}/{n}/papers': [{ path: `/cases/${MINE}/papers` }],
  'GET /cases/{round}/{n}/why': [{ path: `/cases/${MINE}/why` }],
  'GET /cases/{round}/{n}/next': [{ path: `/cases/${MINE}/next` }],
  'GET /cases/{round}/{n}/dossier': [{ path: `/cases/${MINE}/dossier` }],
  'GET /cases/{round}/{n}/acts': [{ path: `/cases/${MINE}/acts` }],
  'POST /cases/{round}/{n}/commands': [body(`/cases/${MINE}/commands`, { type: 'acknowledge' }, 409)],
  'GET /cases/{round}/{n}/commands/{key}': [{ path: `/cases/${MINE}/commands/${THEIR_KEY}` }],
  'POST /cases/{round}/{n}/rules/preview': [
    body(`/cases/${MINE}/rules/preview`, { policy: 'jinan' }, 422),
    body(`/cases/${MINE}/rules/preview`, {}),
  ],
  'POST /cases/{round}/{n}/rules': [body(`/cases/${MINE}/rules`, { policy: 'jinan', reason: '核对' }, 422)],
  'POST /cases/{round}/{n}/objections': [
    // Not on notice: what is not posted is not known to exist.
    body(`/cases/${MINE}/objections`, { name: '市民', text: '仍有异味', contact: '12345' }, 404),
  ],
  'POST /rounds': [
    body('/rounds', { id: 'matrix-2', policy: 'sample', plan: { text: '今天天气很好。' } }, 422),
  ],
  'GET /rounds': [{ path: '/rounds' }],
  'GET /rounds/{id}': [{ path: '/rounds/matrix' }],
  'GET /rounds/{id}/cadence': [{ path: '/rounds/matrix/cadence' }],
  'POST /rounds/{id}/plan': [body('/rounds/matrix/plan', { plan: { text: '第二份方案' } }, 409)],
  'GET /rounds/{id}/plan': [{ path: '/rounds/matrix/plan' }],
  'GET /rounds/{id}/entries': [{ path: '/rounds/matrix/entries' }],
  'GET /rounds/{id}/papers': [{ path: '/rounds/matrix/papers' }],
  'GET /rounds/{id}/feed': [{ path: '/rounds/matrix/feed?limit=1000' }],
  'GET /rounds/{id}/todos': [{ path: '/rounds/matrix/todos?limit=5000' }],
  'GET /rounds/{id}/orders': [{ path: '/rounds/matrix/orders' }],
  'POST /rounds/{id}/hand-over': [body('/rounds/matrix/hand-over', {})],
  'GET /rounds/{id}/openings': [{ path: '/rounds/matrix/openings' }],
  'POST /rounds/{id}/cases': [
    body(
      '/rounds/matrix/cases',
      {
        type: 'report-opinion',
        text: '尚未发生',
        channel: '微博',
        where: '某账号',
        seenAt: '2999-01-01T00:00:00Z',
      },
      422,
    ),
  ],
  'GET /audits': [{ path: '/audits?round=matrix' }, { path: '/audits?round=matrix', headers: CSV }],
  'GET /pace': [{ path: '/pace?round=matrix' }, { path: '/pace?round=matrix', headers: CSV }],
  'GET /rankings': [{ path: '/rankings?round=matrix' }, { path: '/rankings?round=matrix', headers: CSV }],
  'GET /appraisals': [{ path: '/appraisals?round=matrix' }, { path: '/appraisals', headers: CSV }],
  'POST /rounds/{id}/snapshots': [body('/rounds/matrix/snapshots', { at: '2999-01-01' }, 422)],
  'GET /snapshots': [{ path: '/snapshots' }],
  'GET /snapshots/{hash}': [
    { path: `/snapshots/${snapshot}` },
    { path: `/snapshots/${snapshot}`, headers: CSV },
    { path: `/snapshots/${snapshot}?list=overdue`, headers: CSV },
  ],
  'GET /rounds/{id}/lists': [{ path: '/rounds/matrix/lists' }],
  'GET /rounds/{id}/petitions': [{ path: '/rounds/matrix/petitions' }],
  'GET /rounds/{id}/petitions/repeats': [{ path: '/rounds/matrix/petitions/repeats' }],
  'GET /rounds/{id}/petitions/analysis': [
    { path: '/rounds/matrix/petitions/analysis?from=2026-01-01&to=2026-12-31' },
    { path: '/rounds/matrix/petitions/analysis?from=2026-01-01&to=2026-12-31', headers: CSV },
  ],
  'POST /public/petitions': [
    body(
      '/public/petitions',
      {
        ...{ round: 'no-such-round', name: '市民', contact: '13800000000' },
        ...{ place: '栖水河口', subject: '河水发臭', text: '夜里尤其重' },
      },
      404,
    ),
  ],
  'GET /public/petitions/{round}/{n}': [
    // A wrong code: what it belongs to is not known to exist.
    { path: '/public/petitions/matrix/xf-0001?code=000000000000', status: 404 },
  ],
  'GET /rounds/{id}/wall-chart': [
    { path: '/rounds/matrix/wall-chart' },
    { path: '/rounds/matrix/wall-chart', headers: { accept: 'image/svg+xml' } },
  ],
  'POST /rounds/{id}/rules/preview': [
    body('/rounds/matrix/rules/preview', { policy: 'jinan' }, 422),
    body('/rounds/matrix/rules/preview', {}),
  ],
  'POST /rounds/{id}/rules': [body('/rounds/matrix/rules', { policy: 'jinan', reason: '核对' }, 422)],
  'POST /codec/decode': [body('/codec/decode', { payloads: [] })],
  'POST /codec/encode': [body('/codec/encode', { payloads: [] })],
  'GET /register/units': [{ path: '/register/units' }],
  'POST /register/units': [body('/register/units', { name: '市应急管理局' })],
  'GET /register/areas': [{ path: '/register/areas' }],
  'POST /register/areas': [body('/register/areas', { name: '东栖区' })],
  'POST /register/areas/{area}/leaders': [
    body('/register/areas/没有这个县/leaders', { tier: 'first', person: 'dongqih' }, 404),
  ],
  'GET /register/officers': [{ path: '/register/officers' }],
  'POST /register/officers': [body('/register/officers', { person: 'yingji', name: '应急局经办人' })],
  'POST /register/officers/{person}/posts': [
    body('/register/officers/nobody/posts', { post: { role: 'leader' } }, 404),
  ],
  'POST /register/officers/{person}/posts/end': [
    body('/register/officers/nobody/posts/end', { post: { role: 'leader' }, lastDay: '2026-12-31' }, 404),
  ],
  'PUT /register/officers/{person}/active': [
    body('/register/officers/nobody/active', { active: 'left' }, 404),
  ],
  'GET /register/proposals': [{ path: '/register/proposals' }],
  'POST /register/proposals': [
    body('/register/proposals', { round: 'matrix', name: '市没有局', decision: 'dismissed' }, 404),
  ],
  'GET /session': [{ path: '/session' }],
  'GET /session/known': [{ path: '/session/known' }],
  'POST /session/sign-out': [{ path: '/session/sign-out' }],
  // An answer without end: whoever is let in is told that this is no place of the ledger's.
  'GET /stream': [{ path: '/stream', headers: { 'last-event-id': 'nowhere' }, status: 400 }],
  'GET /policies': [{ path: '/policies' }],
  'GET /me/automatic': [{ path: '/me/automatic' }],
  'GET /me': [{ path: '/me' }],
  'GET /me/todos': [{ path: '/me/todos' }],
  'GET /me/next': [{ path: '/me/next' }],
  'GET /unsent-mails': [{ path: '/unsent-mails' }, { path: '/unsent-mails', headers: CSV }],
  'GET /unwritten-papers': [{ path: '/unwritten-papers' }, { path: '/unwritten-papers', headers: CSV }],
  'GET /me/inbox': [{ path: '/me/inbox' }],
  'POST /me/inbox/read': [body('/me/inbox/read', { ids: [] })],
  'GET /papers/{number}': [{ path: slip }],
  'POST /evidence': [body('/evidence', { name: '清单.txt', mediaType: 'text/plain', content: '5p2Q5paZ' })],
  'POST /evidence-file': [
    {
      path: '/evidence-file',
      raw: '--x\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\ncontent-type: text/plain\r\n\r\na\r\n--x--\r\n',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
    },
  ],
  'GET /evidence/{sha256}': [{ path: `/evidence/${evidence.sha256}` }],
  'GET /public/progress': [{ path: '/public/progress?round=matrix' }],
  'GET /public/progress/page': [{ path: '/public/progress/page' }],
  'GET /public/feed': [{ path: '/public/feed' }],
  'GET /public/notices': [{ path: '/public/notices' }],
  'GET /health/live': [{ path: '/health/live' }],
  'GET /health/ready': [{ path: '/health/ready' }],
})
