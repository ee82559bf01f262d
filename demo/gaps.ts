import type { Door } from '../cli/http.js'
import { addMonths } from '../domain/calendar/dates.js'
import type { PlainDate } from '../domain/words.js'

/** Who verifies in the office's place where no other unit of the plan can (JN-17). */
const SUBSTITUTE = '市委督查室'

/** The coordinator answers what the plan left open, as a clerk would after asking around, and hands over what was left. */
export const fillGaps = async (
  office: Door,
  round: string,
  officers: readonly { readonly post: { readonly role: string; readonly unit?: string } }[],
  start: PlainDate,
): Promise<{ amended: number; handedOver: number; left: readonly string[] }> => {
  const { entries } = await office.get<{
    entries: readonly {
      caseId: string
      phase: string | null
      entry: {
        units: readonly string[]
        deadline: { kind: string; text: string }
        leadUnits: readonly string[]
      }
      questions: readonly string[]
      obstacle: { clause: string; why: string } | null
    }[]
  }>(`/rounds/${round}/entries`)
  const units = [...new Set(officers.flatMap(({ post }) => (post.unit === undefined ? [] : [post.unit])))]
  let amended = 0
  let handedOver = 0
  const left: string[] = []
  for (const { caseId, phase, entry, questions, obstacle } of entries) {
    if (phase !== 'registered' || !obstacle) continue
    const other =
      units.find((unit) => !entry.units.includes(unit) && !entry.leadUnits.includes(unit)) ?? SUBSTITUTE
    const patch = {
      ...(obstacle.clause === 'JN-17' && { officeSubstitute: other }),
      ...(entry.leadUnits.length === 0 && { leadUnits: [other] }),
      ...(entry.deadline.kind === 'unknown' && {
        deadline: { kind: 'by-date', text: entry.deadline.text || '核定期限', date: addMonths(start, 6) },
      }),
      answered: questions,
    }
    try {
      await office.post(`/cases/${caseId}/commands`, {
        type: 'amend-entry',
        patch,
        reason: '向责任单位核实后补齐',
      })
      amended += 1
      await office.post(`/cases/${caseId}/commands`, { type: 'hand-over' })
      handedOver += 1
    } catch (error) {
      left.push(`${caseId} ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return { amended, handedOver, left }
}
