import { Count, Go } from '../../common/Go'
import { type Column, Records } from '../../common/Records'
import type { RankedUnit, RankingsResponse } from '../../generated/api/types.gen'

type Opened = { readonly count: number; readonly href: string }
const number = ({ count, href }: Opened) => <Count of={count} href={href} />

const columns: readonly Column<RankedUnit>[] = [
  {
    title: '单位',
    card: 'head',
    of: ({ unit, cases }) => <Go href={cases.href}>{unit}</Go>,
  },
  { title: '名次', width: 64, of: ({ rank }) => rank },
  { title: '得分', width: 80, of: ({ score }) => <b className="count">{score}</b> },
  { title: '事项', width: 64, of: ({ cases }) => number(cases) },
  {
    title: '核实完成',
    width: 96,
    of: ({ completion }) => <Count of={`${completion.share}%`} href={completion.href} />,
  },
  { title: '达到序时', width: 88, of: ({ onPace }) => number(onPace) },
  { title: '应报调度', width: 88, of: ({ returnsDue }) => number(returnsDue) },
  { title: '按期报送', width: 88, of: ({ returnsOnTime }) => number(returnsOnTime) },
  { title: '退回或反弹', width: 96, of: ({ setBack }) => number(setBack) },
]

/** A ranking, each number opening what it counts. */
export const RankingTable = ({ of }: { of: RankingsResponse['ranking'] }) => (
  <>
    <Records
      label="排名"
      onTelephone="table"
      rows={of.rows}
      rowKey={({ unit }) => unit}
      columns={columns}
      empty="没有参加排名的单位。"
    />
    {of.bottom.length > 0 && (
      <p>
        按规则应点名通报(由人决定):<b>{of.bottom.join('、')}</b>
      </p>
    )}
    {of.leftOut.length > 0 && <p className="quiet">汇总排名,自己不参加:{of.leftOut.join('、')}</p>}
  </>
)
