import type { Milestone, PublicCase, PublicRound } from '../../db/queries/publicity.js'
import { dateOf } from '../../domain/calendar/dates.js'
import type { Phase } from '../../domain/case/state.js'
import type { RoundId } from '../../domain/words.js'

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
export const stageOf = ({ phase }: Pick<PublicCase, 'phase'>): Stage => STAGE_OF[phase]

/** How many cases of a round are in each stage. */
export const stagesOf = ({
  phases,
}: PublicRound): readonly { readonly stage: Stage; readonly count: number }[] =>
  STAGES.map((stage) => ({
    stage,
    count: Object.entries(phases)
      .filter(([phase]) => STAGE_OF[phase as Phase] === stage)
      .reduce((sum, [, count]) => sum + count, 0),
  }))

export const totalOf = (round: PublicRound): number =>
  stagesOf(round).reduce((sum, { count }) => sum + count, 0)

/** As many of the newest rounds as make a page somebody can read; the others are told in numbers, each with a page of its own. */
export const listedAmong = (rounds: readonly PublicRound[], most: number): readonly PublicRound[] => {
  let left = most
  return rounds.filter((round) => {
    left -= totalOf(round)
    return left >= 0
  })
}

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
  listed: ReadonlyMap<RoundId, readonly PublicCase[]>,
  steps: readonly Milestone[],
): string => `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>整改进展公开</title><link rel="alternate" type="application/atom+xml" title="整改进展" href="/public/feed"><style>${STYLE}</style></head>
<body><h1>生态环境保护督察整改进展</h1>
${rounds
  .map((round) => {
    const own = listed.get(round.id)
    const counted = stagesOf(round).map(({ stage, count }) => `${stage} ${count} 件`)
    const inNumbers = `共 ${totalOf(round)} 件:${counted.join(',')}。`
    return totalOf(round) === 0
      ? ''
      : `<section><h2>${escaped(round.city)} ${escaped(round.title)}</h2><p>${inNumbers}</p>${
          own
            ? tableOf(own)
            : `<p><a href="/public/progress/page?round=${encodeURIComponent(round.id)}">逐件查看</a></p>`
        }</section>`
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
