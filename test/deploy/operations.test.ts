import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '../../runtime/project.js'

const manual = readFileSync(join(projectRoot, 'docs', 'operations.md'), 'utf8')

/** What processes of ours are told by the environment. */
const ROOMS = ['api', 'worker', 'runtime', 'activities', 'cli', 'codec']
const NAME =
  /(?<![A-Z_$])(BIHUAN_[A-Z][A-Z_]*[A-Z]|SMTP_[A-Z]+|DATABASE_URL|TEMPORAL_(?:ADDRESS|NAMESPACE|PROFILE|CONFIG_FILE))\b/g

/** Said by one process of ours to another, not by a person. */
const OURS = new Set(['BIHUAN_BOOTSTRAPPED'])

const sources = (room: string): readonly string[] => {
  try {
    return readdirSync(join(projectRoot, room), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(join(projectRoot, room, file), 'utf8'))
  } catch {
    return []
  }
}

const settings = new Set(
  ROOMS.flatMap(sources)
    .flatMap((text) => [...text.matchAll(NAME)].map(([, name = '']) => name))
    .filter((name) => !OURS.has(name)),
)
const table = new Set(
  manual
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`([A-Z_]+)`/g)].map(([, name = '']) => name)),
)

describe('docs/operations.md', () => {
  it('has a row for every setting the programs read', () => {
    expect([...settings].filter((name) => !table.has(name))).toEqual([])
  })

  it('names no command that there is not', () => {
    const commands = [...manual.matchAll(/bihuan ([a-z][a-z-]*)(?= |`)/g)].map(([, name = '']) => name)
    const known = readdirSync(join(projectRoot, 'cli')).map((file) => file.replace('.ts', ''))
    expect(commands.length).toBeGreaterThan(5)
    expect(commands.filter((name) => !known.includes(name))).toEqual([])
  })
})
