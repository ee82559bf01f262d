import 'reflect-metadata'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import files from '@fastify/static'
import { NestFactory } from '@nestjs/core'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import { SwaggerModule } from '@nestjs/swagger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { complaint } from '../contracts/complaints.js'
import { DOCS_CLIENT } from './issuer/provider.js'
import { type About, frameworkLog, sayingOf } from './log.js'
import { ApiModule } from './module.js'
import { makeDocument } from './openapi/document.js'
import type { Parts } from './parts.js'
import { unreadable } from './problems/filter.js'
import { RouteTable } from './routes.js'
import { traceRequests } from './tracing/requests.js'

const MEGABYTE = 1_048_576
const USUAL_LIMIT = MEGABYTE
const FILE_LIMIT = 12 * MEGABYTE
/** Where whole files, or whole histories, come in. */
const WITH_FILES = new Set([
  '/rounds',
  '/rounds/:id/plan',
  '/evidence',
  '/evidence-file',
  '/codec/decode',
  '/codec/encode',
])

/** The door, with every route, not yet listening. */
export const makeApplication = async (parts: Parts): Promise<NestFastifyApplication> => {
  z.config({ customError: complaint })
  const { settings, log } = parts
  const routes = new RouteTable()
  const adapter = new FastifyAdapter({
    bodyLimit: USUAL_LIMIT,
    trustProxy: (_address: string, hop: number) => hop < settings.proxies,
    requestTimeout: 60_000,
    forceCloseConnections: 'idle',
    frameworkErrors: unreadable as never,
    routerOptions: { maxParamLength: 300, ignoreTrailingSlash: true },
  })
  const server = adapter.getInstance()
  routes.watch(server as never)
  server.addHook('onRoute', (route) => {
    if (route.method === 'POST' && WITH_FILES.has(route.url)) route.bodyLimit = FILE_LIMIT
  })
  if (parts.tracer) traceRequests(server as never, parts.tracer)
  server.addHook('onRequest', async ({ ip }: FastifyRequest) => parts.throttle.address(ip))
  server.addHook('onSend', async ({ url }: FastifyRequest, reply: FastifyReply) => {
    reply.header('permissions-policy', PERMISSIONS)
    // An answer is for whoever asked, unless its route says otherwise.
    if (!reply.hasHeader('cache-control'))
      reply.header('cache-control', isForAll(url) ? 'no-cache' : 'no-store')
  })
  server.addHook('onRequest', (request: FastifyRequest, _reply: FastifyReply, done: () => void) =>
    sayingOf(aboutOf(request), done),
  )
  server.addHook('onResponse', async (request: FastifyRequest, reply: FastifyReply) => {
    if (request.url.startsWith('/health') && reply.statusCode < 400) return
    log.info(
      {
        method: request.method,
        // What is asked for may be somebody's name, or open something.
        url: request.url.split('?')[0],
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        ...whoOf(request),
        ...aboutOf(request),
      },
      'request',
    )
  })
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.of(parts, routes), adapter, {
    logger: frameworkLog(log),
    abortOnError: false,
  })
  await app.register(helmet as never, {
    contentSecurityPolicy: policyFor(parts.issuerUrl),
    frameguard: { action: 'deny' },
  })
  await app.register(multipart as never)
  await app.register(files as never, {
    root: settings.consoleFolder,
    serve: false,
    preCompressed: true,
    cacheControl: false,
  })
  const document = makeDocument(app, parts.issuerUrl)
  SwaggerModule.setup('docs', app, document, {
    jsonDocumentUrl: 'docs/openapi.json',
    yamlDocumentUrl: 'docs/openapi.yaml',
    customSiteTitle: '闭环 · 接口',
    swaggerOptions: {
      persistAuthorization: false,
      initOAuth: {
        clientId: DOCS_CLIENT,
        scopes: ['openid', 'profile'],
        usePkceWithAuthorizationCodeGrant: true,
      },
    },
  })
  await app.init()
  await server.ready()
  return app
}

/** What a page of ours may use of the machine: where somebody stands, for a visit on the spot. */
const PERMISSIONS = 'geolocation=(self), camera=(), microphone=(), payment=(), usb=()'

const FOR_ALL = ['/docs', '/public/']
const isForAll = (url: string): boolean => FOR_ALL.some((path) => url.startsWith(path))

/** The document's page signs in at the issuer, and styles itself; nothing else comes from elsewhere. */
const policyFor = (issuer: string) => ({
  directives: {
    defaultSrc: ["'self'"],
    connectSrc: ["'self'", issuer],
    imgSrc: ["'self'", 'data:'],
    styleSrc: ["'self'", "'unsafe-inline'"],
    scriptSrc: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
    // The door may stand behind plain HTTP on this machine.
    upgradeInsecureRequests: null,
  },
})

/** Who asked, for the request's line in the log. */
const whoOf = (request: FastifyRequest): Readonly<Record<string, string>> => {
  const { actor } = request as { actor?: { person: string } }
  return actor ? { person: actor.person } : {}
}

/** The case and the key of a request. */
const aboutOf = (request: FastifyRequest): About => {
  const { round, n } = (request.params ?? {}) as { round?: string; n?: string }
  const key = request.headers['idempotency-key']
  return {
    ...(round !== undefined && n !== undefined && { case: `${round}/${n}` }),
    ...(typeof key === 'string' && { command: key }),
  }
}
