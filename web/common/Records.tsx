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
}

/** A table at a desk, cards on a telephone. */
export const Records = <Row,>({ rows, rowKey, columns, empty, label }: Listed<Row>) => {
  const narrow = useNarrow()
  if (rows.length === 0) return <p className="empty">{empty}</p>
  return narrow ? (
    <Cards rows={rows} rowKey={rowKey} columns={columns} label={label} />
  ) : (
    <Table
      size="small"
      aria-label={label}
      pagination={false}
      tableLayout="fixed"
      rowKey={rowKey}
      dataSource={[...rows] as (Row & object)[]}
      columns={columns.map(({ title, of, width }) => ({
        title,
        key: title,
        ...(width !== undefined && { width }),
        render: (_: unknown, row: Row) => of(row),
      }))}
    />
  )
}

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
