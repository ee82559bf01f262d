import { Worker } from 'node:worker_threads'
import type { AdoptPlanBody } from '../../contracts/rounds.js'
import { withTypescript } from '../../runtime/project.js'
import { type PlanTold, readPlan } from './plan-reading.js'

/** Some pages take a tenth of a second; of more, or of a packed file, nobody knows before. */
const SHORT_CHARACTERS = 20_000
const LONGEST_MILLIS = 60_000
/** Two threads read ten megabytes each while everybody else is answered; more would take the machine. */
const AT_ONCE = 2
const MOST_MEGABYTES = 1_024

export type PlanOutcome = PlanTold | { readonly kind: 'busy' } | { readonly kind: 'too-much' }

let aside = 0

/**
 * Reads a plan without keeping others waiting: a long one in a thread of its own, made for it and ended after it. `busy`: two are
 * being read already; `too-much`: it was not read within a minute, or not within a gigabyte.
 */
export const readAside = async (body: AdoptPlanBody): Promise<PlanOutcome> => {
  if ('text' in body.plan && body.plan.text.length <= SHORT_CHARACTERS) return readPlan(body)
  if (aside >= AT_ONCE) return { kind: 'busy' }
  aside += 1
  try {
    return await inThread(body)
  } finally {
    aside -= 1
  }
}

const inThread = async (body: AdoptPlanBody): Promise<PlanOutcome> => {
  const thread = new Worker(new URL('./plan-thread.ts', import.meta.url), {
    execArgv: [...withTypescript],
    workerData: body,
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
  })
  let limit: NodeJS.Timeout | undefined
  try {
    return await new Promise<PlanOutcome>((done, fail) => {
      limit = setTimeout(() => done({ kind: 'too-much' }), LONGEST_MILLIS)
      thread.once('message', done)
      thread.once('error', (error: NodeJS.ErrnoException) =>
        error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? done({ kind: 'too-much' }) : fail(error),
      )
      thread.once('exit', (code) => fail(new Error(`the thread that read a plan ended with ${code}`)))
    })
  } finally {
    clearTimeout(limit)
    await thread.terminate()
  }
}
