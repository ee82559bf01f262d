/** SQLSTATE of a full disk, and what the operating system calls it. */
const DISK_FULL: ReadonlySet<unknown> = new Set(['53100', 'ENOSPC'])
/** Classes of SQLSTATE: no connection, no resources, an operator stops the server. */
const AWAY = /^(08|53|57)/
const UNREACHABLE: ReadonlySet<unknown> = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'])

/** Why a paper could not be written, for the office; what nobody foresaw is told as the machine says it. */
export const faultInWords = (error: Error): string => {
  const { code } = error as { readonly code?: unknown }
  if (DISK_FULL.has(code)) return '磁盘已满'
  if (UNREACHABLE.has(code) || (typeof code === 'string' && AWAY.test(code))) return '数据库一时用不了'
  return error.message
}
