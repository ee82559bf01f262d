import { z } from 'zod'
import { evidence, list, moment, optionalLong, short } from './fields.js'

/** A visit to the place: where, when, photos, and who from outside was there (YZ-09, YZ-15). */
export const siteVisit = z.strictObject({
  place: short,
  at: moment,
  photos: evidence,
  observers: list(z.strictObject({ name: short, words: optionalLong })),
  absent: list(short).exactOptional(),
})
