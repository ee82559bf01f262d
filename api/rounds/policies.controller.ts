import { Controller, Get } from '@nestjs/common'
import { z } from 'zod'
import type { Actor } from '../../domain/parties.js'
import { loadPolicy, shippedPolicies } from '../../policies/load.js'
import { Who } from '../identity/guard.js'
import { Operation } from '../openapi/operation.js'
import { mustBeAllowed } from '../permission.js'

const policies = z.object({
  policies: z.array(z.object({ name: z.string().meta({ example: 'jinan' }), city: z.string() })),
})

@Controller('policies')
export class PoliciesController {
  @Get()
  @Operation({
    id: 'listPolicies',
    chapter: 'rounds',
    summary: '随程序提供的城市规则,建立轮次时以名称选用',
    answers: { 200: policies },
  })
  list(@Who() actor: Actor) {
    mustBeAllowed(actor, 'open-round')
    return { policies: shippedPolicies().map((name) => ({ name, city: loadPolicy(name).policy.city })) }
  }
}
