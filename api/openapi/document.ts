import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger'
import { z } from 'zod'
import { problemDocument } from '../problems/schema.js'
import { CHAPTERS } from './operation.js'
import { titled } from './titled.js'

type JsonSchema = Record<string, unknown>
type Converted = { readonly schema: JsonSchema; readonly components: Readonly<Record<string, JsonSchema>> }

/** A schema with an id stands among the components, under that id, also when it is the whole of what was asked. */
const asJson = (schema: z.ZodType, io: 'input' | 'output'): Converted => {
  const {
    $schema: _schema,
    $defs = {},
    ...own
  } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as JsonSchema & {
    $defs?: Record<string, JsonSchema>
  }
  const components = Object.fromEntries(
    Object.entries($defs).map(([name, { id: _id, ...named }]) => [name, titled(named)]),
  )
  const name = z.globalRegistry.get(schema)?.id
  return name === undefined
    ? { schema: titled(own), components }
    : { schema: { $ref: `#/components/schemas/${name}` }, components }
}

const convert = (schema: unknown, { schemaType }: { schemaType: 'input' | 'output' }) =>
  schema instanceof z.ZodType ? asJson(schema, schemaType) : undefined

/** OpenAPI 3.1, generated from the schemas the routes themselves are checked by. */
export const makeDocument = (app: NestFastifyApplication, issuer: string): OpenAPIObject => {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('闭环 Bihuan')
    .setDescription(
      '生态环境督察整改:交办、调度、督办、销号、回头看。所有写入的请求带 Idempotency-Key,同一编号只办一次。',
    )
    .setVersion('0.1.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' })
    .addCookieAuth('__Host-bihuan', { type: 'apiKey', description: '从浏览器登录的' })
    .addOAuth2({
      type: 'oauth2',
      flows: {
        authorizationCode: {
          authorizationUrl: `${issuer}/auth`,
          tokenUrl: `${issuer}/token`,
          scopes: { openid: '登录', profile: '姓名' },
        },
      },
    })
  for (const chapter of Object.values(CHAPTERS)) config.addTag(chapter)
  const document = SwaggerModule.createDocument(app, config.build(), { standardSchemaConverter: convert })
  const { components } = asJson(problemDocument, 'output')
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, ...(components as object) },
  }
  return document
}
