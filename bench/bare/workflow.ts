import { condition, defineSignal, defineUpdate, setHandler } from '@temporalio/workflow'
import type { CommandMessage } from '../../contracts/case.js'

/** Takes a case's command and does nothing with it. */
export const accept = defineUpdate<number, [CommandMessage]>('command')
export const finish = defineSignal('finish')

/** What Temporal alone costs: a workflow that only accepts the same Updates, validator and all. */
export async function bareWorkflow(): Promise<void> {
  let accepted = 0
  let over = false
  setHandler(
    accept,
    () => {
      accepted += 1
      return accepted
    },
    {
      validator: ({ command }) => {
        if (typeof command.at !== 'string') throw new TypeError('no command')
      },
    },
  )
  setHandler(finish, () => {
    over = true
  })
  await condition(() => over)
}
