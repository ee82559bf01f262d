import { dateOf } from '../domain/calendar/dates.js'
import type { Todo } from '../domain/kinds/kind.js'
import type { PetitionCommand } from '../domain/petition/types.js'
import type { Instant, UnitName } from '../domain/words.js'
import { imagined } from './files.js'

const HANDLES = '甲县政府' as UnitName

/** What diligent people do about a petition. */
export const actOnPetition = ({ act }: Todo, now: Instant): PetitionCommand | undefined => {
  switch (act) {
    case 'accept-petition':
      return { type: 'accept-petition' }
    case 'assign-petition':
      return { type: 'assign-petition', unit: HANDLES, words: '限期办理' }
    case 'answer-petition':
      return {
        type: 'answer-petition',
        findings: '经核查属实',
        truth: 'true',
        answer: '已整改到位',
        told: `${dateOf(now)} 电话告知`,
        evidence: [imagined.documentOf('核查报告')],
      }
    case 'close-petition':
      return { type: 'close-petition', satisfied: 'satisfied', note: '' }
    default:
      return undefined
  }
}
