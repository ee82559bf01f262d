import type { Command } from 'commander'
import { readPlanFile, renderReading, UnreadablePlan } from '../intake/index.js'

/** `bihuan intake FILE [--json]`: exit code 2 and one sentence on stderr when the file is no plan. */
export const registerIntake = (program: Command): void => {
  program
    .command('intake')
    .argument('<file>', '已公布的整改方案:.txt、.md 或 .docx')
    .description('读一份整改方案,列出其中的整改事项、时限和待核问题')
    .option('--json', '只在标准输出打印 JSON')
    .action(async (file: string, options: { readonly json?: true }) => {
      try {
        const reading = await readPlanFile(file)
        process.stdout.write(
          options.json ? `${JSON.stringify(reading, null, 2)}\n` : `${renderReading(reading)}\n`,
        )
      } catch (error) {
        if (!(error instanceof UnreadablePlan)) throw error
        process.stderr.write(`${error.message}\n`)
        process.exitCode = 2
      }
    })
}
