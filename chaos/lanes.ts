import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Door } from '../cli/http.js'
import { Refused } from '../cli/http.js'
import { documentOf, handInFiles } from '../demo/evidence.js'
import { addDays, dateOf } from '../domain/calendar/dates.js'
import type { Instant } from '../domain/words.js'
import { GivenUp } from './door.js'
import type { Random } from './random.js'

/** Who works in a lane, where, and by which time. */
export type Lane = {
  readonly round: string
  readonly office: Door
  readonly head: Door
  readonly clerk: Door
  readonly unit: string
  readonly now: () => Instant
  readonly random: Random
  readonly isOver: () => boolean
}

type Opened = { readonly caseId: string }

/** People do one thing after another, and not at once. */
const rest = ({ random }: Lane): Promise<void> => pause(random.between(50, 900))

/** One case after another until it is over. A refusal or lost patience ends a case's story, never its lane. */
const oneAfterAnother = async (
  lane: Lane,
  story: (lane: Lane, n: number) => Promise<void>,
): Promise<void> => {
  for (let n = 1; !lane.isOver(); n += 1) {
    try {
      await story(lane, n)
    } catch (error) {
      if (!(error instanceof Refused || error instanceof GivenUp)) throw error
    }
    await rest(lane)
  }
}

const opens = async ({ round, office }: Lane, opening: unknown): Promise<string> =>
  (await office.post<Opened>(`/rounds/${round}/cases`, opening)).caseId

const give = async (lane: Lane, door: Door, caseId: string, act: unknown): Promise<void> => {
  await rest(lane)
  await handInFiles(door, act)
  await door.post(`/cases/${caseId}/commands`, act)
}

/** 信访件: every second one is merged into the one before it, whose answer is its own. */
const petitions = async (lane: Lane): Promise<void> => {
  let last: string | undefined
  await oneAfterAnother(lane, async (_, n) => {
    const { office, clerk, unit, now } = lane
    const id = await opens(lane, {
      type: 'receive-petition',
      channel: '12345',
      petitioner: { name: `群众${n}`, contact: '13900000000' },
      place: '栖水河',
      subject: '夜间排污',
      text: `第 ${n} 次反映:水面有泡沫`,
      receivedOn: dateOf(now()),
    })
    await give(lane, office, id, { type: 'accept-petition' })
    const main = last
    last = n % 2 === 0 ? undefined : id
    if (main !== undefined)
      return give(lane, office, id, { type: 'merge-petition', into: main, reason: '同一件事' })
    await give(lane, office, id, { type: 'assign-petition', unit, words: '' })
    const evidence = [documentOf(`${id} 核查`)]
    const answer = { findings: '属实', truth: 'true', answer: '已封堵', told: '电话告知', evidence }
    await give(lane, clerk, id, { type: 'answer-petition', ...answer })
    await give(lane, office, id, { type: 'close-petition', satisfied: 'satisfied', note: '' })
  })
}

/** 舆情, by the hour. */
const opinions = (lane: Lane): Promise<void> =>
  oneAfterAnother(lane, async ({ office, clerk, unit, now }, n) => {
    const id = await opens(lane, {
      type: 'report-opinion',
      text: `网传第 ${n} 处河段有死鱼`,
      channel: '短视频平台',
      where: '某账号',
      seenAt: now(),
    })
    await give(lane, office, id, { type: 'assign-opinion', units: [unit], words: '' })
    const evidence = [documentOf(`${id} 核查`)]
    await give(lane, clerk, id, {
      type: 'verify-opinion',
      findings: '属实',
      truth: 'true',
      measures: '封堵',
      evidence,
    })
    await give(lane, office, id, { type: 'respond-opinion', response: '已经处置', channels: ['官微'] })
    await give(lane, office, id, { type: 'end-opinion', conclusion: '平息' })
  })

/** 批示件. */
const instructions = (lane: Lane): Promise<void> =>
  oneAfterAnother(lane, async ({ office, clerk, unit, now }, n) => {
    const today = dateOf(now())
    const id = await opens(lane, {
      type: 'register-instruction',
      leader: { name: '演练书记', level: 'municipal' },
      text: `请抓紧办理(${n})`,
      about: '栖水河污染',
      given: today,
      units: [unit],
      due: addDays(today, 60),
    })
    await give(lane, clerk, id, { type: 'receipt-instruction' })
    await give(lane, clerk, id, { type: 'feed-back-instruction', progress: '正在办理', evidence: [] })
    const evidence = [documentOf(`${id} 结果`)]
    await give(lane, clerk, id, { type: 'report-instruction-result', result: '已经办结', evidence })
    await give(lane, office, id, { type: 'deliver-instruction-result', how: '书面呈报', deliveredOn: today })
    await give(lane, office, id, {
      type: 'confirm-instruction-result',
      words: '知悉',
      document: `批示回复〔${n}〕`,
    })
  })

/** 随机抽查 of answered petitions: the draw asks each of them for a second look, through the outbox. */
const inspections = (lane: Lane): Promise<void> =>
  oneAfterAnother(lane, async ({ office, head, now }, n) => {
    await pause(3_000)
    const id = await opens(lane, {
      type: 'order-inspection',
      form: 'random',
      of: 'petitions',
      title: `第 ${n} 次抽查`,
      order: '复查办理质量',
      subjects: { cases: [], units: [], areas: [] },
      team: [{ person: 'zhuanjia', name: '外聘专家' }],
      until: addDays(dateOf(now()), 30),
    })
    await give(lane, head, id, { type: 'draw-sample', seed: `混沌 ${n}`, take: 1 })
    await give(lane, office, id, { type: 'record-result', summary: '已经复查', findings: [] })
  })

/** 催办 and 重大事项, case after case: many hands on the same cases. */
const chases = (lane: Lane): Promise<void> =>
  oneAfterAnother(lane, async ({ round, office, clerk, random }, n) => {
    const id = `${round}/${String(random.between(1, 12)).padStart(3, '0')}`
    await give(lane, office, id, { type: 'chase', whom: 'responsible-unit', words: `第 ${n} 次催办` })
    await give(lane, clerk, id, {
      type: 'add-evidence',
      evidence: [documentOf(`${id} 补充 ${randomUUID()}`)],
    })
  })

/** Every lane there is. */
export const LANES: readonly ((lane: Lane) => Promise<void>)[] = [
  petitions,
  opinions,
  instructions,
  inspections,
  chases,
  chases,
]
