/** One line that changes where there is a terminal; a line each where output goes to a file. On stderr. */
export type ProgressLine = { readonly show: (text: string) => void; readonly clear: () => void }

export const progressLine = (stream: NodeJS.WriteStream = process.stderr): ProgressLine =>
  stream.isTTY
    ? {
        show: (text) => void stream.write(`\r\u001b[2K  … ${text}`),
        clear: () => void stream.write('\r\u001b[2K'),
      }
    : { show: (text) => void stream.write(`  … ${text}\n`), clear: () => undefined }
