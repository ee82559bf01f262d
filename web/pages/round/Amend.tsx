import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useState } from 'react'
import { useSend } from '../../client/send'
import { BY_TITLE } from '../../common/form/by-title'
import { SchemaForm } from '../../common/form/SchemaForm'
import { type Schema, variantOf } from '../../common/form/schema'
import { caseActsOptions } from '../../generated/api/@tanstack/react-query.gen'
import { CommandSchema } from '../../generated/api/schemas.gen'
import { giveCommand } from '../../generated/api/sdk.gen'
import type { Command, PlanEntry } from '../../generated/api/types.gen'

const whole = variantOf(CommandSchema as unknown as Schema, 'amend-entry')
const patch = whole?.properties?.patch
const fields = Object.keys(patch?.properties ?? {}).filter((name) => name !== 'answered')

/** The schema of a correction, of the chosen fields only. */
const correctionOf = (chosen: readonly string[]): Schema => ({
  ...whole,
  required: ['patch', 'reason'],
  properties: {
    ...(chosen.length > 0 && {
      patch: {
        ...patch,
        required: chosen,
        properties: Object.fromEntries(chosen.map((name) => [name, patch?.properties?.[name] ?? {}])),
      },
    }),
    reason: { ...whole?.properties?.reason, title: '怎么知道的' },
  },
})

type Amending = {
  readonly entry: PlanEntry
  /** The question that is answered by this; absent: only something is completed. */
  readonly question: string | undefined
  readonly onDone: () => void
}

/** Answering a question in place: which fields to correct, what they should say, and how one knows. */
const Amend = ({ entry, question, onDone }: Amending) => {
  const [round = '', n = ''] = entry.caseId.split('/')
  const [chosen, choose] = useState<readonly string[]>([])
  const acts = useQuery(caseActsOptions({ path: { round, n } }))
  const choices = acts.data?.acts.find(({ act }) => act === 'amend-entry')?.form?.choices ?? {}
  const send = useSend(
    (body: Command, key: string) =>
      giveCommand({ path: { round, n }, body, headers: { 'Idempotency-Key': key }, throwOnError: true }),
    onDone,
  )
  return (
    <div className="amend">
      <Select
        aria-label="更正哪一栏"
        mode="multiple"
        showSearch={BY_TITLE}
        size="middle"
        className="wide"
        placeholder={question === undefined ? '补充哪一栏' : '更正哪一栏(不用更正的不选)'}
        value={[...chosen]}
        onChange={choose}
        options={fields.map((value) => ({ value, label: patch?.properties?.[value]?.title ?? value }))}
      />
      <SchemaForm
        key={chosen.join()}
        schema={correctionOf(chosen)}
        choices={choices}
        initial={{
          patch: Object.fromEntries(
            chosen.map((name) => [name, (entry.entry as Record<string, unknown>)[name]]),
          ),
        }}
        submit={question === undefined ? '补充' : '回答'}
        sending={send.isPending}
        error={send.error}
        onCancel={onDone}
        onSubmit={(body) => {
          const { patch: corrected = {}, reason } = body as { patch?: object; reason: string }
          send.mutate({
            type: 'amend-entry',
            patch: { ...corrected, ...(question !== undefined && { answered: [question] }) },
            reason,
          } as Command)
        }}
      />
    </div>
  )
}

export default Amend
