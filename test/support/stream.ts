export type Told = { readonly event: string; readonly id: string; readonly data: Record<string, unknown> }

/** Somebody who follows a stream of messages (text/event-stream), as a browser reads it. */
export type Follower = {
  readonly status: number
  readonly told: readonly Told[]
  /** Where this reader would go on: the last id given, with a message or without. */
  readonly place: () => string
  readonly ended: Promise<void>
  readonly leave: () => Promise<void>
}

export const follow = async (url: string, headers: Readonly<Record<string, string>>): Promise<Follower> => {
  const leaving = new AbortController()
  const answer = await fetch(url, { headers, signal: leaving.signal })
  const told: Told[] = []
  let place = ''
  const take = (block: string): void => {
    const fields = new Map(
      block.split('\n').flatMap((line) => {
        const [, name, value] = /^(\w+): (.*)$/.exec(line) ?? []
        return name === undefined ? [] : [[name, value ?? ''] as const]
      }),
    )
    place = fields.get('id') ?? place
    const data = fields.get('data')
    if (data !== undefined) told.push({ event: fields.get('event') ?? '', id: place, data: JSON.parse(data) })
  }
  const read = async (): Promise<void> => {
    let text = ''
    const decoder = new TextDecoder()
    for await (const part of answer.body ?? []) {
      text += decoder.decode(part as Uint8Array, { stream: true })
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      blocks.forEach(take)
    }
  }
  const ended = answer.ok ? read().catch(() => undefined) : answer.body?.cancel()
  return {
    status: answer.status,
    told,
    place: () => place,
    ended: Promise.resolve(ended),
    leave: async () => {
      leaving.abort()
      await ended
    },
  }
}
