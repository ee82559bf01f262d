import type { Milestone, PublicCase, PublicRound } from '../../db/queries/publicity.js'
import { dateOf } from '../../domain/calendar/dates.js'
import type { Phase } from '../../domain/case/state.js'

/** How far a case is, in words for everybody. */
export const STAGES = ['整改中', '销号办理中', '公示中', '已销号'] as const
export type Stage = (typeof STAGES)[number]

const STAGE_OF: Readonly<Record<Phase, Stage>> = {
  registered: '整改中',
  'handed-over': '整改中',
  acknowledged: '整改中',
  rectifying: '整改中',
  closing: '销号办理中',
  'on-notice': '公示中',
  filing: '销号办理中',
  closed: '已销号',
  archived: '已销号',
}
export const stageOf = ({ phase }: PublicCase): Stage => STAGE_OF[phase]

export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (letter) => `&#${letter.codePointAt(0)};`)

export const milestoneTitle = ({ type, result }: Milestone): string => {
  switch (type) {
    case 'rectification-started':
      return '开始整改'
    case 'notice-posted':
      return `公示整改结果:${result ?? ''}`
    default:
      return '完成整改,予以销号'
  }
}

const counted = (cases: readonly PublicCase[]): string =>
  STAGES.map((stage) => `${stage} ${cases.filter((one) => stageOf(one) === stage).length} 件`).join(',')

const tableOf = (cases: readonly PublicCase[]): string =>
  `<table><thead><tr><th>序号</th><th>问题与措施</th><th>责任单位</th><th>整改时限</th><th>进展</th></tr></thead><tbody>${cases
    .map(
      (one) =>
        `<tr><td>${one.n}</td><td>${escaped(one.text)}</td><td>${escaped(one.units.join('、'))}</td><td>${one.due ?? ''}</td><td>${stageOf(one)}${one.closedOn ? `<br>${one.closedOn}` : ''}</td></tr>`,
    )
    .join('')}</tbody></table>`

const STYLE = `body{font:16px/1.7 "Noto Sans CJK SC","Microsoft YaHei",sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222}
table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid #ddd;padding:.4rem .6rem;text-align:left;vertical-align:top}
h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2rem}@media print{body{margin:0;max-width:none}}`

/** 整改进展公开 (JN-18): one page that needs nothing else, in the words of the plan and the posted notices. */
export const progressPage = (
  rounds: readonly PublicRound[],
  cases: readonly PublicCase[],
  steps: readonly Milestone[],
): string => `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>整改进展公开</title><link rel="alternate" type="application/atom+xml" title="整改进展" href="/public/feed"><style>${STYLE}</style></head>
<body><h1>生态环境保护督察整改进展</h1>
${rounds
  .map(({ id, city, title }) => {
    const own = cases.filter(({ round }) => round === id)
    return own.length === 0
      ? ''
      : `<section><h2>${escaped(city)} ${escaped(title)}</h2><p>共 ${own.length} 件:${counted(own)}。</p>${tableOf(own)}</section>`
  })
  .join('\n')}
<section><h2>最近进展</h2><ul>${steps
  .map((step) => `<li>${dateOf(step.at)} ${escaped(step.id)} ${escaped(milestoneTitle(step))}</li>`)
  .join('')}</ul></section>
</body></html>
`

/** The same steps as an Atom feed (RFC 4287). */
export const progressFeed = (origin: string, steps: readonly Milestone[]): string => {
  const updated = steps[0]?.at ?? '1970-01-01T00:00:00.000Z'
  const entries = steps.map(
    (step) => `  <entry>
    <id>${escaped(`urn:bihuan:${step.id}#${step.seq}`)}</id>
    <title>${escaped(milestoneTitle(step))}</title>
    <updated>${step.at}</updated>
    <summary>${escaped(`${step.text}(责任单位:${step.units.join('、')})`)}</summary>
  </entry>`,
  )
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <id>${escaped(`${origin}/public/feed`)}</id>
  <title>生态环境保护督察整改进展</title>
  <updated>${updated}</updated>
  <author><name>整改工作领导小组办公室</name></author>
${entries.join('\n')}
</feed>
`
}
