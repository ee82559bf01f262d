import type { Command } from 'commander'
import { Trouble } from '../runtime/trouble.js'

/** `bihuan migrate`: bring the tables of `DATABASE_URL` to this version; run once before worker and API of a cluster. */
export function registerMigrate(program: Command): void {
  program
    .command('migrate')
    .description('把 DATABASE_URL 所指数据库的结构更新到本版')
    .action(async () => {
      const url = process.env.DATABASE_URL
      if (!url) throw new Trouble('请以 DATABASE_URL 指明数据库的地址。')
      const { migrate } = await import('../db/migrate.js')
      const { applied, total } = await migrate(url)
      process.stdout.write(`数据库结构共 ${total} 项迁移,本次新做 ${applied} 项。\n`)
    })
}
