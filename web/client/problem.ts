import type { Problem } from '../generated/api/types.gen'

/** A refusal as the interface gives it, or what stands for one when no answer came. */
export type Refused = Pick<Problem, 'title' | 'detail' | 'clause' | 'instead' | 'errors' | 'incident'> & {
  readonly status: number | undefined
}

export const NO_ANSWER: Refused = {
  title: '连不上服务',
  detail: '没有得到答复,请检查网络后重试。同一件事不会办两次。',
  instead: [],
  status: undefined,
}

export const isProblem = (error: unknown): error is Problem =>
  typeof error === 'object' && error !== null && 'title' in error && 'detail' in error

export const refusedOf = (error: unknown): Refused => (isProblem(error) ? error : NO_ANSWER)

/** Whether it is settled that nothing was done: with an answer below 500 it is, without one it is not. */
export const isSettled = (error: unknown): boolean => {
  const { status } = refusedOf(error)
  return status !== undefined && status < 500
}
