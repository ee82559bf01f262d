import type { AdoptPlanBody } from '../../contracts/rounds.js'
import { docxText } from '../../intake/docx.js'
import { type PlanReading, readPlanText, UnreadablePlan } from '../../intake/index.js'

export type PlanRead = { readonly text: string; readonly reading: PlanReading }

/** What came of reading a plan; it travels between threads, which an error's class does not. */
export type PlanTold =
  | ({ readonly kind: 'read' } & PlanRead)
  | { readonly kind: 'unreadable'; readonly why: string }

/** A plan as it was sent in, read to its end. */
export const readPlan = async ({ plan, planDate }: AdoptPlanBody): Promise<PlanTold> => {
  try {
    const text = 'text' in plan ? plan.text : await docxText(Buffer.from(plan.docx, 'base64'))
    const reading = readPlanText(text, planDate === undefined ? {} : { documentDate: planDate })
    return { kind: 'read', text, reading }
  } catch (error) {
    if (error instanceof UnreadablePlan) return { kind: 'unreadable', why: error.message }
    throw error
  }
}
