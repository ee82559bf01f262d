import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from '@temporalio/client'
import type { Command } from 'commander'
import { DEPLOYMENT } from '../contracts/deployment.js'
import { Trouble } from '../runtime/trouble.js'
import { temporalOf, type WhereOptions } from './ledger/where.js'
import { withTemporal } from './ledger/with-temporal.js'

const NOT_FOUND = 5
const LONGEST_MILLIS = 120_000
const PAUSE_MILLIS = 500

/** `DRAINED` and its kin, as `VersionDrainageStatus` numbers them. */
const DRAINAGE = ['', '仍有事项', '已腾空'] as const

type Version = { readonly build: string; readonly standing: string }
type Deployment = { readonly current: string | undefined; readonly versions: readonly Version[] }

const deploymentOf = async ({ workflowService, options }: Client): Promise<Deployment | undefined> => {
  const { namespace } = options
  try {
    const { workerDeploymentInfo: info } = await workflowService.describeWorkerDeployment({
      namespace,
      deploymentName: DEPLOYMENT,
    })
    const current = info?.routingConfig?.currentDeploymentVersion?.buildId ?? undefined
    const versions = (info?.versionSummaries ?? []).map(({ deploymentVersion, drainageStatus }) => {
      const build = deploymentVersion?.buildId ?? ''
      return { build, standing: build === current ? '当前' : (DRAINAGE[drainageStatus ?? 0] ?? '') }
    })
    return { current, versions }
  } catch (error) {
    if ((error as { code?: number }).code === NOT_FOUND) return undefined
    throw error
  }
}

/** A worker of the version is there: Temporal learns of it when it first asks for work. */
const untilKnown = async (client: Client, build: string): Promise<Deployment> => {
  const until = Date.now() + LONGEST_MILLIS
  for (;;) {
    const found = await deploymentOf(client)
    if (found?.versions.some((version) => version.build === build)) return found
    if (Date.now() > until)
      throw new Trouble(
        `还没有 ${build} 版的办理进程来领任务。请先以 BIHUAN_BUILD=${build} 启动办理进程,再运行本命令。`,
      )
    await pause(PAUSE_MILLIS)
  }
}

const tell = (line: string): void => void process.stdout.write(`${line}\n`)

const handOver = async (client: Client, build: string): Promise<void> => {
  const { current } = await untilKnown(client, build)
  if (current === build) return tell(`当前已是 ${build},无须换版。`)
  await client.workflowService.setWorkerDeploymentCurrentVersion({
    namespace: client.options.namespace,
    deploymentName: DEPLOYMENT,
    buildId: build,
    identity: 'bihuan rollout',
  })
  tell(
    current === undefined
      ? `由 ${build} 版接手;各件在下一次办理时转入。`
      : `由 ${build} 版接手(原为 ${current});各件在下一次办理时转入,旧版腾空后即可停用。`,
  )
}

const show = async (client: Client): Promise<void> => {
  const found = await deploymentOf(client)
  if (!found) return tell('办理进程没有写明版本(BIHUAN_BUILD),无须换版。')
  for (const { build, standing } of found.versions) tell(`${build}  ${standing}`)
}

type Options = WhereOptions & { readonly to?: string }

const rollout = async (options: Options): Promise<void> => {
  const build = options.to ?? (process.env.BIHUAN_BUILD || undefined)
  await withTemporal(temporalOf(options), (client) =>
    build === undefined ? show(client) : handOver(client, build),
  )
}

/** `bihuan rollout [--to BUILD]`: the release whose workers go on with every case; without one, what there is. */
export function registerRollout(program: Command): void {
  program
    .command('rollout')
    .description('换版:由指明的一版办理进程接手全部事项;不指明时列出各版')
    .option('--to <版本>', '由哪一版接手(也可用 BIHUAN_BUILD)')
    .option('--home <目录>', '数据目录,用正在其上运行的闭环')
    .option('--temporal <地址>', 'Temporal 地址;不写时用 TEMPORAL_ADDRESS')
    .option('--namespace <名称>', 'Temporal 命名空间')
    .action(rollout)
}
