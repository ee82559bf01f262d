import { fullDay, monthDay } from './calendar/chinese.js'
import { COMMAND_TITLES, type CommandType, FALSEHOOD_TITLES } from './case/commands.js'
import type { CaseEvent, Target } from './case/events.js'
import type { LedgerEvent, LedgerRecord } from './decider-types.js'
import { type Author, ROLE_TITLES, SEAT_TITLES } from './parties.js'
import { PAPER_TITLES, RUNG_TITLES } from './policy.js'
import { never } from './refusal.js'

/** Whose act it was; a deputy with the principal's name (GN-09), the machine as the machine (domain rule 16). */
export const tellAuthor = (by: Author): string => {
  switch (by.kind) {
    case 'engine':
      return '系统'
    case 'public':
      return `群众 ${by.name}`
    case 'person': {
      const office = by.unit === undefined ? ROLE_TITLES[by.role] : `${by.unit}${ROLE_TITLES[by.role]}`
      return by.behalf ? `${by.name}(受${by.behalf.principalName}委托,${office})` : `${by.name}(${office})`
    }
    default:
      return never(by)
  }
}

const target = (of: Target): string =>
  of === 'case' ? '整改时限' : of === 'immediate' ? '立行立改' : `第 ${Number(of.slice(5)) + 1} 个节点`

