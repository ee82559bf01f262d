import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** scrypt's cost: about 50 ms and 16 MB a try. */
const COST = { N: 16_384, r: 8, p: 1 } as const
/** For a password of our own making, too random to be guessed however cheap a try is. */
export const RANDOM_COST: Cost = { N: 1_024, r: 8, p: 1 }
const LENGTH = 32

const derive = (password: string, salt: Buffer, { N, r, p }: Cost): Promise<Buffer> =>
  new Promise((done, fail) =>
    scrypt(password.normalize('NFKC'), salt, LENGTH, { N, r, p }, (error, key) =>
      error ? fail(error) : done(key),
    ),
  )

type Cost = { readonly N: number; readonly r: number; readonly p: number }

/** `scrypt$N$r$p$salt$key`, base64url: all that is ever kept of a password. */
export const hashPassword = async (password: string, cost: Cost = COST): Promise<string> => {
  const salt = randomBytes(16)
  const key = await derive(password, salt, cost)
  const { N, r, p } = cost
  return ['scrypt', N, r, p, salt.toString('base64url'), key.toString('base64url')].join('$')
}

const HASH = /^scrypt\$(\d+)\$(\d+)\$(\d+)\$([\w-]+)\$([\w-]+)$/

/** A missing hash takes as long as a wrong password: nobody learns who is in the register. */
const NOBODY = `scrypt$16384$8$1$${Buffer.alloc(16).toString('base64url')}$${Buffer.alloc(32).toString('base64url')}`

export const passwordMatches = async (
  password: string,
  hash: string | null | undefined,
): Promise<boolean> => {
  const [, N, r, p, salt = '', key = ''] = HASH.exec(hash ?? NOBODY) ?? HASH.exec(NOBODY) ?? []
  const known = Buffer.from(key, 'base64url')
  const given = await derive(password, Buffer.from(salt, 'base64url'), {
    N: Number(N),
    r: Number(r),
    p: Number(p),
  })
  return Boolean(hash) && known.length === given.length && timingSafeEqual(known, given)
}
