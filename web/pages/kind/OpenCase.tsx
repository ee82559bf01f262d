import { useNavigate } from '@tanstack/react-router'
import { Radio } from 'antd'
import { useState } from 'react'
import { useSend } from '../../client/send'
import { SchemaForm } from '../../common/form/SchemaForm'
import { type Schema, shapesOf, variantsOf } from '../../common/form/schema'
import { OpeningSchema } from '../../generated/api/schemas.gen'
import { openCase } from '../../generated/api/sdk.gen'
import type { Opening, OpeningAct } from '../../generated/api/types.gen'

type Opened = {
  readonly of: OpeningAct
  readonly round: string
  readonly onCancel: () => void
}

/** What opens a case, as a form from its schema; then on to the case. */
const OpenCase = ({ of: { act: type, form }, round, onCancel }: Opened) => {
  const navigate = useNavigate()
  const send = useSend(
    (body: Opening, key: string) =>
      openCase({ path: { id: round }, body, headers: { 'Idempotency-Key': key }, throwOnError: true }),
    (done) => 'caseId' in done && navigate({ to: `/cases/${done.caseId}` }),
  )
  const variants = variantsOf(OpeningSchema as unknown as Schema, type)
  const shapes = shapesOf(variants)
  const [place, take] = useState(0)
  const schema = variants[place]
  if (!schema) return <p>这一项请在接口办理。</p>
  return (
    <>
      {shapes.length > 0 && (
        <Radio.Group
          aria-label="种类"
          style={{ margin: '8px 0 14px' }}
          value={place}
          onChange={({ target }) => take(target.value as number)}
          options={shapes.map(({ title }, value) => ({ value, label: title }))}
        />
      )}
      <SchemaForm
        key={place}
        schema={schema}
        {...form}
        submit="登记"
        sending={send.isPending}
        error={send.error}
        onSubmit={(body) => send.mutate({ ...(body as object), type } as Opening)}
        onCancel={onCancel}
      />
    </>
  )
}

export default OpenCase
