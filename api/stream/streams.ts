import { setTimeout as pause } from 'node:timers/promises'
import type { Db } from '../../db/connect.js'
import { listen } from '../../db/listen.js'
import { newsAfter, newsMark, newsNow, type Piece } from '../../db/queries/news.js'
import { isBefore, type NewsPlace } from '../../db/queries/news-place.js'
import { todosOf } from '../../db/queries/todos.js'
import type { Actor } from '../../domain/parties.js'
import { readsAs } from '../../domain/permission/readers.js'
import type { PersonId } from '../../domain/words.js'
import type { Log } from '../log.js'
import { todosIn } from '../me/todos.js'
import { problem } from '../problems/problem.js'
import type { Admission, SignedIn } from './admission.js'
import { changesScope, type Look, lookAfter } from './look.js'
import { messageOf } from './messages.js'
import type { Line, Message } from './reader.js'

export type StreamLimits = {
  readonly perPerson: number
  readonly inAll: number
  readonly heartbeatMillis: number
}

export type Reader = SignedIn & { readonly line: Line }

type Setup = {
  readonly db: Db
  readonly databaseUrl: string
  readonly limits: StreamLimits
  readonly log: Log
  readonly admission: Admission
}

/** What a waiting reader is woken with. */
type Word =
  | { readonly kind: 'news'; readonly look: Look; readonly actor: Actor }
  /** Something is new, but it was not read for them. */
  | { readonly kind: 'behind' }
  | { readonly kind: 'signed-out' }
  /** It is time for a sign of life. */
  | { readonly kind: 'quiet' }
  /** The line or the door is closed. */
  | { readonly kind: 'closed' }

const PAGE = 200
const MOST_TODOS = 1_000
/** Several appends at once are one look. */
const GATHERED_MILLIS = 150
/** Word of an append is only a hint: we look by ourselves, too. */
const LOOKED_EVERY_MILLIS = 1_000
const SIGNED_OUT = { event: 'end', data: { why: '登录已结束,请重新登录' } } as const

/**
 * Everybody who follows what happens, at this door. What is told comes from the ledger; nothing is remembered here. Those who
 * keep up are told from one look that was made for all of them; whoever was away is told from a look of their own first.
 */
export class Streams {
  private readonly readers = new Map<PersonId, number>()
  private readonly following = new Set<Reader>()
  /** What wakes each reader who waits for something new. */
  private readonly waiting = new Map<Reader, (word: Word) => void>()
  private readonly closing = new AbortController()
  private readonly running = new Set<Promise<void>>()
  private looking: { readonly ended: Promise<void>; readonly close: () => Promise<void> } | undefined
  /** As the ledger stood when everything in it had been told. */
  private toldUpTo = ''
  /** An append was heard of, or more of it is left: the next look is not waited for. */
  private lookSoon = false

  constructor(private readonly setup: Setup) {}

  /** @throws Problem 429 for one reader too many of a person, 503 for one too many in all, or while the door closes. */
  refuseMore(person: PersonId): void {
    const { perPerson, inAll } = this.setup.limits
    if (this.closing.signal.aborted || this.running.size >= inAll)
      throw problem('unavailable', '实时消息的连接已满或正在停止,请稍后再试', {
        headers: { 'retry-after': '15' },
      })
    if ((this.readers.get(person) ?? 0) >= perPerson)
      throw problem('too-many', `每人至多同时打开 ${perPerson} 个实时页面,请关掉不用的`, {
        headers: { 'retry-after': '15' },
      })
  }

  /** Tells a reader everything after a place, and what comes, until the line or the session ends. */
  follow(reader: Reader, from: NewsPlace): Promise<void> {
    const { person, line } = reader
    void line.closed.then(() => this.wake(reader, { kind: 'closed' }))
    this.looking ??= this.beginLooking()
    this.readers.set(person, (this.readers.get(person) ?? 0) + 1)
    this.following.add(reader)
    const run = this.serve(reader, from)
      .catch((error: unknown) => {
        this.setup.log.warn({ err: error, person }, 'stream broke off')
        // The reader comes back by itself and goes on where it was.
        line.end({ event: 'end', data: { why: '连接中断,将自动重连' } })
      })
      .finally(() => {
        const left = (this.readers.get(person) ?? 1) - 1
        if (left > 0) this.readers.set(person, left)
        else this.readers.delete(person)
        this.following.delete(reader)
        this.wake(reader, { kind: 'closed' })
        this.running.delete(run)
      })
    this.running.add(run)
    return run
  }

  /** Ends every line; nobody is let in any more. */
  async close(): Promise<void> {
    this.closing.abort()
    for (const reader of this.following) this.wake(reader, { kind: 'closed' })
    await Promise.all([...this.running, this.looking?.close()])
  }

  private async serve(reader: Reader, from: NewsPlace): Promise<void> {
    const { line } = reader
    const { heartbeatMillis } = this.setup.limits
    await line.beat(from)
    let beaten = Date.now()
    // Before looking: what comes meanwhile is not slept through.
    let coming = this.nextWord(reader)
    let place = await this.caughtUp(reader, from)
    while (place !== undefined && line.isOpen && !this.closing.signal.aborted) {
      const word = await coming
      coming = this.nextWord(reader)
      place = await this.heard(reader, place, word)
      const due = word.kind === 'quiet' || Date.now() - beaten >= heartbeatMillis
      if (place !== undefined && due) {
        await line.beat(place)
        beaten = Date.now()
      }
    }
    if (place !== undefined) line.end({ event: 'end', data: { why: '服务正在停止,将自动重连' } })
  }

