import type { Adapter, AdapterPayload } from 'oidc-provider'

type Kept = { readonly payload: AdapterPayload; readonly until: number }

/** Sessions, codes and grants of one issuer process: short-lived, and gone with it. Keys and people are kept elsewhere. */
export const makeStore = (): (new (model: string) => Adapter) => {
  const kept = new Map<string, Kept>()

  const read = (key: string): AdapterPayload | undefined => {
    const found = kept.get(key)
    if (found && found.until > Date.now()) return found.payload
    kept.delete(key)
    return undefined
  }
  const sweep = (): void => {
    for (const key of kept.keys()) read(key)
  }

  return class Store implements Adapter {
    constructor(private readonly model: string) {}

    async upsert(id: string, payload: AdapterPayload, seconds: number): Promise<void> {
      if (kept.size > SWEPT_FROM) sweep()
      kept.set(this.key(id), { payload, until: Date.now() + (seconds || DAY_SECONDS) * 1_000 })
    }

    async find(id: string): Promise<AdapterPayload | undefined> {
      return read(this.key(id))
    }

    async findByUid(uid: string): Promise<AdapterPayload | undefined> {
      return this.own().find((payload) => payload.uid === uid)
    }

    async findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
      return this.own().find((payload) => payload.userCode === userCode)
    }

    async consume(id: string): Promise<void> {
      const payload = read(this.key(id))
      if (payload) payload.consumed = Math.floor(Date.now() / 1_000)
    }

    async destroy(id: string): Promise<void> {
      kept.delete(this.key(id))
    }

    async revokeByGrantId(grantId: string): Promise<void> {
      for (const [key, { payload }] of kept) if (payload.grantId === grantId) kept.delete(key)
    }

    private key(id: string): string {
      return `${this.model}:${id}`
    }

    private own(): readonly AdapterPayload[] {
      return [...kept.keys()]
        .filter((key) => key.startsWith(`${this.model}:`))
        .flatMap((key): readonly AdapterPayload[] => {
          const payload = read(key)
          return payload ? [payload] : []
        })
    }
  }
}

const SWEPT_FROM = 5_000
const DAY_SECONDS = 86_400
