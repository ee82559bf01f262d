import { vi } from 'vitest'
import type { Door } from '../../cli/http.js'
import { newKey } from '../support/door.js'
import { openBody } from './plans.js'

/** A round of the small plan with all its cases there. */
export const openedRound = async (
  office: Door,
  id: string,
  more: Readonly<Record<string, unknown>> = {},
): Promise<void> => {
  await office.post('/rounds', openBody(id, more))
  await everyCaseIsThere(office, id)
}

export const everyCaseIsThere = (office: Door, id: string): Promise<void> =>
  vi.waitFor(
    async () => {
      const { opening } = await office.get<{ opening: boolean }>(`/rounds/${id}`)
      if (opening) throw new Error('still opening')
    },
    { timeout: 60_000, interval: 100 },
  )

export const evidenceFrom = async (door: Door, name: string) =>
  door.post<{ sha256: string; name: string; mediaType: string; bytes: number }>('/evidence', {
    name,
    mediaType: 'text/plain',
    content: Buffer.from(`${name} ${newKey()}`).toString('base64'),
  })
