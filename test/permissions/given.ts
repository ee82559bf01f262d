import { vi } from 'vitest'
import type { Moment } from '../../contracts/permissions/commands.js'
import type { Viewer } from '../../contracts/permissions/viewers.js'
import { everyCaseIsThere, evidenceFrom } from '../api/given.js'
import { type Answer, type Ask, newKey, type OpenDoor } from '../support/door.js'
import { tokenMade } from '../support/tokens.js'

/** The person who stands for each viewer; the last five are made for the table. */
export const PERSONS: Readonly<Record<Exclude<Viewer, 'stranger'>, string>> = {
  expired: 'office',
  observer: 'observer',
  'own-clerk': 'unit',
  'own-head': 'unith',
  lead: 'shuiwu',
  coop: 'shengtai',
  supervisor: 'chengguan',
  'other-clerk': 'shichang',
  'other-head': 'shichangh',
  coordinator: 'office',
  'office-head': 'officehead',
  leader: 'leader',
  'other-leader': 'leader3',
  secretary: 'secretary',
  mayor: 'mayor',
  deputy: 'deputy1',
  discipline: 'discipline',
  'other-drill': 'officehead@matrix-drill',
  both: 'jianren',
  ended: 'lizhi',
  postless: 'wuzhi',
  left: 'tingyong',
  'county-secretary': 'xianwei',
}

export const OWN_UNIT = '市住房和城乡建设局'
const OFFICE_UNIT = '市生态环境保护督察整改工作领导小组办公室'
/** Acts on the restricted case, and is no viewer's. */
const SECRETS_UNIT = '市园林绿化局'
export const SUBSTITUTE = '市市场监督管理局'

const entry = (n: number, what: string, unit: string, leader: string) => `${n}.${what}
责任单位:${unit}
责任人:${unit}主要负责人
牵头验收单位:市水务局
配合验收单位:市生态环境局
包案领导:${leader}
整改目标:${what}问题整改到位。
整改措施:排查整治。
整改时限:2099年9月底
`

const PLAN = `栖澜市贯彻落实省生态环境保护督察反馈意见整改方案
发布日期:2026-06-18

2026年5月8日,省第二生态环境保护督察组反馈了督察意见。为抓好整改落实,制定本方案。

二、整改任务

${entry(1, '老城片区雨污混流。', OWN_UNIT, '沈知远')}
${entry(2, '督察整改台账更新不及时。', OFFICE_UNIT, '沈知远')}
${entry(3, '城区涉密管线渗漏。', SECRETS_UNIT, '顾望舒')}
${entry(4, '云岫县规模养殖粪污直排。', '云岫县政府', '顾望舒')}
${entry(5, '城区涉密管线二期未验收。', OWN_UNIT, '顾望舒')}
`

/** Of the drill: nothing in it is in the other, so that whatever turns up there came from here. */
const DRILL_PLAN = PLAN.replace(/\n3\.[\s\S]*/, '\n')

export type Matrix = {
  readonly door: OpenDoor
  /** One request as this viewer makes it. */
  readonly asked: (viewer: Viewer, method: string, path: string, ask?: Ask) => Promise<Answer>
  /** What `as` does to a case; anything but success is thrown. */
  readonly given: (as: string, caseId: string, body: unknown, key?: string) => Promise<unknown>
  readonly ids: Readonly<
    Record<
      | 'petition'
      | 'otherPetition'
      | 'opinion'
      | 'instruction'
      | 'inspection'
      | 'followUp'
      | 'consequence'
      | 'referral',
      string
    >
  >
  readonly evidence: {
    readonly sha256: string
    readonly name: string
    readonly mediaType: string
    readonly bytes: number
  }
  readonly slip: string
  readonly snapshot: string
}

export const MINE = 'matrix/001'
export const OFFICES_OWN = 'matrix/002'
export const THEIR_KEY = 'the-unit-s-own-key'

const REFERRAL = 'matrix/004-R1'
const personOf = (viewer: keyof typeof PERSONS): string => PERSONS[viewer]

const petitionAbout = (text: string) => ({
  type: 'receive-petition',
  channel: 'letter',
  petitioner: { name: '信访人李某', contact: '139-0000-0000' },
  place: '栖水河口',
  subject: text,
  text,
  receivedOn: '2026-06-20',
})

