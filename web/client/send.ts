import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useKey } from './key'
import { isSettled } from './problem'

type Answer<Data> = { readonly data: Data; readonly response: Response }

const ACCEPTED = 202
const PAUSE_MILLIS = 800
const TRIES = 30

const pause = (): Promise<void> => new Promise((done) => setTimeout(done, PAUSE_MILLIS))

/** Asks again under the same key until the answer is there. */
const untilAnswered = async <Data>(send: () => Promise<Answer<Data>>): Promise<Data> => {
  for (let tries = 1; ; tries += 1) {
    const { data, response } = await send()
    if (response.status !== ACCEPTED || tries === TRIES) return data
    await pause()
  }
}

/**
 * Sends something that changes the record, once, however often it is clicked. Without an answer it is tried again under the
 * same key. When it is done everything shown is asked for anew: what follows from a command is not guessed here.
 */
export const useSend = <Content, Data>(
  send: (content: Content, key: string) => Promise<Answer<Data>>,
  done?: (data: Data) => void,
) => {
  const queries = useQueryClient()
  const { keyFor, settled } = useKey()
  return useMutation({
    mutationFn: (content: Content) => {
      const key = keyFor(content)
      return untilAnswered(() => send(content, key))
    },
    retry: (failures, error) => failures < 3 && !isSettled(error),
    onSuccess: async (data) => {
      settled()
      done?.(data)
      await queries.invalidateQueries()
    },
    onError: (error) => {
      if (isSettled(error)) settled()
    },
  })
}
