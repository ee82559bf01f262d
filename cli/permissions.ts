import type { Command } from 'commander'
import { permissionsPage } from './permissions/page.js'

/** `bihuan permissions`: the table of permissions as `docs/permissions.md` has it. */
export const registerPermissions = (program: Command): void => {
  program
    .command('permissions')
    .description('权限总表:每个接口、每项命令,谁可以、谁不可以(docs/permissions.md 由此生成)')
    .action(() => void process.stdout.write(permissionsPage()))
}
