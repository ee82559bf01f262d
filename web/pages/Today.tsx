import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useSend } from '../client/send'
import { Clause } from '../common/Clause'
import { Due } from '../common/Due'
import { momentInWords } from '../common/dates'
import { Export } from '../common/Export'
import { Go } from '../common/Go'
import { Loaded, Page, Section } from '../common/Page'
import {
  listCasesOptions,
  myAutomaticActsOptions,
  myInboxOptions,
  myTodosOptions,
  unsentMailsOptions,
  unwrittenPapersOptions,
} from '../generated/api/@tanstack/react-query.gen'
import { markRead } from '../generated/api/sdk.gen'
import type { Todo } from '../generated/api/types.gen'
import { useMe } from '../Shell'

const FIRST = 12
const FEW = 8

/** What I owe, what fell due, what the machine did, what I was told. */
const Today = () => {
  const me = useMe()
  const todos = useQuery(myTodosOptions({ query: { limit: 50 } }))
  return (
    <Page
      title="今日"
      {...(me && {
        about: `${me.name}${me.posts.length > 0 ? ` · ${me.posts.map(({ title, unit }) => unit ?? title).join('、')}` : ''}`,
      })}
    >
      <Loaded query={todos}>
        {({ todos: owed }) => <Owed owed={owed} all={me?.todos ?? owed.length} />}
      </Loaded>
      <div className="two">
        <div>
          <Overdue />
          <Notices />
          {me?.may.includes('open-round') && (
            <>
              <Unwritten />
              <Unsent />
            </>
          )}
        </div>
        <Automatic />
      </div>
    </Page>
  )
}

const actHref = ({ href, act }: Todo): string => `${href}?act=${act}`

const Owed = ({ owed, all }: { owed: readonly Todo[]; all: number }) => {
  const [first, ...others] = owed
  if (!first)
    return (
      <div className="next">
        <p className="what">没有待办</p>
        <p className="quiet">轮到您办的事会出现在这里。</p>
      </div>
    )
  const shown = others.slice(0, FIRST)
  return (
    <>
      <div className="next">
        <p className="what">
          <Go href={actHref(first)}>{first.title}</Go>
        </p>
        <p className="clamp">{first.text}</p>
        <p>
          <span className="quiet">期限 </span>
          <Due due={first.due} />
        </p>
      </div>
      {shown.length > 0 && (
        <Section title="还要办的" extra={<Link to="/me/todos">共 {all} 项</Link>}>
          <ul className="lines">
            {shown.map((todo) => (
              <li key={`${todo.href}${todo.act}${todo.seat}${todo.unit ?? ''}`} className="row">
                <span>
                  <Go href={actHref(todo)}>{todo.title}</Go>
                  <span className="quiet clamp">{todo.text}</span>
                </span>
                <Due due={todo.due} />
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}

const Overdue = () => {
  const cases = useQuery(listCasesOptions({ query: { overdue: 'true', limit: FEW } }))
  return (
    <Section title="已经逾期">
      <Loaded query={cases}>
        {({ cases: late, next }) =>
          late.length === 0 ? (
            <p className="empty">没有逾期的事项。</p>
          ) : (
            <ul className="lines">
              {late.map((one) =>
                'reading' in one ? null : (
                  <li key={one.id} className="row">
                    <Go href={one.href} className="clamp">
                      {one.text}
                    </Go>
                    <Due due={one.due} overdueSince={one.overdueSince} />
                  </li>
                ),
              )}
              <li>
                <Link to="/cases" search={{ overdue: 'true' }}>
                  {next ? '全部逾期事项' : '筛选、导出'}
                </Link>
              </li>
            </ul>
          )
        }
      </Loaded>
    </Section>
  )
}

const Automatic = () => {
  const acts = useQuery(myAutomaticActsOptions({ query: { limit: FEW } }))
  return (
    <Section title="系统办了什么">
      <Loaded query={acts}>
        {({ acts: done }) =>
          done.length === 0 ? (
            <p className="empty">系统还没有自行办理过什么。</p>
          ) : (
            <ul className="timeline">
              {done.map(({ caseId, href, seq, at, told, text, rule, clause }) => (
                <li key={`${caseId}${seq}`}>
                  {told}
                  <Go href={href} className="clamp">
                    {text}
                  </Go>
                  <small>
                    {momentInWords(at)} · 因{rule} <Clause of={clause} />
                  </small>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  )
}

const Notices = () => {
  const inbox = useQuery(myInboxOptions({ query: { limit: FEW } }))
  const read = useSend((ids: number[]) => markRead({ body: { ids }, throwOnError: true }))
  return (
    <Section title="通知" extra={inbox.data && inbox.data.unread > 0 && `${inbox.data.unread} 条未读`}>
      <Loaded query={inbox}>
        {({ notices }) => {
          const unread = notices.flatMap(({ id, readAt }) => (readAt === null ? [id] : []))
          return notices.length === 0 ? (
            <p className="empty">没有通知。</p>
          ) : (
            <>
              <ul className="lines">
                {notices.map(({ id, subject, href, at, readAt }) => (
                  <li key={id} className="row">
                    <Go href={href}>{readAt === null ? <b>{subject}</b> : subject}</Go>
                    <span className="quiet">{momentInWords(at)}</span>
                  </li>
                ))}
              </ul>
              {unread.length > 0 && (
                <Button loading={read.isPending} onClick={() => read.mutate(unread)}>
                  标为已读
                </Button>
              )}
            </>
          )
        }}
      </Loaded>
    </Section>
  )
}

/** What an event ordered and nobody has written: a matter of the office. */
const Unwritten = () => {
  const unwritten = useQuery(unwrittenPapersOptions())
  return (
    <Section
      title="没有制发出来的公文"
      extra={
        unwritten.data &&
        unwritten.data.papers.length > 0 && (
          <>
            共 {unwritten.data.papers.length} 份 <Export href="/unwritten-papers" name="没有制发出来的公文" />
          </>
        )
      }
    >
      <Loaded query={unwritten}>
        {({ papers }) =>
          papers.length === 0 ? (
            <p className="empty">公文都已制发。</p>
          ) : (
            <ul className="lines">
              {papers
                .slice(0, FEW)
                .map(({ caseId, href, text, paper, title, since, stateTitle, why, instead }) => (
                  <li key={`${caseId}${paper}${since}`}>
                    <Go href={href} className="clamp">{`${title}:${text}`}</Go>
                    <small>
                      自 {momentInWords(since)} {stateTitle}
                      {why !== null && `:${why}`}。{instead}。
                    </small>
                  </li>
                ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  )
}

/** What was to go out by mail and has not: a matter of the office. */
const Unsent = () => {
  const unsent = useQuery(unsentMailsOptions())
  return (
    <Section
      title="没有发出去的邮件"
      extra={
        unsent.data &&
        unsent.data.mails.length > 0 && (
          <>
            共 {unsent.data.mails.length} 封 <Export href="/unsent-mails" name="没有发出去的邮件" />
          </>
        )
      }
    >
      <Loaded query={unsent}>
        {({ mails }) =>
          mails.length === 0 ? (
            <p className="empty">邮件都已发出。</p>
          ) : (
            <ul className="lines">
              {mails
                .slice(0, FEW)
                .map(({ caseId, href, subject, person, name, since, stateTitle, why, instead }) => (
                  <li key={`${caseId}${subject}${person}${since}`}>
                    <Go href={href}>{subject}</Go>
                    <small>
                      致{name} · 自 {momentInWords(since)} {stateTitle}
                      {why !== null && `:${why}`}。{instead}。
                    </small>
                  </li>
                ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  )
}

export default Today
