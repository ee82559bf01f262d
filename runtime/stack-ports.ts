import { exactPort, freePort, nextFreePort } from './ports.js'

export type Ports = Readonly<
  Record<'api' | 'temporalUi' | 'issuer' | 'temporal' | 'temporalHttp' | 'postgres', number>
>

/** How ports are chosen: `any` for tests; else our defaults or the next free ones, the API's exactly if asked for. */
export type PortWish = { readonly kind: 'any' } | { readonly kind: 'usual'; readonly api?: number }

const USUAL = {
  api: 8600,
  temporalUi: 8601,
  issuer: 8602,
  temporal: 8603,
  temporalHttp: 8604,
  postgres: 8605,
} as const

/** @throws Trouble when the port that was asked for is taken. */
export const choosePorts = async (wish: PortWish): Promise<Ports> => {
  const given = new Set<number>()
  const next = async (usual: number): Promise<number> => {
    const port = wish.kind === 'any' ? await freePort() : await nextFreePort(usual, given)
    given.add(port)
    return port
  }
  const asked = wish.kind === 'usual' ? wish.api : undefined
  if (asked !== undefined) given.add(await exactPort(asked, '控制台与接口'))
  return {
    api: asked ?? (await next(USUAL.api)),
    temporalUi: await next(USUAL.temporalUi),
    issuer: await next(USUAL.issuer),
    temporal: await next(USUAL.temporal),
    temporalHttp: await next(USUAL.temporalHttp),
    postgres: await next(USUAL.postgres),
  }
}
