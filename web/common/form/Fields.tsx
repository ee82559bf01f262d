import { Button, Form, Input, InputNumber, Radio, Select } from 'antd'
import type { ReactNode } from 'react'
import { BY_TITLE } from './by-title'
import { Files } from './Files'
import { type Choice, type Field, fieldOf, isOptional, isWanted, type Schema } from './schema'

type Path = readonly (string | number)[]

type Context = {
  readonly known: unknown
  readonly choices: Readonly<Record<string, readonly Choice[]>>
  readonly asked: readonly string[]
}

type Shown = Context & {
  readonly schema: Schema
  readonly names: readonly string[]
  /** The path without places in lists: how choices and wishes are written. */
  readonly path: readonly string[]
  /** Where the values stand, relative to the list they are in. */
  readonly list: Path
}

const FEW = 5

const titleOf = ({ title }: Schema, name: string): string => title ?? name

/** The properties of an object, one below the other. */
export const Fields = ({ schema, names, path, list, known, choices, asked }: Shown) =>
  names.map((name) => {
    const part = schema.properties?.[name] ?? {}
    const here = [...path, name]
    const own = (known as Record<string, unknown> | undefined)?.[name]
    return (
      <One
        key={name}
        schema={part}
        name={name}
        path={here}
        list={[...list, name]}
        wanted={isWanted(part, schema, name) || asked.includes(here.join('.'))}
        known={own}
        choices={choices}
        asked={asked}
      />
    )
  })

type Single = Context & {
  readonly schema: Schema
  readonly name: string
  readonly path: readonly string[]
  readonly list: Path
  readonly wanted: boolean
}

const One = ({ schema, name, path, list, wanted, known, choices, asked }: Single) => {
  const field = fieldOf(schema, choices[path.join('.')])
  const title = titleOf(schema, name)
  switch (field.kind) {
    case 'fixed':
      return null
    case 'group':
      return (
        <fieldset>
          <legend>{title}</legend>
          <Fields
            schema={field.group}
            names={Object.keys(field.group.properties ?? {}).filter((part) =>
              isNeeded(field.group, part, path, asked),
            )}
            {...{ path, list, known, choices, asked }}
          />
        </fieldset>
      )
    case 'list':
      return Array.isArray(known) ? (
        <Given {...{ field, title, path, list, known, choices, asked }} />
      ) : (
        <Many {...{ field, title, path, list, wanted, choices, asked }} />
      )
    case 'variants':
      return <Variants {...{ field, title, path, list, known, choices, asked }} />
    default:
      return (
        <Form.Item
          name={[...list]}
          label={title}
          required={wanted}
          {...(schema.description && field.kind !== 'money' && { extra: schema.description })}
          rules={wanted ? [{ required: true, message: `请填写${title}` }] : []}
          {...(wanted && onlyOne(field))}
        >
          <Control field={field} title={title} />
        </Form.Item>
      )
  }
}

/** Inside a group what may be left out is not asked, unless it is wanted this time. */
const isNeeded = (group: Schema, name: string, path: readonly string[], asked: readonly string[]): boolean =>
  !isOptional(group, name) || asked.includes([...path, name].join('.')) || group.required === undefined

/** Where there is but one to choose, it is chosen. */
const onlyOne = (field: Field): { readonly initialValue?: string | number } => {
  const [choice, ...others] = field.kind === 'choice' ? field.choices : []
  return choice && others.length === 0 ? { initialValue: choice.value } : {}
}

type Simple = Exclude<Field, { kind: 'fixed' | 'group' | 'list' | 'variants' }>

/** `value` and `onChange` come from the form's item, hence the rest. */
const Control = ({ field, title, ...bound }: { field: Simple; title: string }): ReactNode => {
  switch (field.kind) {
    case 'choice':
      return field.choices.length <= FEW && field.choices.every(({ title: words }) => words.length <= 12) ? (
        <Radio.Group {...bound} options={field.choices.map(optionOf)} />
      ) : (
        <Select
          {...bound}
          showSearch={BY_TITLE}
          options={field.choices.map(optionOf)}
          placeholder={`请选择${title}`}
        />
      )
    case 'choices':
      return <Select {...bound} mode="multiple" showSearch={BY_TITLE} options={field.choices.map(optionOf)} />
    case 'files':
      return <Files {...bound} as={field.as} />
    case 'day':
      return <Input {...bound} type="date" className="narrow-input" />
    case 'moment':
      return <Input {...bound} type="datetime-local" className="narrow-input" />
    case 'money':
      return (
        <InputNumber
          {...bound}
          inputMode="decimal"
          min={0.01}
          precision={2}
          suffix="元"
          style={{ width: 200 }}
        />
      )
    case 'number':
      return (
        <InputNumber
          {...bound}
          inputMode="numeric"
          {...(field.least !== undefined && { min: field.least })}
          {...(field.most !== undefined && { max: field.most })}
        />
      )
    case 'words':
      return <Input.TextArea {...bound} autoSize={{ minRows: 2, maxRows: 12 }} />
    case 'line':
      return <Input {...bound} />
    case 'lines':
      return <Select {...bound} mode="tags" open={false} suffixIcon={null} placeholder="逐项输入,回车分隔" />
  }
}

