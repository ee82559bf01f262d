import { z } from 'zod'
import { roundId } from '../../contracts/fields.js'
import type { Db } from '../../db/connect.js'
import { type Round, roundById } from '../../db/rounds.js'
import type { RoundId } from '../../domain/words.js'
import { problem } from '../problems/problem.js'

/** A round as an address names it. */
export const roundParams = z.object({ id: roundId })
export type RoundParams = z.output<typeof roundParams>

export const noSuchRound = (id: RoundId) => problem('not-found', `没有轮次 ${id}`)

/** @throws Problem 404. */
export const roundOr404 = async (db: Db, id: RoundId): Promise<Round> => {
  const round = await roundById(db, id)
  if (!round) throw noSuchRound(id)
  return round
}
