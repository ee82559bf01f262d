import { describe, expect, it } from 'vitest'
import { onSite } from '../support/entries.js'
import { 县长, 整改办 } from '../support/people.js'
import { aCase } from '../support/story.js'

describe('a life, from handing over to the archive', () => {
  it('goes through every step of 三审三签字 and is looked back at three times', async () => {
    const story = await aCase('yongzhou')
    await story.closed()
    await story.phase('closed')
    for (const date of ['2020-02-20', '2020-05-20', '2020-12-20']) {
      await story.on(date)
      await story.by(整改办, {
        type: 'look-back',
        result: 'holds',
        findings: '运行正常',
        site: onSite(story.stage.now()),
      })
    }
    await story.phase('archived')
    console.log((await story.told()).join('\n'))
  })

  it('a refusal starts the round over', async () => {
    const story = await aCase('yongzhou')
    await story.rectifying()
    await story.submits()
    await story.signedUpTo('mayor')
    await story.refuses(县长, '排口仍有渗漏')
    await story.phase('rectifying')
    expect((await story.events('step-refused'))[0]?.lapsed).toHaveLength(4)
  })
})
