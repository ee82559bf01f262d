import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeActivities } from '../../activities/index.js'
import { connect, type Db } from '../../db/connect.js'
import { saveRules } from '../../db/rules.js'
import { loadPolicy } from '../../policies/load.js'
import { createDatabase, type TestDatabase } from '../support/database.js'
import { aCase } from '../support/story.js'

describe('carrying events to the ledger', () => {
  let database: TestDatabase
  let db: Db
  beforeEach(async () => {
    database = await createDatabase()
    db = connect(database.url, 4)
  })
  afterEach(async () => {
    await db.destroy()
    await database.drop()
  })

  const carry: ReturnType<typeof makeActivities>['carry'] = (events) => makeActivities({ db }).carry(events)

  /** A case handed over and under way, with its rules in the ledger. */
  const aStory = async () => {
    const story = await (await aCase('yongzhou')).rectifying()
    await saveRules(db, loadPolicy('yongzhou'), story.rules.calendar)
    return story.stage.record()
  }

  it('puts them there once, and tells the ledger’s last number', async () => {
    const records = await aStory()
    expect(await carry(records.slice(0, 2))).toEqual({ ledger: 2 })
    expect(await carry(records)).toEqual({ ledger: records.length })
    expect(await carry(records)).toEqual({ ledger: records.length })
  })

  it('fails for now while earlier events are still on their way', async () => {
    const records = await aStory()
    await expect(carry(records.slice(2))).rejects.not.toMatchObject({ nonRetryable: true })
    expect(await carry(records)).toEqual({ ledger: records.length })
  })

  it('fails for good when the events can never be part of the case’s chain', async () => {
    const records = await aStory()
    await carry(records)
    const [first] = records
    if (!first) throw new Error('a story has events')
    const forged = { ...first, hash: 'f'.repeat(64) as typeof first.hash }
    await expect(carry([forged])).rejects.toMatchObject({ nonRetryable: true })
  })
})
