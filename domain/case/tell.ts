import { fullDay, monthDay } from '../calendar/chinese.js'
import { SEAT_TITLES } from '../parties.js'
import { PAPER_TITLES, RUNG_TITLES, SLIP_TITLES } from '../policy.js'
import { COMMAND_TITLES, type CommandType, FALSEHOOD_TITLES } from './commands.js'
import type { CaseEvent, CaseEventType, Target } from './events.js'
import { CHECK_TITLES } from './state.js'

const target = (of: Target): string =>
  of === 'case' ? '整改时限' : of === 'immediate' ? '立行立改' : `第 ${Number(of.slice(5)) + 1} 个节点`

const titleOf = (command: string): string => COMMAND_TITLES[command as CommandType] ?? command

/** Each event as one Chinese sentence without its author; those of the shell serve every kind of case. */
export const tellingsOfCase: {
  readonly [T in CaseEventType]: (event: Extract<CaseEvent, { readonly type: T }>) => string
} = {
  registered: (event) => `登记台账:${event.source.name}`,
  'entry-amended': (event) => `补充台账:${event.reason}`,
  'handed-over': (event) =>
    `交办,${monthDay(event.acknowledgeBy)}前签收${event.due ? `,${fullDay(event.due)}前完成` : ''}`,
  'handover-withdrawn': (event) => `撤回交办:${event.reason}`,
  'handover-returned': (event) => `退回交办:${event.reason}`,
  acknowledged: (event) => `${event.unit}签收`,
  'acknowledgement-missed': () => '到期未签收',
  'case-plan-submitted': () => '报送整改方案',
  'case-plan-missed': () => '到期未报整改方案',
  'rectification-started': (event) => (event.round === 1 ? '开始整改' : `开始第 ${event.round} 轮整改`),
  'return-chased': (event) => `催报 ${monthDay(event.period)}到期的调度`,
  'return-submitted': (event) =>
    `${event.timeliness === 'late' ? '补报' : '报送'}${monthDay(event.period)}调度,进度 ${event.content.progress}%`,
  'return-missed': (event) =>
    event.inARow > 1
      ? `${monthDay(event.period)}调度缺报,连续 ${event.inARow} 期`
      : `${monthDay(event.period)}调度缺报`,
  'returns-paused': (event) => `按轮次决定暂停调度(${event.decidedBy}):${event.reason}`,
  'return-passed-over': (event) => `${monthDay(event.period)}调度因暂停未报,待决定免报或补报`,
  'returns-resumed': (event) => `按轮次决定恢复调度(${event.decidedBy}):${event.reason}`,
  'returns-waived': (event) =>
    `暂停期间 ${event.periods.map(monthDay).join('、')}调度免报(${event.decidedBy}):${event.reason}`,
  'returns-called-in': (event) =>
    `暂停期间 ${event.periods.map(monthDay).join('、')}调度于 ${monthDay(event.by)}前补报(${event.decidedBy}):${event.reason}`,
  'immediate-confirmed': () => '立行立改已确认',
  'node-completed': (event) => `第 ${event.node + 1} 个节点完成`,
  'duty-discharged': (event) => `${event.body}履行定期义务:${event.what}`,
  'duty-missed': (event) => `${event.body}至 ${fullDay(event.period)}未履行定期义务`,
  'duty-rolled': (event) => `定期义务进入下一期,至 ${fullDay(event.next)}`,
  'deadline-near': (event) =>
    `${target(event.target)} ${fullDay(event.due)}将到(提前 ${event.days} 天提醒${event.slip ? `,${SLIP_TITLES[event.slip]}` : ''})`,
  overdue: (event) => `${target(event.target)} ${fullDay(event.due)}已到,未完成,逾期`,
  'overdue-further': (event) => `${target(event.target)}超期,本轮已 ${event.days} 天`,
  'extension-requested': (event) => `申请延期至 ${fullDay(event.until)}:${event.reason}`,
  'extension-approved': (event) => `同意延期至 ${fullDay(event.until)}(原时限 ${fullDay(event.original)})`,
  'extension-refused': (event) => `不同意延期:${event.reason}`,
  'matter-reported': (event) => `报告重大事项:${event.what}`,
  'matter-acknowledged': () => '签收重大事项',
  'matter-unacknowledged': () => '重大事项到期未签收',
  visited: (event) => `到${event.visit.place}督导:${event.opinion}`,
  'visit-missed': (event) => `至 ${fullDay(event.since)}包案领导未督导,列入整改办清单`,
  'supervision-note-attached': (event) => `提出监督意见:${event.text}`,
  'supervision-note-answered': (event) => `答复监督意见:${event.answer}`,
  chased: (event) => `催办${SEAT_TITLES[event.whom]}:${event.words}`,
  'evidence-added': (event) => `补充材料 ${event.evidence.length} 件`,
  'closing-submitted': (event) => (event.closing === 1 ? '提请销号' : `第 ${event.closing} 次提请销号`),
  'closing-withdrawn': (event) => `撤回销号申请:${event.reason}`,
  'sign-offs-voided': (event) => `材料有变动,已有签署作废:${event.lapsed.join('、')}`,
  signed: (event) => `${event.title} 签署${event.opinion ? `:${event.opinion}` : ''}`,
  'step-voted-against': (event) => `${event.title} 不同意:${event.reasons}`,
  'step-refused': (event) =>
    `${event.title} 退回:${event.code ? `${FALSEHOOD_TITLES[event.code]},` : ''}${event.reasons}(第 ${event.closing} 轮销号)`,
  'step-completed': (event) => `${event.title} 办结`,
  'signer-added': (event) => `加签${SEAT_TITLES[event.chair.seat]}:${event.reason}`,
  'step-chased': (event) => `催办“${event.title}”`,
  'step-late': (event) => `“${event.title}”超过办理期限`,
  'notice-posted': (event) => `公示,${monthDay(event.postedOn)}至 ${monthDay(event.until)}`,
  'notice-taken-down': (event) => `撤下公示:${event.reason}`,
  'notice-ended': (event) =>
    event.objections === 0 ? '公示期满,无异议' : `公示期满,收到异议 ${event.objections} 条,均已答复`,
  'objection-lodged': (event) => `公示异议:${event.text}`,
  'objection-unanswered': () => '异议到期未答复',
  'objection-answered': (event) =>
    `${event.decision === 'accept' ? '异议成立,退回整改' : '异议不成立'}:${event.answer}`,
  'filing-sent': (event) => `向${event.to}报送备案`,
  'filing-received': (event) => `备案回执 ${event.receipt}`,
  closed: () => '销号',
  'look-back-due': (event) => `销号满 ${event.month} 个月,应开展回头看`,
  'look-back-late': (event) => `${event.month} 个月回头看到期未开展`,
  'looked-back': (event) =>
    `${event.month} 个月回头看:${event.result === 'holds' ? '未反弹' : '发现反弹'},${event.findings}`,
  'look-back-called': (event) => `部署回头看,${fullDay(event.by)}前完成:${event.words}`,
  'look-back-call-late': () => '部署的回头看到期未开展',
  'called-look-back-done': (event) =>
    `按部署回头看:${event.result === 'holds' ? '未反弹' : '发现反弹'},${event.findings}`,
  rebounded: (event) => `反弹,进入第 ${event.round} 轮整改:${event.findings}`,
  archived: () => '归档',
  'rung-called': (event) => `${event.cause},应采取“${RUNG_TITLES[event.rung]}”`,
  'rung-raised': (event) => `${RUNG_TITLES[event.rung]}:${event.cause}`,
  'rung-drafted': (event) =>
    `拟${RUNG_TITLES[event.rung]},待${SEAT_TITLES[event.decider]}决定:${event.cause}`,
  'rung-dismissed': (event) => `不予${RUNG_TITLES[event.rung]}:${event.reason}`,
  'rung-skipped': (event) => `越过${RUNG_TITLES[event.rung]}:${event.reason}`,
  'rung-released': (event) => `解除${RUNG_TITLES[event.rung]}:${event.reason}`,
  'interview-recorded': (event) => `约谈纪要,承诺 ${event.commitments.length} 项`,
  'commitment-settled': (event) => `约谈承诺已落实:${event.result}`,
  'commitment-missed': () => '约谈承诺到期未落实',
  'clue-drafted': (event) => `起草责任追究线索:${event.cause}`,
  'clue-referred': (event) => `线索移交:${event.reason}`,
  'clue-dismissed': (event) => `线索不移交:${event.reason}`,
  transferred: (event) => `由${event.from}转办${event.to}:${event.reason}`,
  delegated: (event) =>
    `委托${event.toName}代签至 ${fullDay(event.authority.until)}(${event.authority.document})`,
  'delegation-ended': (event) => (event.why === 'expired' ? '委托到期' : '终止委托'),
  'office-handed-over': (event) => `交接包案领导:${event.reason}`,
  'supervision-listed': (event) => `挂账督办,由${event.watcher.name}盯办:${event.reason}`,
  watched: (event) => `盯办情况:${event.findings}`,
  'supervision-ended': (event) => `销账,不再挂账督办:${event.reason}`,
  'key-marked': (event) => `${target(event.target)}列为重点:${event.reason}`,
  'key-unmarked': (event) => `${target(event.target)}不再列为重点:${event.reason}`,
  'key-inspection-due': (event) => `重点${target(event.target)} ${fullDay(event.due)}到期,应在此前督查`,
  'key-inspection-missed': (event) => `重点${target(event.target)} ${fullDay(event.due)}到期,未经督查`,
  'key-inspected': (event) =>
    `督查重点${target(event.target)}:${event.result === 'behind' ? '进度滞后,' : ''}${event.findings}`,
  'observers-invited': (event) =>
    `邀请${event.observers.map(({ name, from }) => `${name}(${from})`).join('、')}参加${CHECK_TITLES[event.check]}`,
  observed: (event) => `${event.name}参加${CHECK_TITLES[event.check]}:${event.words}`,
  'case-restricted': (event) => `限定知悉范围:${event.reason}`,
  'case-unrestricted': (event) => `解除知悉限定:${event.reason}`,
  'paper-issued': (event) => `印发${PAPER_TITLES[event.paper]} ${event.number}`,
  'signal-refused': (event) => `未予办理“${titleOf(event.command)}”:${event.why}`,
}

export const tellCase = (event: CaseEvent): string =>
  (tellingsOfCase[event.type] as (event: CaseEvent) => string)(event)
