import { dateOf } from '../../domain/calendar/dates.js'
import type { NoticeEffect } from '../../domain/effects/types.js'
import { paperDate } from '../papers/dates.js'
import { chineseMarks } from '../papers/punctuation.js'

export const DRILL_PREFIX = '【演练】'

/** The notice as everybody reads it, in the inbox and by mail: a drill's says so first. */
export const marked = (notice: NoticeEffect): NoticeEffect =>
  notice.drill === 'drill' && !notice.subject.startsWith(DRILL_PREFIX)
    ? { ...notice, subject: `${DRILL_PREFIX}${notice.subject}` }
    : notice

/** A mail's text: what happened, to which item, when, and where to go on. */
export const mailText = (name: string, notice: NoticeEffect): string =>
  [
    chineseMarks(`${name}:`),
    '',
    ...(notice.drill === 'drill' ? [chineseMarks('本邮件为演练所用,不作为办理依据。'), ''] : []),
    notice.text,
    '',
    chineseMarks(`事项编号:${notice.caseId}`),
    chineseMarks(`发生日期:${paperDate(dateOf(notice.at))}`),
    '',
    chineseMarks('请登录系统,在“待办”中查看和办理。本邮件由系统自动发出,请勿直接回复。'),
    '',
  ].join('\n')
