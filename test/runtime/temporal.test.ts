import { Client, Connection } from '@temporalio/client'
import { defineSearchAttributeKey, SearchAttributeType, TypedSearchAttributes } from '@temporalio/common'
import { msNumberToTs } from '@temporalio/common/lib/time.js'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { registerSearchAttributes } from '../../runtime/search-attributes.js'
import { bringTemporal, type Temporal } from '../../runtime/temporal.js'
import { temporaryFolder } from '../support/temporary.js'

const round = defineSearchAttributeKey('BihuanRound', SearchAttributeType.KEYWORD)

const withClient = async <T>(address: string, work: (client: Client) => Promise<T>): Promise<T> => {
  const connection = await Connection.connect({ address })
  try {
    return await work(new Client({ connection }))
  } finally {
    await connection.close()
  }
}

describe('a Temporal of our own', () => {
  const undo: (() => Promise<void> | void)[] = []
  afterEach(async () => {
    for (const step of undo.splice(0).reverse()) await step()
  })
  const bring = async (): Promise<Temporal> => {
    const { path, remove } = temporaryFolder('temporal')
    undo.push(remove)
    const temporal = await bringTemporal({ home: path, durability: 'durable', env: withoutAddress() })
    undo.push(temporal.stop)
    return temporal
  }
  const withoutAddress = (): NodeJS.ProcessEnv => {
    const { TEMPORAL_ADDRESS: _, ...rest } = process.env
    return rest
  }

  it('keeps a running case, with its search attributes, through kill -9 and a restart', async () => {
    const temporal = await bring()
    await withClient(temporal.address, (client) =>
      client.workflow.start('caseWorkflow', {
        workflowId: 'jinan-2018/041',
        taskQueue: 'nobody-listens',
        typedSearchAttributes: new TypedSearchAttributes([{ key: round, value: 'jinan-2018' }]),
      }),
    )

    await temporal.kill()
    await temporal.restart()

    const description = await withClient(temporal.address, (client) =>
      client.workflow.getHandle('jinan-2018/041').describe(),
    )
    expect(description.status.name).toBe('RUNNING')
    expect(description.typedSearchAttributes.get(round)).toBe('jinan-2018')
  })

  it('gets what cases are found by registered in a namespace that has it not, once', async () => {
    const { address } = await bring()
    const connection = await Connection.connect({ address })
    undo.push(() => connection.close())
    const namespace = 'huanbao'
    await connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: msNumberToTs(86_400_000),
    })
    await vi.waitFor(
      async () =>
        expect(await registerSearchAttributes(connection, namespace)).toEqual({
          kind: 'added',
          names: ['BihuanRound', 'BihuanUnit', 'BihuanKind'],
        }),
      { timeout: 20_000, interval: 200 },
    )
    await vi.waitFor(
      async () => expect(await registerSearchAttributes(connection, namespace)).toEqual({ kind: 'there' }),
      { timeout: 20_000, interval: 200 },
    )
  })

  it('says which server it is, and shows its page', async () => {
    const temporal = await bring()
    expect(temporal.version).toMatch(/^1\.\d+\.\d+$/)
    expect((await fetch(temporal.ui ?? '')).ok).toBe(true)
  })

  it('is not brought where TEMPORAL_ADDRESS names one', async () => {
    const ours = await bring()
    const { path, remove } = temporaryFolder('temporal')
    undo.push(remove)
    const theirs = await bringTemporal({ home: path, env: { TEMPORAL_ADDRESS: ours.address } })
    expect(theirs).toMatchObject({ address: ours.address, running: undefined, version: ours.version })
  })

  it('refuses a TEMPORAL_ADDRESS that does not answer in one plain sentence', async () => {
    const { path, remove } = temporaryFolder('temporal')
    undo.push(remove)
    await expect(bringTemporal({ home: path, env: { TEMPORAL_ADDRESS: '127.0.0.1:1' } })).rejects.toThrow(
      /^无法连接 TEMPORAL_ADDRESS.*所指的 Temporal/,
    )
  })

  it('refuses a given tool that does not run', async () => {
    const { path, remove } = temporaryFolder('temporal')
    undo.push(remove)
    await expect(
      bringTemporal({ home: path, env: { BIHUAN_TEMPORAL_CLI: '/nowhere/temporal' } }),
    ).rejects.toThrow(/^BIHUAN_TEMPORAL_CLI 所指的程序无法运行/)
  })
})
