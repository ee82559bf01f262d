import { z } from 'zod'
import type { Coming } from '../../domain/why/next.js'

/** What comes by itself, as the interface tells it. */
export const coming = z.object({ at: z.string(), told: z.string(), rule: z.string(), clause: z.string() })

export const comingView = ({ at, told, rule, clause }: Coming) => ({ at, told, rule, clause })
