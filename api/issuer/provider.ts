import { Provider } from 'oidc-provider'
import type { Db } from '../../db/connect.js'
import { credentialsOf } from '../../db/register.js'
import type { PersonId } from '../../domain/words.js'
import { ALGORITHM, type IssuerSecrets } from './keys.js'
import { errorPage, PAGE_HEADERS } from './pages.js'
import { makeStore } from './store.js'

export const CLI_CLIENT = 'bihuan-cli'
export const DOCS_CLIENT = 'bihuan-docs'
export const CONSOLE_CLIENT = 'bihuan-console'
/** Where the terminal's sign-in is sent back to; any port of this machine will do (RFC 8252). */
export const CLI_REDIRECT = 'http://127.0.0.1/signed-in'

const HOUR = 3_600

type Setup = {
  readonly url: string
  readonly audience: string
  readonly apiUrl: string
  /** Of the door, where the console's sign-in is sent back to. */
  readonly console: { readonly redirect: string; readonly secret: string }
  readonly secrets: IssuerSecrets
  readonly db: Db
}

/** OpenID Connect for one city in development or demonstration: code flow with PKCE, officers of the register. */
export const makeProvider = ({ url, audience, apiUrl, console, secrets, db }: Setup): Provider => {
  const publicClient = {
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code'],
    response_types: ['code'],
    id_token_signed_response_alg: ALGORITHM,
  } as const
  return new Provider(url, {
    adapter: makeStore(),
    clients: [
      {
        ...publicClient,
        client_id: CLI_CLIENT,
        client_name: '闭环命令行',
        application_type: 'native',
        redirect_uris: [CLI_REDIRECT],
      },
      {
        ...publicClient,
        client_id: DOCS_CLIENT,
        client_name: '闭环接口文档',
        application_type: 'native',
        redirect_uris: [`${apiUrl}/docs/oauth2-redirect.html`],
      },
      {
        ...publicClient,
        token_endpoint_auth_method: 'client_secret_basic',
        client_id: CONSOLE_CLIENT,
        client_secret: console.secret,
        client_name: '闭环控制台',
        application_type: console.redirect.startsWith('https:') ? 'web' : 'native',
        redirect_uris: [console.redirect],
      },
    ],
    jwks: secrets.jwks as never,
    cookies: { keys: secrets.cookieKeys, short: { signed: true }, long: { signed: true } },
    enabledJWA: { idTokenSigningAlgValues: [ALGORITHM] },
    scopes: ['openid', 'profile'],
    claims: { openid: ['sub'], profile: ['name'] },
    pkce: { required: () => true },
    ttl: {
      AccessToken: HOUR,
      AuthorizationCode: 60,
      IdToken: HOUR,
      Interaction: 600,
      Session: 8 * HOUR,
      Grant: 8 * HOUR,
    },
    features: {
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        useGrantedResource: () => true,
        getResourceServerInfo: (_ctx, resource) => {
          if (resource !== audience) throw new TypeError(`no such resource: ${resource}`)
          return {
            scope: 'openid profile',
            audience,
            accessTokenTTL: HOUR,
            accessTokenFormat: 'jwt',
            jwt: { sign: { alg: ALGORITHM } },
          }
        },
      },
    },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    clientBasedCORS: (_ctx, origin, { clientId }) =>
      clientId === DOCS_CLIENT && origin === new URL(apiUrl).origin,
    findAccount: async (_ctx, id) => {
      const officer = await credentialsOf(db, id as PersonId)
      return officer && { accountId: id, claims: () => ({ sub: id, name: officer.name }) }
    },
    // Our own clients: whoever signs in need not be asked once more whether they meant it.
    loadExistingGrant: async ({ oidc }) => {
      const { client, session, provider } = oidc
      if (!client || !session?.accountId) return undefined
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId })
      grant.addOIDCScope('openid profile')
      grant.addResourceScope(audience, 'openid profile')
      await grant.save()
      return grant
    },
    renderError: (ctx, { error_description, error }) => {
      ctx.set(PAGE_HEADERS)
      ctx.body = errorPage(`登录请求无效(${error_description ?? error})`)
    },
  })
}
