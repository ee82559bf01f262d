import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  None,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client'

/** Signed in as oneself: gives a token that holds, for as long as the session is used. */
export type Session = {
  readonly username: string
  readonly token: () => Promise<string>
}

type Credentials = { readonly issuer: string; readonly username: string; readonly password: string }

/** The issuer did not let this person in; `message` is what its page says. */
export class NotSignedIn extends Error {
  override readonly name = 'NotSignedIn'
}

const CLIENT = 'bihuan-cli'
const REDIRECT = 'http://127.0.0.1/signed-in'
const MOST_STEPS = 10
/** A token is renewed this long before it ends. */
const MARGIN_MILLIS = 60_000

/**
 * Signs in at our own issuer by the code flow with PKCE, as a browser would, without one.
 * @throws NotSignedIn for a wrong name or password.
 */
export const signIn = async (credentials: Credentials): Promise<Session> => {
  const issuer = await issuerAt(credentials.issuer)
  let held = await fresh(issuer, credentials)
  return {
    username: credentials.username,
    token: async () => {
      if (held.until < Date.now()) held = await fresh(issuer, credentials)
      return held.token
    },
  }
}

const known = new Map<string, Promise<Configuration>>()

const issuerAt = (url: string): Promise<Configuration> => {
  const found =
    known.get(url) ??
    discovery(new URL(url), CLIENT, undefined, None(), {
      // Our own issuer speaks plain HTTP on this machine; any other must not.
      ...(new URL(url).protocol === 'http:' ? { execute: [allowInsecureRequests] } : {}),
    })
  known.set(url, found)
  found.catch(() => known.delete(url))
  return found
}

const fresh = async (issuer: Configuration, credentials: Credentials) => {
  const verifier = randomPKCECodeVerifier()
  const state = randomState()
  const start = buildAuthorizationUrl(issuer, {
    redirect_uri: REDIRECT,
    scope: 'openid profile',
    state,
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  })
  const back = await throughLogin(start, credentials)
  const tokens = await authorizationCodeGrant(issuer, back, {
    pkceCodeVerifier: verifier,
    expectedState: state,
  })
  return {
    token: tokens.access_token,
    until: Date.now() + (tokens.expiresIn() ?? 0) * 1_000 - MARGIN_MILLIS,
  }
}

/** Follows the pages from the client's request to the address with the code, filling the one form on the way. */
const throughLogin = async (start: URL, { username, password }: Credentials): Promise<URL> => {
  const cookies = new Map<string, string>()
  let next = start
  let form: URLSearchParams | undefined
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const answer = await visit(next, cookies, form)
    const location = answer.headers.get('location')
    if (location !== null) {
      next = new URL(location, next)
      form = undefined
      if (next.href.startsWith(REDIRECT)) return next
    } else if (answer.ok && form === undefined) {
      form = new URLSearchParams({ username, password })
    } else {
      throw new NotSignedIn(wordsOf(await answer.text()))
    }
  }
  throw new NotSignedIn('登录没有走完')
}

const visit = async (
  url: URL,
  cookies: Map<string, string>,
  form: URLSearchParams | undefined,
): Promise<Response> => {
  const answer = await fetch(url, {
    redirect: 'manual',
    headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    ...(form && { method: 'POST', body: form }),
  })
  for (const cookie of answer.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
    cookies.set(name, value)
  }
  return answer
}

const wordsOf = (html: string): string => /role="alert">([^<]+)</.exec(html)?.[1] ?? '登录失败'
