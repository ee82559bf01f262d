import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { useSend } from '../client/send'
import { dayInWords } from '../common/dates'
import { Count } from '../common/Go'
import { Loaded, LoadedPage, Page } from '../common/Page'
import { ProblemNote } from '../common/ProblemNote'
import {
  roundByIdOptions,
  roundEntriesOptions,
  roundPlanOptions,
} from '../generated/api/@tanstack/react-query.gen'
import { handOverRound } from '../generated/api/sdk.gen'
import type { PlanEntry, Round as RoundLine } from '../generated/api/types.gen'
import { useMe } from '../Shell'
import { Cadence } from './round/Cadence'
import { EntryCard, linesOf } from './round/EntryCard'
import { PlanText } from './round/PlanText'

const OPENING_MILLIS = 1_500

/** A round: how far it is; for the office the plan beside what was read from it, its questions, and the handing over. */
const Round = () => {
  const { id } = useParams({ strict: false }) as { id: string }
  const me = useMe()
  const round = useQuery({
    ...roundByIdOptions({ path: { id } }),
    refetchInterval: ({ state }) => (state.data?.opening ? OPENING_MILLIS : false),
  })
  return (
    <LoadedPage query={round}>
      {(found) => (
        <Page
          title={`${found.drill ? '【演练】' : ''}${found.title}`}
          about={
            found.planDate === null
              ? '整改方案尚未报送'
              : `${found.city} · 方案日期 ${dayInWords(found.planDate)}`
          }
        >
          <Progress of={found} />
          {me?.may.includes('read-ledger') && !found.opening && <Cadence id={id} />}
          {me?.may.includes('open-round') && found.planDate !== null && (
            <Plan id={id} opening={found.opening} />
          )}
        </Page>
      )}
    </LoadedPage>
  )
}

const Progress = ({ of }: { of: RoundLine }) => (
  <p>
    共 <Count of={of.entries} href={`/cases?round=${of.id}`} /> 项
    {of.opening && `,正在建立案件(${of.registered}/${of.entries})`},整改中{' '}
    <Count of={of.rectifying} href={`/cases?round=${of.id}&phase=rectifying`} /> 件,已销号{' '}
    <Count of={of.closed} href={`/cases?round=${of.id}&phase=closed,archived`} /> 件
    {of.overdue > 0 && (
      <>
        ,逾期 <Count of={of.overdue} href={`/cases?round=${of.id}&overdue=true`} /> 件
      </>
    )}
    。
  </p>
)

const Plan = ({ id, opening }: { id: string; opening: boolean }) => {
  const plan = useQuery({ ...roundPlanOptions({ path: { id } }), staleTime: Number.POSITIVE_INFINITY })
  const entries = useQuery(roundEntriesOptions({ path: { id } }))
  const [lit, light] = useState<readonly [number, number]>()
  return (
    <Loaded query={entries}>
      {({ entries: all }) => (
        <>
          <HandOver id={id} entries={all} opening={opening} />
          <div className="plan section">
            <Loaded query={plan}>{({ lines }) => <PlanText lines={lines} lit={lit} />}</Loaded>
            <div>
              {all.map((entry) => (
                <EntryCard
                  key={entry.n}
                  entry={entry}
                  isLit={lit !== undefined && linesOf(entry)[0] === lit[0]}
                  onLight={() => light(linesOf(entry))}
                />
              ))}
            </div>
          </div>
        </>
      )}
    </Loaded>
  )
}

const HandOver = ({
  id,
  entries,
  opening,
}: {
  id: string
  entries: readonly PlanEntry[]
  opening: boolean
}) => {
  const waiting = entries.filter(({ phase }) => phase === 'registered' || phase === null)
  const ready = waiting.filter(({ obstacle }) => obstacle === null)
  const questions = waiting.reduce((sum, { questions: open }) => sum + open.length, 0)
  const send = useSend((_: string, key: string) =>
    handOverRound({ path: { id }, headers: { 'Idempotency-Key': key }, throwOnError: true }),
  )
  if (waiting.length === 0) return send.data ? <p role="status">已交办 {send.data.handedOver} 件。</p> : null
  return (
    <div className="next section">
      <p className="what">
        {ready.length > 0 ? `可以交办 ${ready.length} 件` : `还有 ${waiting.length} 件不能交办`}
      </p>
      <p className="quiet">
        {questions > 0 && `有 ${questions} 处疑问待回答。`}
        {waiting.length - ready.length > 0 &&
          `${waiting.length - ready.length} 件还缺内容,原因写在各项下面。`}
      </p>
      {send.data && <p role="status">已交办 {send.data.handedOver} 件。</p>}
      {send.error && <ProblemNote error={send.error} />}
      {ready.length > 0 && (
        <Button
          type="primary"
          size="middle"
          disabled={opening}
          loading={send.isPending}
          onClick={() => send.mutate(id)}
        >
          交办这 {ready.length} 件
        </Button>
      )}
    </div>
  )
}

export default Round