const optionOf = ({ value, title }: Choice) => ({ value, label: title })

type Listed = Omit<Shown, 'schema' | 'names' | 'known'> & {
  readonly field: Extract<Field, { kind: 'list' }>
  readonly title: string
}

/** Rows the case itself gives: nothing is added or taken away, only filled in. */
const Given = ({
  field,
  title,
  path,
  list,
  known,
  choices,
  asked,
}: Listed & { known: readonly unknown[] }) => {
  if (known.length === 0) return null
  const parts = Object.keys(field.item.properties ?? {})
  const isKnown = (row: unknown, part: string) => {
    const value = (row as Record<string, unknown>)[part]
    const schema = field.item.properties?.[part]
    return value !== undefined && value !== '' && !Array.isArray(value) && !schema?.enum
  }
  const titleOfRow = (row: unknown): string =>
    parts
      .filter((part) => isKnown(row, part))
      .map((part) => {
        const value = (row as Record<string, unknown>)[part]
        const named = choices[[...path, part].join('.')]?.find((choice) => choice.value === value)
        return named?.title ?? String(value)
      })
      .join(' ')
  return (
    <fieldset>
      <legend>{title}</legend>
      {known.map((row, place) => (
        <div className="item" key={titleOfRow(row)}>
          <h3>{titleOfRow(row)}</h3>
          <Fields
            schema={field.item}
            names={parts.filter((part) => !isKnown(row, part))}
            {...{ path, choices, asked }}
            list={[...list, place]}
            known={undefined}
          />
        </div>
      ))}
    </fieldset>
  )
}

const Many = ({ field, title, path, list, wanted, choices, asked }: Listed & { wanted: boolean }) => (
  <Form.List name={[...list]} {...(wanted && { initialValue: [{}] })}>
    {(rows, { add, remove }) => (
      <fieldset>
        <legend>{title}</legend>
        {rows.map(({ key, name }) => (
          <div className="item" key={key}>
            <Fields
              schema={field.item}
              names={Object.keys(field.item.properties ?? {})}
              {...{ path, choices, asked }}
              list={[name]}
              known={undefined}
            />
            {!(wanted && rows.length === 1) && (
              <button type="button" className="link" onClick={() => remove(name)}>
                删去这一项
              </button>
            )}
          </div>
        ))}
        <Button onClick={() => add({})}>添加</Button>
      </fieldset>
    )}
  </Form.List>
)

type Varied = Omit<Shown, 'schema' | 'names'> & {
  readonly field: Extract<Field, { kind: 'variants' }>
  readonly title: string
}

/** One of several shapes, chosen by the field they differ in. */
const Variants = ({ field, title, path, list, known, choices, asked }: Varied) => {
  const { by, variants } = field
  const form = Form.useFormInstance()
  const chosen = Form.useWatch([...list, by], form)
  const toldBy = ({ properties }: Schema) => {
    const told = properties?.[by]
    return told?.const ?? told?.enum?.[0] ?? ''
  }
  const options = variants.map((variant) => {
    const value = toldBy(variant)
    return { value, label: variant.properties?.[by]?.['x-titles']?.[value] ?? value }
  })
  const variant = variants.find((one) => toldBy(one) === chosen)
  return (
    <fieldset>
      <legend>{title}</legend>
      <Form.Item name={[...list, by]} label="类别">
        <Select options={options} />
      </Form.Item>
      {variant && (
        <Fields
          schema={variant}
          names={Object.keys(variant.properties ?? {}).filter((name) => name !== by)}
          {...{ path, list, known, choices, asked }}
        />
      )}
    </fieldset>
  )
}
