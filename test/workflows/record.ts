import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { projectRoot } from '../../runtime/project.js'

/**
 * At a release: `node --import tsx test/workflows/record.ts appeal,continued,escalation,extension,rebound,referral,return,round` right after the version in
 * package.json went up. They lie in `test/histories/<version>/`; those of earlier releases stay, and all of them replay.
 *
 * Records the histories of the tales it is given (`escalation,rebound`) anew on the real server: by hand, when the events of a case are changed on purpose.
 * A running case of an older version is then no longer proven to replay: say so in the commit, or patch the workflow instead.
 */
const { status } = spawnSync(
  process.execPath,
  [join(projectRoot, 'node_modules', 'vitest', 'vitest.mjs'), 'run', 'test/workflows/replay.test.ts'],
  { cwd: projectRoot, env: { ...process.env, BIHUAN_RECORD: process.argv[2] ?? '' }, stdio: 'inherit' },
)
process.exitCode = status ?? 1
