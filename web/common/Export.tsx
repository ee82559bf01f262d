import { useMutation } from '@tanstack/react-query'
import { isProblem, NO_ANSWER } from '../client/problem'
import { whileSignedIn } from '../client/session'
import { ProblemNote } from './ProblemNote'

type Exported = {
  /** An address of the interface that answers a table, too. */
  readonly href: string
  /** What the file is called. */
  readonly name: string
}

const CSV = 'text/csv'

const save = async ({ href, name }: Exported): Promise<void> => {
  await whileSignedIn()
  const answer = await fetch(href, { headers: { accept: CSV }, credentials: 'same-origin' })
  if (!answer.ok) {
    const told: unknown = await answer.json().catch(() => undefined)
    throw isProblem(told) ? told : NO_ANSWER
  }
  const file = URL.createObjectURL(await answer.blob())
  Object.assign(document.createElement('a'), { href: file, download: `${name}.csv` }).click()
  URL.revokeObjectURL(file)
}

/** What is listed here, as a table for a spreadsheet: everything that fits the filters, not only what is shown. */
export const Export = (exported: Exported) => {
  const saving = useMutation({ mutationFn: save })
  return (
    <>
      <button
        type="button"
        className="link head-link"
        disabled={saving.isPending}
        onClick={() => saving.mutate(exported)}
      >
        导出
      </button>
      {saving.error && <ProblemNote error={saving.error} />}
    </>
  )
}
