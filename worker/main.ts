import { Client, Connection } from '@temporalio/client'
import { NativeConnection, Runtime, type Worker } from '@temporalio/worker'
import { mailChannel, makeActivities } from '../activities/index.js'
import { converterWith } from '../codec/converter.js'
import { connect } from '../db/connect.js'
import { requireSchema } from '../db/schema-age.js'
import { UnfitSettings } from '../runtime/environment.js'
import { serveMetrics } from '../runtime/metrics.js'
import { registerSearchAttributes } from '../runtime/search-attributes.js'
import { stopRequest } from '../runtime/stop-request.js'
import { connectionOptions } from '../runtime/temporal-access.js'
import { tracedQueries } from '../runtime/tracing/queries.js'
import { makeTracer } from '../runtime/tracing/tracer.js'
import { shellActivities } from './activities.js'
import { workflowBundle } from './bundle.js'
import { type Log, makeLog, temporalLog } from './log.js'
import { makeWorkerMetrics } from './metrics.js'
import { sleep, untilItWorks } from './patience.js'
import { type Settings, settingsFrom } from './settings.js'
import { makeSweeper } from './sweeper.js'
import { tracedActivities, tracedMailer, traceSinks, tracingModule } from './tracing.js'
import { makeWorker, type Watching } from './work.js'

const UNFIT = 2
const AGAIN_MILLIS = 2_000

const installRuntime = ({ logLevel, sdkMetrics }: Settings, log: Log): void => {
  Runtime.install({
    logger: temporalLog(log),
    // One owner of shutdown: this file.
    shutdownSignals: [],
    telemetryOptions: {
      logging: { filter: logLevel === 'debug' ? 'INFO' : 'WARN', forward: {} },
      ...(sdkMetrics !== undefined && { metrics: { prometheus: { bindAddress: sdkMetrics } } }),
    },
  })
}

/** Works until asked to stop, through deaths of Temporal and PostgreSQL. */
const work = async (settings: Settings, log: Log, signal: AbortSignal): Promise<void> => {
  installRuntime(settings, log)
  const { address, namespace } = settings.temporal
  const options = connectionOptions(settings.temporal)
  const patience = { log, signal }
  const tracer = settings.traces === undefined ? undefined : makeTracer(settings.traces, 'bihuan-worker', log)
  const db = connect(settings.databaseUrl, settings.connections, tracer && tracedQueries(tracer))
  const forSweeper = Connection.lazy(options)
  const metrics = makeWorkerMetrics()
  const sweeper = makeSweeper({
    db,
    log,
    metrics,
    client: new Client({
      connection: forSweeper,
      namespace,
      dataConverter: converterWith(settings.codecKeys),
    }),
  })
  const warn = (line: string): void => log.warn(line)
  const channel = mailChannel(process.env, warn)
  const mailer = tracer && channel ? tracedMailer(tracer, channel) : channel
  const activities = shellActivities(
    makeActivities({ db, mailer, papersDir: settings.papersDir, warn }),
    sweeper.hint,
  )
  const watching: Watching = {
    interceptors: [...(tracer ? [tracedActivities(tracer)] : []), metrics.activities],
    sinks: tracer && traceSinks(tracer),
  }
  const measured =
    settings.metrics === undefined ? undefined : await serveMetrics(settings.metrics, metrics.registry)
  try {
    const bundle = await workflowBundle(tracer ? [tracingModule] : [])
    await untilItWorks(' PostgreSQL', () => requireSchema(db), patience)
    const sweeping = sweeper.run(signal)
    while (!signal.aborted) {
      const native = await untilItWorks(' Temporal', () => NativeConnection.connect(options), patience)
      if (!native) break
      try {
        await registered(forSweeper, namespace, log)
        const worker = await makeWorker(native, activities, watching, bundle, settings)
        log.info({ address, namespace }, '办理进程已就绪')
        await runUntil(signal, worker)
      } catch (error) {
        log.error({ err: error }, '办理中断,重新连接')
        await sleep(AGAIN_MILLIS, signal)
      } finally {
        await native.close().catch(() => undefined)
      }
    }
    await sweeping
  } finally {
    measured?.close()
    await forSweeper.close()
    await db.destroy()
    await tracer?.close()
    log.info('办理进程已停止')
  }
}

/** Said plainly where an administrator has to do it; the worker works for cases that run already. */
const registered = async (connection: Connection, namespace: string, log: Log): Promise<void> => {
  const found = await registerSearchAttributes(connection, namespace)
  if (found.kind === 'added') log.info({ names: found.names }, '已在 Temporal 登记检索字段')
  if (found.kind === 'missing')
    log.error(
      { commands: found.commands },
      '无权在 Temporal 登记检索字段,新的案件无法启动;请管理员执行所列命令',
    )
}

/** @throws what the worker fails by, when it ends before `signal` comes. */
const runUntil = async (signal: AbortSignal, worker: Worker): Promise<void> => {
  const stop = (): void => worker.shutdown()
  const running = worker.run()
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  try {
    await running
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

const main = async (): Promise<void> => {
  const signal = stopRequest()
  try {
    const settings = settingsFrom(process.env)
    await work(settings, makeLog(settings), signal)
  } catch (error) {
    if (!(error instanceof UnfitSettings)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = UNFIT
  }
}

await main()
