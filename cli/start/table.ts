import { relative } from 'node:path'
import type { Origin } from '../../runtime/service.js'
import type { Stack } from '../../runtime/stack.js'
import { pad, shortVersion } from './page.js'

const LABEL = 13
const ADDRESS = 11

/** Officers of the register that an embedded installation starts with. */
const SIGN_IN = '登录  整改办 office · 责任单位 unit · 包案领导 leader · 口令 bihuan'

/** A path as short as it can be said from where the person stands. */
const near = (path: string): string => {
  const short = relative(process.cwd(), path)
  return short.startsWith('..') || short === '' ? path : short
}

const origin = (of: Origin): string => {
  switch (of.kind) {
    case 'external':
      return `(外部)· ${of.where}`
    case 'own':
      return `(${of.how})· 数据 ${near(of.data)}`
  }
}

const runtimeLine = (): string => {
  const own = process.execPath.includes('node_modules')
  return `Node ${shortVersion(process.versions.node)}(${own ? '随项目' : '本机'})`
}

/** The one table that `npm start` ends with; `ledger` says what the ledger holds. */
export const startTable = (stack: Stack, ledger: string): string => {
  const { postgres, temporal, urls, home } = stack
  const parts: readonly (readonly [string, string])[] = [
    ['运行环境', runtimeLine()],
    ['Temporal', `${shortVersion(temporal.version)}${origin(temporal.origin)}`],
    ['PostgreSQL', `${shortVersion(postgres.version)}${origin(postgres.origin)}`],
    ['台账', `${stack.migrations.total} 项迁移 · ${ledger}`],
  ]
  const addresses: readonly (readonly [string, string])[] = [
    ['控制台', `${pad(urls.api, 28)}${SIGN_IN}`],
    ['接口', urls.docs],
    ...(urls.temporalUi ? [['Temporal', urls.temporalUi] as const] : []),
    ['数据', near(home)],
    ['日志', near(`${home}/logs`)],
  ]
  return [
    ...parts.map(([label, value]) => `  ✓ ${pad(label, LABEL)}${value}`),
    '',
    ...addresses.map(([label, value]) => `  ${pad(label, ADDRESS)}${value}`),
    '',
    '  Ctrl-C 停止,再次运行接着原来的数据。',
    '',
  ].join('\n')
}
