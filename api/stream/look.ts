import type { Db } from '../../db/connect.js'
import type { LedgerFilter } from '../../db/queries/ledger.js'
import { type Happened, happenedAfter, todosOfCases, visibleToEach } from '../../db/queries/live.js'
import type { NewsPlace } from '../../db/queries/news.js'
import { isFor, type TodoRow } from '../../db/queries/todos.js'
import type { Actor } from '../../domain/parties.js'
import { isReader } from '../../domain/permission/readers.js'
import type { CaseId, PersonId } from '../../domain/words.js'
import { hrefOf } from '../cases/views.js'
import { todosIn } from '../me/todos.js'
import { scopeOf, seesWhole } from '../permission.js'
import { isBefore } from './place.js'
import type { Message } from './reader.js'

/** What changed between two places, read once for everybody who follows. */
export type Look = {
  readonly from: NewsPlace
  readonly next: NewsPlace
  readonly more: Happened['more']
  /** For one of those it was read for, who stands at `place`, not before `from`. */
  readonly messagesFor: (actor: Actor, place: NewsPlace) => readonly Message[]
}

/** So many pieces a look at most; what is left is the next one's. */
const MOST = 1_000

/** What this person may know of the changes of cases; undefined: nothing. */
export const changesScope = (actor: Actor): LedgerFilter | undefined =>
  seesWhole(actor) ? { ...scopeOf(actor), rounds: 'among-them' } : undefined

/** Three questions to the ledger, however many follow. */
export const lookAfter = async (db: Db, from: NewsPlace, actors: readonly Actor[]): Promise<Look> => {
  const { pieces, next, more } = await happenedAfter(db, from, MOST)
  const changed = [...new Set(pieces.flatMap(({ kind, caseId }) => (kind === 'case' ? [caseId] : [])))]
  const scoped = actors.flatMap(({ person, ...rest }) => {
    const scope = changesScope({ person, ...rest })
    return scope ? [{ person, scope }] : []
  })
  const [seen, todos] = await Promise.all([
    visibleToEach(
      db,
      changed,
      scoped.map(({ scope }) => scope),
    ),
    todosOfCases(db, changed),
  ])
  const visible = new Map<PersonId, ReadonlySet<CaseId>>(
    scoped.map(({ person }, index) => [person, seen[index] ?? new Set()]),
  )
  return {
    ...{ from, next, more },
    messagesFor: (actor, place) =>
      pieces.flatMap((piece) =>
        isBefore(place, piece.place) ? messageFor(actor, piece, visible.get(actor.person), todos) : [],
      ),
  }
}

const messageFor = (
  actor: Actor,
  piece: Happened['pieces'][number],
  visible: ReadonlySet<CaseId> | undefined,
  todos: readonly TodoRow[],
): readonly Message[] => {
  const { place: id, caseId, seq, at } = piece
  const href = hrefOf(caseId)
  switch (piece.kind) {
    case 'notice': {
      const mine = piece.person === actor.person && (piece.readers === null || isReader(actor, piece.readers))
      return mine
        ? [{ event: 'notice', id, data: { id: piece.id, caseId, href, subject: piece.subject, at } }]
        : []
    }
    case 'case': {
      if (!visible?.has(caseId)) return []
      const own = todosIn(actor, todos.filter((todo) => todo.caseId === caseId).filter(isFor(actor)))
      return [{ event: 'case', id, data: { caseId, href, seq, at, todos: own } }]
    }
  }
}
