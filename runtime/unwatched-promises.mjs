/**
 * Joined to every program of ours (`--import`); it concerns the threads in which the worker runs cases. Temporal's SDK writes down the
 * stack of every promise of every case, only to show it when somebody asks for a case's stack trace, and that was a third of what a
 * command costs the worker. Where Node has no such hook the SDK does without and says so; here it finds none.
 * `BIHUAN_PROMISE_STACKS=on` gives the stacks back to whoever looks for a fault in a workflow.
 */
import v8 from 'node:v8'
import { isMainThread } from 'node:worker_threads'

if (!isMainThread && process.env.BIHUAN_PROMISE_STACKS !== 'on') {
  v8.promiseHooks.createHook = () => {
    throw new Error('promises are not watched')
  }
}
