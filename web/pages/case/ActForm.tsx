import { useSend } from '../../client/send'
import { SchemaForm } from '../../common/form/SchemaForm'
import { type Schema, variantOf } from '../../common/form/schema'
import { CommandSchema } from '../../generated/api/schemas.gen'
import { giveCommand } from '../../generated/api/sdk.gen'
import type { Act, Command } from '../../generated/api/types.gen'
import type { CasePath } from '../Case'
import { Shown } from './Shown'

const NOTHING: NonNullable<Act['form']> = { known: {}, choices: {}, asked: [] }

type Acting = {
  readonly act: Act
  readonly path: CasePath
  /** Acts open to me: a refusal's way out among them becomes a button. */
  readonly open: readonly Act[]
  /** What the link here brought along. */
  readonly given: Readonly<Record<string, unknown>>
  readonly onChoose: (act: string | undefined) => void
  readonly onDone: (words: string) => void
}

/** One act's form, made from the schema of its command. */
const ActForm = ({ act, path, open, given, onChoose, onDone }: Acting) => {
  const send = useSend(
    (body: Command, key: string) =>
      giveCommand({ path, body, headers: { 'Idempotency-Key': key }, throwOnError: true }),
    () => onDone(`已办:${act.title}`),
  )
  const schema = variantOf(CommandSchema as unknown as Schema, act.act)
  if (!schema) return <p>这一项请在接口办理。</p>
  const { known, choices, asked, shown } = act.form ?? NOTHING
  const form = (
    <SchemaForm
      schema={schema}
      known={known}
      initial={given}
      choices={choices}
      asked={asked}
      submit={act.title}
      sending={send.isPending}
      error={send.error}
      onSubmit={(body) => send.mutate({ ...(body as object), type: act.act } as Command)}
      onCancel={() => onChoose(undefined)}
      instead={(name) =>
        name !== act.act && open.some((one) => one.act === name) ? () => onChoose(name) : undefined
      }
    />
  )
  return shown ? (
    <div className="deciding">
      <Shown of={shown} />
      {form}
    </div>
  ) : (
    form
  )
}

export default ActForm