  /** @returns where the reader stands then; undefined when their line was ended. */
  private async heard(reader: Reader, place: NewsPlace, word: Word): Promise<NewsPlace | undefined> {
    const { line } = reader
    switch (word.kind) {
      case 'closed':
      case 'quiet':
        return place
      case 'signed-out':
        line.end(SIGNED_OUT)
        return undefined
      case 'behind':
        return this.caughtUp(reader, place)
      case 'news': {
        const { look, actor } = word
        // While they took what was before, another look went by.
        if (isBefore(place, look.from)) return this.caughtUp(reader, place)
        await line.send(look.messagesFor(actor, place))
        return isBefore(place, look.next) ? look.next : place
      }
    }
  }

  /** From a look of their own. @returns where the reader stands then; undefined when their line was ended. */
  private async caughtUp(reader: Reader, from: NewsPlace): Promise<NewsPlace | undefined> {
    const { db, admission } = this.setup
    const { line } = reader
    for (let place = from; ; ) {
      const actor = (await admission([reader])).get(reader)
      if (!actor) {
        line.end(SIGNED_OUT)
        return undefined
      }
      const { pieces, next, more } = await newsAfter(db, {
        person: actor.person,
        readers: readsAs(actor),
        scope: changesScope(actor),
        after: place,
        limit: PAGE,
      })
      await line.send(await this.messagesOf(actor, pieces))
      place = next
      if (more === 'no-more' || !line.isOpen || this.closing.signal.aborted) return place
    }
  }

  /** A change of a case comes with what the reader has to do in it now. */
  private async messagesOf(actor: Actor, pieces: readonly Piece[]): Promise<readonly Message[]> {
    const changed = pieces.some(({ kind }) => kind === 'case')
    const todos = changed ? todosIn(actor, await todosOf(this.setup.db, actor, MOST_TODOS)) : []
    return pieces.map((piece) =>
      messageOf(
        piece,
        todos.filter(({ caseId }) => caseId === piece.caseId),
      ),
    )
  }

  /** With what the reader is woken next; whoever has left is woken at once. */
  private nextWord(reader: Reader): Promise<Word> {
    return new Promise((done) => {
      this.waiting.set(reader, done)
      if (!reader.line.isOpen || this.closing.signal.aborted) this.wake(reader, { kind: 'closed' })
    })
  }

  private wake(reader: Reader, word: Word): void {
    const go = this.waiting.get(reader)
    this.waiting.delete(reader)
    go?.(word)
  }

  /** Begins with the first reader: hears of appends, and looks by itself whether there is something new. */
  private beginLooking(): { readonly ended: Promise<void>; readonly close: () => Promise<void> } {
    const { databaseUrl, limits } = this.setup
    const heard = () => {
      this.lookSoon = true
    }
    const ears = listen(databaseUrl, { onAppended: heard, onListening: heard })
    const looking = async (): Promise<void> => {
      let place: NewsPlace | undefined
      let beaten = Date.now()
      for (let rested = 0; !this.closing.signal.aborted; rested += GATHERED_MILLIS) {
        await pause(GATHERED_MILLIS)
        if (Date.now() - beaten >= limits.heartbeatMillis) {
          beaten = Date.now()
          await this.beatAll()
        }
        if (!this.lookSoon && rested < LOOKED_EVERY_MILLIS) continue
        this.lookSoon = false
        rested = 0
        // PostgreSQL may be away: what was not told now is told by the next look.
        place = await this.lookFrom(place).catch(() => place)
      }
    }
    const ended = looking()
    return {
      ended,
      close: async () => {
        await Promise.all([ears.close(), ended])
      },
    }
  }

  /** A sign of life to everybody who is still signed in. Where the ledger cannot be asked, to everybody: it tells nothing. */
  private async beatAll(): Promise<void> {
    const readers = [...this.following]
    const admitted = await this.setup.admission(readers).catch(() => undefined)
    for (const reader of readers)
      this.wake(reader, { kind: !admitted || admitted.has(reader) ? 'quiet' : 'signed-out' })
  }

  /** Where something is new, everybody who follows is told of it. @returns where the next look begins. */
  private async lookFrom(place: NewsPlace | undefined): Promise<NewsPlace> {
    const { db, admission } = this.setup
    const from = place ?? (await newsNow(db))
    const mark = await newsMark(db)
    if (mark === this.toldUpTo) return from
    const readers = [...this.following]
    const admitted = await admission(readers)
    const actors = new Map([...admitted.values()].map((actor) => [actor.person, actor]))
    const look = await lookAfter(db, from, [...actors.values()])
    const asked = new Set(readers)
    for (const reader of this.following) {
      const actor = admitted.get(reader)
      if (actor) this.wake(reader, { kind: 'news', look, actor })
      else this.wake(reader, { kind: asked.has(reader) ? 'signed-out' : 'behind' })
    }
    if (look.more === 'no-more') this.toldUpTo = mark
    else this.lookSoon = true
    return look.next
  }
}
