import { Table } from 'antd'
import type { ReactNode } from 'react'
import { useNarrow } from './narrow'

export type Column<Row> = {
  readonly title: string
  readonly of: (row: Row) => ReactNode
  /** In pixels; the widest column has none. */
  readonly width?: number
  /** On a telephone: the card's first line, one of its lines, or left out. */
  readonly card?: 'head' | 'line' | 'none'
}

type Listed<Row> = {
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  readonly columns: readonly Column<Row>[]
  /** What to say when there is nothing. */
  readonly empty: string
  readonly label: string
  /** Numbers to be compared stay a table, whose first column stands while the others are drawn past it; usual are cards. */
  readonly onTelephone?: 'cards' | 'table'
}

/** Wide enough for a unit's name in two lines. */
const STANDING_WIDTH = 120

/** A table at a desk; on a telephone cards, or a table that is drawn sideways. */
export const Records = <Row,>({ onTelephone = 'cards', ...listed }: Listed<Row>) => {
  const narrow = useNarrow()
  const { rows, rowKey, columns, empty, label } = listed
  if (rows.length === 0) return <p className="empty">{empty}</p>
  if (narrow && onTelephone === 'cards') return <Cards {...listed} />
  return (
    <Table
      size="small"
      aria-label={label}
      pagination={false}
      tableLayout="fixed"
      rowKey={rowKey}
      dataSource={[...rows] as (Row & object)[]}
      {...(narrow && { scroll: { x: widthOf(columns) } })}
      columns={columns.map(({ title, of, width }, place) => ({
        title,
        key: title,
        ...(width !== undefined && { width }),
        ...(narrow && place === 0 && { fixed: 'start' as const, width: STANDING_WIDTH }),
        render: (_: unknown, row: Row) => of(row),
      }))}
    />
  )
}

const widthOf = <Row,>([, ...others]: readonly Column<Row>[]): number =>
  others.reduce((sum, { width = STANDING_WIDTH }) => sum + width, STANDING_WIDTH)

const Cards = <Row,>({ rows, rowKey, columns, label }: Omit<Listed<Row>, 'empty'>) => (
  <ul className="cards" aria-label={label}>
    {rows.map((row) => (
      <li key={rowKey(row)} className="card">
        {columns.map(({ title, of, card = 'line' }) => {
          if (card === 'none') return null
          const value = of(row)
          return card === 'head' ? (
            <div key={title} className="card-head">
              {value}
            </div>
          ) : (
            <div key={title} className="card-line">
              <span className="quiet">{title}</span>
              <span>{value}</span>
            </div>
          )
        })}
      </li>
    ))}
  </ul>
)
