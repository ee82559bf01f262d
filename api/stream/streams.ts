import { setTimeout as pause } from 'node:timers/promises'
import type { Db } from '../../db/connect.js'
import { listen } from '../../db/listen.js'
import { type NewsPlace, newsAfter, newsMark, type Piece } from '../../db/queries/news.js'
import { todosOf } from '../../db/queries/todos.js'
import type { Actor } from '../../domain/parties.js'
import { readsAs } from '../../domain/permission/readers.js'
import type { PersonId } from '../../domain/words.js'
import { hrefOf } from '../cases/views.js'
import type { Log } from '../log.js'
import { todosIn } from '../me/todos.js'
import { scopeOf, seesWhole } from '../permission.js'
import { problem } from '../problems/problem.js'
import type { Line, Message } from './reader.js'

export type StreamLimits = {
  readonly perPerson: number
  readonly inAll: number
  readonly heartbeatMillis: number
}

/** Who reads, and whether they still may: asked before anything is sent. */
export type Reader = {
  readonly person: PersonId
  /** Undefined once the session has ended or the person has left. */
  readonly actor: () => Promise<Actor | undefined>
  readonly line: Line
}

type Setup = {
  readonly db: Db
  readonly databaseUrl: string
  readonly limits: StreamLimits
  readonly log: Log
}

const PAGE = 200
const MOST_TODOS = 1_000
/** Several appends at once are one look. */
const GATHERED_MILLIS = 150
/** Word of an append is only a hint: we look by ourselves, too. */
const LOOKED_EVERY_MILLIS = 1_000

/** Everybody who follows what happens, at this door. What is told comes from the ledger; nothing is remembered here. */
export class Streams {
  private readonly readers = new Map<PersonId, number>()
  /** What wakes each reader who waits for something new. */
  private readonly waiting = new Map<Line, () => void>()
  private readonly closing = new AbortController()
  private readonly running = new Set<Promise<void>>()
  private looking: { readonly ended: Promise<void>; readonly close: () => Promise<void> } | undefined
  private told = ''
  private word = false

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
    void line.closed.then(() => this.waiting.get(line)?.())
    this.looking ??= this.look()
    this.readers.set(person, (this.readers.get(person) ?? 0) + 1)
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
        this.waiting.get(line)?.()
        this.waiting.delete(line)
        this.running.delete(run)
      })
    this.running.add(run)
    return run
  }

  /** Ends every line; nobody is let in any more. */
  async close(): Promise<void> {
    this.closing.abort()
    this.wake()
    await Promise.all([...this.running, this.looking?.close()])
  }

  private async serve(reader: Reader, from: NewsPlace): Promise<void> {
    const { line } = reader
    let place = from
    let beaten = Date.now()
    await line.beat(place)
    while (line.isOpen && !this.closing.signal.aborted) {
      // Before looking: what comes meanwhile is not slept through.
      const coming = this.nextWord(line)
      const actor = await reader.actor()
      if (!actor) return line.end({ event: 'end', data: { why: '登录已结束,请重新登录' } })
      const { pieces, next, more } = await this.newsOf(actor, place)
      await line.send(await this.messagesOf(actor, pieces))
      place = next
      if (more === 'more') continue
      if (Date.now() - beaten >= this.setup.limits.heartbeatMillis) {
        await line.beat(place)
        beaten = Date.now()
      }
      await coming
    }
    line.end({ event: 'end', data: { why: '服务正在停止,将自动重连' } })
  }

  private newsOf(actor: Actor, after: NewsPlace) {
    const scope = seesWhole(actor) ? ({ ...scopeOf(actor), rounds: 'among-them' } as const) : undefined
    return newsAfter(this.setup.db, {
      person: actor.person,
      readers: readsAs(actor),
      scope,
      after,
      limit: PAGE,
    })
  }

  /** A change of a case comes with what the reader has to do in it now. */
  private async messagesOf(actor: Actor, pieces: readonly Piece[]): Promise<readonly Message[]> {
    const changed = pieces.some(({ kind }) => kind === 'case')
    const todos = changed ? todosIn(actor, await todosOf(this.setup.db, actor, MOST_TODOS)) : []
    return pieces.map((piece) => {
      const { kind, place: id, caseId, at } = piece
      const href = hrefOf(caseId)
      return piece.kind === 'notice'
        ? { event: kind, id, data: { id: piece.id, caseId, href, subject: piece.subject, at } }
        : {
            event: kind,
            id,
            data: { caseId, href, seq: piece.seq, at, todos: todos.filter((todo) => todo.caseId === caseId) },
          }
    })
  }

  /** Something may be new, the reader left, or it is time for a sign of life. */
  private nextWord(line: Line): Promise<void> {
    return new Promise((done) => {
      const timer = setTimeout(done, this.setup.limits.heartbeatMillis)
      this.waiting.set(line, () => {
        clearTimeout(timer)
        done()
      })
    })
  }

  private wake(): void {
    for (const go of this.waiting.values()) go()
  }

  /** Begins with the first reader: hears of appends, and looks by itself whether there is something new. */
  private look(): { readonly ended: Promise<void>; readonly close: () => Promise<void> } {
    const { db, databaseUrl } = this.setup
    const heard = () => {
      this.word = true
    }
    const ears = listen(databaseUrl, { onAppended: heard, onListening: heard })
    const looking = async (): Promise<void> => {
      for (let rested = 0; !this.closing.signal.aborted; rested += GATHERED_MILLIS) {
        await pause(GATHERED_MILLIS)
        if (!this.word && rested < LOOKED_EVERY_MILLIS) continue
        this.word = false
        rested = 0
        const mark = await newsMark(db).catch(() => this.told)
        if (mark !== this.told) this.wake()
        this.told = mark
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
}
