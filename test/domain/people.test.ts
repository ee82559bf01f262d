import { describe, expect, it } from 'vitest'
import type { Command } from '../../domain/case/commands.js'
import type { Actor } from '../../domain/parties.js'
import { plainDate } from '../../domain/words.js'
import { 书记, 包案领导, 县长, 整改办, 旁人, 监督员, 经办人, 部门领导 } from '../support/people.js'
import { aCaseThatIs, personOf } from './given.js'

const 代理人 = personOf('代理老高', 'observer')
const delegate = (to: Actor, until: string, document = '市委〔2019〕12号'): Command => ({
  type: 'delegate',
  to: to.person,
  toName: to.name,
  until: plainDate(until),
  document,
})
const end = (to: Actor): Command => ({ type: 'end-delegation', to: to.person })

describe('GN-09 委托代签', () => {
  it('a deputy signs under a recorded authority; both names stand on the record', async () => {
    const story = await aCaseThatIs('closing')
    await story.by(书记, delegate(代理人, '2019-10-31'))
    await story.signedUpTo('secretary')
    await story.signs(代理人)
    expect((await story.told()).findLast((line) => line.includes('书记签字 签署'))).toBe(
      '代理老高(受书记老严委托,书记) 书记签字 签署:同意',
    )
    expect((await story.state()).closing?.signOffs.at(-1)).toMatchObject({
      person: 代理人.person,
      principal: 书记.person,
    })
  })

  it('YZ-07 a principal whose deputy has signed has signed', async () => {
    const secretaryAndMayor = { ...县长, posts: [{ role: 'secretary' as const }, { role: 'mayor' as const }] }
    const story = await aCaseThatIs('closing')
    await story.by(secretaryAndMayor, delegate(代理人, '2019-10-31'))
    await story.signedUpTo('secretary')
    await story.signs(代理人)
    await story.refused(secretaryAndMayor, await story.signing(), 'YZ-07', '只签一次')
  })

  it('YZ-07 nobody who has signed signs again through a deputy, nor for another', async () => {
    const leaderAndSecretary = { ...包案领导, posts: [...包案领导.posts, { role: 'secretary' as const }] }
    const own = { ...书记, posts: [{ role: 'secretary' as const }] }
    const story = await aCaseThatIs('closing')
    // The named leader, being secretary as well, delegates that seat once the leader's has no more to say.
    await story.by(leaderAndSecretary, delegate(代理人, '2019-10-31'))
    await story.signedUpTo('leader-check')
    await story.signs(代理人)
    await story.refused(代理人, await story.signing(), 'YZ-06', '不在其列')
    await story.refused(leaderAndSecretary, await story.signing(), 'YZ-07', '只签一次')
    await story.signs(own)
    // And a deputy who has signed for one principal does not sign for a second in the same round.
    await story.by(leaderAndSecretary, end(代理人))
    await story.by(县长, delegate(代理人, '2019-10-31'))
    await story.refused(代理人, await story.signing(), 'YZ-07', '只签一次')
  })

  it('ends with its last day: that day still holds, the next no more', async () => {
    const story = await aCaseThatIs('closing')
    await story.by(书记, delegate(代理人, '2019-10-10'))
    await story.signedUpTo('secretary')
    await story.on('2019-10-11', '00:01')
    expect(await story.moments('delegation-ended')).toEqual(['2019-10-10T15:59:59.999Z'])
    expect(await story.events('delegation-ended')).toMatchObject([{ why: 'expired' }])
    await story.refused(代理人, await story.signing(), 'YZ-06', '不在其列')
    await story.signs(书记)
  })

  it('on its last evening the deputy may sign', async () => {
    const story = await aCaseThatIs('closing')
    await story.by(书记, delegate(代理人, '2019-10-10'))
    await story.signedUpTo('secretary')
    await story.on('2019-10-10', '23:58')
    await story.signs(代理人)
    await story.turn('mayor')
  })

  it('is ended by the principal, and by nobody else', async () => {
    const story = await aCaseThatIs('closing')
    await story.by(书记, delegate(代理人, '2019-10-31'))
    await story.refused(县长, end(代理人), 'GN-09', '没有由您作出')
    await story.refused(整改办, end(代理人), 'GN-09')
    await story.by(书记, end(代理人))
    await story.signedUpTo('secretary')
    await story.refused(代理人, await story.signing(), 'YZ-06')
    await story.on('2019-11-02')
    expect(await story.events('delegation-ended')).toMatchObject([{ why: 'ended' }])
  })

  it('has a document, a day to come, another person; and a deputy lets nobody else act', async () => {
    const story = await aCaseThatIs('closing')
    await story.refused(书记, delegate(代理人, '2019-10-07'), 'GN-09', '已过')
    await story.refused(书记, delegate(代理人, '2019-10-31', ' '), 'GN-09', '授权文书')
    await story.refused(书记, delegate(书记, '2019-10-31'), 'GN-09', '本人')
    await story.refused(监督员, delegate(代理人, '2019-10-31'), 'GN-09', '没有可以委托的席位')
    await story.by(书记, delegate(代理人, '2019-10-31'))
    await story.refused(代理人, delegate(旁人, '2019-10-31'), 'GN-09', '没有可以委托的席位')
  })

  it('prolonged by the same principal, counts to the new day; another principal’s is refused, not overwritten', async () => {
    const story = await aCaseThatIs('closing')
    await story.by(书记, delegate(代理人, '2019-10-10'))
    await story.refused(县长, delegate(代理人, '2019-10-31'), 'GN-09', '已受书记老严委托')
    await story.by(书记, delegate(代理人, '2019-10-31'))
    await story.on('2019-10-12')
    expect((await story.state()).delegations).toHaveLength(1)
    await story.signedUpTo('secretary')
    await story.signs(代理人)
  })

  it('does not make a deputy of one who answers for the item', async () => {
    const story = await aCaseThatIs('closing')
    await story.by(书记, delegate(经办人, '2019-10-31'))
    await story.signedUpTo('secretary')
    await story.refused(经办人, await story.signing(), 'YZ-07', '本人负责')
  })
})

describe('YZ-17 a change of holder is a handover', () => {
  const handOver = (to: Actor, reason = '工作调整') =>
    ({
      type: 'hand-over-office',
      leaders: { municipal: { person: to.person, name: to.name } },
      reason,
    }) as const

  it('old signatures stand, the open ones are the new holder’s', async () => {
    const story = await aCaseThatIs('closing')
    await story.signedUpTo('secretary')
    await story.by(整改办, handOver(部门领导))
    expect((await story.state()).closing?.signOffs.map(({ person }) => person)).toContain(包案领导.person)
    await story.signs(书记)
    await story.refuses(县长, '仍有渗漏')
    await story.submits()
    await story.signedUpTo('leader-check')
    await story.refused(包案领导, await story.signing(), 'YZ-06', '不在其列')
    await story.signs(部门领导)
  })

  it('is the office’s, with a reason, until the case is archived', async () => {
    const story = await aCaseThatIs('rectifying')
    await story.refused(包案领导, handOver(部门领导), 'GN-08')
    await story.refused(整改办, handOver(部门领导, ' '), 'GN-07')
    await story.by(整改办, handOver(部门领导))
    expect((await story.state()).entry.leaders.county).toBeDefined()
  })

  it('ends what the old holder’s deputy may do', async () => {
    const story = await aCaseThatIs('closing')
    await story.by(包案领导, delegate(代理人, '2019-10-31'))
    await story.signedUpTo('leader-check')
    await story.by(整改办, handOver(部门领导))
    await story.refused(代理人, await story.signing(), 'YZ-06', '不在其列')
  })
})
