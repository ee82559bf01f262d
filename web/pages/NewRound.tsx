import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button, Form, Input, Select } from 'antd'
import { useRef } from 'react'
import { useSend } from '../client/send'
import { base64Of } from '../common/base64'
import { Page } from '../common/Page'
import { ProblemNote } from '../common/ProblemNote'
import { listPoliciesOptions } from '../generated/api/@tanstack/react-query.gen'
import { openRound } from '../generated/api/sdk.gen'
import type { OpenRound } from '../generated/api/types.gen'

type Plan = NonNullable<OpenRound['plan']>
type Written = {
  readonly id: string
  readonly policy: string
  readonly text?: string
  readonly file?: File
  readonly planDate?: string
  readonly feedbackDate?: string
}

const DOCX = /\.docx$/i

const planIn = async ({ file, text = '' }: Written): Promise<Plan | undefined> => {
  if (file) return DOCX.test(file.name) ? { docx: await base64Of(file) } : { text: await file.text() }
  return text.trim() === '' ? undefined : { text }
}

const bodyOf = async (written: Written): Promise<OpenRound> => {
  const { id, policy, planDate = '', feedbackDate = '' } = written
  const plan = await planIn(written)
  return {
    id,
    policy,
    ...(plan && { plan }),
    ...(planDate !== '' && { planDate }),
    ...(feedbackDate !== '' && { feedbackDate }),
  } as OpenRound
}

/** A round from its plan: the file or its text, read by the interface; then on to what it became. */
const NewRound = () => {
  const policies = useQuery(listPoliciesOptions())
  const navigate = useNavigate()
  const open = useSend(
    (body: OpenRound, key: string) =>
      openRound({ body, headers: { 'Idempotency-Key': key }, throwOnError: true }),
    ({ round }) => navigate({ to: '/rounds/$id', params: { id: round.id } }),
  )
  return (
    <Page title="从整改方案建立轮次" about="系统读出方案里的每一项,读不准的列为疑问,回答之后再交办。">
      <Form
        className="form slim"
        layout="vertical"
        size="middle"
        onFinish={async (written: Written) => open.mutate(await bodyOf(written))}
      >
        <Form.Item name="file" label="方案文件" extra="Word(.docx)或文本文件">
          <PlanFile />
        </Form.Item>
        <Form.Item name="text" label="或者粘贴方案全文">
          <Input.TextArea autoSize={{ minRows: 4, maxRows: 12 }} />
        </Form.Item>
        <Form.Item
          name="policy"
          label="按哪个城市的规则办理"
          rules={[{ required: true, message: '请选择规则' }]}
        >
          <Select
            loading={policies.isPending}
            placeholder="请选择"
            options={policies.data?.policies.map(({ name, city }) => ({ value: name, label: city })) ?? []}
          />
        </Form.Item>
        <Form.Item
          name="id"
          label="轮次编号"
          extra="小写字母、数字和短横,如 qilan-2026;案件编号以它开头"
          rules={[{ required: true, message: '请填写轮次编号' }]}
        >
          <Input />
        </Form.Item>
        <Form.Item name="planDate" label="方案日期(不填则取方案里的)">
          <Input type="date" />
        </Form.Item>
        <Form.Item name="feedbackDate" label="督察反馈日期(不填则取方案里的)">
          <Input type="date" />
        </Form.Item>
        {open.error && <ProblemNote error={open.error} />}
        <Button type="primary" htmlType="submit" loading={open.isPending}>
          {open.isPending ? '正在读取方案' : '读取并建立'}
        </Button>
      </Form>
    </Page>
  )
}

type Bound = {
  readonly value?: File
  readonly onChange?: (file: File | undefined) => void
  readonly id?: string
}

const PlanFile = ({ value, onChange, id }: Bound) => {
  const chooser = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={chooser}
        id={id}
        className="file-input"
        type="file"
        accept=".docx,.txt,.md,text/plain"
        tabIndex={-1}
        onChange={({ target }) => onChange?.(target.files?.[0])}
      />
      <Button onClick={() => chooser.current?.click()}>{value ? value.name : '选择文件'}</Button>
    </>
  )
}

export default NewRound
