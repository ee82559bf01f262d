/**
 * How long a command waits when a worker dies (kill -9): one of two, and the only one, started again at once.
 * `npx tsx scripts/measure-failover.ts`
 */
import { setTimeout as pause } from 'node:timers/promises'
import { chasing, HAND_OVER } from '../bench/acts.js'
import { callersDo } from '../bench/callers.js'
import { entryOf } from '../bench/entry.js'
import { percentile } from '../bench/figure.js'
import { bringGround, type Ground, mustBeDone } from '../bench/ground.js'
import type { Round } from '../db/rounds.js'
import type { CaseId, PlainDate } from '../domain/words.js'
import { startProgram } from '../runtime/process.js'
import { projectRoot, typescript } from '../runtime/project.js'

const CASES = 60
const CALLERS = 6
/** From one command to the next: fewer than the cases in the time that is looked at. */
const EVERY_MILLIS = 300
/** Looked at before a death, and after it. */
const BEFORE_MILLIS = 8_000
const AFTER_MILLIS = 25_000
const SETTLED_MILLIS = 10_000
const LONG_MILLIS = 3_000

type Answer = { readonly at: number; readonly took: number }

const say = (title: string, answers: readonly Answer[]): void => {
  const took = answers.map((one) => one.took)
  const millis = (value: number): string => `${value.toFixed(0)} ms`
  const worst = millis(Math.max(0, ...took))
  const long = took.filter((one) => one > LONG_MILLIS).length
  console.log(
    `${title}: ${took.length} commands, p50 ${millis(percentile(took, 0.5))}, p99 ${millis(percentile(took, 0.99))}, longest ${worst}, longer than ${millis(LONG_MILLIS)}: ${long}`,
  )
}

/** Command after command at their own pace, whether the last is answered or not, while `scene` plays: who waits is counted, too. */
const whileTheyWork = async (
  ground: Ground,
  round: Round,
  ids: readonly CaseId[],
  scene: () => Promise<void>,
): Promise<readonly Answer[]> => {
  const underWay: Promise<Answer>[] = []
  const chase = async (n: number, id: CaseId): Promise<Answer> => {
    const at = performance.now()
    mustBeDone(await ground.give(id, chasing(n), ground.nowIn(round)))
    return { at, took: performance.now() - at }
  }
  const pace = setInterval(() => {
    const id = ids[underWay.length % ids.length]
    if (id !== undefined) underWay.push(chase(underWay.length, id))
  }, EVERY_MILLIS)
  await scene()
  clearInterval(pace)
  return Promise.all(underWay)
}

const secondWorker = ({ stack }: Ground) =>
  startProgram({
    name: 'worker-2',
    command: process.execPath,
    args: typescript('worker/main.ts'),
    env: {
      ...process.env,
      DATABASE_URL: stack.urls.database,
      TEMPORAL_ADDRESS: stack.urls.temporalAddress,
      TEMPORAL_NAMESPACE: stack.urls.temporalNamespace,
      BIHUAN_HOME: stack.home,
      BIHUAN_LOG_LEVEL: 'warn',
    },
    cwd: projectRoot,
    home: stack.home,
    stopSignal: 'SIGTERM',
    grace: 15_000,
  })

const ground = await bringGround({ policy: 'sample' })
try {
  const round = await ground.openRound('failover', { kind: 'real' })
  const entries = Array.from({ length: CASES }, (_, index) => entryOf(index + 1, '2099-12-31' as PlainDate))
  const ids: CaseId[] = []
  await callersDo(CALLERS, entries, async (entry) => {
    const { caseId } = await ground.register(round, entry, ground.nowIn(round))
    ids.push(caseId)
    mustBeDone(await ground.give(caseId, HAND_OVER, ground.nowIn(round)))
  })

  const play = async (title: string, death: () => Promise<void>): Promise<void> => {
    let died = 0
    const answers = await whileTheyWork(ground, round, ids, async () => {
      await pause(BEFORE_MILLIS)
      died = performance.now()
      await death()
      await pause(AFTER_MILLIS)
    })
    say(
      `${title}, before`,
      answers.filter(({ at, took }) => at + took < died),
    )
    say(
      `${title}, after`,
      answers.filter(({ at, took }) => at + took >= died),
    )
  }
  // The cases lie in the first worker's memory: it is the one that dies.
  const second = await secondWorker(ground)
  await pause(SETTLED_MILLIS)
  await play('one of two workers killed', () => ground.stack.kill('worker'))
  await play('the only worker killed and started again', async () => {
    await second.kill()
    await ground.stack.restart('worker')
  })
} finally {
  await ground.stop()
}
