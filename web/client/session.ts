import { useNavigate } from '@tanstack/react-router'
import { client } from '../generated/api/client.gen'

export const UNAUTHENTICATED = 401

const here = (): string => location.pathname + location.search

export const signInHref = (to: string): string => `/session/sign-in?to=${encodeURIComponent(to)}`

/** Whoever is signed in no longer goes to sign in, and comes back here. */
export const leaveToSignIn = (): void => location.assign(signInHref(here()))

/** The interface is where the pages come from. */
export const configureClient = (): void => {
  client.setConfig({ baseUrl: '', credentials: 'same-origin' })
  client.interceptors.response.use((response) => {
    if (response.status === UNAUTHENTICATED) leaveToSignIn()
    return response
  })
}

const SIGNED_OUT = '/console/signed-out'

/** Whether the session is over; without an answer it is not. */
const endSession = async (): Promise<boolean> => {
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
