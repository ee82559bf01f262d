import type { QueryLog } from '../../db/connect.js'
import type { Tracer } from './tracer.js'

/** Each query of a trace as a span: its words with places for values, never the values. */
export const tracedQueries =
  (tracer: Tracer): QueryLog =>
  ({ level, query, queryDurationMillis }) =>
    tracer.took('postgresql', queryDurationMillis, level === 'error' ? 'failed' : 'ok', {
      'db.system.name': 'postgresql',
      'db.query.text': query.sql,
    })
