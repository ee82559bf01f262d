import type { Db } from '../../db/connect.js'
import type { LedgerFilter } from '../../db/queries/ledger.js'
import { type Happened, happenedAfter, todosOfCases, visibleToEach } from '../../db/queries/live.js'
import { isBefore, type NewsPlace } from '../../db/queries/news-place.js'
import { isFor, type TodoRow } from '../../db/queries/todos.js'
import type { Actor } from '../../domain/parties.js'
import { isReader } from '../../domain/permission/readers.js'
import type { CaseId, PersonId } from '../../domain/words.js'
import { todosIn } from '../me/todos.js'
import { scopeOf, seesWhole } from '../permission.js'
import { messageOf } from './messages.js'
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
  const scoped = actors.flatMap((actor) => {
    const scope = changesScope(actor)
    return scope ? [{ person: actor.person, scope }] : []
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
  const { caseId } = piece
  switch (piece.kind) {
    case 'notice': {
      const mine = piece.person === actor.person && (piece.readers === null || isReader(actor, piece.readers))
      return mine ? [messageOf(piece, [])] : []
    }
    case 'case': {
      if (!visible?.has(caseId)) return []
      const own = todosIn(actor, todos.filter((todo) => todo.caseId === caseId).filter(isFor(actor)))
      return [messageOf(piece, own)]
    }
  }
}
