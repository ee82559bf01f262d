import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { doorOf } from '../../cli/http.js'
import { signIn } from '../../cli/session.js'
import { freePort } from '../../runtime/ports.js'
import { typescript } from '../../runtime/project.js'
import { createDatabase, type TestDatabase } from '../support/database.js'
import { newKey } from '../support/door.js'
import { type Started, startProcess } from '../support/program.js'
import '../support/provided.js'
import { temporaryFolder } from '../support/temporary.js'
import { openBody } from './plans.js'

const home = temporaryFolder('api-process')
let database: TestDatabase
const started: Started[] = []

const startApi = (env: NodeJS.ProcessEnv): Started => {
  const { BIHUAN_ISSUER: _issuer, ...inherited } = process.env
  const api = startProcess(process.execPath, typescript('api/main.ts'), {
    ...inherited,
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: inject('temporalAddress'),
    BIHUAN_HOME: home.path,
    ...env,
  })
  started.push(api)
  return api
}

beforeAll(async () => {
  database = await createDatabase()
})
afterAll(async () => {
  for (const { child } of started) child.kill('SIGKILL')
  await database.drop()
  home.remove()
})

describe('the door as a process', () => {
  it('asked to stop, answers what is under way, then ends', async () => {
    const [port, issuerPort] = [await freePort(), await freePort()]
    const api = startApi({
      BIHUAN_PORT: String(port),
      BIHUAN_ISSUER_PORT: String(issuerPort),
      BIHUAN_PATIENCE: '3',
    })
    await api.line(/"msg":"open"/)
    const url = `http://127.0.0.1:${port}`
    const session = await signIn({
      issuer: `http://127.0.0.1:${issuerPort}`,
      username: 'office',
      password: 'bihuan',
    })
    const office = doorOf(url, session)
    const plan = Array.from(
      { length: 300 },
      (_, n) => `${n + 1}.河道黑臭。\n责任单位:甲县政府\n责任人:甲县政府主要负责人\n整改时限:2099年9月底\n`,
    )
    const asked = office.post<{ round: { entries: number } }>(
      '/rounds',
      openBody('under-way', {
        plan: { text: `某市整改方案\n发布日期:2026-06-18\n\n二、整改任务\n\n${plan.join('\n')}` },
      }),
      newKey(),
    )
    // The request is there; its answer is not.
    await pause(30)
    api.child.kill('SIGTERM')
    expect((await asked).round.entries).toBe(300)
    const { code, stdout } = await api.ended
    expect(code).toBe(0)
    expect(stdout).toContain('"msg":"closed"')
  })

  it('writes each line as JSON, with the person, the case and the command', async () => {
    const [port, issuerPort] = [await freePort(), await freePort()]
    const api = startApi({ BIHUAN_PORT: String(port), BIHUAN_ISSUER_PORT: String(issuerPort) })
    await api.line(/"msg":"open"/)
    const key = newKey()
    const session = await signIn({
      issuer: `http://127.0.0.1:${issuerPort}`,
      username: 'office',
      password: 'bihuan',
    })
    await doorOf(`http://127.0.0.1:${port}`, session)
      .post('/cases/nowhere/001/commands', { type: 'hand-over' }, key)
      .catch(() => undefined)
    const line = await vi.waitFor(() => api.line(/"msg":"request".*commands|commands.*"msg":"request"/))
    expect(JSON.parse(line)).toMatchObject({
      status: 404,
      person: 'office',
      case: 'nowhere/001',
      command: key,
    })
    await doorOf(`http://127.0.0.1:${port}`, session).get('/cases?q=张三')
    const asked = await vi.waitFor(() =>
      api.line(/"msg":"request".*"url":"\/cases"|"url":"\/cases".*"msg":"request"/),
    )
    expect(asked).not.toMatch(/张三|%E5%BC%A0/)
    api.child.kill('SIGTERM')
    expect((await api.ended).code).toBe(0)
  })

  it('refuses production on the embedded issuer, in Chinese, before it opens anything', async () => {
    const { code, stderr } = await startApi({ NODE_ENV: 'production' }).ended
    expect(code).toBe(2)
    expect(stderr).toContain('正式环境须指定外部的身份认证服务')
  })
})
