import { readFileSync, writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { dossierParts } from '../db/dossier.js'
import type { CaseId } from '../domain/words.js'
import { packDossier } from '../dossier/pack.js'
import { verifyDossier } from '../dossier/verify.js'
import { Trouble } from '../runtime/trouble.js'
import { databaseOf, placed, type WhereOptions } from './ledger/where.js'
import { withLedger } from './ledger/with-ledger.js'
import { WrongUse } from './wrong-use.js'

const FAULTY = 1

const exported = async (id: string, options: WhereOptions & { readonly out: string }): Promise<void> => {
  const parts = await withLedger(databaseOf(options), (db) => dossierParts(db, id as CaseId))
  if (!parts) throw new Trouble(`台账上没有 ${id}。`)
  const bytes = packDossier(parts)
  writeFileSync(options.out, bytes)
  process.stdout.write(
    `${id} 的案卷已存为 ${options.out}:记录 ${parts.records.length} 条,公文 ${parts.papers.length} 份,材料 ${parts.evidence.length} 份\n`,
  )
}

const verified = (file: string): void => {
  let bytes: Uint8Array
  try {
    bytes = readFileSync(file)
  } catch {
    throw new WrongUse(`读不出文件 ${file}。`)
  }
  const { case: id, events, files, signatures, faults } = verifyDossier(bytes)
  if (faults.length === 0) {
    process.stdout.write(
      `✓ ${id}:记录 ${events} 条前后相连,文件 ${files} 个未被改动,签署 ${signatures} 次与所见材料相符\n`,
    )
    return
  }
  process.stdout.write(`✗ ${id || file}\n${faults.map((fault) => `    ${fault}\n`).join('')}`)
  process.exitCode = FAULTY
}

/** `bihuan dossier export CASE --out F`, `bihuan dossier verify F`: the second needs nothing but the file (YZ-04). */
export function registerDossier(program: Command): void {
  const dossier = program.command('dossier').description('案卷:一件一卷,整卷导出;核对不用系统')
  placed(dossier.command('export'))
    .description('导出一件事项的案卷')
    .argument('<事项>', '事项编号,如 jinan-2018/041')
    .requiredOption('--out <文件>', '存为哪个 zip 文件')
    .action(exported)
  dossier
    .command('verify')
    .description('核对一份案卷:文件、记录的链、签署与材料;不连服务器')
    .argument('<文件>', '案卷 zip')
    .action(verified)
}
