import type { Piece } from '../../db/queries/news.js'
import { hrefOf } from '../cases/views.js'
import type { todosIn } from '../me/todos.js'
import type { Message } from './reader.js'

/** A piece of news as its reader is told it; `todos`: what they have to do in that case now, told with its change. */
export const messageOf = (piece: Piece, todos: ReturnType<typeof todosIn>): Message => {
  const { place: id, caseId, at } = piece
  const href = hrefOf(caseId)
  return piece.kind === 'notice'
    ? { event: 'notice', id, data: { id: piece.id, caseId, href, subject: piece.subject, at } }
    : { event: 'case', id, data: { caseId, href, seq: piece.seq, at, todos } }
}
