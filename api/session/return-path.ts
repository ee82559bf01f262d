/** A place of this origin and no other: no host, no scheme, nothing a browser would read as either. */
const LOCAL_PATH = /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/

const LONGEST_PATH = 2_000

/** May somebody who has signed in be sent there? */
export const isReturnPath = (path: string): boolean => path.length <= LONGEST_PATH && LOCAL_PATH.test(path)

/** Where to sign in, and come back from to `path`. */
export const signInHref = (path: string): string =>
  isReturnPath(path) ? `/session/sign-in?to=${encodeURIComponent(path)}` : '/session/sign-in'
