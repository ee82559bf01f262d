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

export const signOut = async (): Promise<void> => {
  await fetch('/session/sign-out', { method: 'POST', credentials: 'same-origin' })
  location.assign('/console/signed-out')
}
