import { describe, expect, it } from 'vitest'
import { projectRoot } from '../../runtime/project.js'
import { startProcess } from '../support/program.js'

const said = async (): Promise<readonly Record<string, unknown>[]> => {
  const program = `
    import { makeLog, sayingOf } from './api/log.ts'
    const log = makeLog({ logLevel: 'info' })
    const pause = () => new Promise((done) => setTimeout(done, 1))
    await Promise.all([
      sayingOf({ case: 'qilan/001', command: 'a' }, async () => { await pause(); log.info('one') }),
      sayingOf({ case: 'qilan/002', command: 'b' }, async () => { await pause(); log.info('two') }),
    ])
    const error = Object.assign(new Error('duplicate key', { cause: new Error('below') }), { code: '23505', detail: 'Key (name)=(沈知远) exists' })
    log.error({ err: error }, 'failed')`
  const { stdout, stderr } = await startProcess(process.execPath, [
    '--import',
    `${projectRoot}/node_modules/tsx/dist/loader.mjs`,
    '--input-type=module',
    '--eval',
    program,
  ]).ended
  expect(stderr).toBe('')
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

describe('the log', () => {
  it('says in every line which case and command it is about, and of a failure nothing that people wrote', async () => {
    const lines = await said()
    expect(lines).toMatchObject([
      { msg: 'one', case: 'qilan/001', command: 'a', part: 'api' },
      { msg: 'two', case: 'qilan/002', command: 'b' },
      { msg: 'failed', err: { message: 'duplicate key', code: '23505', cause: { message: 'below' } } },
    ])
    expect(JSON.stringify(lines)).not.toContain('沈知远')
  })
})
