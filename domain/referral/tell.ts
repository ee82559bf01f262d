import type { Tellings } from '../kinds/kind.js'
import type { ReferralEvent } from './types.js'

export const REFERRAL_TELLINGS: Tellings<ReferralEvent> = {
  'referral-opened': (event) => `责任追究立案:${event.cause}`,
  'clue-transferred': () => '线索移交',
  'transfer-receipt-chased': () => '催办移交回执',
  'transfer-received': (event) => `移交回执 ${event.receipt}`,
  'transferred-to-police': (event) => `涉嫌犯罪线索移送${event.organ}`,
  'police-receipt-chased': () => '催办公安机关回执',
  'police-received': (event) => `公安机关回执 ${event.receipt}`,
  'verification-begun': () => '开始调查核实',
  'clue-declined': (event) => `不予受理(${event.document}):${event.reason}`,
  'outcome-recorded': (event) => `处理结果 ${event.outcomes.length} 人`,
  'outcome-published': (event) => `处理结果公开:${event.channels.join('、')}`,
}
