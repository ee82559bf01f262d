import type { Difference, Rebuilt } from '../../db/rebuild.js'
import type { Broken, Verified } from '../../db/verify.js'
import { never } from '../../domain/refusal.js'
import type { Restarted } from './restart.js'

const MOST_LISTED = 20

const whyOf = ({ seq, why }: Broken): string => {
  switch (why) {
    case 'number':
      return `第 ${seq} 号事件缺失或编号有误`
    case 'previous':
      return `第 ${seq} 号事件与前一号接不上`
    case 'hash':
      return `第 ${seq} 号事件的内容被改动过,与其哈希不符`
    case 'missing-end':
      return `第 ${seq} 号及以后的事件缺失`
    default:
      return never(why)
  }
}

/** What verification found, for the terminal. */
export const verifiedInWords = ({ cases, events, broken }: Verified): readonly string[] => {
  if (broken.length === 0)
    return [
      cases === 0
        ? '台账为空,没有可核验的事件。'
        : `台账完好:${cases} 件,${events} 条事件,逐条核验,编号与哈希均相符。`,
    ]
  const listed = broken.slice(0, MOST_LISTED).map((one) => `${one.case}  ${whyOf(one)}`)
  const more = broken.length > MOST_LISTED ? [`……共 ${broken.length} 件。`] : []
  return [`台账受损:核验 ${cases} 件、${events} 条事件,${broken.length} 件断链。`, ...listed, ...more]
}

const TABLE_TITLES: Readonly<Record<Difference['table'], string>> = {
  cases: '台账',
  case_states: '事项状态',
  case_texts: '检索',
  todos: '待办',
  returns: '调度',
  sign_offs: '签署',
  rungs: '督办措施',
  case_evidence: '材料归属',
  case_versions: '历次情况',
  papers_awaited: '待制发的公文',
}

const differenceInWords = ({ table, case: id, before, after }: Difference): string => {
  const title = `${id}  ${TABLE_TITLES[table]}`
  if (before === undefined) return `${title}  原缺:${after ?? ''}`
  if (after === undefined) return `${title}  原多:${before}`
  return `${title}  原为:${before}`
}

/** What rebuilding found, for the terminal. */
export const rebuiltInWords = ({ cases, events, rows, differences }: Rebuilt): readonly string[] => {
  const done = `已从 ${cases} 件、${events} 条事件重建投影 ${rows} 行`
  if (differences.length === 0) return [`${done},与原来完全一致。`]
  const listed = differences.slice(0, MOST_LISTED).map(differenceInWords)
  const more = differences.length > MOST_LISTED ? [`……共列出 ${differences.length} 行。`] : []
  return [`${done};原来有不符之处,已按事件更正:`, ...listed, ...more]
}

/** What starting again did, for the terminal. */
export const restartedInWords = ({ known, started, failed }: Restarted): readonly string[] => [
  `未结 ${known + started + failed.length} 件:Temporal 已知 ${known} 件,重新启动 ${started} 件,未能启动 ${failed.length} 件。`,
  ...failed.slice(0, MOST_LISTED).map(({ id, why }) => `${id}  ${why}`),
]