/** 云岫县's case: a falsehood found while it is being closed makes a clue, and the clue a referral. */
const referred = async (door: OpenDoor, given: Matrix['given']): Promise<void> => {
  const theirs = 'matrix/004'
  const report = await evidenceFrom(await door.as('yunxiu'), '云岫县完工报告')
  await given('yunxiu', theirs, { type: 'acknowledge' })
  await given('yunxiu', theirs, { type: 'submit-case-plan', plan: '整改', team: ['专班'], evidence: [] })
  await given('yunxiu', theirs, closingOn(report))
  const { closingStepId, state } = await (await door.as('yunxiuh')).get<{
    closingStepId: string
    state: { seal: string }
  }>(`/cases/${theirs}`)
  await given('yunxiuh', theirs, {
    type: 'refuse-step',
    step: closingStepId,
    saw: state.seal,
    reasons: '表面整改',
    code: 'superficial',
  })
  await given('leader2', theirs, { type: 'decide-clue', clue: 0, decision: 'refer', reason: '情况属实' })
  const office = await door.as('office')
  await vi.waitFor(() => office.get(`/cases/${REFERRAL}`), { timeout: 60_000, interval: 300 })
}

export const closingOn = (report: unknown) => ({
  type: 'submit-closing',
  statement: '已完成',
  checklist: ['整改任务全部完成', '佐证材料齐全真实', '现场已经恢复到位'].map((point) => ({
    point,
    met: 'met',
  })),
  evidence: [report],
})

