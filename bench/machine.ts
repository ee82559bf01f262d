import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'

/** What the figures were taken on. */
export type Machine = {
  readonly cpu: string
  readonly cores: number
  readonly memoryGiB: number
  readonly node: string
  readonly at: string
  /** Load average over a minute before the bench began: what else the machine was busy with. */
  readonly loadBefore: number
}

export const thisMachine = (): Machine => ({
  cpu: cpus()[0]?.model.trim() || process.arch,
  cores: availableParallelism(),
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  node: process.versions.node,
  at: new Date().toISOString(),
  loadBefore: loadavg()[0] ?? 0,
})
