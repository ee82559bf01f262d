import { describe, expect, it } from 'vitest'
import { 材料 } from '../support/entries.js'
import { 书记, 包案领导, 单位负责人, 县长, 整改办, 整改办主任, 牵头单位, 经办人 } from '../support/people.js'
import { withPolicy } from '../support/policies.js'
import { aCase } from '../support/story.js'
import { aCaseThatIs, aNoticeUp } from './given.js'

const submit = (points: readonly string[], change: { evidence?: readonly string[] } = {}) => ({
  type: 'submit-closing' as const,
  statement: '已全部完成',
  checklist: points.map((point) => ({ point, met: 'met' as const })),
  evidence: (change.evidence ?? ['竣工验收']).map(材料),
})

describe('YZ-05 五个不上报', () => {
  it('refuses submission while one of the five points is not met, whichever it is', async () => {
    const story = await aCaseThatIs('rectifying')
    const { points } = story.rules.policy.closing.checklist
    expect(points).toHaveLength(5)
    for (const point of points) {
      const others = points.filter((one) => one !== point)
      await story.refused(经办人, submit(others), 'YZ-05', point)
      const marked = submit(points)
      const unmet = marked.checklist.map((mark) =>
        mark.point === point ? { ...mark, met: 'not-met' as const } : mark,
      )
      await story.refused(经办人, { ...marked, checklist: unmet }, 'YZ-05', point)
    }
    await story.by(经办人, submit(points))
    await story.phase('closing')
  })
})

describe('HH-05 the responsible unit applies', () => {
  it('nobody else does; and only a case that is being rectified', async () => {
    const story = await aCaseThatIs('acknowledged')
    const command = submit(story.rules.policy.closing.checklist.points)
    await story.refused(整改办, command, 'GN-08')
    await story.refused(经办人, command, 'CD-05', '尚未开始')
    await story.planned()
    await story.by(经办人, command)
    await story.refused(经办人, command, 'CD-05', '不必重复')
    const closed = await aCaseThatIs('closed')
    await closed.refused(经办人, command, 'CD-05', '已经销号')
  })

  it('not without any evidence, where the first step asks for it', async () => {
    const city = withPolicy('yongzhou', ({ handover }) => ({ handover: { ...handover, beforeStart: [] } }))
    const story = await aCaseThatIs('acknowledged', city)
    await story.by(经办人, { type: 'submit-case-plan', plan: '方案', team: ['组长'], evidence: [] })
    const { points } = story.rules.policy.closing.checklist
    await story.refused(经办人, submit(points, { evidence: [] }), 'YZ-06', '没有整改材料')
  })

  it('the unit’s own review is signed with the submission; one click, two facts on the record', async () => {
    const story = await aCaseThatIs('closing')
    await story.turn('gatekeeping')
    expect(await story.events('signed')).toMatchObject([{ step: 'self-check', opinion: '已全部完成' }])
  })

  it('CD-07 but not by the head whose own signature comes later: that person signs once a round', async () => {
    const story = await aCaseThatIs('rectifying', 'jinan')
    await story.by(单位负责人, submit([]))
    await story.turn('self-check')
    await story.signs(经办人)
    await story.turn('responsible-head')
    await story.signs(单位负责人)
    await story.turn('leader-check')
  })
})

describe('YZ-06 三审三签字', () => {
  it('goes through its steps in their order, each by its own people', async () => {
    const story = await aCaseThatIs('closing')
    const by = [牵头单位, 包案领导, 书记, 县长, 整改办]
    const steps = ['gatekeeping', 'leader-check', 'secretary', 'mayor', 'office-check']
    for (const [index, step] of steps.entries()) {
      await story.turn(step)
      const clause = story.rules.policy.closing.chain[index + 1]?.clause ?? 'YZ-06'
      for (const [place, other] of by.entries()) {
        if (place !== index)
          await story.refused(other, await story.signing(steps[place]), clause, '还没有轮到')
      }
      const signer = by[index]
      if (signer) await story.signs(signer)
    }
    await story.phase('on-notice')
  })

  it('YZ-10 three signatures do not close the case', async () => {
    const story = await aCaseThatIs('closing')
    await story.signedUpTo('office-check')
    await story.phase('closing')
    expect(await story.events('closed')).toEqual([])
  })

  it('CD-05 closes when the last step is done, and not before', async () => {
    const story = await aCaseThatIs('filing')
    expect(await story.events('closed')).toEqual([])
    await story.files()
    await story.phase('closed')
    expect((await story.told()).slice(-2)).toEqual(['系统 备案 办结', '系统 销号'])
  })
})