/** A city with one case of every kind, each as far as the table wants it, and somebody for every viewer. */
export const matrix = async (door: OpenDoor): Promise<Matrix> => {
  const office = await door.as('office')
  const head = await door.as('officehead')
  const unit = await door.as('unit')

  await office.post('/register/units', { name: '云岫县' })
  const officers: readonly (readonly [keyof typeof PERSONS, readonly unknown[]])[] = [
    ['both', [{ role: 'unit-head', unit: OWN_UNIT }, { role: 'office-head' }, { role: 'leader' }]],
    ['ended', []],
    ['postless', []],
    ['left', [{ role: 'coordinator' }]],
    ['county-secretary', [{ role: 'secretary', unit: '云岫县' }]],
  ]
  for (const [viewer, posts] of officers)
    await office.post('/register/officers', {
      person: personOf(viewer),
      name: `测试${personOf(viewer)}`,
      posts,
    })
  const held = { role: 'coordinator' }
  const posts = `/register/officers/${personOf('ended')}/posts`
  await office.post(posts, { post: held, from: '2026-01-01' })
  await office.post(`${posts}/end`, { post: held, lastDay: '2026-06-01' })
  await door.ask('PUT', `/register/officers/${personOf('left')}/active`, {
    as: 'office',
    body: { active: 'left' },
    key: newKey(),
  })

  await office.post('/rounds', { id: 'matrix', policy: 'sample', plan: { text: PLAN } })
  await office.post('/rounds', {
    id: 'matrix-drill',
    policy: 'sample',
    plan: { text: DRILL_PLAN },
    drill: { daysPerSecond: 1, start: '2026-06-20', beginsInSeconds: 600 },
  })
  await everyCaseIsThere(office, 'matrix')
  await everyCaseIsThere(office, 'matrix-drill')

  const given: Matrix['given'] = async (as, caseId, body, key) =>
    (await door.as(as)).post(`/cases/${caseId}/commands`, body, key)
  const opened = async (body: unknown): Promise<string> =>
    (await office.post<{ caseId: string }>('/rounds/matrix/cases', body)).caseId

  await given('office', MINE, {
    type: 'amend-entry',
    patch: { supervisingUnit: '市城市管理局', area: '东栖区' },
    reason: '补齐',
  })
  await given('office', OFFICES_OWN, {
    type: 'amend-entry',
    patch: { officeSubstitute: SUBSTITUTE, area: '东栖区' },
    reason: '补齐',
  })
  for (const n of ['001', '002', '003', '004']) await given('office', `matrix/${n}`, { type: 'hand-over' })
  // One that was known before, and one that is restricted before it is handed over.
  for (const restricted of ['matrix/003', 'matrix/005'])
    await given('officehead', restricted, {
      ...{ type: 'restrict-case', persons: [], roles: ['secretary'], units: [SECRETS_UNIT], reason: '涉密' },
    })
  await given('unit', MINE, { type: 'acknowledge' })
  const evidence = await evidenceFrom(unit, '完工报告')
  const plan = { type: 'submit-case-plan', plan: '分三步实施', team: ['整改专班'], evidence: [evidence] }
  await given('unit', MINE, plan, THEIR_KEY)
  await given('unit', MINE, {
    type: 'request-extension',
    until: '2099-11-30',
    reason: '汛期停工',
    measures: '增加班组',
  })
  await given('leader', MINE, {
    type: 'put-under-supervision',
    watcher: { person: personOf('other-leader'), name: '陆怀瑾' },
    reason: '进度慢',
    release: '完成一半',
  })

  const today = '2026-06-20'
  const petition = await opened(petitionAbout('河口夜间异味'))
  const otherPetition = await opened(petitionAbout('河口清早异味'))
  await given('office', petition, { type: 'accept-petition' })
  await given('office', petition, { type: 'assign-petition', unit: OWN_UNIT, words: '' })
  const opinion = await opened({
    type: 'report-opinion',
    text: '网传栖水河有死鱼',
    channel: '短视频平台',
    where: '某账号',
    seenAt: `${today}T08:00:00+08:00`,
  })
  await given('office', opinion, { type: 'assign-opinion', units: [OWN_UNIT], words: '' })
  const instruction = await opened({
    type: 'register-instruction',
    leader: { name: '沈知远', level: 'municipal', person: personOf('leader') },
    text: '批示原文限期查清',
    about: '批示事由偷排',
    given: today,
    units: [OWN_UNIT],
    due: '2099-01-01',
  })
  const order = {
    ...{ type: 'order-inspection', form: 'supervision', title: '督查部署雨污分流', order: '逐项核查' },
    subjects: { cases: [], units: [OWN_UNIT], areas: [] },
    team: [{ person: personOf('lead'), name: '甲' }],
    until: '2099-01-01',
  }
  const inspection = await opened(order)
  const followUp = await opened(order)
  const found = { about: OWN_UNIT, text: '仍有混接', gravity: 'problem', unit: OWN_UNIT }
  const photo = await evidenceFrom(await door.as('shuiwu'), '督查照片')
  await given('shuiwu', followUp, {
    ...{ type: 'record-result', summary: '发现一处' },
    findings: [{ ...found, evidence: [photo] }],
  })
  await referred(door, given)
  const consequence = await opened({
    type: 'propose-consequence',
    sort: 'removal',
    unit: OWN_UNIT,
    facts: '处理建议之事实',
    evidence: [],
    cause: '弄虚作假',
    person: '某某',
    post: '副局长',
    investigation: REFERRAL,
  })
  await head.post('/rounds/matrix/snapshots', {})
  const { snapshots } = await head.get<{ snapshots: { hash: string }[] }>('/snapshots?round=matrix')
  const slip = await vi.waitFor(
    async () => {
      const { papers } = await office.get<{ papers: { href: string }[] }>(`/cases/${MINE}/papers`)
      if (!papers[0]) throw new Error('no slip yet')
      return papers[0].href
    },
    { timeout: 60_000, interval: 200 },
  )
  const tokens = new Map<Viewer, string>(
    await Promise.all(
      (Object.keys(PERSONS) as (keyof typeof PERSONS)[]).map(
        async (viewer) =>
          [
            viewer,
            await tokenMade(door, {
              subject: PERSONS[viewer],
              expires: viewer === 'expired' ? '-' : '30m',
            }),
          ] as const,
      ),
    ),
  )
  return {
    door,
    asked: (viewer, method, path, ask = {}) => {
      const token = tokens.get(viewer)
      return door.ask(method, path, { key: newKey(), ...ask, ...(token !== undefined && { token }) })
    },
    given,
    ids: {
      petition,
      otherPetition,
      opinion,
      instruction,
      inspection,
      followUp,
      consequence,
      referral: REFERRAL,
    },
    evidence,
    slip,
    snapshot: snapshots[0]?.hash ?? '',
  }
}

/** Which case stands at a moment of the table. Of the steps of closing there is but one, brought from each to the next. */
export const CASES = {
  rectifying: () => MINE,
  'office-own': () => OFFICES_OWN,
  petition: ({ petition }) => petition,
  opinion: ({ opinion }) => opinion,
  instruction: ({ instruction }) => instruction,
  inspection: ({ inspection }) => inspection,
  'follow-up': ({ followUp }) => followUp,
  consequence: ({ consequence }) => consequence,
  referral: ({ referral }) => referral,
  round: () => 'matrix/round',
} as const satisfies Readonly<Partial<Record<Moment, (ids: Matrix['ids']) => string>>>
