import { Button, Form } from 'antd'
import { useState } from 'react'
import { ProblemNote } from '../ProblemNote'
import { Fields } from './Fields'
import { type Choice, filled, isOptional, type Schema } from './schema'

type Sent = {
  readonly schema: Schema
  /** What is known already and sent along; what of it is one value is not shown. */
  readonly known?: Readonly<Record<string, unknown>>
  /** What the fields begin with, to be changed freely. */
  readonly initial?: Readonly<Record<string, unknown>>
  /** What may be chosen, by the path of the field. */
  readonly choices?: Readonly<Record<string, readonly Choice[]>>
  /** Optional fields that are wanted this time. */
  readonly asked?: readonly string[]
  readonly submit: string
  readonly sending: boolean
  readonly error: unknown
  readonly onSubmit: (body: unknown) => void
  readonly onCancel?: () => void
  readonly instead?: (act: string) => (() => void) | undefined
}

/** A form made from the schema of what is sent; what may be left out is folded away. */
export const SchemaForm = ({
  schema,
  known = {},
  initial = {},
  choices = {},
  asked = [],
  submit,
  sending,
  error,
  onSubmit,
  onCancel,
  instead,
}: Sent) => {
  const [form] = Form.useForm()
  const names = Object.keys(schema.properties ?? {}).filter((name) => name !== 'type')
  const isHidden = (name: string) => name in known && typeof known[name] !== 'object' && !(name in choices)
  const shown = names.filter((name) => !isHidden(name))
  const left = shown.filter((name) => isOptional(schema, name) && !asked.includes(name))
  const [isOpen, open] = useState(shown.length === left.length)
  const of = (chosen: readonly string[]) => (
    <Fields
      schema={schema}
      names={chosen}
      path={[]}
      list={[]}
      known={known}
      choices={choices}
      asked={asked}
    />
  )
  return (
    <Form
      form={form}
      className="form"
      layout="vertical"
      size="middle"
      requiredMark={(label, { required }) =>
        required ? (
          label
        ) : (
          <>
            {label}
            <span className="quiet">(选填)</span>
          </>
        )
      }
      initialValues={{ ...initial, ...known }}
      scrollToFirstError
      onFinish={() => onSubmit(filled(schema, { ...known, ...form.getFieldsValue(true) }))}
    >
      {of(shown.filter((name) => !left.includes(name)))}
      {left.length > 0 && !isOpen && (
        <p>
          <button type="button" className="link" onClick={() => open(true)}>
            选填内容
          </button>
        </p>
      )}
      {isOpen && of(left)}
      {error !== null && error !== undefined && (
        <ProblemNote error={error} {...(instead && { act: instead })} />
      )}
      <div className="foot">
        <Button type="primary" htmlType="submit" size="middle" loading={sending}>
          {sending ? '正在办理' : submit}
        </Button>
        {onCancel && (
          <Button size="middle" onClick={onCancel} disabled={sending}>
            取消
          </Button>
        )}
      </div>
    </Form>
  )
}
