/** Says what went wrong and stopped nothing: one Chinese line for whoever runs the system. */
export type Warn = (line: string) => void

export const warnOnStderr: Warn = (line) => {
  process.stderr.write(`${line}\n`)
}