describe('YZ-08 a refusal', () => {
  it('sends the case back, and the round starts over', async () => {
    const story = await aCaseThatIs('closing')
    await story.signedUpTo('mayor')
    await story.refuses(县长, '排口仍有渗漏')
    await story.phase('rectifying')
    expect(await story.state()).not.toHaveProperty('closing')
    expect((await story.events('step-refused'))[0]).toMatchObject({
      closing: 1,
      reasons: '排口仍有渗漏',
      lapsed: ['自查 经办小罗', '把关 牵头小魏', '现场核查、签字认可 副市长老唐', '书记签字 书记老严'],
    })
    await story.submits()
    expect((await story.state()).closing).toMatchObject({ number: 2, step: 1 })
    await story.turn('gatekeeping')
  })

  it('loses none of the sign-offs from the record', async () => {
    const story = await aCaseThatIs('closing')
    await story.signedUpTo('mayor')
    await story.refuses(县长, '排口仍有渗漏')
    const told = await story.told()
    for (const line of ['牵头小魏(市生态环境局经办人) 把关 签署:同意', '书记老严(书记) 书记签字 签署:同意']) {
      expect(told).toContain(line)
    }
    expect(told.at(-1)).toBe('县长老何(市(县、区)长) 县长签字 退回:排口仍有渗漏(第 1 轮销号)')
  })

  it('may come at any step of the chain, from the first', async () => {
    for (const step of ['gatekeeping', 'leader-check', 'secretary', 'mayor', 'office-check']) {
      const story = await aCaseThatIs('closing')
      await story.signedUpTo(step)
      await story.refuses(await story.signerNow(), '材料不实')
      await story.phase('rectifying')
    }
  })

  it('names its reasons, in turn, by one who may sign there', async () => {
    const story = await aCaseThatIs('closing')
    const { seal } = await story.state()
    const refuse = (step: string, reasons: string) =>
      ({ type: 'refuse-step', step, saw: seal, reasons }) as const
    await story.refused(牵头单位, refuse('gatekeeping', ' '), 'YZ-08', '理由')
    await story.refused(县长, refuse('mayor', '不行'), 'YZ-06', '还没有轮到')
    await story.refused(书记, refuse('gatekeeping', '不行'), 'YZ-06', '不在其列')
    await story.refused(经办人, refuse('gatekeeping', '不行'), 'YZ-07')
  })

  it('arms the clocks of rectifying again, and disarms those of the chain (domain rule 11)', async () => {
    const story = await aCaseThatIs('closing')
    await story.refuses(牵头单位, '材料不实')
    await story.on('2019-10-19')
    expect(await story.events('step-chased')).toEqual([])
    expect(await story.events('step-late')).toEqual([])
    expect((await story.events('return-missed')).map(({ period }) => period)).toEqual([
      '2019-10-11',
      '2019-10-18',
    ])
  })
})

describe('GN-10 撤回销号申请', () => {
  const withdraw = (reason = '发现数据有误') => ({ type: 'withdraw-closing', reason }) as const

  it('brings the case back to rectifying; the sign-offs given lapse and stay on the record', async () => {
    const story = await aCaseThatIs('closing')
    await story.signedUpTo('secretary')
    await story.by(经办人, withdraw())
    await story.phase('rectifying')
    expect((await story.events('closing-withdrawn'))[0]?.lapsed).toHaveLength(3)
    expect((await story.state()).closings).toEqual({ begun: 1, refusals: 0 })
  })

  it('is the unit’s, with a reason, while the signatures are being given', async () => {
    const story = await aCaseThatIs('closing')
    await story.refused(整改办, withdraw(), 'GN-08')
    await story.refused(经办人, withdraw(' '), 'GN-07')
    const posted = await aNoticeUp()
    await posted.refused(经办人, withdraw(), 'GN-10')
    const before = await aCaseThatIs('rectifying')
    await before.refused(经办人, withdraw(), 'GN-10')
  })
})

describe('the clock of a step', () => {
  it('chases on the third working day and is late after the fifth; each once', async () => {
    const story = await aCaseThatIs('closing')
    await story.on('2019-10-25')
    // 9, 10, 11, 12 (make-up day), 14 October.
    expect(await story.moments('step-chased')).toEqual(['2019-10-11T01:00:00.000Z'])
    expect(await story.moments('step-late')).toEqual(['2019-10-14T15:59:59.999Z'])
  })

  it('is armed anew for the next step, and for a step come back to', async () => {
    const story = await aCaseThatIs('closing')
    await story.on('2019-10-12')
    await story.signs(牵头单位)
    await story.on('2019-10-22')
    expect((await story.events('step-chased')).map(({ step }) => step)).toEqual([
      'gatekeeping',
      'leader-check',
    ])
    await story.refuses(包案领导, '仍有渗漏')
    await story.submits()
    await story.on('2019-10-26')
    expect((await story.events('step-chased')).map(({ step, closing }) => `${closing} ${step}`)).toEqual([
      '1 gatekeeping',
      '1 leader-check',
      '2 gatekeeping',
    ])
  })

  it('never chases on a day off, also where the days are calendar days (domain rule 14)', async () => {
    const city = withPolicy('yongzhou', ({ closing }) => ({
      closing: {
        ...closing,
        chain: closing.chain.map((step) =>
          step.kind === 'sign-off' ? { ...step, chaseAfter: { days: 5, of: 'calendar' } } : step,
        ),
      },
    }))
    const story = await aCaseThatIs('closing', city)
    await story.on('2019-10-20')
    // The fifth day is Sunday the 13th.
    expect(await story.moments('step-chased')).toEqual(['2019-10-14T01:00:00.000Z'])
  })
})

describe('JN-09 one by one', () => {
  it('a case is closed by its own chain; there is no command that closes several', async () => {
    const story = await aCase('yongzhou')
    const wrong = { ...(await story.signing('self-check')) }
    await story.refused(整改办主任, wrong, 'YZ-06', '没有待签的销号申请')
  })
})
