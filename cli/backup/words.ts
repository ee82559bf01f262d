/** Tables worth a line of their own. */
export const TABLE_TITLES: Readonly<Record<string, string>> = {
  events: '事件',
  cases: '事项',
  papers: '公文',
  evidence: '材料',
  notices: '通知',
  snapshots: '定格数据',
}

export const grouped = (count: number): string => count.toLocaleString('en-US')

export const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`
