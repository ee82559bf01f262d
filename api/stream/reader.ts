import type { ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { NewsPlace } from '../../db/queries/news-place.js'

/** A reader who takes nothing for so long is let go; they come back for what they missed. */
const PATIENCE_MILLIS = 20_000

/** One message of the stream; `id` is where its reader goes on after it. */
export type Message = {
  readonly event: 'case' | 'notice' | 'reset' | 'end'
  readonly id?: NewsPlace
  readonly data: unknown
}

const written = ({ event, id, data }: Message): string =>
  `event: ${event}\n${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`

/** The open answer of one reader (text/event-stream). */
export class Line {
  /** The reader left, or was let go. */
  readonly closed: Promise<void>

  constructor(private readonly response: ServerResponse) {
    this.closed = new Promise((done) => response.once('close', done))
  }

  get isOpen(): boolean {
    return !this.response.writableEnded && !this.response.destroyed
  }

  /** Waits while the reader is slow. */
  async send(messages: readonly Message[]): Promise<void> {
    if (messages.length > 0) await this.write(messages.map(written).join(''))
  }

  /** Keeps the connection, and the reader's place also where nothing was for them: an empty message only moves it. */
  beat(place: NewsPlace): Promise<void> {
    return this.write(`id: ${place}\n: 在\n\n`)
  }

  end(message: Message): void {
    if (this.isOpen) this.response.end(written(message))
  }

  private async write(text: string): Promise<void> {
    if (!this.isOpen || this.response.write(text)) return
    const done = new AbortController()
    const drained = new Promise<void>((free) => {
      this.response.once('drain', free)
      this.response.once('close', free)
    })
    const tooSlow = pause(PATIENCE_MILLIS, 'slow', { signal: done.signal }).catch(() => undefined)
    if ((await Promise.race([drained, tooSlow])) === 'slow') this.response.destroy()
    done.abort()
  }
}
