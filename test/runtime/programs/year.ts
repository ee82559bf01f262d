import { sleep } from '@temporalio/workflow'

/** Sleeps for a year. */
export async function oneYear(): Promise<string> {
  await sleep('365 days')
  return '一年已过'
}
