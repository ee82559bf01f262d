/** A browser without a window: keeps cookies by origin, follows redirects, says where its requests come from. */
export type Visitor = {
  /** Follows no redirect; `site` is what a browser says of who made it ask. */
  readonly ask: (method: string, url: string, more?: Asking) => Promise<Response>
  /** Follows redirects to a page, which it returns with its address. */
  readonly open: (url: string) => Promise<{ readonly url: URL; readonly answer: Response }>
  /** Signs in from a page of the door, and gives the address it ends on. */
  readonly signIn: (url: string, username: string, password: string) => Promise<URL>
  readonly cookies: (url: string) => ReadonlyMap<string, string>
}

type Asking = {
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | URLSearchParams | FormData
}

const MOST_STEPS = 12

export const visitor = (): Visitor => {
  const jars = new Map<string, Map<string, string>>()
  const jarOf = (url: string): Map<string, string> => {
    const { host } = new URL(url)
    const jar = jars.get(host) ?? new Map<string, string>()
    jars.set(host, jar)
    return jar
  }
  const ask: Visitor['ask'] = async (method, url, { headers, body } = {}) => {
    const jar = jarOf(url)
    const answer = await fetch(url, {
      method,
      redirect: 'manual',
      headers: {
        'sec-fetch-site': 'same-origin',
        ...(jar.size > 0 && { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') }),
        ...headers,
      },
      ...(body !== undefined && { body }),
    })
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      if (/Max-Age=0/i.test(set) || value === '') jar.delete(name)
      else jar.set(name, value)
    }
    return answer
  }
  const open: Visitor['open'] = async (from) => {
    let url = new URL(from)
    for (let step = 0; step < MOST_STEPS; step += 1) {
      const answer = await ask('GET', url.href)
      const location = answer.headers.get('location')
      if (location === null) return { url, answer }
      await answer.body?.cancel()
      url = new URL(location, url)
    }
    throw new Error(`${from} leads nowhere`)
  }
  return {
    ask,
    open,
    cookies: jarOf,
    signIn: async (url, username, password) => {
      const page = await open(url)
      const sent = await ask('POST', page.url.href, { body: new URLSearchParams({ username, password }) })
      const location = sent.headers.get('location')
      if (location === null) return page.url
      return (await open(new URL(location, page.url).href)).url
    },
  }
}
