import type { Command } from 'commander'
import type { MigrationStep } from '../db/migrate.js'
import { Trouble } from '../runtime/trouble.js'

const numbered = (number: number): string => String(number).padStart(4, '0')

/** `  ✓ 0016 restricted-cases  0.12 秒`, and what holds one up, once. */
const inWords = (step: MigrationStep): string | undefined => {
  const title = `${numbered(step.number)} ${step.name}`
  if (step.kind === 'applied') return `  ✓ ${title}  ${(step.millis / 1_000).toFixed(2)} 秒`
  return step.tries === 1 ? `  … ${title}  有办理正占用数据表,先让其通过,稍后自动再试` : undefined
}

const migrateDatabase = async (): Promise<void> => {
  const url = process.env.DATABASE_URL
  if (!url) throw new Trouble('请以 DATABASE_URL 指明数据库的地址。')
  const [{ migrate }, { UnfitDatabase }] = await Promise.all([
    import('../db/migrate.js'),
    import('../db/migrations.js'),
  ])
  const onStep = (step: MigrationStep): void => {
    const line = inWords(step)
    if (line !== undefined) process.stdout.write(`${line}\n`)
  }
  try {
    const { applied, total } = await migrate(url, { onStep })
    process.stdout.write(`数据库结构共 ${total} 项迁移,本次新做 ${applied} 项。\n`)
  } catch (error) {
    throw error instanceof UnfitDatabase ? new Trouble(error.message) : error
  }
}

/** `bihuan migrate`: bring the tables of `DATABASE_URL` to this version; run once before worker and API of a cluster. */
export function registerMigrate(program: Command): void {
  program
    .command('migrate')
    .description('把 DATABASE_URL 所指数据库的结构更新到本版;办理可照常进行')
    .action(migrateDatabase)
}
