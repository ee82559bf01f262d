import { HttpStatus } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import type { CaseId } from '../../domain/words.js'
import type { Done } from './commander.js'
import { eventOf, hrefOf, summaryOf } from './views.js'

export const toldOf = ({ caseId, from, to, events, ledger }: Done) => ({
  caseId,
  from,
  to,
  events: events.map(eventOf),
  state: summaryOf(ledger),
})

/** What became of a command, or where to ask for it. */
export const answer = (
  done: Done | undefined,
  { caseId, key }: { readonly caseId: CaseId; readonly key: string },
  reply: FastifyReply,
) => {
  if (done) return toldOf(done)
  const href = `${hrefOf(caseId)}/commands/${key}`
  reply.status(HttpStatus.ACCEPTED).header('location', href)
  return { status: 'pending', href }
}
