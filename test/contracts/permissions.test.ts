import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { permissionsPage } from '../../cli/permissions/page.js'
import { COMMANDS, MOMENTS, OPENINGS } from '../../contracts/permissions/commands.js'
import { ROUTES } from '../../contracts/permissions/routes.js'
import { ALL_VIEWERS, VIEWERS } from '../../contracts/permissions/viewers.js'

const rows = [...Object.values(ROUTES), ...Object.values(COMMANDS).flat(), ...Object.values(OPENINGS)]

describe('the table of permissions', () => {
  it('is what docs/permissions.md says: npm run -s bihuan -- permissions > docs/permissions.md', () => {
    expect(readFileSync('docs/permissions.md', 'utf8')).toBe(permissionsPage())
  })

  it('gives each row its clause, and each viewer one short name of its own', () => {
    for (const { clause } of rows) expect(clause).toMatch(/^[A-Z]{2}-\d\d$/)
    expect(new Set(ALL_VIEWERS.map((viewer) => VIEWERS[viewer].short)).size).toBe(ALL_VIEWERS.length)
  })

  it('lets nobody do what they are not to know of', () => {
    for (const own of Object.values(COMMANDS))
      for (const { when, may } of own)
        expect(may.filter((viewer) => !MOMENTS[when].reads.includes(viewer))).toEqual([])
  })
})
