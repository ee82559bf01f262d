/** Headings under which a plan lists what is to be done. */
const MEASURES =
  /(?:措施|举措|任务|重点工作|主要工作|工作重点|整改内容|工作内容|整改清单|措施清单|问题清单|任务清单|整改事项|问题及整改|整改台账|任务分工|责任分工|整改方案|具体整改)/
const NOT_MEASURES =
  /保障|组织|原则|指导思想|总体要求|工作要求|成效|做法|进展|机制|思想|打算|下一?步|领导|纪律|宣传|监督检查|责任追究|背景|情况$|目标任务$|工作目标|^.{0,4}总体/

/** True when items under this heading are measures; a heading that says nothing follows the one above it. */
export const sectionHolds = (title: string, above: boolean): boolean => {
  if (title === '') return above
  const plain = title.replace(/^[^\u4e00-\u9fff]*[一二三四五六七八九十百]{0,4}[、.)\uff09]?/, '')
  // A long line is an item, not a heading over items.
  if (plain.length > 30 || above) return above
  return MEASURES.test(plain) && !NOT_MEASURES.test(plain)
}

/** Headings over what a report still has to do. */
export const isNextSteps = (title: string): boolean => /下一?步|后续|打算|下阶段/.test(title)
