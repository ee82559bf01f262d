/** What encryption costs: every payload of recorded lives, encrypted and read again. `npx tsx scripts/measure-codec.ts` */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Payload } from '@temporalio/common'
import proto from '@temporalio/proto'
import { encryption } from '../codec/encryption.js'

const { History } = proto.temporal.api.history.v1
const FOLDER = join(import.meta.dirname, '..', 'test', 'histories')
const TIMES = 50

/** Every payload below a message, wherever it lies. */
const payloadsIn = (value: unknown): readonly Payload[] => {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return []
  if ('metadata' in value && 'data' in value) return [value as Payload]
  return Object.values(value).flatMap(payloadsIn)
}

const lives = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.json'))
  .map((file) => {
    const { history } = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as { history: string }
    return History.decode(Buffer.from(history, 'base64'))
  })
const payloads = lives.flatMap(payloadsIn)
const commands = lives.flatMap(({ events }) =>
  (events ?? []).filter((event) => event.workflowExecutionUpdateAcceptedEventAttributes),
).length
const bytes = (some: readonly Payload[]): number =>
  some.reduce((sum, { data }) => sum + (data?.length ?? 0), 0)

const codec = encryption([{ id: '2026', secret: Buffer.alloc(32, 7) }])
const context = { type: 'workflow', namespace: 'default', workflowId: 'jinan-2018/041' } as const
const sealed = await codec.encode([...payloads], context)
await codec.decode(sealed)

const cpuMillis = async (work: () => Promise<unknown>): Promise<number> => {
  const before = process.cpuUsage()
  for (let n = 0; n < TIMES; n += 1) await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000 / TIMES
}
const encoding = await cpuMillis(() => codec.encode([...payloads], context))
const decoding = await cpuMillis(() => codec.decode(sealed))
const perCommand = (millis: number): string => (millis / commands).toFixed(3)
process.stdout.write(
  `${payloads.length} payloads of ${lives.length} lives, ${commands} commands, ${bytes(payloads)} bytes → ${bytes(sealed)} bytes\n` +
    `CPU-ms per command, with its share of errands and timers: encrypted ${perCommand(encoding)}, read ${perCommand(decoding)}\n`,
)