/** One event as one Chinese sentence without its author. */
export const tell = (event: LedgerEvent): string => {
  switch (event.type) {
    case 'registered':
      return `登记台账:${event.source.name}`
    case 'entry-amended':
      return `补充台账:${event.reason}`
    case 'handed-over':
      return `交办,${monthDay(event.acknowledgeBy)}前签收${event.due ? `,${fullDay(event.due)}前完成` : ''}`
    case 'handover-withdrawn':
      return `撤回交办:${event.reason}`
    case 'handover-returned':
      return `退回交办:${event.reason}`
    case 'acknowledged':
      return `${event.unit}签收`
    case 'acknowledgement-missed':
      return '到期未签收'
    case 'case-plan-submitted':
      return '报送整改方案'
    case 'case-plan-missed':
      return '到期未报整改方案'
    case 'rectification-started':
      return event.round === 1 ? '开始整改' : `开始第 ${event.round} 轮整改`
    case 'return-chased':
      return `催报 ${monthDay(event.period)}到期的调度`
    case 'return-submitted':
      return `${event.timeliness === 'late' ? '补报' : '报送'}${monthDay(event.period)}调度,进度 ${event.content.progress}%`
    case 'return-missed':
      return event.inARow > 1
        ? `${monthDay(event.period)}调度缺报,连续 ${event.inARow} 期`
        : `${monthDay(event.period)}调度缺报`
    case 'immediate-confirmed':
      return '立行立改已确认'
    case 'node-completed':
      return `第 ${event.node + 1} 个节点完成`
    case 'duty-discharged':
      return `${event.body}履行定期义务:${event.what}`
    case 'duty-missed':
      return `${event.body}至 ${fullDay(event.period)}未履行定期义务`
    case 'duty-rolled':
      return `定期义务进入下一期,至 ${fullDay(event.next)}`
    case 'deadline-near':
      return `${target(event.target)} ${fullDay(event.due)}将到(提前 ${event.days} 天提醒)`
    case 'overdue':
      return `${target(event.target)} ${fullDay(event.due)}已到,未完成,逾期`
    case 'overdue-further':
      return `${target(event.target)}超期,本轮已 ${event.days} 天`
    case 'extension-requested':
      return `申请延期至 ${fullDay(event.until)}:${event.reason}`
    case 'extension-approved':
      return `同意延期至 ${fullDay(event.until)}(原时限 ${fullDay(event.original)})`
    case 'extension-refused':
      return `不同意延期:${event.reason}`
    case 'matter-reported':
      return `报告重大事项:${event.what}`
    case 'matter-acknowledged':
      return '签收重大事项'
    case 'matter-unacknowledged':
      return '重大事项到期未签收'
    case 'visited':
      return `到${event.visit.place}督导:${event.opinion}`
    case 'visit-missed':
      return `至 ${fullDay(event.since)}包案领导未督导,列入整改办清单`
    case 'supervision-note-attached':
      return `提出监督意见:${event.text}`
    case 'supervision-note-answered':
      return `答复监督意见:${event.answer}`
    case 'chased':
      return `催办${SEAT_TITLES[event.whom]}:${event.words}`
    case 'evidence-added':
      return `补充材料 ${event.evidence.length} 件`
    case 'closing-submitted':
      return event.closing === 1 ? '提请销号' : `第 ${event.closing} 次提请销号`
    case 'closing-withdrawn':
      return `撤回销号申请:${event.reason}`
    case 'sign-offs-voided':
      return `材料有变动,已有签署作废:${event.lapsed.join('、')}`
    case 'signed':
      return `${event.title} 签署${event.opinion ? `:${event.opinion}` : ''}`
    case 'step-voted-against':
      return `${event.title} 不同意:${event.reasons}`
    case 'step-refused':
      return `${event.title} 退回:${event.code ? `${FALSEHOOD_TITLES[event.code]},` : ''}${event.reasons}(第 ${event.closing} 轮销号)`
    case 'step-completed':
      return `${event.title} 办结`
    case 'signer-added':
      return `加签${SEAT_TITLES[event.chair.seat]}:${event.reason}`
    case 'step-chased':
      return `催办“${event.title}”`
    case 'step-late':
      return `“${event.title}”超过办理期限`
    case 'notice-posted':
      return `公示,${monthDay(event.postedOn)}至 ${monthDay(event.until)}`
    case 'notice-taken-down':
      return `撤下公示:${event.reason}`
    case 'notice-ended':
      return event.objections === 0 ? '公示期满,无异议' : `公示期满,收到异议 ${event.objections} 条,均已答复`
    case 'objection-lodged':
      return `公示异议:${event.text}`
    case 'objection-unanswered':
      return '异议到期未答复'
    case 'objection-answered':
      return `${event.decision === 'accept' ? '异议成立,退回整改' : '异议不成立'}:${event.answer}`
    case 'filing-sent':
      return `向${event.to}报送备案`
    case 'filing-received':
      return `备案回执 ${event.receipt}`
    case 'closed':
      return '销号'
    case 'look-back-due':
      return `销号满 ${event.month} 个月,应开展回头看`
    case 'look-back-late':
      return `${event.month} 个月回头看到期未开展`
    case 'looked-back':
      return `${event.month} 个月回头看:${event.result === 'holds' ? '未反弹' : '发现反弹'},${event.findings}`
    case 'rebounded':
      return `反弹,进入第 ${event.round} 轮整改:${event.findings}`
    case 'archived':
      return '归档'
    case 'rung-called':
      return `${event.cause},应采取“${RUNG_TITLES[event.rung]}”`
    case 'rung-raised':
      return `${RUNG_TITLES[event.rung]}:${event.cause}`
    case 'rung-drafted':
      return `拟${RUNG_TITLES[event.rung]},待${SEAT_TITLES[event.decider]}决定:${event.cause}`
    case 'rung-dismissed':
      return `不予${RUNG_TITLES[event.rung]}:${event.reason}`
    case 'rung-skipped':
      return `越过${RUNG_TITLES[event.rung]}:${event.reason}`
    case 'rung-released':
      return `解除${RUNG_TITLES[event.rung]}:${event.reason}`
    case 'interview-recorded':
      return `约谈纪要,承诺 ${event.commitments.length} 项`
    case 'commitment-settled':
      return `约谈承诺已落实:${event.result}`
    case 'commitment-missed':
      return '约谈承诺到期未落实'
    case 'clue-drafted':
      return `起草责任追究线索:${event.cause}`
    case 'clue-referred':
      return `线索移交:${event.reason}`
    case 'clue-dismissed':
      return `线索不移交:${event.reason}`
    case 'transferred':
      return `由${event.from}转办${event.to}:${event.reason}`
    case 'delegated':
      return `委托${event.toName}代签至 ${fullDay(event.authority.until)}(${event.authority.document})`
    case 'delegation-ended':
      return event.why === 'expired' ? '委托到期' : '终止委托'
    case 'office-handed-over':
      return `交接包案领导:${event.reason}`
    case 'paper-issued':
      return `印发${PAPER_TITLES[event.paper]} ${event.number}`
    case 'signal-refused':
      return `未予办理“${titleOf(event.command)}”:${event.why}`
    case 'referral-opened':
      return `责任追究立案:${event.cause}`
    case 'clue-transferred':
      return '线索移交'
    case 'transfer-receipt-chased':
      return '催办移交回执'
    case 'transfer-received':
      return `移交回执 ${event.receipt}`
    case 'verification-begun':
      return '开始调查核实'
    case 'clue-declined':
      return `不予受理(${event.document}):${event.reason}`
    case 'outcome-recorded':
      return `处理结果 ${event.outcomes.length} 人`
    case 'outcome-published':
      return `处理结果公开:${event.channels.join('、')}`
    default:
      return never(event)
  }
}

const titleOf = (command: string): string => COMMAND_TITLES[command as CommandType] ?? command

/** An event with its author, as a line of a timeline. */
export const tellRecord = (record: LedgerRecord): string => `${tellAuthor(record.by)} ${tell(record.event)}`

/** True for events a person's line in a timeline may be left out for: bookkeeping of the engine. */
export const isBookkeeping = (event: CaseEvent | LedgerEvent): boolean =>
  event.type === 'rung-called' || event.type === 'step-completed' || event.type === 'duty-rolled'
