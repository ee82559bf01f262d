import type { Connection } from '@temporalio/client'

/** Calls to Temporal, each with a deadline, and known until it has ended: nobody closes the connection under one. */
export class TemporalCalls {
  private readonly underWay = new Set<Promise<unknown>>()
  private readonly givenUp = new AbortController()

  constructor(private readonly connection: Connection) {}

  within<T>(millis: number, call: () => Promise<T>): Promise<T> {
    const work = this.connection.withAbortSignal(this.givenUp.signal, () =>
      this.connection.withDeadline(Date.now() + millis, call),
    )
    const ended = work
      .then(
        () => undefined,
        () => undefined,
      )
      .finally(() => this.underWay.delete(ended))
    this.underWay.add(ended)
    return work
  }

  /** Fails when Temporal itself does not answer. */
  async probe(millis: number): Promise<void> {
    await this.within(millis, () => this.connection.workflowService.getSystemInfo({}))
  }

  /** Nobody waits for the calls still under way; what they asked for goes on without us. */
  async close(): Promise<void> {
    this.givenUp.abort()
    await Promise.all(this.underWay)
    await this.connection.close()
  }
}
