import { z } from 'zod'

const MOST = 2_000
const base64 = z.base64('应为 base64')

/** As Temporal's remote codec protocol has it: Payloads in protobuf's JSON. */
export const payloadsBody = z
  .object({
    payloads: z
      .array(
        z.object({
          metadata: z.record(z.string().max(200), base64).optional(),
          data: base64.optional(),
        }),
      )
      .max(MOST),
  })
  .meta({ id: 'Payloads' })

export type Payloads = z.output<typeof payloadsBody>
type OnTheWire = Payloads['payloads'][number]

type Payload = {
  readonly metadata?: Record<string, Uint8Array> | null
  readonly data?: Uint8Array | null
}

const mapped = <From, To>(
  of: Readonly<Record<string, From>>,
  change: (value: From) => To,
): Record<string, To> => Object.fromEntries(Object.entries(of).map(([name, value]) => [name, change(value)]))

export const fromWire = ({ metadata = {}, data = '' }: OnTheWire): Payload => ({
  metadata: mapped(metadata, (value) => Buffer.from(value, 'base64')),
  data: Buffer.from(data, 'base64'),
})

const written = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

export const toWire = ({ metadata, data }: Payload): OnTheWire => ({
  metadata: mapped(metadata ?? {}, written),
  data: written(data ?? Buffer.alloc(0)),
})

/** Said in the place of what somebody may not read, or nobody can: the page shows it where the content would be. */
export const note = (why: string): OnTheWire =>
  toWire({
    metadata: { encoding: Buffer.from('json/plain') },
    data: Buffer.from(JSON.stringify(`【${why}】`)),
  })
