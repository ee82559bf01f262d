import type { Stack } from '../../runtime/stack.js'

/** What the table says of the ledger and of who may sign in. */
export type Filled = { readonly ledger: string; readonly signIn: string }

/** When the ledger is empty, load the plan asked for, or our own sample, through the API. */
export const fillLedger = async (
  _stack: Stack,
  _wish: { readonly planFile?: string; readonly policy?: string; readonly say: (text: string) => void },
): Promise<Filled> => ({ ledger: '尚无案件', signIn: '' })
