import { z } from 'zod'

/** RFC 9457, as every answer but success comes. */
export const problemDocument = z
  .object({
    type: z.string().meta({ example: 'urn:bihuan:refusal:out-of-turn' }),
    title: z.string().meta({ example: '还没有轮到' }),
    status: z.int().meta({ example: 409 }),
    detail: z.string().meta({ example: '现在轮到“书记签字”' }),
    clause: z.string().optional().meta({ description: '依据的条款', example: 'YZ-06' }),
    instead: z.array(z.object({ act: z.string(), title: z.string(), href: z.string().optional() })),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    incident: z.string().optional().meta({ description: '故障编号,凭此查日志' }),
  })
  .meta({ id: 'Problem', description: '问题说明(RFC 9457)' })
