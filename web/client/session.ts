import { client } from '../generated/api/client.gen'

const UNAUTHENTICATED = 401

const here = (): string => location.pathname + location.search

export const signInHref = (to: string): string => `/session/sign-in?to=${encodeURIComponent(to)}`

/** The interface is where the pages come from; whoever is signed in no longer is sent to sign in, and comes back here. */
export const configureClient = (): void => {
  client.setConfig({ baseUrl: '', credentials: 'same-origin' })
  client.interceptors.response.use((response) => {
    if (response.status === UNAUTHENTICATED) location.assign(signInHref(here()))
    return response
  })
}

export const signOut = async (): Promise<void> => {
  await fetch('/session/sign-out', { method: 'POST', credentials: 'same-origin' })
  location.assign('/console/signed-out')
}
