import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { mailChannel, makeActivities } from '../../activities/index.js'
import { mailerAt } from '../../activities/notices/mailer.js'
import { connect, type Db } from '../../db/connect.js'
import { endPost, saveUnits, setActive } from '../../db/register.js'
import type { NoticeEffect } from '../../domain/effects/types.js'
import { plainDate } from '../../domain/words.js'
import { createDatabase, type TestDatabase } from '../support/database.js'
import { startScript } from '../support/program.js'
import { type Smtp, startSmtp } from '../support/smtp.js'
import { hire, noticeOf, person, unit } from './notices-given.js'

const 平阴 = '平阴县政府'
const toClerks: NoticeEffect['audience'] = [{ unit: unit(平阴), who: 'everybody' }]

describe('telling everybody concerned', () => {
  let database: TestDatabase
  let db: Db
  let smtp: Smtp
  let warnings: string[]

  beforeEach(async () => {
    database = await createDatabase()
    db = connect(database.url, 4)
    smtp = await startSmtp()
    warnings = []
  })
  afterEach(async () => {
    await smtp.stop()
    await db.destroy()
    await database.drop()
  })

  const notify = (batch: readonly NoticeEffect[], url: string | undefined = smtp.url): Promise<void> =>
    makeActivities({
      db,
      ...(url === undefined ? {} : { mailer: mailerAt(url, 'office@example.gov.cn') }),
      warn: (line) => warnings.push(line),
    }).notify(batch)

  const inboxes = async (): Promise<readonly string[]> =>
    (await db.selectFrom('notices').select('person').orderBy('person').execute()).map((row) => row.person)
  const letters = () => db.selectFrom('mails').selectAll().orderBy('person').execute()

  it('finds people by name, by unit and by seat, each once', async () => {
    await hire(db, [
      { id: 'clerk', role: 'unit-clerk', unit: 平阴 },
      { id: 'head', role: 'unit-head', unit: 平阴 },
      { id: 'other', role: 'unit-clerk', unit: '长清区政府' },
      { id: 'office', role: 'coordinator' },
      { id: 'chief', role: 'office-head' },
      { id: 'leader', role: 'leader' },
      { id: 'deputy1', role: 'deputy-secretary-general' },
      { id: 'deputy2', role: 'deputy-secretary-general' },
    ])
    await notify([noticeOf([{ unit: unit(平阴), who: 'head' }, { person: person('head') }])])
    expect(await inboxes()).toEqual(['head'])

    await notify([
      noticeOf([...toClerks, { seat: 'office' }, { seat: 'office-head' }], { seq: 8, key: 'x#8/notice' }),
    ])
    expect(await inboxes()).toEqual(['chief', 'clerk', 'head', 'head', 'office'])

    await notify([noticeOf([{ seat: 'deputy-secretaries-general' }], { seq: 9, key: 'x#9/notice' })])
    expect((await inboxes()).filter((one) => one.startsWith('deputy'))).toEqual(['deputy1', 'deputy2'])
  })

  it('finds the people of a unit that the plan calls by another name', async () => {
    await hire(db, [{ id: 'clerk', role: 'unit-clerk', unit: '市生态环境局' }])
    await saveUnits(db, [{ name: unit('市生态环境局'), aliases: ['市环保局'] }])
    await notify([noticeOf([{ unit: unit('市环保局'), who: 'everybody' }])])
    expect(await inboxes()).toEqual(['clerk'])
  })

  it('does not tell somebody who left, nor the holder of a post that ended', async () => {
    await hire(db, [
      { id: 'gone', role: 'unit-clerk', unit: 平阴 },
      { id: 'moved', role: 'unit-clerk', unit: 平阴 },
      { id: 'here', role: 'unit-clerk', unit: 平阴 },
    ])
    await setActive(db, person('gone'), 'left')
    await endPost(db, person('moved'), { role: 'unit-clerk', unit: unit(平阴) }, plainDate('2024-02-01'))
    await notify([noticeOf(toClerks)])
    expect(await inboxes()).toEqual(['here'])
  })

  it('writes a calm mail in Chinese, that says what, to which item and where to go on', async () => {
    await hire(db, [{ id: 'clerk', role: 'unit-clerk', unit: 平阴, email: 'clerk@example.gov.cn' }])
    await notify([noticeOf(toClerks)])
    const [mail] = smtp.mails
    expect(mail).toMatchObject({
      from: 'office@example.gov.cn',
      to: ['clerk@example.gov.cn'],
      subject: 'changde-2024/007 缺报调度',
    })
    expect(mail?.text).toContain('姓名clerk')
    expect(mail?.text).toContain('污水处理厂提标改造滞后。\n应于3月1日报送的调度未报。')
    expect(mail?.text).toContain('changde-2024/007')
    expect(mail?.text).toContain('2024年3月1日')
    expect(mail?.headers).toContain('Auto-Submitted: auto-generated')
  })

  it('marks a drill in the inbox and in the mail', async () => {
    await hire(db, [{ id: 'clerk', role: 'unit-clerk', unit: 平阴, email: 'clerk@example.gov.cn' }])
    await notify([noticeOf(toClerks, { drill: 'drill' })])
    expect(smtp.mails[0]?.subject).toBe('【演练】changde-2024/007 缺报调度')
    expect(smtp.mails[0]?.text).toContain('演练')
    const { subject, drill } = await db.selectFrom('notices').selectAll().executeTakeFirstOrThrow()
    expect({ subject, drill }).toEqual({ subject: '【演练】changde-2024/007 缺报调度', drill: true })
  })

  it('tells somebody without an address in the system only', async () => {
    await hire(db, [
      { id: 'a', role: 'unit-clerk', unit: 平阴 },
      { id: 'b', role: 'unit-clerk', unit: 平阴, email: 'b@example.gov.cn' },
    ])
    await notify([noticeOf(toClerks)])
    expect(await inboxes()).toEqual(['a', 'b'])
    expect(smtp.mails.map(({ to }) => to)).toEqual([['b@example.gov.cn']])
  })

  it('sends the same event once, however often it is asked', async () => {
    await hire(db, [
      { id: 'a', role: 'unit-clerk', unit: 平阴, email: 'a@example.gov.cn' },
      { id: 'b', role: 'unit-head', unit: 平阴, email: 'b@example.gov.cn' },
    ])
    const batch = [noticeOf(toClerks)]
    await notify(batch)
    await notify(batch)
    await Promise.all([notify(batch), notify(batch), notify(batch)])
    expect(smtp.mails).toHaveLength(2)
    expect(await inboxes()).toEqual(['a', 'b'])
    expect((await letters()).map(({ state }) => state)).toEqual(['sent', 'sent'])
  })

  it('sends once when several try at the same moment', async () => {
    await hire(
      db,
      Array.from({ length: 10 }, (_, n) => ({
        id: `p${n}`,
        role: 'unit-clerk' as const,
        unit: 平阴,
        email: `p${n}@example.gov.cn`,
      })),
    )
    await Promise.all(Array.from({ length: 5 }, () => notify([noticeOf(toClerks)])))
    expect(smtp.mails).toHaveLength(10)
    expect(new Set(smtp.mails.map(({ messageId }) => messageId)).size).toBe(10)
  })

  it('derives the Message-ID from event and person alone', async () => {
    await hire(db, [{ id: 'clerk', role: 'unit-clerk', unit: 平阴, email: 'clerk@example.gov.cn' }])
    await notify([noticeOf(toClerks)])
    await db.deleteFrom('mails').execute()
    await notify([noticeOf(toClerks)])
    expect(smtp.mails).toHaveLength(2)
    expect(smtp.mails[0]?.messageId).toBe(smtp.mails[1]?.messageId)
  })

  describe('when the mail server is away', () => {
    const people = ['a', 'b', 'c'].map((id) => ({
      id,
      role: 'unit-clerk' as const,
      unit: 平阴,
      email: `${id}@example.gov.cn`,
    }))

    it('fails for now, with every inbox written; the mails follow when it is back', async () => {
      await hire(db, people)
      const { port } = smtp
      await smtp.stop()
      await expect(notify([noticeOf(toClerks)])).rejects.toMatchObject({
        type: 'MailsWaiting',
        nonRetryable: false,
        message: expect.stringContaining('3 封'),
      })
      expect(await inboxes()).toEqual(['a', 'b', 'c'])

      smtp = await startSmtp({ port })
      await notify([noticeOf(toClerks)])
      expect(smtp.mails.map(({ to }) => to[0])).toEqual(people.map(({ email }) => email))
    })

    it('and goes away in the middle of a batch, those sent already are not sent again', async () => {
      await hire(db, people)
      await smtp.stop()
      let taken = 0
      const first = await startSmtp({
        at: async (stage) => {
          if (stage === 'sender' && taken === 2) return { code: 421, message: 'going down' }
          if (stage === 'text') taken += 1
          return 'go on'
        },
      })
      await expect(notify([noticeOf(toClerks)], first.url)).rejects.toMatchObject({ nonRetryable: false })
      await first.stop()
      smtp = await startSmtp()
      await notify([noticeOf(toClerks)])
      expect(first.mails.map(({ to }) => to[0])).toEqual(['a@example.gov.cn', 'b@example.gov.cn'])
      expect(smtp.mails.map(({ to }) => to[0])).toEqual(['c@example.gov.cn'])
    })

    it('or does not let us in, nothing is lost', async () => {
      await hire(db, people)
      await smtp.stop()
      const closed = await startSmtp({
        options: {
          authOptional: false,
          onAuth: (_auth, _session, callback) => callback(new Error('wrong password')),
        },
      })
      const url = closed.url.replace('smtp://', 'smtp://office:secret@')
      await expect(notify([noticeOf(toClerks)], url)).rejects.toMatchObject({ nonRetryable: false })
      await closed.stop()
      smtp = await startSmtp()
      await notify([noticeOf(toClerks)])
      expect(smtp.mails).toHaveLength(3)
    })
  })

  describe('one address among several', () => {
    const people = ['a', 'b', 'c'].map((id) => ({
      id,
      role: 'unit-clerk' as const,
      unit: 平阴,
      email: `${id}@example.gov.cn`,
    }))
    const server = (code: number): Promise<Smtp> =>
      startSmtp({
        at: async (stage, address) =>
          stage === 'recipient' && address.startsWith('b@') ? { code, message: 'not here' } : 'go on',
      })

    it('that the server refuses for good is said, and stops nobody', async () => {
      await hire(db, people)
      const strict = await server(550)
      await notify([noticeOf(toClerks)], strict.url)
      expect(strict.mails.map(({ to }) => to[0])).toEqual(['a@example.gov.cn', 'c@example.gov.cn'])
      expect((await letters()).map(({ state }) => state)).toEqual(['sent', 'refused', 'sent'])
      expect(warnings.join()).toContain('b@example.gov.cn')
      await strict.stop()
      await notify([noticeOf(toClerks)])
      expect(smtp.mails).toEqual([])
    })

    it('that the server puts off waits alone', async () => {
      await hire(db, people)
      const busy = await server(450)
      await expect(notify([noticeOf(toClerks)], busy.url)).rejects.toMatchObject({
        message: expect.stringContaining('1 封'),
      })
      expect(busy.mails.map(({ to }) => to[0])).toEqual(['a@example.gov.cn', 'c@example.gov.cn'])
      await busy.stop()
      await notify([noticeOf(toClerks)])
      expect(smtp.mails.map(({ to }) => to[0])).toEqual(['b@example.gov.cn'])
    })
  })

  it('a mail whose answer was lost is not sent a second time; the inbox has it', async () => {
    await hire(db, [{ id: 'clerk', role: 'unit-clerk', unit: 平阴, email: 'clerk@example.gov.cn' }])
    const dying = startScript('test/activities/programs/mail-server.ts')
    const asked = notify([noticeOf(toClerks)], await dying.line(/^smtp:/u))
    await dying.line(/^took clerk@/u)
    dying.child.kill('SIGKILL')
    await asked

    await notify([noticeOf(toClerks)])
    expect(smtp.mails).toEqual([])
    expect(await inboxes()).toEqual(['clerk'])
    expect((await letters())[0]).toMatchObject({
      state: 'sending',
      answer: expect.stringContaining('未得答复'),
    })
    expect(warnings.join()).toContain('不再重发')
  })
})

describe('the mail channel', () => {
  it('is absent without SMTP_URL, and says so once', () => {
    const said: string[] = []
    expect(mailChannel({}, (line) => said.push(line))).toBeUndefined()
    expect(said).toHaveLength(1)
    expect(said[0]).toContain('SMTP_URL')
  })

  it('sends from SMTP_FROM, or from the account it signs in with', () => {
    const say = (): void => undefined
    expect(mailChannel({ SMTP_URL: 'smtp://h', SMTP_FROM: 'a@b.cn' }, say)?.from).toBe('a@b.cn')
    expect(mailChannel({ SMTP_URL: 'smtp://x%40b.cn:p@h:25' }, say)?.from).toBe('x@b.cn')
  })

  it('refuses an address that is none', () => {
    expect(() => mailChannel({ SMTP_URL: 'http://mail' }, () => undefined)).toThrow(/smtp:\/\//u)
  })
})
