/** `npm run test:cluster`: the layout of production on one machine, under load, with a part of each kind killed on the way. */
import { execFile } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { Client, Connection } from '@temporalio/client'
import { checkCommands } from '../../../chaos/checks/commands.js'
import { checkLedger } from '../../../chaos/checks/ledger.js'
import { checkPapers } from '../../../chaos/checks/papers.js'
import { checkSealed } from '../../../chaos/checks/sealed.js'
import { type Violation, violation } from '../../../chaos/checks/violation.js'
import { checkWorkflows } from '../../../chaos/checks/workflows.js'
import { settle } from '../../../chaos/settle.js'
import { converterWith } from '../../../codec/converter.js'
import { keysIn, newKey } from '../../../codec/keys.js'
import { connect } from '../../../db/connect.js'
import { typescript } from '../../../runtime/project.js'
import { stopRequest } from '../../../runtime/stop-request.js'
import { Trouble } from '../../../runtime/trouble.js'
import { bringCluster, type Cluster, type Victim } from '../layout.js'
import { CASES, everyCaseOnceMore, openRound, ROUND, type Work, work } from '../load.js'
import { NAMESPACE } from '../temporal-on-postgres.js'

const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** In this order, while people work; each is away for a while before it comes back. */
const DEATHS: readonly (readonly [Victim, string])[] = [
  ['worker-1', '办理进程之一'],
  ['api-1', '接口之一'],
  ['temporal', 'Temporal'],
]
const BETWEEN_MILLIS = 4_000
const AWAY_MILLIS = 3_000

const accepted = ({ register }: Work): number =>
  register.asked.filter(({ fate }) => fate.kind === 'accepted').length

/** As an operator does it: first everybody can read the new key, then everybody writes under it. */
const [OLD, NEW] = [newKey('2025'), newKey('2026')]
const ROTATION = [`${OLD},${NEW}`, `${NEW},${OLD}`] as const
/** The key is changed after so many deaths. */
const DEATHS_BEFORE = 2

const rotate = async (cluster: Cluster, going: Work): Promise<void> => {
  const before = accepted(going)
  for (const keys of ROTATION) await cluster.useKeys(keys)
  say(`  ↻ 密钥更换,逐个重启两遍,其间受理 ${accepted(going) - before} 条`)
}

const killOnTheWay = async (cluster: Cluster, going: Work): Promise<void> => {
  for (const [index, [victim, title]] of DEATHS.entries()) {
    if (index === DEATHS_BEFORE) await rotate(cluster, going)
    await pause(BETWEEN_MILLIS)
    const before = accepted(going)
    await cluster.kill(victim)
    await pause(AWAY_MILLIS)
    const meanwhile = accepted(going) - before
    await cluster.restart(victim)
    say(`  ✗ kill -9 ${title},其不在时受理 ${meanwhile} 条;已重新启动`)
  }
  await pause(BETWEEN_MILLIS)
}

const verifyAsAnOperator = async ({ databaseUrl }: Cluster): Promise<string> => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...typescript('cli/main.ts'),
    'ledger',
    'verify',
    '--database',
    databaseUrl,
  ])
  return stdout.trim()
}

const look = async (cluster: Cluster, { register }: Work): Promise<readonly Violation[]> => {
  const db = connect(cluster.databaseUrl, 8)
  const connection = await Connection.connect({ address: cluster.temporal.address })
  try {
    const unsettled = await settle(db)
    const dataConverter = converterWith(keysIn(ROTATION[1]))
    const client = new Client({ connection, namespace: NAMESPACE, dataConverter })
    const sealed = await checkSealed({ db, client })
    const under = [...sealed.keys.values()]
    const both = under.filter((keys) => keys.has('2025') && keys.has('2026')).length
    say(`  历史全部加密:${under.length} 件,其中新旧密钥兼有 ${both} 件`)
    return [
      ...register.faults.map(({ path, status, detail }) => ({
        rule: '接口的每个答复都是人话',
        where: `${path} ${status}`,
        seen: detail,
      })),
      ...unsettled,
      ...(await checkCommands(db, register)),
      ...(await checkLedger(db)),
      ...(await checkPapers(db)),
      ...(await checkWorkflows({ db, client })),
      ...sealed.violations,
      ...(both < CASES ? [violation('更换密钥后,旧件照办', ROUND, `新旧密钥兼有的只有 ${both} 件`)] : []),
    ]
  } finally {
    await connection.close()
    await db.destroy()
  }
}

const rehearse = async (home: string): Promise<boolean> => {
  say('闭环 Bihuan 【集群】正式环境的布局,在本机逐一起动\n')
  const cluster = await bringCluster(home, OLD, say)
  try {
    const going = await openRound(cluster)
    const began = performance.now()
    let over = false
    const working = work(going, () => over)
    await killOnTheWay(cluster, going)
    over = true
    await working
    await everyCaseOnceMore(going)
    const seconds = (performance.now() - began) / 1_000
    const violations = await look(cluster, going)
    const many = accepted(going)
    const refused = going.register.asked.filter(({ fate }) => fate.kind === 'refused').length
    say('')
    say(`  报送 ${going.register.asked.length} 条,受理 ${many},不予办理 ${refused},${seconds.toFixed(0)} 秒`)
    say(`  ${await verifyAsAnOperator(cluster)}`)
    for (const { rule, where, seen } of violations.slice(0, 20)) say(`  ! ${rule}:${where} ${seen}`)
    say(
      violations.length === 0
        ? '\n【集群】结束:一件不丢,一件不重,各链完整,文号连续,每件都在等它的下一个时点'
        : `\n【集群】结束:违例 ${violations.length} 处,数据与日志在 ${home}`,
    )
    return violations.length === 0
  } finally {
    await cluster.stop()
  }
}

const home = mkdtempSync(join(tmpdir(), 'bihuan-cluster-'))
chmodSync(home, 0o755)
stopRequest().addEventListener('abort', () => process.exit(130))
try {
  const well = await rehearse(home)
  if (well) rmSync(home, { recursive: true, force: true })
  process.exitCode = well ? 0 : 1
} catch (error) {
  process.stderr.write(
    `${error instanceof Trouble ? error.message : String((error as Error).stack)}\n日志在 ${home}\n`,
  )
  process.exitCode = 1
}
