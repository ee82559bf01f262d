/** One activity in a process of its own, to be killed: `activity.ts notify|paper <json>` on the database and mail server given. */
import { makeActivities } from '../../../activities/index.js'
import { mailerAt } from '../../../activities/notices/mailer.js'
import { connect } from '../../../db/connect.js'
import type { NoticeEffect, PaperEffect } from '../../../domain/effects/types.js'

type Task = {
  readonly databaseUrl: string
  readonly smtpUrl?: string
  readonly papersDir?: string
  readonly notices?: readonly NoticeEffect[]
  readonly papers?: readonly PaperEffect[]
}

const task = JSON.parse(process.argv[2] ?? '{}') as Task
const db = connect(task.databaseUrl, 4)
const activities = makeActivities({
  db,
  papersDir: task.papersDir,
  ...(task.smtpUrl === undefined ? {} : { mailer: mailerAt(task.smtpUrl, 'office@example.gov.cn') }),
})
console.log('began')
if (task.notices) await activities.notify(task.notices)
for (const { key, order } of task.papers ?? []) {
  const { number } = await activities.writePaper({ key, order })
  console.log(number)
}
console.log('done')
await db.destroy()
