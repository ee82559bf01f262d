import { useNavigate } from '@tanstack/react-router'
import { client } from '../generated/api/client.gen'

export const UNAUTHENTICATED = 401

const here = (): string => location.pathname + location.search

export const signInHref = (to: string): string => `/session/sign-in?to=${encodeURIComponent(to)}`

/** Whoever is signed in no longer goes to sign in, and comes back here. */
export const leaveToSignIn = (): void => location.assign(signInHref(here()))

/** Within this time of an answer nobody's session ends by disuse. */
const SURE_MILLIS = 60_000
let answeredAt = Date.now()
let asking: Promise<boolean> | undefined

const askWhetherSignedIn = async (): Promise<boolean> => {
  try {
    const answer = await fetch('/session/known', { credentials: 'same-origin' })
    return !answer.ok || ((await answer.json()) as { readonly signedIn: boolean }).signedIn
  } catch {
    return true
  } finally {
    asking = undefined
  }
}

/** Without an answer it is not known that the session is over: what is asked next will tell. */
const isSignedIn = (): Promise<boolean> => {
  asking ??= askWhetherSignedIn()
  return asking
}

/**
 * Before something is asked after a while: whoever is signed in no longer goes to sign in without being refused first, which a
 * browser would write down as an error for each question of the page. Never comes back to whoever leaves.
 */
export const whileSignedIn = async (): Promise<void> => {
  if (Date.now() - answeredAt < SURE_MILLIS || (await isSignedIn())) return
  leaveToSignIn()
  await new Promise(() => undefined)
}

/** When a stream ends it may be because the session did. */
export const leaveIfSignedOut = async (): Promise<'stays' | 'leaves'> => {
  if (await isSignedIn()) return 'stays'
  leaveToSignIn()
  return 'leaves'
}

/** The interface is where the pages come from. */
export const configureClient = (): void => {
  client.setConfig({
    ...{ baseUrl: '', credentials: 'same-origin' },
    fetch: async (...asked) => {
      await whileSignedIn()
      return fetch(...asked)
    },
  })
  client.interceptors.response.use((response) => {
    if (response.status === UNAUTHENTICATED) leaveToSignIn()
    else answeredAt = Date.now()
    return response
  })
}

const SIGNED_OUT = '/console/signed-out'

/** Whether the session is over; without an answer it is not. */
const endSession = async (): Promise<boolean> => {
  if (!(await isSignedIn())) return true
  try {
    const { ok, status } = await fetch('/session/sign-out', { method: 'POST', credentials: 'same-origin' })
    return ok || status === UNAUTHENTICATED
  } catch {
    return false
  }
}

/** Ends the session when nothing is shown any more that would ask without it; then begins anew, with nothing remembered. */
export const useSignOut = (): (() => Promise<void>) => {
  const navigate = useNavigate()
  return async () => {
    await navigate({ to: '/signing-out' })
    location.replace((await endSession()) ? SIGNED_OUT : '/console/')
  }
}
