import { useState } from 'react'
import { type Column, Records } from '../../common/Records'

const FIRST = 30

type Listed<Row> = {
  readonly label: string
  readonly rows: readonly Row[]
  readonly columns: readonly Column<Row>[]
  readonly empty: string
}

/** A list of cases, of which the first are shown, and the others when they are asked for. */
export const LongRecords = <Row extends { readonly case: string }>({ rows, ...listed }: Listed<Row>) => {
  const [shown, show] = useState(FIRST)
  // The same case may be late twice.
  const numbered = rows.map((row, place) => ({ row, place }))
  return (
    <>
      <Records
        {...listed}
        rows={numbered.slice(0, shown)}
        rowKey={({ row, place }) => `${row.case}${place}`}
        columns={listed.columns.map((column) => ({
          ...column,
          of: ({ row }: { readonly row: Row }) => column.of(row),
        }))}
      />
      {rows.length > shown && (
        <button type="button" className="link" onClick={() => show(rows.length)}>
          看全部 {rows.length} 件次
        </button>
      )}
    </>
  )
}
