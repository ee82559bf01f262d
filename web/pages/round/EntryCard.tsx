import { lazy, Suspense, useState } from 'react'
import { Clause } from '../../common/Clause'
import { Go } from '../../common/Go'
import type { PlanEntry } from '../../generated/api/types.gen'

const Amend = lazy(() => import('./Amend'))

/** The entry's own fields, as the interface gives them. */
export type Read = {
  readonly lines: readonly [number, number]
  readonly section: readonly string[]
  readonly units: readonly string[]
  readonly deadline: { readonly text: string }
}
export const readOf = ({ entry }: PlanEntry): Read => entry as unknown as Read
export const linesOf = (entry: PlanEntry): readonly [number, number] => readOf(entry).lines

type Shown = { readonly entry: PlanEntry; readonly isLit: boolean; readonly onLight: () => void }

/** One entry of a plan: what was read, from which lines, what is asked of it, and what keeps it from being handed over. */
export const EntryCard = ({ entry, isLit, onLight }: Shown) => {
  const [answering, answer] = useState<string>()
  const { n, href, phaseTitle, questions, obstacle } = entry
  const { units, deadline, lines } = readOf(entry)
  const settled = () => answer(undefined)
  return (
    <article className={isLit ? 'entry lit' : 'entry'}>
      <div className="row">
        <button type="button" className="link" onClick={onLight}>
          第 {n} 项 · 原文第 {lines[0] === lines[1] ? lines[0] : `${lines[0]}—${lines[1]}`} 行
        </button>
        <span className="quiet">{phaseTitle}</span>
      </div>
      <p>
        <Go href={href}>{entry.entry.text}</Go>
      </p>
      <p className="quiet">
        {units.join('、') || '责任单位未写明'} · {deadline.text || '时限未写明'}
      </p>
      {questions.map((question) => (
        <div className="question" key={question}>
          {question}{' '}
          <button type="button" className="link" onClick={() => answer(question)}>
            回答
          </button>
          {answering === question && (
            <Suspense fallback={null}>
              <Amend entry={entry} question={question} onDone={settled} />
            </Suspense>
          )}
        </div>
      ))}
      {obstacle && questions.length === 0 && (
        <div className="question">
          {obstacle.why} <Clause of={obstacle.clause} />{' '}
          <button type="button" className="link" onClick={() => answer('')}>
            补充
          </button>
          {answering === '' && (
            <Suspense fallback={null}>
              <Amend entry={entry} question={undefined} onDone={settled} />
            </Suspense>
          )}
        </div>
      )}
    </article>
  )
}
